"""Amendments: what of an agreed text one may change, and how a smaller amount is spread.

An amendment (Nachtrag) starts from a copy of the text that holds. It is negotiated and signed like
a first one (§ 57 HVwVfG: in writing), and the whole content holds as it says. Where the document
is a notice of one side, a notice changes it. What may be changed that way is data of a programme.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents, split
from zielwerk.rulebook.refusal import Refusal, Said, msg


class Part(StrEnum):
    """What of a text an amendment may change."""

    AMOUNT = "amount"
    EARMARKS = "earmarks"  # the amount of a purpose
    NAMES = "names"  # the strategy that it rests on, what the meeting is called
    MEASURES = "measures"
    TARGETS = "targets"
    CLAUSES = "clauses"  # the wording of the programme's clauses
    ADDITIONS = "additions"  # clauses of the body's own


PART_LABELS: Mapping[str, str] = {
    Part.AMOUNT: msg("der Gesamtbetrag"),
    Part.EARMARKS: msg("die Beträge der Zwecke"),
    Part.NAMES: msg("Strategie und Umsetzungsbesprechung"),
    Part.MEASURES: msg("die Maßnahmen"),
    Part.TARGETS: msg("die Ziele"),
    Part.CLAUSES: msg("der Wortlaut der Klauseln"),
    Part.ADDITIONS: msg("eigene Ergänzungen"),
}


def part_of(node: str) -> Part:
    """The part that a node of a text belongs to, by its id; any other is of the wording.

    >>> part_of("value/earmark.women"), part_of("measures/MP-2026-0001"), part_of("04-mittel/2")
    (<Part.EARMARKS: 'earmarks'>, <Part.MEASURES: 'measures'>, <Part.CLAUSES: 'clauses'>)
    """
    if node == "value/amount":
        return Part.AMOUNT
    if node.startswith("value/earmark."):
        return Part.EARMARKS
    for begin, part in BEGINNINGS:
        if node == begin or node.startswith((f"{begin}/", f"{begin}-")):
            return part
    return Part.CLAUSES


BEGINNINGS = (
    ("value", Part.NAMES),
    ("measures", Part.MEASURES),
    ("targets", Part.TARGETS),
    ("eigene", Part.ADDITIONS),
)


def why_not_changed(part: Part, may_change: Collection[str]) -> tuple[Refusal, ...]:
    """Why an amendment cannot change a part; nothing where it may."""
    if part in may_change:
        return ()
    params = {"part": Label(PART_LABELS[part])}
    return (Refusal("amendment.not_of_amendments", NOT_OF_AMENDMENTS, params),)


def left_after_cut(agreed_cents: int, uncovered_cents: int) -> int:
    """What may still be agreed where a part of it is no longer covered; never below zero.

    Of 1,600,100 € of which 100,100 € are uncovered since a cut, 1,500,000 € are left:

    >>> left_after_cut(1_600_100_00, 100_100_00)
    150000000
    """
    return max(0, agreed_cents - max(0, uncovered_cents))


def spread(amounts: Sequence[int], total_cents: int) -> list[int]:
    """The amounts in proportion, so that they make up a new total to the cent.

    Where all of them are zero, so is each. Cents left over go to the largest remainders.

    >>> spread([600_00, 300_00, 100_00], 333_33)
    [20000, 10000, 3333]
    """
    return split(total_cents, amounts) if any(amounts) else [0] * len(amounts)


def why_no_pair(less_cents: int, more_cents: int) -> Said | None:
    """What is to be said where of two amendments one does not give what the other gets.

    >>> why_no_pair(500_00, 500_00) is None, why_no_pair(100_00, 500_00).params
    (True, {'less': 10000, 'more': 50000})
    """
    if less_cents == more_cents and less_cents > 0:
        return None
    return Said(NO_PAIR, {"less": Cents(less_cents), "more": Cents(more_cents)})


NO_PAIR = msg(
    "Beides passt nicht zusammen: Die eine Änderung gibt {less} ab, die andere erhält {more}."
)
NOT_OF_AMENDMENTS = msg(
    "Durch eine Änderung wird hier nicht geändert: {part}. So legt es das Programm fest."
)
