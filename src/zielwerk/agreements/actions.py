"""The verbs of recording an agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zielwerk.agreements import queries
from zielwerk.agreements.models import AgreedMeasure, Agreement, Intake
from zielwerk.core.actions import action, seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.ledger import actions as ledger
from zielwerk.measures import actions as measures
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import INTAKE, IntakeFacts, IntakeState, Terms
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Received:
    """A text that was read: the file, what the reader made of it, its uncertain places."""

    name: str
    content: bytes
    terms: Terms
    reading: Mapping[str, Any]
    doubts: Sequence[str]


@dataclass(frozen=True)
class Review:
    """What a reviewer made of a reading; ``revision`` is the stand she looked at."""

    terms: Terms
    settled: Sequence[str]
    revision: int


@dataclass(frozen=True)
class ByHand:
    """An agreement entered without a text, e.g. from a letter or for the demo."""

    terms: Terms
    is_invented: bool = False
    reading: Mapping[str, Any] = field(default_factory=dict)


@action("agreements.begin")
def begin(actor: Actor, nothing: None, received: Received, *, at: datetime) -> Intake:
    """Open a recording from a text; a file that is already being recorded is refused."""
    file = documents.store(actor, None, received.name, "text/plain", received.content, at=at)
    known = queries.intake_of(file)
    if known:
        raise Refused(
            Refusal(
                "agreements.same_file",
                msg("Diese Datei wird schon unter {file_number} erfasst."),
                {"file_number": known.file_number},
            )
        )
    return _open(
        actor,
        received.terms,
        at,
        source=file,
        reading=dict(received.reading),
        doubts=list(received.doubts),
    )


@action("agreements.begin")
def begin_by_hand(actor: Actor, nothing: None, entered: ByHand, *, at: datetime) -> Intake:
    """Open a recording without a text."""
    return _open(actor, entered.terms, at, is_invented=entered.is_invented)


def _open(actor: Actor, terms: Terms, at: datetime, **columns: Any) -> Intake:
    return Intake.objects.create(
        file_number=next_number(f"ERF-{terms.year}"),
        programme=terms.programme,
        year=terms.year,
        ags=terms.ags,
        body_name=terms.body_name,
        terms=terms.to_json(),
        begun_by=actor.audit_name,
        begun_at=at,
        **columns,
    )


@action("agreements.review")
def review(actor: Actor, intake: Intake, review: Review, *, at: datetime) -> Intake:
    """Keep the corrections so far; refused where somebody else has saved meanwhile."""
    intake = _in_state(intake, IntakeState.REVIEW, review.revision)
    intake.terms = review.terms.to_json()
    intake.year, intake.ags = review.terms.year, review.terms.ags
    intake.body_name = review.terms.body_name
    intake.settled = [path for path in intake.doubts if path in set(review.settled)]
    intake.revision += 1
    intake.save()
    return intake


def _in_state(intake: Intake, state: str, revision: int) -> Intake:
    intake = queries.locked(intake)
    if intake.state != state or intake.revision != revision:
        raise Refused(
            Refusal(
                "agreements.changed_meanwhile",
                msg(
                    "Diese Erfassung wurde inzwischen von jemand anderem geändert. "
                    "Ihre Eingaben stehen noch im Formular; bitte gleichen Sie sie ab."
                ),
            )
        )
    return intake


@action("agreements.accept")
def accept(actor: Actor, intake: Intake, *, at: datetime) -> Intake:
    """The first person vouches for what was read."""
    intake = queries.locked(intake)
    intake.state = INTAKE.after(intake.state, "accept", facts_of(intake))
    intake.accepted_by, intake.accepted_at = actor.audit_name, at
    intake.save()
    return intake


@action("agreements.send_back")
def send_back(actor: Actor, intake: Intake, *, at: datetime) -> Intake:
    """The second person wants it looked at again."""
    intake = queries.locked(intake)
    intake.state = INTAKE.after(intake.state, "send_back", facts_of(intake))
    intake.accepted_by, intake.accepted_at = "", None
    intake.save()
    return intake


@action("agreements.keep")
def keep(actor: Actor, intake: Intake, *, at: datetime) -> Intake:
    """Keep the text as a source of the agreement that is there; nothing is overwritten."""
    intake = queries.locked(intake)
    intake.state = INTAKE.after(intake.state, "keep", facts_of(intake))
    intake.agreement = queries.recorded(intake.programme, intake.year, intake.ags)
    intake.save()
    return intake


@action("agreements.discard")
def discard(actor: Actor, intake: Intake, *, at: datetime) -> Intake:
    """Give the recording up; the file stays, and may be read again."""
    intake = queries.locked(intake)
    intake.state = INTAKE.after(intake.state, "discard", facts_of(intake))
    intake.save()
    return intake


@action("agreements.confirm")
def confirm(actor: Actor, intake: Intake, *, at: datetime) -> Intake:
    """The second person confirms: the agreement, its measures and its money are recorded."""
    intake = queries.locked(intake)
    state = INTAKE.after(intake.state, "confirm", facts_of(intake))
    intake.agreement = _record(actor, intake, at)
    intake.state = state
    intake.confirmed_by, intake.confirmed_at = actor.audit_name, at
    intake.save()
    return intake


def _record(actor: Actor, intake: Intake, at: datetime) -> Agreement:
    terms = intake.said().without_blanks()
    year = packs.load(terms.programme, terms.year)
    agreement = Agreement.objects.create(
        file_number=next_number(f"ZV-{terms.year}"),
        programme=terms.programme,
        year=terms.year,
        ags=terms.ags,
        body_name=terms.body_name,
        amount_cents=terms.amount_cents,
        terms=terms.to_json(),
        rule_version=year.rule_version,
        is_invented=intake.is_invented,
        recorded_at=at,
    )
    named = [(measure.type, measure.title) for measure in terms.measures]
    entered = measures.enter(actor, None, terms.programme, terms.year, terms.ags, named, at=at)
    AgreedMeasure.objects.bulk_create(
        AgreedMeasure(agreement=agreement, measure=measure, position=position)
        for position, measure in enumerate(entered, 1)
    )
    _book(actor, agreement, terms, at)
    seal(agreement)
    return agreement


def _book(actor: Actor, agreement: Agreement, terms: Terms, at: datetime) -> None:
    """Move the amount from allocated to agreed in the planning book.

    It counts from the day of the last signature where that is known, else from the day it
    was recorded.
    """
    signed = [date.fromisoformat(one.date) for one in terms.signatures if one.date]
    everybody = len(signed) == len(terms.signatures)
    ledger.record_agreed(
        actor,
        None,
        ledger.Agreed(
            programme=terms.programme,
            programme_year=terms.year,
            ags=terms.ags,
            amount_cents=terms.amount_cents,
            value_date=max(signed) if signed and everybody else at.date(),
            case=agreement.file_number,
        ),
        at=at,
    )


def facts_of(intake: Intake) -> IntakeFacts:
    """What the guards of the recording's lifecycle look at."""
    year = packs.load(intake.programme, intake.year)
    return IntakeFacts(
        terms=intake.said(),
        open_doubts=len(intake.open_doubts()),
        agreement_exists=bool(queries.recorded(intake.programme, intake.year, intake.ags)),
        known_types=frozenset(kind.code for kind in year.measure_types),
    )
