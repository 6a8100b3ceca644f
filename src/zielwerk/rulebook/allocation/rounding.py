"""Whole units: the two methods by which exact amounts become multiples of the unit.

*Hare-Niemeyer* (largest remainders) rounds every amount down and gives the units left over to
the largest remainders, equal ones by AGS. Each amount is less than one unit from the exact one.
A larger total can cost a body a unit.

*Sainte-Laguë* (divisor method with standard rounding) looks for the rate at which all amounts,
each rounded to the nearest unit and kept within its limits, meet the total. In other words:
each body starts at its lower limit, and one unit after the other goes to whom it is due at the
lowest rate; a body's next unit is due where its exact amount passes the middle of that unit. A
larger total goes on where the smaller one stopped, so it costs nobody anything. More need of
one body moves its own units forward and those of others back, so it never brings it less.

Units that the base alone brings are due first, lower ones before higher ones, whatever the need:
else more need would bring less. A body without need gets more than its rounded base
only where no other can take a unit.
Source: Balinski and Young, Fair Representation (2nd ed. 2001), chapters 3 and appendix A:
divisor methods alone are monotone in the total.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heapreplace
from math import inf

from zielwerk.rulebook.allocation.limits import LimitName, Limits
from zielwerk.rulebook.allocation.method import HARE_NIEMEYER, SAINTE_LAGUE, Method


@dataclass(frozen=True)
class Wanted:
    """What is to become whole units: bodies in the order of AGS, money in cents.

    Before rounding a body gets ``base_cents + rate · part`` within its limits, and at ``rate``
    all of them meet ``target_cents``, a whole number of units.
    """

    unit_cents: int
    base_cents: int
    parts: Sequence[int]
    limits: Sequence[Limits]
    rate: Fraction
    target_cents: int


@dataclass(frozen=True)
class Rounded:
    """Amounts in whole units, the limit that holds each body, and the rate they are rounded from.

    By Hare-Niemeyer the rate is the exact one; by Sainte-Laguë it may lie beside it.
    """

    amounts: list[int]
    limited: list[LimitName]
    rate: Fraction


def in_units(method: Method, wanted: Wanted) -> Rounded:
    return _METHODS[method](wanted)


def _held(wanted: Wanted, rate: Fraction) -> tuple[list[int], list[LimitName]]:
    """The exact amounts at a rate, times the rate's denominator, and what limits them."""
    scale = rate.denominator
    exact_amounts: list[int] = []
    limited: list[LimitName] = []
    for part, limit in zip(wanted.parts, wanted.limits, strict=True):
        exact = wanted.base_cents * scale + rate.numerator * part
        limit_name: LimitName = ""
        if exact < limit.lower_cents * scale:
            exact, limit_name = limit.lower_cents * scale, limit.lower_by
        elif limit.upper_cents is not None and exact > limit.upper_cents * scale:
            exact, limit_name = limit.upper_cents * scale, limit.upper_by
        exact_amounts.append(exact)
        limited.append(limit_name)
    return exact_amounts, limited


def _hare_niemeyer(wanted: Wanted) -> Rounded:
    """Round down, then up by the largest remainders; sorting keeps the order of equal ones."""
    unit, scale = wanted.unit_cents, wanted.rate.denominator
    exact_amounts, limited = _held(wanted, wanted.rate)
    pairs = [divmod(exact, unit * scale) for exact in exact_amounts]
    amounts = [units * unit for units, _ in pairs]
    spare_units = (wanted.target_cents - sum(amounts)) // unit
    for place in sorted(range(len(pairs)), key=lambda i: -pairs[i][1])[:spare_units]:
        amounts[place] += unit
    return Rounded(amounts, limited, wanted.rate)


Due = tuple[float, int, int]
"""When a unit is due: the rate as a comparable whole number, how far beyond the base, the place."""


