"""Taking back an entry into the budget that was made by mistake: asked by one, done by another."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from zielwerk.budget import queries
from zielwerk.budget.actions.lines import lock_budget
from zielwerk.budget.models import Correction
from zielwerk.core.actions import action
from zielwerk.core.cases import new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Place, Transfer
from zielwerk.rulebook.budget import Origin
from zielwerk.rulebook.correction import CORRECTION, CorrectionFacts
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Mistake:
    """The entry that was made by mistake, by its file number, and why it was one."""

    programme: str
    about: str
    reason: str


@action("budget.ask_for_correction")
def ask_for_correction(actor: Actor, mistake: Mistake, *, at: datetime) -> Correction:
    """Ask a second person to take back everything that was booked for an entry."""
    lock_budget()
    about = mistake.about.strip().upper()
    booked = queries.entry(mistake.programme, about)
    if not says_something(mistake.reason):
        raise Refused(Refusal("budget.no_reason", msg("Die Begründung fehlt.")))
    if not booked:
        raise Refused(about_case(NOT_FOUND, about))
    if queries.is_being_corrected(mistake.programme, about):
        raise Refused(about_case(ASKED_ALREADY, about))
    year = queries.year_of(booked)
    if reasons := why_not_corrected(mistake.programme, about):
        raise Refused(*reasons)
    return new_case(
        Correction,
        f"HB-{year}",
        at=at,
        programme=mistake.programme,
        year=year,
        about=about,
        reason=mistake.reason.strip()[:500],
        booked_by=booked[-1].actor,
        asked_by=actor.audit_name,
        asked_at=at,
    )


NOT_FOUND = Refusal(
    "budget.no_entry",
    msg("Unter dem Aktenzeichen {about} ist nichts gebucht, das zu berichtigen wäre."),
)
ASKED_ALREADY = Refusal(
    "budget.asked_already", msg("Für {about} ist eine Berichtigung schon beantragt.")
)
CLOSED = Refusal(
    "budget.closed_first",
    msg(
        "Das Haushaltsjahr {year} ist abgeschlossen. Zuerst ist sein Abschluss {number} zu "
        "berichtigen."
    ),
)
RELEASED = Refusal(
    "budget.released_already",
    msg(
        "Was {about} gesperrt hat, ist schon ganz oder teilweise freigegeben. Zuerst ist die "
        "Freigabe zu berichtigen."
    ),
)
OTHERWISE = Refusal(
    "budget.otherwise",
    msg(
        "Solange bleibt {about} gebucht. Zuerst ist zurückzunehmen, was darauf beruht; sonst "
        "wird der Betrag durch eine Kürzung oder einen Nachtrag richtiggestellt."
    ),
)


def about_case(refusal: Refusal, about: str, **params: str) -> Refusal:
    return Refusal(refusal.rule, refusal.msgid, {"about": about, **params}, refusal.basis)


def why_not_corrected(programme: str, about: str) -> list[Refusal]:
    """Why an entry cannot be taken back now: its year is closed, or money of it moved on."""
    booked = queries.entry(programme, about)
    if not booked:
        return [about_case(NOT_FOUND, about)]
    year = queries.year_of(booked)
    closing = queries.closing_of(programme, year)
    later = queries.closing_of(programme, year + 1) if closing == about else ""
    if later or closing not in ("", about):
        params = {"year": str(year + 1 if later else year), "number": later or closing}
        return [about_case(CLOSED, about, **params)]
    reasons = ledger.why_no_reversal(about)
    if _is_released(booked):
        reasons.append(about_case(RELEASED, about))
    return [*reasons, about_case(OTHERWISE, about)] if reasons else []


def _is_released(booked: list[Transfer]) -> bool:
    """Whether money that an entry blocked went back already: other money is blocked in its place.

    The accounts would not show that: what is blocked of one line lies together.
    """
    line = next((each.target.key for each in booked if each.target.place == Place.BLOCKED), None)
    if line is None:
        return False
    taken: dict[Origin, int] = defaultdict(int)
    for origin, cents in queries.blocked_by(booked):
        taken[origin] += cents
    held: dict[Origin, int] = defaultdict(int)
    for origin, cents in queries.blocked(line):
        held[origin] += cents
    return any(held[origin] < cents for origin, cents in taken.items())


def facts_of(correction: Correction) -> CorrectionFacts:
    """What the guard of a correction is shown."""
    return CorrectionFacts(tuple(why_not_corrected(correction.programme, correction.about)))


def _hold(correction: Correction) -> None:
    lock_budget()
    booked = books.unreversed(correction.about)
    ledger.hold(account.key for each in booked for account in (each.source, each.target))


@step(CORRECTION, hold=_hold)
def confirm(actor: Actor, correction: Correction, facts: CorrectionFacts, *, at: datetime) -> None:
    """The second person takes everything back that was booked for the entry."""
    ledger.reverse_case(actor, correction.about, correction.reason, at=at)
    correction.decided_by, correction.decided_at = actor.audit_name, at


@step(CORRECTION)
def reject(
    actor: Actor, correction: Correction, facts: None, note: str = "", *, at: datetime
) -> None:
    """The second person rejects, for a reason; what was booked stays."""
    correction.decided_by, correction.decided_at = actor.audit_name, at


@step(CORRECTION)
def withdraw(actor: Actor, correction: Correction, facts: None, *, at: datetime) -> None:
    """What was asked for is asked for no more; what was booked stays."""
