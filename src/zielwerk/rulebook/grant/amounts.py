"""The grant by measure and budget year: its sum, what it needs, and a lower amount spread.

The whole grant is the sum of its places and never typed. A budget year needs money or a
permission of that year: what is free by due year bounds each year for itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from zielwerk.rulebook.money import Cents, split
from zielwerk.rulebook.refusal import Refusal, Refused, msg

K = TypeVar("K")

Place = tuple[str, int]
"""A measure's key and a budget year."""

Amounts = Mapping[Place, int]
"""Euro cents by place; a place without money may be absent."""


@dataclass(frozen=True)
class Effect:
    """What a decision does to one place, against what was applied for or held before."""

    measure: str
    year: int
    before_cents: int
    after_cents: int

    @property
    def change_cents(self) -> int:
        return self.after_cents - self.before_cents


def whole(amounts: Amounts) -> int:
    """The grant as a whole: the sum of its places."""
    return sum(amounts.values())


def by_year(amounts: Amounts) -> dict[int, int]:
    """What each budget year pays, in order."""
    return dict(sorted(_summed(amounts, lambda place: place[1]).items()))


def by_measure(amounts: Amounts) -> dict[str, int]:
    """What each measure gets, in the order of the measures."""
    return _summed(amounts, lambda place: place[0])


def added(amounts: Amounts, changes: Amounts) -> dict[Place, int]:
    """Amounts with changes on top; places that come to nothing are gone."""
    places = dict.fromkeys((*amounts, *changes))
    sums = {place: amounts.get(place, 0) + changes.get(place, 0) for place in places}
    return {place: cents for place, cents in sums.items() if cents}


def effects(before: Amounts, after: Amounts) -> tuple[Effect, ...]:
    """What a decision does to each place, also to those that it leaves as they are."""
    places = dict.fromkeys((*before, *after))
    return tuple(Effect(*place, before.get(place, 0), after.get(place, 0)) for place in places)


def why_not_free(amounts: Amounts, free: Mapping[int, int]) -> tuple[Refusal, ...]:
    """Each budget year needs what it pays, free in money or permission due in that year."""
    return tuple(
        Refusal(
            "grant.not_free",
            _NOT_FREE,
            {
                "year": str(year),
                "needed": Cents(cents),
                "free": Cents(max(free.get(year, 0), 0)),
                "missing": Cents(cents - max(free.get(year, 0), 0)),
            },
        )
        for year, cents in by_year(amounts).items()
        if cents > max(free.get(year, 0), 0)
    )


def why_not_granted(applied: Amounts, amounts: Amounts) -> tuple[Refusal, ...]:
    """A grant is of something, nowhere below zero, and no measure gets more than it asked for."""
    refusals = [] if whole(amounts) > 0 else [Refusal("grant.nothing", _NOTHING)]
    if any(cents < 0 for cents in amounts.values()):
        refusals.append(Refusal("grant.below_zero", _BELOW_ZERO))
    asked = by_measure(applied)
    for measure, cents in by_measure(amounts).items():
        if cents > asked.get(measure, 0):
            params = {
                "measure": measure,
                "cents": Cents(cents),
                "asked": Cents(asked.get(measure, 0)),
            }
            refusals.append(Refusal("grant.above_applied", _ABOVE, params))
    return tuple(refusals)


def spread(applied: Amounts, total_cents: int) -> dict[Place, int]:
    """A lower amount over all places, in proportion to what was applied for.

    Largest remainder, so that the places add up to the amount and none gets more than it asked
    for. Raises :class:`Refused` for more than was applied for, or less than nothing.
    """
    _refuse_outside(total_cents, whole(applied), "")
    if not whole(applied):
        return {}
    shares = split(total_cents, list(applied.values()))
    return {place: cents for place, cents in zip(applied, shares, strict=True) if cents}


def spread_named(applied: Amounts, named: Mapping[str, int]) -> dict[Place, int]:
    """A lower amount for each measure that is named; the others get what they applied for.

    Within a measure its budget years share in proportion. Raises :class:`Refused` like
    :func:`spread`, by measure, and for a measure that was not applied for.
    """
    asked = by_measure(applied)
    for measure in named:
        if measure not in asked:
            raise Refused(Refusal("grant.unknown_measure", _UNKNOWN, {"measure": measure}))
    decided: dict[Place, int] = {}
    for measure in asked:
        own = {place: cents for place, cents in applied.items() if place[0] == measure}
        total = named.get(measure, asked[measure])
        _refuse_outside(total, asked[measure], measure)
        decided |= spread(own, total)
    return decided


def told(effect_of: Iterable[Effect]) -> Iterator[tuple[str, int, int]]:
    """By measure: what it had, and what it gets."""
    for measure, some in _grouped(effect_of).items():
        yield measure, sum(e.before_cents for e in some), sum(e.after_cents for e in some)


def _grouped(every: Iterable[Effect]) -> dict[str, list[Effect]]:
    groups: dict[str, list[Effect]] = {}
    for each in every:
        groups.setdefault(each.measure, []).append(each)
    return groups


def _summed(amounts: Amounts, key: Callable[[Place], K]) -> dict[K, int]:
    sums: dict[K, int] = {}
    for place, cents in amounts.items():
        sums[key(place)] = sums.get(key(place), 0) + cents
    return sums


def _refuse_outside(cents: int, asked: int, measure: str) -> None:
    if 0 <= cents <= asked:
        return
    sentence = _OUTSIDE_OF if measure else _OUTSIDE
    params = {"measure": measure, "cents": Cents(cents), "asked": Cents(asked)}
    raise Refused(Refusal("grant.outside", sentence, params))


_NOT_FREE = msg(
    "Im Haushaltsjahr {year} werden {needed} gebraucht, frei sind {free}. Es fehlen {missing}."
)
_NOTHING = msg("Bewilligt wird mehr als nichts. Wer nichts bewilligt, lehnt ab.")
_BELOW_ZERO = msg("Kein Betrag einer Maßnahme in einem Haushaltsjahr liegt unter null.")
_ABOVE = msg("{measure}: {cents} sind mehr als die beantragten {asked}.")
_UNKNOWN = msg("Eine Maßnahme „{measure}“ ist nicht beantragt.")
_OUTSIDE = msg("{cents} liegen nicht zwischen null und den beantragten {asked}.")
_OUTSIDE_OF = msg("{measure}: {cents} liegen nicht zwischen null und den beantragten {asked}.")
