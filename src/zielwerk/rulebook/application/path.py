"""The path of an application: written by the body, handed in, examined by the authority.

The stages are the programme's; the ways back and out are the same everywhere. While it is examined
only what a question is about can be written anew, see :func:`may_write`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from zielwerk.rulebook.application.aspects import ASPECTS, Settled
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Label, Look, Step
from zielwerk.rulebook.procedure import (
    BEGUN,
    NOTED_TO_STAY,
    TAKEN_BACK,
    UNDER_WAY,
    WHOSE_TURN,
    Declared,
    Frame,
)
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class ApplicationState(StrEnum):
    """States of an application, beside those of the programme's stages."""

    DRAFT = "draft"
    ASSESSED = "assessed"  # the effect of the last stage: it can be decided
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


OVER = frozenset({ApplicationState.WITHDRAWN, ApplicationState.DISCARDED})
"""States of an application that is pursued no more: its body may begin another one."""
CLOSED = frozenset({ApplicationState.ASSESSED, *OVER})
"""States in which nothing of an application can be written."""
NOT_EXAMINED = frozenset({ApplicationState.DRAFT, *CLOSED})
"""States in which nobody examines an application."""


@dataclass(frozen=True)
class ApplicationFacts:
    """The facts for the guards of an application.

    ``stops`` are the sentences that keep it from being handed in. ``last_day`` is its last one,
    inclusive, with ``grace_days`` after it; ``today`` the day that is asked about, ``came`` the one
    on which it came where that was earlier, see :func:`came_at`. ``open`` are
    the numbers of questions that nobody answered or closed, ``settled`` what was settled of it.
    ``other`` is the number of another application that the body pursues in the year, ``rests``
    says of a notice that somebody has put forward or issued about it.
    """

    stops: tuple[Refusal, ...] = ()
    today: date = date.min
    came: date | None = None
    last_day: date | None = None
    grace_days: int = 0
    late_reason: str = ""
    may_be_late: bool = True
    open: Sequence[int] = ()
    settled: Collection[Settled] = field(default_factory=tuple)
    other: str = ""
    rests: tuple[Refusal, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether its deadline and the grace are over: whole days, their last one included."""
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        return days_late(self.came or self.today, self.last_day, self.grace_days)


def days_late(on: date, last_day: date | None, grace_days: int) -> int:
    """How many days after its last one an application comes; 0 in time, the grace included.

    >>> days_late(date(2026, 4, 3), date(2026, 3, 31), 3), days_late(date(2026, 4, 4), None, 0)
    (0, 0)
    """
    days = (on - last_day).days if last_day else 0
    return days if days > grace_days else 0


def came_at(verb: str, before: datetime | None, at: datetime) -> datetime | None:
    """When an application came, once a step of it is taken: as soon as it was first handed in.

    What the authority sends back came all the same and is handed in again in time. What the body
    itself took back or withdrew never came. ``before`` is when it had come until now.

    >>> march, may = datetime(2026, 3, 30), datetime(2026, 5, 4)
    >>> sent_back = came_at("send_back", came_at("hand_in", None, march), may)
    >>> came_at("hand_in", sent_back, may) == march
    True
    >>> came_at("hand_in", came_at("take_back", march, may), may) == may
    True
    """
    if verb in (TAKE_BACK.verb, WITHDRAW.verb):
        return None
    return before or at if verb == HAND_IN.verb else before


def is_whole(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """What is wrong with it is mended before it is handed in, and what is odd has its reason.

    Of several things their number is said: each stands at its own place.
    """
    if len(facts.stops) <= 1:
        return facts.stops
    return (Refusal("application.several", SEVERAL, {"number": len(facts.stops)}),)


def is_in_time(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """It comes by its last day or within the grace, later only for a reason, or not at all."""
    if not facts.is_late or facts.last_day is None:
        return ()
    params = {"day": facts.last_day, "days": facts.days_late}
    if not facts.may_be_late:
        return (Refusal("application.too_late", TOO_LATE, params),)
    return () if facts.late_reason else (Refusal("application.late", LATE, params),)


def is_answered(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """Every question to the body has its answer, or was closed."""
    if not facts.open:
        return ()
    numbers = ", ".join(map(str, facts.open))
    return (Refusal("application.unanswered", UNANSWERED, {"numbers": numbers}),)


def is_settled(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """The authority has settled each aspect of it, accepted or not."""
    done = {each.aspect for each in facts.settled if each.is_decided}
    return tuple(
        Refusal("application.unsettled", UNSETTLED, {"aspect": Label(label)})
        for aspect, label in ASPECTS.items()
        if aspect not in done
    )


def nothing_else_is_pursued(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """Of a body and year one application is pursued."""
    if not facts.other:
        return ()
    return (Refusal("application.other", OTHER, {"number": facts.other}),)


def nothing_rests_on_it(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """No notice about it is put forward or issued."""
    return facts.rests


def nothing_is_decided(facts: ApplicationFacts) -> tuple[Refusal, ...]:
    """No notice about it was issued: until then a body may withdraw, whatever is being prepared."""
    return tuple(each for each in facts.rests if each.rule == DECIDED)


DECIDED = "grant.decided"
"""The rule of the refusal by which a room above says that a notice was issued."""
SEVERAL = msg(
    "{number} Angaben hindern die Einreichung: Sie fehlen, stimmen nicht oder sind zu begründen."
)
TOO_LATE = msg("Die Antragsfrist endete am {day}. Später nimmt dieses Programm keine Anträge an.")
LATE = msg(
    "Die Antragsfrist endete am {day}, vor {days} Tagen. Ein späterer Antrag braucht eine "
    "Begründung, warum er später kommt."
)
UNANSWERED = msg("Diese Fragen sind noch offen: {numbers}.")
UNSETTLED = msg("Noch nicht abgeschlossen ist: {aspect}.")
OTHER = msg("Für dieses Jahr wird schon {number} verfolgt.")

HAND_IN = Step(
    verb="hand_in",
    sources={ApplicationState.DRAFT},
    target="hand_in",
    by="funding.hand_in",
    label=msg("Antrag einreichen"),
    address="einreichen",
    basis=OWN_RULE,
    done=msg("Eingereicht: {number}, {name} {year}. Die Eingangsbestätigung liegt beim Vorgang."),
    asks=msg(
        "{number} geht an die Bewilligungsbehörde. Danach lässt sich nur noch ändern, wonach sie "
        "fragt; solange niemand entschieden hat, können Sie den Antrag zurücknehmen."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "Antrag ist fertigzustellen und einzureichen",
        "Anträge sind fertigzustellen und einzureichen",
    ),
    due="application",
)
NOTE = Step(
    verb="note",
    sources={"hand_in"},
    target="note",
    by="funding.note",
    label=msg("Zwischenschritt vermerken"),
    address="vermerken",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number}: {name} {year}."),
    asks=NOTED_TO_STAY,
    look=Look.PRIMARY,
    task=msgs("Antrag wartet auf die nächste Stufe", "Anträge warten auf die nächste Stufe"),
)
ASSESS = Step(
    verb="assess",
    sources={"hand_in"},
    target=ApplicationState.ASSESSED,
    by="funding.assess",
    label=msg("Prüfung abschließen"),
    address="pruefung-abschliessen",
    basis=OWN_RULE,
    done=msg("Geprüft: {number}, {name} {year}. Über den Antrag kann jetzt entschieden werden."),
    asks=msg(
        "{number} gilt danach als geprüft: Fragen an die Gebietskörperschaft sind dann nicht mehr "
        "möglich, bis die Prüfung wieder aufgenommen wird."
    ),
    look=Look.PRIMARY,
    task=msgs("eingereichter Antrag ist zu prüfen", "eingereichte Anträge sind zu prüfen"),
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=ApplicationState.DRAFT,
    by="funding.send_back",
    label=msg("Zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Zurückgegeben: {number}, {name} {year}. Eingereicht ist er nicht mehr."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=ApplicationState.DRAFT,
    by="funding.take_back",
    label=msg("Einreichung zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number}, {name} {year}. Eingereicht ist er nicht mehr."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
WITHDRAW = Step(
    verb="withdraw",
    sources={UNDER_WAY, ApplicationState.ASSESSED},
    target=ApplicationState.WITHDRAWN,
    by="funding.withdraw",
    label=msg("Förderantrag zurückziehen"),
    address="zurueckziehen",
    basis=OWN_RULE,
    done=msg("Zurückgezogen: {number}, {name} {year}."),
    asks=msg(
        "Für {number} wird dann nichts bewilligt. Der Antrag bleibt in den Akten; ein neuer ist "
        "möglich."
    ),
    guards=(nothing_is_decided,),
    notes=REASON,
    look=Look.TERTIARY,
    is_undoing=True,
)
REOPEN = Step(
    verb="reopen",
    sources={ApplicationState.ASSESSED},
    target=BEGUN,
    by="funding.reopen",
    label=msg("Prüfung wieder aufnehmen"),
    address="wieder-aufnehmen",
    basis=OWN_RULE,
    side=WHOSE_TURN,
    done=msg("Wieder in Prüfung: {number}, {name} {year}."),
    guards=(nothing_rests_on_it,),
    notes=REASON,
    look=Look.TERTIARY,
    is_undoing=True,
)
DISCARD = Step(
    verb="discard",
    sources={ApplicationState.DRAFT},
    target=ApplicationState.DISCARDED,
    by="funding.discard",
    label=msg("Entwurf verwerfen"),
    address="verwerfen",
    basis=OWN_RULE,
    done=msg("Verworfen: {number}, {name} {year}. Eine Zeit lang lässt er sich wiederherstellen."),
    asks=msg(
        "{number} wird aufgegeben und bleibt in den Akten. Eine Zeit lang lässt er sich "
        "wiederherstellen, solange kein anderer Antrag begonnen ist."
    ),
    look=Look.TERTIARY,
)
RESTORE = Step(
    verb="restore",
    sources={ApplicationState.DISCARDED},
    target=ApplicationState.DRAFT,
    by="funding.restore",
    label=msg("Wiederherstellen"),
    address="wiederherstellen",
    basis=OWN_RULE,
    done=msg("Wiederhergestellt: {number}, {name} {year}."),
    guards=(nothing_else_is_pursued,),
    is_undoing=True,
    within=UNDO_DAYS,
)
APPLICATION = Frame(
    name="application",
    initial=ApplicationState.DRAFT,
    labels={
        ApplicationState.DRAFT: msg("in Arbeit"),
        ApplicationState.WITHDRAWN: msg("zurückgezogen"),
        ApplicationState.DISCARDED: msg("verworfen"),
    },
    begin=HAND_IN,
    between=NOTE,
    ends={"assessed": ASSESS},
    ways=(SEND_BACK, TAKE_BACK, WITHDRAW, REOPEN, DISCARD, RESTORE),
    guards={
        "application_whole": is_whole,
        "application_in_time": is_in_time,
        "application_answered": is_answered,
        "application_settled": is_settled,
    },
)
"""What of the procedure of an application is the same for every programme."""

HANDED_IN = Declared(
    "hand_in",
    msg("Antrag einreichen"),
    msg("eingereicht"),
    "body",
    guards=("application_whole", "application_in_time"),
)
HEARD = Declared(
    "hear", msg("Ministerium hören"), msg("angehört"), "ministry", notes=msg("Stellungnahme")
)
EXAMINED = Declared(
    "assess",
    msg("Prüfung abschließen"),
    msg("geprüft"),
    "authority",
    guards=("application_answered", "application_settled"),
    effect="assessed",
)
APPLIED = APPLICATION.lifecycle((HANDED_IN, EXAMINED))
APPLIED_WITH_HEARING = APPLICATION.lifecycle((HANDED_IN, HEARD, EXAMINED))
"""Worked examples: the authority examines, at once or after the ministry was heard."""


REASONS = "reason/"
"""Before the key of a finding: the place of the reason that is given for it."""


def may_write(state: str, place: str, asked: Collection[str]) -> bool:
    """Whether a place of the application can be written: in a draft, or where a question asks.

    ``asked`` are the places of the questions that are open; one of a measure as a whole opens
    every place of it. While any is open, reasons can be given: what is changed for it may ask for
    one, wherever that stands. Nothing can be written of an application that is over or assessed.
    """
    if state == ApplicationState.DRAFT:
        return True
    if state in CLOSED:
        return False
    if place.startswith(REASONS):
        return bool(asked)
    return any(place == one or place.startswith(f"{one}/") for one in asked)
