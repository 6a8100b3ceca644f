"""The file of a case, put together from what every case has and what rooms declare.

Every case has: the verbs of the audit chain, its stages with their reasons, the days of its columns
and what was booked under its number. A moment of a column names the verb that was done then, so
that each day says what it is: proposed, decided, published.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models

from zielwerk.core import case_files, cases, permissions, stages, taken
from zielwerk.core.case_files import SORTS, Entry, Sort
from zielwerk.core.cases import Case, Kind
from zielwerk.filing import queries
from zielwerk.filing.models import ArchiveOffer
from zielwerk.filing.queries import CaseFile, Row, SortOf
from zielwerk.filing.queries.files import in_order
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Place
from zielwerk.ledger.queries import Selection
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.joined import JOINED
from zielwerk.ui.timeline import timeline
from zielwerk.ui.views import Request

DONE = "{label}"  # a verb or a stage by its name
BOOKED = msg("{amount} von „{source}“ nach „{target}“ ({number}), Wertstellung {day}")
BOOKED_ON, RECORDED = msg("gebucht"), msg("im Protokoll")
COLUMN = "{kind} {number}"
OFFERED = msg("Dem Archiv angeboten: {archive}")
ANSWERED = msg("Antwort des Archivs: {answer}, Zeichen {reference}. Eingetragen am {day}.")


def case_file(request: Request, case: Case) -> CaseFile:
    """The file as this person may read it; as many queries at any length."""
    kind, user = cases.kind_of(case), request.user
    added = [kind.filed(user, case), *(beside(user, case) for beside in case_files.FILED)]
    numbers = {case.file_number, *(number for one in added for number in one.numbers)}
    offer = queries.offer_of(case)
    entries = [
        *_days(kind, case, (happened := list(_happened(request, case)))),
        *happened,
        *(entry for one in added for entry in one.entries),
        *_booked(request, numbers),
        *_offered(offer),
    ]
    rows = _rows(request, in_order(entries))
    return CaseFile(case, kind, rows, queries.keeping_of(case), offer)


def sorts(file: CaseFile) -> list[SortOf]:
    """Every sort of entries in its order, and how many of it there are."""
    counts = Counter(row.entry.sort for row in file.rows)
    return [SortOf(sort, SORTS[sort], counts[sort]) for sort in Sort]


def _rows(request: Request, entries: Sequence[Entry]) -> list[Row]:
    names = JOINED.names_for(request, {entry.by for entry in entries if entry.by})
    return [
        Row(number, entry, names.get(entry.by, "")) for number, entry in enumerate(entries, start=1)
    ]


def _happened(request: Request, case: Case) -> Iterator[Entry]:
    """Every verb that was done to the case, with the reason or the text that was given for it."""
    kind = cases.kind_of(case)
    steps = {step.by for table in kind.known_tables for step in table.steps}
    named = {moment: name for name, moment in _moments(kind, case)}
    noted = taken.noted(request.user, case)
    given = {datetime.fromisoformat(one["at"]): one for one in noted}
    for event in timeline(request, case, is_whole=True):
        stage = given.pop(event.at, None)
        yield Entry(
            event.at,
            named.get(event.at, RECORDED),
            Sort.DECISION if event.verb in steps else Sort.LOG,
            Said(DONE, {"label": Label(event.label)}),
            event.actor,
            ((stage["note"],) if stage else ()),
            basis=event.basis,
        )
    for at, stage in given.items():  # entered in the chain at a later moment than it was taken
        said = Said(DONE, {"label": stages.label_of(stage)})
        yield Entry(at, RECORDED, Sort.DECISION, said, stage["by"], (stage["note"],))


def _days(kind: Kind[Any], case: Case, happened: Iterable[Entry]) -> Iterator[Entry]:
    """The days of the case's own columns, but for the moments at which a verb was done."""
    known = {entry.at for entry in happened}
    said = Said(COLUMN, {"kind": Label(kind.label), "number": case.file_number})
    for name, day in _moments(kind, case):
        if day not in known:
            yield Entry(day, name, Sort.DAY, said)


def _moments(kind: Kind[Any], case: Case) -> Iterator[tuple[str, Any]]:
    for field in kind.model._meta.concrete_fields:
        is_day = isinstance(field, models.DateField) and field.name != "state_since"
        if is_day and (day := getattr(case, field.attname)):
            yield str(field.verbose_name), day


def _booked(request: Request, numbers: Iterable[str]) -> Iterator[Entry]:
    """What was booked under the numbers, as far as the books show it to this person."""
    if permissions.role_refusal(request.user, "ledger.look"):
        return
    rows = ledger.transfers(request.user, Selection()).filter(case__in=sorted(numbers))
    for each in rows.order_by("pk"):
        values = {
            "amount": Cents(each.amount_cents),
            "source": Label(Place(each.source.place).said),
            "target": Label(Place(each.target.place).said),
            "number": each.case,
            "day": each.value_date,
        }
        yield Entry(each.recorded_at, BOOKED_ON, Sort.MONEY, Said(BOOKED, values), each.actor)


def _offered(offer: ArchiveOffer | None) -> Iterator[Entry]:
    if offer is None:
        return
    said = Said(OFFERED, {"archive": offer.archive})
    entry = Entry(offer.offered_at, msg("angeboten"), Sort.DECISION, said, offer.offered_by)
    yield entry
    if offer.answered_on:
        values = {
            "answer": Label(ArchiveOffer.Answer(offer.answer).label),
            "reference": offer.reference or "–",
            "day": offer.answered_at,
        }
        said, by = Said(ANSWERED, values), offer.answered_by
        yield replace(entry, at=offer.answered_on, named=msg("Antwort vom"), what=said, by=by)
