"""What is passed on of a grant, by measure and budget year: never more than the notice grants.

What is passed on in force counts with its amounts. What was ended counts with what was spent by
then: the rest can be passed on anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

ByYear = Mapping[int, int]
"""Euro cents by budget year."""


@dataclass(frozen=True)
class Instalment:
    """A part that is paid to the Träger on a day."""

    day: date
    cents: int


def counted(amounts: ByYear, spent: ByYear, *, is_ended: bool) -> dict[int, int]:
    """What of a pass-on keeps others from the money.

    >>> counted({2026: 500, 2027: 300}, {2026: 420}, is_ended=True)
    {2026: 420}
    """
    if not is_ended:
        return {year: cents for year, cents in amounts.items() if cents}
    return {
        year: kept
        for year, cents in amounts.items()
        if (kept := min(cents, spent.get(year, 0))) > 0
    }


def left(granted: ByYear, passed: Iterable[ByYear]) -> dict[int, int]:
    """What the notice grants a measure and nobody got yet, by budget year; below zero where a
    later act took from what was passed on already.

    >>> left({2026: 1000, 2027: 400}, [{2026: 600}, {2026: 100, 2027: 500}])
    {2026: 300, 2027: -100}
    """
    rest = dict(granted)
    for amounts in passed:
        for year, cents in amounts.items():
            rest[year] = rest.get(year, 0) - cents
    return dict(sorted(rest.items()))


def too_much(amounts: ByYear, rest: ByYear) -> Iterator[Refusal]:
    """Each budget year in which more would be passed on than is left of the grant."""
    for year, cents in sorted(amounts.items()):
        free = max(rest.get(year, 0), 0)
        if cents > free:
            params = {"year": str(year), "amount": Cents(cents), "free": Cents(free)}
            yield Refusal("passing.too_much", _TOO_MUCH, params, "Nr. 12 VV zu § 44 LHO")


def wrong_instalments(amounts: ByYear, instalments: Sequence[Instalment]) -> Iterator[Refusal]:
    """Instalments are paid in a year that has money, and together not more than that year has."""
    sums: dict[int, int] = {}
    for each in instalments:
        sums[each.day.year] = sums.get(each.day.year, 0) + each.cents
        if each.cents <= 0:
            yield Refusal("passing.instalment_empty", _EMPTY, {"day": each.day})
    for year, cents in sorted(sums.items()):
        if cents > amounts.get(year, 0):
            params = {
                "year": str(year),
                "cents": Cents(cents),
                "amount": Cents(amounts.get(year, 0)),
            }
            yield Refusal("passing.instalments_over", _OVER, params)


def not_in_instalments(amounts: ByYear, instalments: Sequence[Instalment]) -> int:
    """What no instalment pays, where there are any; the rest is called for by need."""
    paid = sum(each.cents for each in instalments)
    return max(sum(amounts.values()) - paid, 0) if instalments else 0


_TOO_MUCH = msg(
    "Im Haushaltsjahr {year} sind von der Maßnahme noch {free} weiterzugeben, nicht {amount}."
)
_EMPTY = msg("Die Rate am {day} hat keinen Betrag.")
_OVER = msg("Die Raten des Jahres {year} ergeben {cents}, weitergegeben werden {amount}.")