def _sainte_lague(wanted: Wanted) -> Rounded:
    """Begin at the exact rate, each rounded to the nearest; then unit by unit to the target."""
    unit, scale = wanted.unit_cents, wanted.rate.denominator
    exact_amounts, _ = _held(wanted, wanted.rate)
    units = [(2 * exact + unit * scale) // (2 * unit * scale) for exact in exact_amounts]
    spare_units = wanted.target_cents // unit - sum(units)
    due = _due(wanted)
    if spare_units > 0:
        _give(wanted, units, spare_units, due)
    elif spare_units < 0:
        _take(wanted, units, -spare_units, due)
    rate = _rate_of(wanted, units, due)
    return Rounded([count * unit for count in units], _held(wanted, rate)[1], rate)


def _due(wanted: Wanted) -> Callable[[int, int], Due]:
    """When the unit after so many of a body is due.

    Fractions with denominators up to m differ by 1/m² or more: with that many binary places
    their whole parts differ too, and comparing needs no fractions.
    """
    places = 2 * max(wanted.parts).bit_length() + 2
    base, unit, parts = 2 * wanted.base_cents, wanted.unit_cents, wanted.parts

    def due(place: int, count: int) -> Due:
        beyond = (2 * count + 1) * unit - base
        if beyond <= 0:
            return 0, beyond, place
        part = parts[place]
        return ((beyond << places) // (2 * part) if part else inf), beyond if not part else 0, place

    return due


def _give(
    wanted: Wanted, units: list[int], spare_units: int, due: Callable[[int, int], Due]
) -> None:
    """Give the units that are due next."""
    unit, limits = wanted.unit_cents, wanted.limits

    def following(place: int) -> Due:
        upper = limits[place].upper_cents
        is_full = upper is not None and (units[place] + 1) * unit > upper
        return (inf, _NEVER, place) if is_full else due(place, units[place])

    heap = [following(place) for place in range(len(units))]
    heapify(heap)
    for _ in range(spare_units):
        place = heap[0][2]
        units[place] += 1
        heapreplace(heap, following(place))


def _take(
    wanted: Wanted, units: list[int], surplus_units: int, due: Callable[[int, int], Due]
) -> None:
    """Take back the units that were due last."""
    unit, limits = wanted.unit_cents, wanted.limits

    def latest(place: int) -> Due:
        is_least = units[place] * unit <= limits[place].lower_cents
        rate, beyond, _ = (-1, -_NEVER, place) if is_least else due(place, units[place] - 1)
        return -rate, -beyond, -place

    heap = [latest(place) for place in range(len(units))]
    heapify(heap)
    for _ in range(surplus_units):
        place = -heap[0][2]
        units[place] -= 1
        heapreplace(heap, latest(place))


_NEVER = 10**40


def _rate_of(wanted: Wanted, units: Sequence[int], due: Callable[[int, int], Due]) -> Fraction:
    """A rate from which these units come by rounding: the exact one where it is one.

    Else the one at which the last unit was due.
    """
    last, following = [], []
    for place, count in enumerate(units):
        limit, cents = wanted.limits[place], count * wanted.unit_cents
        if not wanted.parts[place]:
            continue
        if cents > limit.lower_cents:
            last.append(due(place, count - 1))
        if limit.upper_cents is None or cents < limit.upper_cents:
            following.append(due(place, count))
    from_rate = _middle(wanted, units, max(last), -1) if last else Fraction()
    is_before = not following or wanted.rate < _middle(wanted, units, min(following), 0)
    return wanted.rate if from_rate <= wanted.rate and is_before else from_rate


def _middle(wanted: Wanted, units: Sequence[int], due: Due, beside: int) -> Fraction:
    """The exact rate at which a unit is due: the body's next one, or the one before."""
    place = due[2]
    middle = (2 * (units[place] + beside) + 1) * wanted.unit_cents
    return max(Fraction(middle - 2 * wanted.base_cents, 2 * wanted.parts[place]), Fraction())


_METHODS: Mapping[Method, Callable[[Wanted], Rounded]] = {
    SAINTE_LAGUE: _sainte_lague,
    HARE_NIEMEYER: _hare_niemeyer,
}
