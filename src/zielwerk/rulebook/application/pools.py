"""Pools of lines that may cover each other (Deckungsfähigkeit), and what a changed plan needs.

The financing plan of a notice is binding in total. Within it a position, which is a category of
cost in a budget year, may be exceeded by a percentage where others of its pool are lower by as
much. Everything else needs consent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from zielwerk.rulebook.application.content import Cost
from zielwerk.rulebook.application.financing import percent_said, share_of
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Said, msg


@dataclass(frozen=True)
class CostPool:
    """Categories of cost that may cover each other; ``percent`` bounds how far one may go."""

    code: str
    label: str
    categories: tuple[str, ...]
    percent: Decimal
    basis: str = ""
    assumed: bool = False


class Verdict(StrEnum):
    """What becomes of a position that changed."""

    LESS = "less"  # lower than planned, or as planned
    WITHIN = "within"  # higher, by no more than allowed, and offset in its pool
    CONSENT = "consent"  # higher: only with consent


@dataclass(frozen=True)
class Position:
    """A category of cost in a budget year, as it is binding and as it is now."""

    category: str
    year: int
    binding: int
    now: int
    verdict: Verdict
    pool: CostPool | None = None
    limit: int = 0
    why: Said = field(default_factory=lambda: Said(""))

    @property
    def more(self) -> int:
        """By how much it is higher than planned; negative where it is lower."""
        return self.now - self.binding


@dataclass(frozen=True)
class Comparison:
    """A plan held against the binding one: each position, and both totals."""

    positions: tuple[Position, ...]
    binding: int
    now: int

    @property
    def needs_consent(self) -> tuple[Position, ...]:
        return tuple(each for each in self.positions if each.verdict is Verdict.CONSENT)

    @property
    def is_over_total(self) -> bool:
        """Whether more is spent in all than the binding plan has."""
        return self.now > self.binding


def compared(binding: Iterable[Cost], now: Iterable[Cost], pools: Sequence[CostPool]) -> Comparison:
    """What a changed or actual plan is, beside the binding one; by budget year, then as named.

    >>> pool = CostPool("all", "Alles", ("staff", "fees"), Decimal(20))
    >>> planned = [Cost("staff", 2026, 1000), Cost("fees", 2026, 500)]
    >>> spent = [Cost("staff", 2026, 1100), Cost("fees", 2026, 400)]
    >>> [str(each.verdict) for each in compared(planned, spent, pools=[pool]).positions]
    ['within', 'less']
    """
    before, after = _sums(binding), _sums(now)
    places = sorted(dict.fromkeys((*before, *after)), key=lambda place: place[1])
    positions = tuple(_positions(places, before, after, pools))
    return Comparison(positions, sum(before.values()), sum(after.values()))


Place = tuple[str, int]


def _positions(
    places: Sequence[Place],
    before: dict[Place, int],
    after: dict[Place, int],
    pools: Sequence[CostPool],
) -> Iterator[Position]:
    for place in places:
        category, year = place
        planned, is_now = before.get(place, 0), after.get(place, 0)
        pool = next((each for each in pools if category in each.categories), None)
        limit = planned + share_of(planned, pool.percent) if pool else planned
        verdict, why = Verdict.LESS, Said("")
        if is_now > planned:
            in_pool = pool.categories if pool else ()
            more = sum(after.get((each, year), 0) - before.get((each, year), 0) for each in in_pool)
            verdict, why = _judged(is_now, limit, pool, more)
        yield Position(category, year, planned, is_now, verdict, pool, limit, why)


def _judged(now: int, limit: int, pool: CostPool | None, more: int) -> tuple[Verdict, Said]:
    if pool is None:
        return Verdict.CONSENT, Said(NO_POOL)
    params: dict[str, object] = {"pool": pool.label}
    if now > limit:
        params |= {"percent": percent_said(pool.percent), "limit": Cents(limit)}
        return Verdict.CONSENT, Said(ABOVE_LIMIT, params)
    if more > 0:
        return Verdict.CONSENT, Said(NOT_OFFSET, params | {"more": Cents(more)})
    return Verdict.WITHIN, Said(OFFSET, params)


def _sums(lines: Iterable[Cost]) -> dict[Place, int]:
    sums = dict[Place, int]()
    for line in lines:
        place = line.category, line.year
        sums[place] = sums.get(place, 0) + line.cents
    return sums


NO_POOL = msg("Diese Kostenart ist mit keiner anderen deckungsfähig.")
ABOVE_LIMIT = msg("„{pool}“: Ein Ansatz darf um {percent} Prozent höher werden, hier bis {limit}.")
NOT_OFFSET = msg("„{pool}“: Die anderen Ansätze gleichen das nicht aus, es fehlen {more}.")
OFFSET = msg("„{pool}“: Andere Ansätze gleichen das aus.")
