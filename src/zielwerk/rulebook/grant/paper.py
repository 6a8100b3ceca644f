"""A paper says one amount in several places: they are compared before it is issued.

A sum, its parts by measure and by budget year, the instalments and the financing plan are made in
different ways; a reader holds the paper to the one that suits her.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Stated:
    """An amount that a paper says at a place, beside what it should be there, in cents."""

    place: str
    cents: int
    expected: int


def why_not_alike(stated: Iterable[Stated]) -> tuple[Refusal, ...]:
    """Why a paper contradicts itself.

    >>> wrong = why_not_alike([Stated("Raten", 99_00, 100_00), Stated("Summe", 1, 1)])
    >>> [str(refusal.params["place"]) for refusal in wrong]
    ['Raten']
    """
    return tuple(
        Refusal(
            "grant.paper_differs",
            _DIFFERS,
            {
                "place": Label(each.place),
                "cents": Cents(each.cents),
                "expected": Cents(each.expected),
            },
        )
        for each in stated
        if each.cents != each.expected
    )


_DIFFERS = msg(
    "Das Schriftstück widerspricht sich. {place}: {cents} statt {expected}. So wird es nicht "
    "erlassen."
)
