"""The lawful way of unspent money from one body to another, one move at a time.

Bodies do not trade state money: one waives, the ministry takes back, the ministry gives
anew. Each move is declared by one person and decided by a second.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.procedure import UNDER_WAY, Declared, Frame
from zielwerk.rulebook.refusal import Refusal, msg, msgs
from zielwerk.rulebook.tranche import Tranche, kinds_said


class AdjustmentKind(StrEnum):
    """Moves of a body's money during the year."""

    WAIVER = "waiver"
    REALLOCATION = "reallocation"
    COVER = "cover"


RIVALS: dict[AdjustmentKind, frozenset[AdjustmentKind]] = {
    AdjustmentKind.WAIVER: frozenset({AdjustmentKind.WAIVER}),
    AdjustmentKind.REALLOCATION: frozenset({AdjustmentKind.REALLOCATION, AdjustmentKind.COVER}),
    AdjustmentKind.COVER: frozenset({AdjustmentKind.REALLOCATION, AdjustmentKind.COVER}),
}
"""The kinds of moves that take the same money: a body's own, or what is free."""

KIND_LABELS = {
    AdjustmentKind.WAIVER: msg("Verzicht"),
    AdjustmentKind.REALLOCATION: msg("Umverteilung"),
    AdjustmentKind.COVER: msg("Deckung"),
}


class AdjustmentState(StrEnum):
    """States of a move, beside those of the programme's stages."""

    DECLARED = "declared"
    ORDERED = "ordered"  # the effect of the last stage
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


GIVEN_UP = frozenset({AdjustmentState.REJECTED, AdjustmentState.WITHDRAWN})
"""The states of a move by which no money moves."""
SETTLED = GIVEN_UP | {AdjustmentState.ORDERED}
"""The states of a move that waits for nobody."""


@dataclass(frozen=True)
class AdjustmentFacts:
    """``available_cents`` is what the move can take, ``amount_cents`` what it wants to.

    ``pending_cents`` is what other moves want of the same money that nobody decided yet,
    ``available`` says of which kinds the available money is, ``agreed`` what the body has beside
    it and gives only with a changed agreement.
    """

    amount_cents: int
    available_cents: int
    pending_cents: int = 0
    available: Mapping[Tranche, int] = field(default_factory=dict)
    agreed: Mapping[Tranche, int] = field(default_factory=dict)


IS_AGREED = msg(
    "Vereinbart sind außerdem {held}. Sie werden hierfür erst genommen, wenn erfasst ist, dass "
    "weniger vereinbart wurde."
)


def is_there(facts: AdjustmentFacts) -> tuple[Refusal, ...]:
    """A decision moves no more than the available money."""
    if facts.amount_cents <= facts.available_cents:
        return ()
    sentence = msg("Vorhanden sind {available}, bewegt werden sollen {amount}.")
    if facts.pending_cents:
        sentence = msg(
            "Vorhanden sind {available}; in offenen Erklärungen stehen davon, alle Mittelarten "
            "zusammen, {pending}. Bewegt werden sollen {amount}."
        )
    params = {
        "available": kinds_said(facts.available) or Cents(max(facts.available_cents, 0)),
        "pending": Cents(facts.pending_cents),
        "amount": Cents(facts.amount_cents),
    }
    exceeds = Refusal("adjustments.exceeds", sentence, params)
    if not facts.agreed:
        return (exceeds,)
    held = {"held": kinds_said(facts.agreed)}
    return exceeds, Refusal("adjustments.is_agreed", IS_AGREED, held)


NOTE = Step(
    verb="note",
    sources={AdjustmentState.DECLARED},
    target="note",
    by="adjustments.note",
    label=msg("Zwischenschritt vermerken"),
    address="vermerken",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {kind} {number}, {name}."),
    asks=msg("Was hier vermerkt wird, steht danach bei {number} und wird nicht mehr geändert."),
    look=Look.PRIMARY,
    task=msgs(
        "erklärte Mitteländerung wartet auf den nächsten Schritt",
        "erklärte Mitteländerungen warten auf den nächsten Schritt",
    ),
)
DECIDE = Step(
    verb="decide",
    sources={AdjustmentState.DECLARED},
    target=AdjustmentState.ORDERED,
    by="adjustments.decide",
    label=msg("Entscheiden und buchen"),
    address="entscheiden",
    basis=OWN_RULE,
    done=msg("Entschieden und gebucht: {kind} {number}, {amount}, {name}."),
    asks=msg(
        "Bewegt werden {amount}: {kind}, {name}. Das wird sofort gebucht und nicht "
        "zurückgenommen, nur durch eine neue Entscheidung geändert."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "erklärte Mitteländerung ist zu entscheiden",
        "erklärte Mitteländerungen sind zu entscheiden",
    ),
)
REJECT = Step(
    verb="reject",
    sources={AdjustmentState.DECLARED, UNDER_WAY},
    target=AdjustmentState.REJECTED,
    by="adjustments.reject",
    label=msg("Ablehnen"),
    address="ablehnen",
    basis=OWN_RULE,
    done=msg(
        "Abgelehnt: {kind} {number}, {amount}, {name}. Kein Geld bewegt sich; neu erklären "
        "kann, wer das erklärt hat."
    ),
    asks=msg(
        "Abgelehnt wird: {kind}, {amount}, {name}. Kein Geld bewegt sich. Das lässt sich "
        "nicht zurücknehmen, aber neu erklären."
    ),
    notes=REASON,
    is_against=True,
)
WITHDRAW = Step(
    verb="withdraw",
    sources={AdjustmentState.DECLARED, UNDER_WAY},
    target=AdjustmentState.WITHDRAWN,
    by="adjustments.withdraw",
    label=msg("Erklärung zurückziehen"),
    address="zurueckziehen",
    basis=OWN_RULE,
    done=msg("Zurückgezogen: {kind} {number}, {amount}, {name}. Kein Geld bewegt sich."),
    asks=msg(
        "Zurückgezogen wird: {kind}, {amount}, {name}. Kein Geld bewegt sich; neu erklären lässt "
        "sich das jederzeit."
    ),
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
ADJUSTMENT = Frame(
    name="adjustment",
    initial=AdjustmentState.DECLARED,
    labels={
        AdjustmentState.DECLARED: msg("erklärt"),
        AdjustmentState.REJECTED: msg("abgelehnt"),
        AdjustmentState.WITHDRAWN: msg("zurückgezogen"),
    },
    begin=NOTE,
    between=NOTE,
    ends={"ordered": DECIDE},
    ways=(REJECT, WITHDRAW),
    guards={"adjustment_covered": is_there},
)
"""What of the procedure of a move is the same for every programme."""

COVERED = Declared(
    "decide",
    DECIDE.label,
    msg("entschieden"),
    four_eyes=True,
    guards=("adjustment_covered",),
    effect="ordered",
)
HEARD = Declared("hear", NOTE.label, msg("angehört"), notes=msg("Stellungnahme"))
MOVE = ADJUSTMENT.lifecycle((COVERED,))
MOVE_WITH_HEARING = ADJUSTMENT.lifecycle((HEARD, COVERED))
"""Worked examples: the second person decides at once, or after a hearing."""
