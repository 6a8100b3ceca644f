"""The path of a notice and of an act on one: drafted, put forward, issued by a second person.

The stages are the programme's. Issuing commits the money, sets the document and fixes its day, all
at once; what was issued is never edited, only followed by acts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook import drafted
from zielwerk.rulebook.lifecycle import Look, Step
from zielwerk.rulebook.procedure import Declared, Frame
from zielwerk.rulebook.recording import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class GrantState(StrEnum):
    """States of a notice and of an act, beside those of the programme's stages."""

    DRAFT = "draft"
    ISSUED = "issued"  # the effect of the last stage
    DISCARDED = "discarded"


class Outcome(StrEnum):
    """What a notice decides of what was applied for."""

    FULL = "full"
    PARTLY = "partly"
    REFUSED = "refused"


OUTCOMES = {
    Outcome.FULL: msg("voll bewilligt"),
    Outcome.PARTLY: msg("zum Teil bewilligt"),
    Outcome.REFUSED: msg("abgelehnt"),
}


def outcome_of(applied_cents: int, cents: int) -> Outcome:
    """What amounts decide, so that nobody says one thing and grants another.

    >>> [outcome_of(100, cents).value for cents in (100, 60, 0)]
    ['full', 'partly', 'refused']
    """
    if not cents:
        return Outcome.REFUSED
    return Outcome.FULL if cents >= applied_cents else Outcome.PARTLY


@dataclass(frozen=True)
class GrantFacts:
    """The facts for the guards of a notice or an act, as sentences that speak against it.

    ``unsound`` is what is missing or wrong in it, ``uncovered`` the money that is not there,
    ``premature`` what the programme wants before it, such as the agreement.
    """

    unsound: tuple[Refusal, ...] = ()
    uncovered: tuple[Refusal, ...] = ()
    premature: tuple[Refusal, ...] = ()
    other: str = ""

    @property
    def against(self) -> tuple[Refusal, ...]:
        """All that speaks against issuing it."""
        return (*self.unsound, *self.uncovered, *self.premature)


def is_sound(facts: GrantFacts) -> tuple[Refusal, ...]:
    """Nothing that belongs to it is missing, and nothing contradicts what it rests on."""
    return facts.unsound


def is_covered(facts: GrantFacts) -> tuple[Refusal, ...]:
    """Each budget year has the money, or the permission, that it would bind."""
    return facts.uncovered


def is_not_premature(facts: GrantFacts) -> tuple[Refusal, ...]:
    """What the programme wants before the notice is there."""
    return facts.premature


def nothing_else_decides(facts: GrantFacts) -> tuple[Refusal, ...]:
    """Of an application one notice decides."""
    return (Refusal("grant.other", OTHER, {"number": facts.other}),) if facts.other else ()


def needs_second(changes: Iterable[int], standing_cents: int, from_cents: int) -> bool:
    """Whether somebody else has to issue it than whoever wrote it or put it forward.

    From an amount on, 0: always. It counts what stands afterwards, and all that moves, however
    little of it is left once it is netted: a shift between measures is no small thing.

    >>> needs_second([99_999_99], 99_999_99, 100_000_00), needs_second([1], 100_000_00, 100_000_00)
    (False, True)
    >>> needs_second([90_000_00, -90_000_00], 0, 100_000_00)
    True
    """
    return max(sum(map(abs, changes)), standing_cents) >= from_cents


OTHER = msg("Über diesen Antrag wird schon mit {number} entschieden.")

PUT_FORWARD = drafted.put_forward(
    "granting",
    msgs("Bescheid ist zu entwerfen und vorzulegen", "Bescheide sind zu entwerfen und vorzulegen"),
)
NOTE = drafted.noted(
    "granting",
    msgs("Bescheid wartet auf die nächste Stufe", "Bescheide warten auf die nächste Stufe"),
)
ISSUE = Step(
    verb="issue",
    sources={"put_forward"},
    target=GrantState.ISSUED,
    by="granting.issue",
    label=msg("Erlassen"),
    address="erlassen",
    basis=FOUR_EYES,
    done=msg("Erlassen: {number}, {name} {year}, {amount}. Das Dokument liegt beim Vorgang."),
    asks=msg(
        "Mit dem Erlass stehen die Beträge in den Büchern, und das Schriftstück steht fest. Ändern "
        "lässt sich das danach nur durch einen weiteren Bescheid."
    ),
    look=Look.PRIMARY,
    task=msgs("vorgelegter Bescheid ist zu erlassen", "vorgelegte Bescheide sind zu erlassen"),
)
GRANT = Frame(
    name="grant",
    initial=GrantState.DRAFT,
    labels={GrantState.DRAFT: msg("in Arbeit"), GrantState.DISCARDED: msg("verworfen")},
    begin=PUT_FORWARD,
    between=NOTE,
    ends={"issued": ISSUE},
    ways=drafted.ways_back("granting", nothing_else_decides),
    guards={
        "grant_sound": is_sound,
        "grant_covered": is_covered,
        "grant_agreed": is_not_premature,
    },
)
"""What of the procedure of a notice, and of an act on one, is the same for every programme."""

EVERYTHING = ("grant_sound", "grant_covered")
DRAFTED = Declared(
    "put_forward", PUT_FORWARD.label, msg("vorgelegt"), "authority", guards=("grant_sound",)
)
HEARD = Declared(
    "hear", msg("Ministerium hören"), msg("angehört"), "ministry", notes=msg("Stellungnahme")
)
DECIDED = Declared(
    "issue", ISSUE.label, msg("erlassen"), "authority", guards=EVERYTHING, effect="issued"
)
GRANTED = GRANT.lifecycle((DRAFTED, DECIDED))
GRANTED_AFTER_HEARING = GRANT.lifecycle((DRAFTED, HEARD, DECIDED))
"""Worked examples: issued at once after it was put forward, or after the ministry was heard."""
