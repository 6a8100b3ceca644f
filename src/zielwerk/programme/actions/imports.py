"""Tables that people send in: kept for the preview, then written as a whole or given up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from zielwerk.core import audit, jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.programme import queries
from zielwerk.programme.actions import budget
from zielwerk.programme.actions.budget_lines import Entry, Line
from zielwerk.programme.actions.needs import Needs, enter_indicators
from zielwerk.programme.actions.parties import NewParty, NewRelation, enter_party
from zielwerk.programme.models import TableImport
from zielwerk.programme.models.imports import ImportKind, ImportState
from zielwerk.programme.queries.table_rules import AUTHORISE, ENACT, ESTIMATE, SUPPLEMENT
from zielwerk.rulebook.lifecycle import Lifecycle, Step
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables import Record

WRITE_IMPORT = "programme.write_import"  # the kind of job
LARGE = queries.CHUNK
"""A table of more rows than this is written by a job."""
OPEN = {ImportState.PREVIEW}
IMPORT = Lifecycle(
    name="import",
    initial=OPEN,
    labels=dict(ImportState.choices),
    steps=(
        Step(
            "write",
            {ImportState.PREVIEW},
            ImportState.WRITTEN,
            "programme.import",
            msg("Übernehmen"),
        ),
        Step(
            "discard",
            {ImportState.PREVIEW},
            ImportState.DISCARDED,
            "programme.import",
            msg("Verwerfen"),
        ),
    ),
)


@dataclass(frozen=True)
class Incoming:
    """A table as it was sent in; ``options`` (JSON) are what the table itself does not say.

    Indicators: ``source``, ``reference_date``; budget: ``basis``, ``value_date``; indicators
    and parties: ``is_invented``.
    """

    kind: str
    programme: str
    year: int
    name: str
    content: bytes
    options: Mapping[str, Any]


@action("programme.import")
def receive(actor: Actor, nothing: None, sent: Incoming, *, at: datetime) -> TableImport:
    """Keep a table that can be read as one; nothing of it is written yet.

    Raises Refused where the file as a whole cannot be used; faults of rows are no reason.
    """
    queries.opened(sent.kind, sent.programme, sent.year, sent.name, sent.content)
    media_type = "application/octet-stream"
    file = documents.store(actor, None, sent.name, media_type, sent.content, at=at)
    one = TableImport.objects.create(
        file_number=next_number(f"EIN-{at.year}"),
        kind=sent.kind,
        programme=sent.programme,
        year=sent.year,
        file=file,
        options=dict(sent.options),
        sent_by=actor.audit_name,
        sent_at=at,
    )
    seal(one)
    return one


@action("programme.import")
def write(actor: Actor, sent: TableImport, *, at: datetime) -> TableImport:
    """Write all rows in one transaction, or none: a single faulty row refuses the table."""
    one = _current(sent)
    one.state = IMPORT.after(one.state, "write")
    found = queries.checked(one)
    if found.faults:
        raise Refused(_faulty(len(found.faults)))
    _WRITERS[ImportKind(one.kind)](actor, one, found.rows, at)
    return _ended(actor, one, at)


@action("programme.import")
def begin_writing(actor: Actor, sent: TableImport, *, at: datetime) -> Job:
    """Have a large table written in the background, see :data:`LARGE`."""
    IMPORT.after(sent.state, "write")
    params = {"table_import": sent.pk, "actor": actor.audit_name}
    return jobs.start(actor, WRITE_IMPORT, params, at=at)


@action("programme.import")
def discard(actor: Actor, sent: TableImport, *, at: datetime) -> TableImport:
    """Give a table up; what was sent stays on file, nothing of it is written."""
    one = _current(sent)
    one.state = IMPORT.after(one.state, "discard")
    return _ended(actor, one, at)


TAMPERED = Refusal(
    "programme.tampered_import",
    msg(
        "Diese Einlesung wurde am Protokoll vorbei verändert. "
        "Bitte benachrichtigen Sie die Prüfung."
    ),
)


def _current(sent: TableImport) -> TableImport:
    """The table as it stands now, held; refused where it was changed past the audit chain."""
    current = queries.locked_import(sent)
    if not audit.is_untouched(current):
        raise Refused(TAMPERED)
    return current


def _ended(actor: Actor, one: TableImport, at: datetime) -> TableImport:
    one.ended_by, one.ended_at = actor.audit_name, at
    one.save()
    seal(one)
    return one


def _faulty(count: int) -> Refusal:
    sentence = msg(
        "Die Tabelle hat {count} Fehler. Übernommen wird sie als Ganzes oder gar nicht; bitte "
        "berichtigen Sie die Datei und senden Sie sie noch einmal."
    )
    return Refusal("programme.table_faulty", sentence, {"count": count})


def _write_indicators(actor: Actor, one: TableImport, rows: Sequence[Record], at: datetime) -> None:
    values: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        given = {code: value for code, value in row.values.items() if isinstance(value, Fraction)}
        values[str(row.values["ags"])] = given
    needs = Needs(
        one.programme,
        one.year,
        one.options["source"],
        date.fromisoformat(one.options["reference_date"]),
        values,
        one.file,
        one.options.get("is_invented", False),
    )
    enter_indicators(actor, None, needs, at=at)


_ENTRIES = {ESTIMATE: budget.estimate, ENACT: budget.enact, SUPPLEMENT: budget.supplement}


def _write_budget(actor: Actor, one: TableImport, rows: Sequence[Record], at: datetime) -> None:
    day, basis = date.fromisoformat(one.options["value_date"]), one.options["basis"]
    for row in rows:
        said: Mapping[str, Any] = row.values
        line = Line(
            one.programme, said["budget_year"], said["budget_line"], said["source"], said["earmark"]
        )
        if said["entry"] == AUTHORISE:
            permitted = budget.Authority(line, said["due_year"], said["amount_cents"], day, basis)
            budget.authorise(actor, None, permitted, at=at)
        else:
            entry = Entry(line, said["amount_cents"], day, basis)
            _ENTRIES[said["entry"]](actor, None, entry, at=at)


def _write_parties(actor: Actor, one: TableImport, rows: Sequence[Record], at: datetime) -> None:
    relations: dict[tuple[str, str], list[NewRelation]] = defaultdict(list)
    for row in rows:
        said: Mapping[str, Any] = row.values
        relations[said["name"], said["kind"]].append(
            NewRelation(said["ags"], said["passing_on"], said["valid_from"], said["valid_until"])
        )
    for (name, kind), of_party in relations.items():
        is_invented = one.options.get("is_invented", False)
        new = NewParty(one.programme, name, kind, of_party, is_invented)
        enter_party(actor, None, new, at=at)


_WRITERS = {
    ImportKind.INDICATORS: _write_indicators,
    ImportKind.BUDGET: _write_budget,
    ImportKind.PARTIES: _write_parties,
}
