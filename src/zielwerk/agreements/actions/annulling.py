"""Annulling a record that was a mistake: one person asks, a second annuls or refuses."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement, Annulment, Intake
from zielwerk.core import events
from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries as identity
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.rulebook.annulment import ANNULMENT, AnnulmentFacts
from zielwerk.rulebook.recording import FOUR_EYES, IntakeState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Ask:
    """The wish to annul the record of an agreement or of a change, with its reason."""

    agreement: Agreement
    reason: str

    @property
    def ags(self) -> str:
        return self.agreement.ags


@dataclass(frozen=True)
class Annulled:
    """The event: a record of an agreement was annulled."""

    agreement: Agreement
    reason: str

    @property
    def ags(self) -> str:
        return self.agreement.ags


@action("agreements.ask_annulment")
def ask_annulment(actor: Actor, ask: Ask, *, at: datetime) -> Annulment:
    """Say that a record was a mistake; nothing changes before a second person has looked."""
    agreement = ask.agreement
    if not says_something(ask.reason):
        raise Refused(NO_REASON)
    if refusals := why_not_asked(actor, agreement, timezone.localdate(at)):
        raise Refused(*refusals)
    return new_case(
        Annulment,
        f"AUF-{agreement.year}",
        at=at,
        agreement=agreement,
        programme=agreement.programme,
        year=agreement.year,
        ags=agreement.ags,
        body_name=agreement.body_name,
        reason=ask.reason.strip()[:500],
        asked_by=actor.audit_name,
        asked_at=at,
    )


def why_not_asked(actor: Actor, agreement: Agreement, day: date) -> list[Refusal]:
    """Why this person cannot ask to annul a record: it is, or nobody would be left to decide.

    Whoever decides neither asked nor confirmed the recording. Where nobody is enrolled yet, the
    operator acts from the command line, and nobody is counted.
    """
    if queries.is_annulled(agreement):
        return [ANNULLED_ALREADY]
    may_decide = queries.deciders(agreement, actor.audit_name, day)
    if may_decide or not identity.anybody():
        return []
    return [NOBODY_DECIDES]


def facts_of_annulment(annulment: Annulment) -> AnnulmentFacts:
    """What rests on the record, and why its bookings cannot be taken back."""
    record = annulment.agreement
    holds = queries.newest(record)
    later = holds.file_number if holds and holds.pk != record.pk else ""
    is_booked = bool(books.unreversed(record.file_number))
    obstacles = tuple(ledger.why_no_reversal(record.file_number)) if is_booked else ()
    moved = tuple(books.moved_since(record.file_number)) if obstacles else ()
    return AnnulmentFacts(later, obstacles, moved)


@step(ANNULMENT)
def annul(actor: Actor, annulment: Annulment, facts: AnnulmentFacts, *, at: datetime) -> None:
    """The second person annuls: what was booked is reversed, what was published withdrawn."""
    record = annulment.agreement
    annulment.decided_by, annulment.decided_at = actor.audit_name, at
    if books.unreversed(record.file_number):  # a change of words alone books nothing
        ledger.reverse_case(actor, record.file_number, annulment.reason, at=at)
    if under_way := queries.open_change(record):
        _given_back(under_way, at)
    events.publish(actor, Annulled(record, annulment.reason), at=at)


def _given_back(change: Intake, at: datetime) -> None:
    """A change under way rests on nothing now: whoever accepted it looks at it again."""
    if change.state == IntakeState.REVIEW:
        return
    change = locked(change)
    change.accepted_by, change.accepted_at, change.rule_version = "", None, ""
    change.state, change.state_since, change.trail = IntakeState.REVIEW, at, []
    save_case(change)


@step(ANNULMENT)
def refuse_annulment(
    actor: Actor, annulment: Annulment, facts: None, note: str = "", *, at: datetime
) -> None:
    """The second person refuses, for a reason; the record holds."""
    annulment.decided_by, annulment.decided_at = actor.audit_name, at


@step(ANNULMENT)
def withdraw_annulment(actor: Actor, annulment: Annulment, facts: None, *, at: datetime) -> None:
    """Whoever asked takes it back; the record holds, and anybody may ask again."""
    annulment.decided_at = at


NOBODY_DECIDES = Refusal(
    "agreements.nobody_decides",
    msg(
        "Wenn Sie die Aufhebung beantragen, kann niemand darüber entscheiden: Entscheiden darf "
        "nicht, wer beantragt, und nicht, wer die Erfassung bestätigt hat. Beantragt sie, wer "
        "bestätigt hat, können Sie entscheiden."
    ),
    basis=FOUR_EYES,
)
NO_REASON = Refusal("agreements.no_reason", msg("Die Begründung fehlt."))
ANNULLED_ALREADY = Refusal(
    "agreements.annulled_already", msg("Diese Erfassung ist schon aufgehoben.")
)
