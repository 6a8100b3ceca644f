"""The tranches (Mittelarten) of a fund: money of a budget year, or authority due in a later one.

Money of this year's budget (Barmittel) and authority to promise for a later one
(Verpflichtungsermächtigung) are never one figure: the second is a permission. They are kept
apart by source (state, special fund, EU) too, from the budget to what a body holds.

A decision names an amount, not its tranches. Which it takes, and which are given back, no public
rule says: both orders are parameters of the programme, marked as assumptions. Whatever the order,
all who receive by one act receive the same mixture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zielwerk.rulebook.budget import draw
from zielwerk.rulebook.money import Cents, split
from zielwerk.rulebook.refusal import Said, msg


@dataclass(frozen=True)
class Tranche:
    """A part of a fund: its source, the budget it comes from, the year in which it is due.

    ``due_year`` is 0 for money. All three are empty where the books do not know them: of money
    from before these books, and of what an agreement names beyond any allocation.
    """

    source: str = ""
    budget_year: int = 0
    due_year: int = 0

    @property
    def is_authority(self) -> bool:
        return self.due_year > 0

    @property
    def year(self) -> int:
        """The budget year out of which it is paid; 0 where nobody knows."""
        return self.due_year or self.budget_year

    def is_past(self, on: date) -> bool:
        """Whether the budget year that it comes from was over before a day."""
        return 0 < self.budget_year < on.year

    @property
    def said(self) -> Said:
        """What it is called."""
        if self.is_authority:
            sentence = msg("Verpflichtungsermächtigung, fällig {year}")
            return Said(sentence, {"year": str(self.due_year)})
        if self.budget_year:
            return Said(msg("Barmittel {year}"), {"year": str(self.budget_year)})
        return Said(msg("Mittelart nicht bekannt"))

    @property
    def place(self) -> tuple[bool, int, int, str]:
        """Where it stands among others: money before authority, the earlier year first."""
        return self.is_authority, self.year, self.budget_year, self.source


UNKNOWN = Tranche()


class Order(StrEnum):
    """In which order an amount is taken from several tranches."""

    MONEY_FIRST = "money_first"
    AUTHORITY_FIRST = "authority_first"
    PROPORTIONAL = "proportional"

    @property
    def label(self) -> str:
        """What it is called."""
        return ORDERS[self]


ORDERS = {
    Order.MONEY_FIRST: msg("Barmittel zuerst"),
    Order.AUTHORITY_FIRST: msg("Ermächtigungen zuerst"),
    Order.PROPORTIONAL: msg("anteilig"),
}


GIVEN = Order.MONEY_FIRST
"""The order for what bodies get, where the programme says nothing."""
TAKEN = Order.PROPORTIONAL
"""The order for what is taken from one of them, where the programme says nothing."""


def shares(
    balances: Mapping[Tranche, int], amounts: Sequence[int], order: Order
) -> list[dict[Tranche, int]]:
    """The tranches of each amount, in cents; together they take from ``balances`` in ``order``.

    >>> land, later = Tranche("land", 2025), Tranche("land", 2025, 2026)
    >>> shares({land: 100, later: 100}, [100, 50], Order.MONEY_FIRST) == [
    ...     {land: 67, later: 33}, {land: 33, later: 17}]
    True

    Each amount has the mixture of all, to the cent. What the tranches do not have is missing
    from the last amounts. Balances below zero count as nothing.
    """
    held = {
        tranche: cents
        for tranche, cents in sorted(balances.items(), key=lambda pair: pair[0].place)
        if cents > 0
    }
    left = _taken(held, min(sum(amounts), sum(held.values())), order)
    result = []
    for amount in amounts:
        cents = min(amount, sum(left.values()))
        parts = split(cents, list(left.values())) if cents else [0] * len(left)
        result.append({tranche: part for tranche, part in zip(left, parts, strict=True) if part})
        left = {tranche: left[tranche] - part for tranche, part in zip(left, parts, strict=True)}
    return result


def _taken(held: Mapping[Tranche, int], cents: int, order: Order) -> dict[Tranche, int]:
    """What an amount takes of each tranche; ``held`` has at least so much."""
    if not cents:
        return {}
    if order == Order.PROPORTIONAL:
        return dict(zip(held, split(cents, list(held.values())), strict=True))
    first = order == Order.AUTHORITY_FIRST
    ordered = sorted(held.items(), key=lambda pair: pair[0].is_authority != first)
    return dict(draw(ordered, cents)[0])


@dataclass(frozen=True)
class FreeMoney:
    """What nobody was allocated of a tranche, and how much of it is free, in cents.

    ``later_cents`` count from a later day only; ``gone_cents`` are no longer available, because
    commitments used them or their budget year is over; ``owed_cents`` must first make good what
    is uncovered or came before these books. The rest is free; below zero where that is not there.
    ``is_past`` where it comes from a budget year that is over.
    """

    unallocated_cents: int = 0
    later_cents: int = 0
    gone_cents: int = 0
    owed_cents: int = 0
    is_past: bool = False

    @property
    def is_over(self) -> bool:
        """Whether its year is over and not closed, for a closed one leaves nothing free.

        It is free until then, and lapses with the closing unless it is carried over.
        """
        return self.is_past and self.free_cents > 0

    @property
    def free_cents(self) -> int:
        return self.unallocated_cents - self.later_cents - self.gone_cents - self.owed_cents


def free_money(
    unallocated: Mapping[Tranche, int],
    later: Mapping[Tranche, int],
    gone: Mapping[Tranche, int],
    own_gaps: Mapping[Tranche, int],
    gaps: Mapping[Tranche, int],
    on: date | None = None,
) -> dict[Tranche, FreeMoney]:
    """What of each tranche is free on a day.

    Gaps are above zero, the state's own and those of the bodies.

    A gap is made good by its own tranche first. What that does not have is owed by the others,
    money before authority; of the state's own gaps only where nobody knows their tranche. What
    none has is left with the gap.
    """
    tranches = sorted({*unallocated, *own_gaps, *gaps}, key=lambda tranche: tranche.place)
    used = {one: later.get(one, 0) + gone.get(one, 0) for one in tranches}
    left = {one: max(unallocated.get(one, 0) - used[one], 0) for one in tranches}
    owed = dict.fromkeys(tranches, 0)

    def owe(one: Tranche, cents: int) -> None:
        owed[one] += cents
        left[one] -= cents

    beyond: dict[Tranche, int] = {}
    for one in tranches:
        own_cents, cents = own_gaps.get(one, 0), gaps.get(one, 0)
        if one == UNKNOWN:
            own_cents, cents = 0, cents + own_cents
        owed[one] += own_cents
        left[one] = max(left[one] - own_cents, 0)
        same_cents = min(left[one], cents)
        owe(one, same_cents)
        beyond[one] = cents - same_cents
    for one, cents in beyond.items():
        (drawn,) = shares(left, [cents], Order.MONEY_FIRST)
        for other, part in drawn.items():
            owe(other, part)
        owed[one] += cents - sum(drawn.values())
    return {
        one: FreeMoney(
            unallocated.get(one, 0),
            later.get(one, 0),
            gone.get(one, 0),
            owed[one],
            is_past=on is not None and one.is_past(on),
        )
        for one in tranches
    }


def gone(
    unallocated: Mapping[Tranche, int],
    bound: Mapping[Tranche, int],
    held: Mapping[Tranche, int],
    on: date | None,
) -> dict[Tranche, int]:
    """What is no longer available, though nobody was allocated it, in cents by tranche.

    Commitments used it (``bound``), as far as no body holds it; or it is authority whose budget
    year is over, so that nobody can promise by it any more.
    """
    lost: dict[Tranche, int] = {}
    for tranche, cents in unallocated.items():
        used = max(bound.get(tranche, 0) - held.get(tranche, 0), 0)
        is_over = on is not None and tranche.is_authority and tranche.is_past(on)
        lost[tranche] = max(cents, 0) if is_over else min(used, max(cents, 0))
    return lost


def covers(
    held: Mapping[Tranche, int],
    gaps: Mapping[Tranche, int],
    cents: int,
    order: Order,
    *,
    is_own_only: bool = False,
) -> list[tuple[Tranche, Tranche, int]]:
    """How an amount makes good what is uncovered: (the kind that covers, the kind lacking, cents).

    ``gaps`` are above zero. Each gap takes from its own kind first (same source, budget year and
    due year). What that does not have is drawn from the other kinds in ``order``, and makes good
    the gaps one after the other, money before authority; with ``is_own_only`` only a gap of which
    nobody knows the kind.

    >>> money, later = Tranche("state", 2025), Tranche("state", 2025, 2026)
    >>> covers({money: 30, later: 90}, {money: 100}, 80, Order.AUTHORITY_FIRST) == [
    ...     (money, money, 30), (later, money, 50)]
    True
    """
    left = {one: max(own, 0) for one, own in held.items()}
    ordered = sorted(gaps.items(), key=lambda each: each[0].place)
    lacking = {one: gap for one, gap in ordered if gap > 0}
    parts: list[tuple[Tranche, Tranche, int]] = []
    rest = cents
    for gap in lacking:
        part = min(rest, left.get(gap, 0), lacking[gap])
        if part > 0:
            parts.append((gap, gap, part))
            left[gap], lacking[gap], rest = left[gap] - part, lacking[gap] - part, rest - part
    if is_own_only:
        lacking = {one: gap for one, gap in lacking.items() if one == UNKNOWN}
    (drawn,) = shares(left, [min(rest, sum(lacking.values()))], order)
    for gap, lack in lacking.items():
        taken, _ = draw(list(drawn.items()), lack)
        for one, part in taken:
            drawn[one] -= part
        parts += [(one, gap, part) for one, part in taken if part]
    return parts


def kinds_said(kinds: Mapping[Tranche, int]) -> tuple[Said, ...]:
    """Amounts for a sentence, each with its kind of money."""
    return tuple(
        Said(msg("{amount} ({tranche})"), {"amount": Cents(cents), "tranche": one.said})
        for one, cents in kinds.items()
    )


def free_said(tranches: Mapping[Tranche, FreeMoney]) -> tuple[Said, ...]:
    """What is free of each tranche, for a sentence; money and authority are never one figure."""
    over = msg("{amount} ({tranche}, Haushaltsjahr vorbei und nicht abgeschlossen)")
    return tuple(
        Said(
            over if of.is_over else msg("{amount} ({tranche})"),
            {"amount": Cents(of.free_cents), "tranche": one.said},
        )
        for one, of in tranches.items()
    )


def counted(balance_cents: int, later: Iterable[tuple[date, int]], day: date) -> int:
    """The part of a balance that is there on a day and stays there, in cents.

    ``later`` are the sums that count from days of their own. Money that counts from a later day
    is not there yet; money that a later day takes away is there no more.

    >>> counted(100, [(date(2026, 1, 1), 60)], date(2025, 12, 1))
    40
    >>> counted(40, [(date(2026, 1, 1), -60)], date(2025, 12, 1))
    40
    """
    changes: dict[date, int] = {}
    for counts_from, cents in later:
        if counts_from > day:
            changes[counts_from] = changes.get(counts_from, 0) + cents
    least = running = balance_cents - sum(changes.values())
    for counts_from in sorted(changes):
        running += changes[counts_from]
        least = min(least, running)
    return least
