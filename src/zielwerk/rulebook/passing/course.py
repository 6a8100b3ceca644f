"""The path of a pass-on: drafted, put forward, brought into force by the head of the body, ended.

The stages are the programme's: a resolution of the body is a stage between the two.
What is in force is never edited; it is changed by another one that takes its place.
"""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook import drafted
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Look, Step
from zielwerk.rulebook.procedure import Declared, Frame
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class PassState(StrEnum):
    """States of a pass-on, beside those of the programme's stages."""

    DRAFT = "draft"
    IN_FORCE = "passed_on"  # the effect of the last stage
    ENDED = "ended"
    DISCARDED = "discarded"


COUNTING = frozenset({PassState.IN_FORCE, PassState.ENDED})
"""States in which it counts against the grant."""


@dataclass(frozen=True)
class PassFacts:
    """The facts for the guards of a pass-on, as sentences that speak against it.

    ``unsound`` is what is missing or wrong in it, ``unchecked`` what the checks have against it,
    ``uncovered`` where the notice grants less, ``superseded`` that something else has the place
    which it would take. ``changed_by`` is the number of the one that took, or takes, its own place.
    """

    unsound: tuple[Refusal, ...] = ()
    unchecked: tuple[Refusal, ...] = ()
    uncovered: tuple[Refusal, ...] = ()
    changed_by: str = ""
    superseded: tuple[Refusal, ...] = ()


def is_sound(facts: PassFacts) -> tuple[Refusal, ...]:
    """Nothing that belongs to it is missing, and nothing contradicts what it rests on."""
    return (*facts.unsound, *facts.superseded)


def is_checked(facts: PassFacts) -> tuple[Refusal, ...]:
    """Procurement, tax and aid are checked as its way asks for."""
    return facts.unchecked


def is_covered(facts: PassFacts) -> tuple[Refusal, ...]:
    """No more is passed on than the notice grants the measure in that budget year."""
    return facts.uncovered


def is_newest(facts: PassFacts) -> tuple[Refusal, ...]:
    """Nothing was put in its place, and nobody is about to."""
    if not facts.changed_by:
        return ()
    return (Refusal("passing.changed", CHANGED, {"number": facts.changed_by}),)


def has_its_place(facts: PassFacts) -> tuple[Refusal, ...]:
    """Nothing else took the place of what it would change."""
    return facts.superseded


def fits_again(facts: PassFacts) -> tuple[Refusal, ...]:
    """What it would count against is still free."""
    return (*facts.superseded, *facts.uncovered)


def needs_second(cents: int, from_cents: int) -> bool:
    """Whether another person than who put it forward brings it into force: from an amount on.

    >>> needs_second(9_999_99, 10_000_00), needs_second(10_000_00, 10_000_00)
    (False, True)
    """
    return cents >= from_cents


CHANGED = msg("An seine Stelle tritt {number}. Geändert oder beendet wird das Neuere.")

PUT_FORWARD = drafted.put_forward(
    "passing",
    msgs(
        "Weiterleitung ist zu schreiben und vorzulegen",
        "Weiterleitungen sind zu schreiben und vorzulegen",
    ),
)
NOTE = drafted.noted(
    "passing",
    msgs(
        "Weiterleitung wartet auf die nächste Stufe", "Weiterleitungen warten auf die nächste Stufe"
    ),
)
CONCLUDE = Step(
    verb="conclude",
    sources={"put_forward"},
    target=PassState.IN_FORCE,
    by="passing.conclude",
    label=msg("In Kraft setzen"),
    address="in-kraft-setzen",
    basis="Nr. 12 VV zu § 44 LHO",
    done=msg("In Kraft: {number}, {name} {year}, {amount}."),
    asks=msg(
        "{amount} sind damit weitergegeben, und das Schriftstück steht fest. Ändern lässt sich das "
        "danach nur durch eine weitere Weiterleitung, die an die Stelle dieser tritt."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "vorgelegte Weiterleitung ist in Kraft zu setzen",
        "vorgelegte Weiterleitungen sind in Kraft zu setzen",
    ),
)
END = Step(
    verb="end",
    sources={PassState.IN_FORCE},
    target=PassState.ENDED,
    by="passing.end",
    label=msg("Beenden"),
    address="beenden",
    basis=OWN_RULE,
    done=msg(
        "Beendet: {number}, {name} {year}. Was nicht verausgabt ist, kann neu vergeben werden."
    ),
    asks=msg(
        "Die Weiterleitung {number} endet. Gegen die Bewilligung zählt dann nur noch, was als "
        "verausgabt eingetragen ist; der Nachweis bleibt geschuldet."
    ),
    guards=(is_newest,),
    notes=REASON,
    look=Look.TERTIARY,
)
RESUME = Step(
    verb="resume",
    sources={PassState.ENDED},
    target=PassState.IN_FORCE,
    by="passing.resume",
    label=msg("Wieder aufnehmen"),
    address="wieder-aufnehmen",
    basis=OWN_RULE,
    done=msg("Wieder aufgenommen: {number}, {name} {year}."),
    guards=(fits_again,),
    is_undoing=True,
    within=UNDO_DAYS,
)
PASSING = Frame(
    name="passing",
    initial=PassState.DRAFT,
    labels={
        PassState.DRAFT: msg("in Arbeit"),
        PassState.ENDED: msg("vorzeitig beendet"),
        PassState.DISCARDED: msg("verworfen"),
    },
    begin=PUT_FORWARD,
    between=NOTE,
    ends={PassState.IN_FORCE: CONCLUDE},
    ways=(*drafted.ways_back("passing", has_its_place), END, RESUME),
    guards={
        "passing_sound": is_sound,
        "passing_checked": is_checked,
        "passing_covered": is_covered,
    },
)
"""What of the procedure of a pass-on is the same for every programme."""

EVERYTHING = ("passing_sound", "passing_checked", "passing_covered")
DRAFTED = Declared(
    "put_forward", PUT_FORWARD.label, msg("vorgelegt"), "body", guards=("passing_sound",)
)
RESOLVED = Declared(
    "resolve", msg("Beschluss vermerken"), msg("beschlossen"), "body", notes=msg("Beschluss")
)
DECIDED = Declared(
    "conclude",
    CONCLUDE.label,
    msg("in Kraft"),
    "body",
    guards=EVERYTHING,
    effect=PassState.IN_FORCE,
)
PASSED_ON = PASSING.lifecycle((DRAFTED, DECIDED))
PASSED_ON_AFTER_RESOLUTION = PASSING.lifecycle((DRAFTED, RESOLVED, DECIDED))
"""Worked examples: in force at once after it was put forward, or after a resolution."""
