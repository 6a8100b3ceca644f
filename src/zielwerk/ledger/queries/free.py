"""What of a fund is free: the one definition, for pages, guards and bookings alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from django.db.models import Sum

from zielwerk.ledger.models import Account, AccountKey, Book, Place
from zielwerk.ledger.queries.accounts import counting_later
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import FreeMoney, Tranche, counted
from zielwerk.rulebook.tranche import free_money as free_money_of

Sums: TypeAlias = dict[Tranche, int]
HELD = (Place.ALLOCATED, Place.AGREED)
BOUND = (Place.CONSUMED, Place.BURDENED, Place.EXPENDED)
"""Where the authorisation says that commitments have used it."""
_TRANCHE = ("source", "budget_year", "due_year")


@dataclass
class _Fund:
    """The sums of a fund by tranche, in cents; gaps are above zero."""

    unallocated: Sums = field(default_factory=lambda: defaultdict(int))
    held: Sums = field(default_factory=lambda: defaultdict(int))
    bound: Sums = field(default_factory=lambda: defaultdict(int))
    own_gaps: Sums = field(default_factory=lambda: defaultdict(int))
    gaps: Sums = field(default_factory=lambda: defaultdict(int))
    later: Sums = field(default_factory=lambda: defaultdict(int))

    def gone(self, on: date | None) -> Sums:
        """What is no longer available, though nobody was allocated it.

        Commitments used it, as far as no body holds it; or it is authority whose budget year is
        over, so that nobody can promise by it any more.
        """
        gone: Sums = {}
        for tranche, cents in self.unallocated.items():
            used = max(self.bound[tranche] - self.held[tranche], 0)
            is_over = on is not None and tranche.is_authority and tranche.is_past(on)
            gone[tranche] = max(cents, 0) if is_over else min(used, max(cents, 0))
        return gone


def free_money(
    programme: str, on: date | None, fund: Fund | None = None
) -> dict[Fund, dict[Tranche, FreeMoney]]:
    """What is free on a day, by fund and tranche; of one fund, or of all; three queries.

    Without a day, whatever will count some day.
    """
    funds = _sums(programme, fund)
    for found, later in (_later(programme, on, fund) if on else {}).items():
        funds[found].later.update(later)
    return {found: _free(of, on) for found, of in funds.items()}


def _free(of: _Fund, on: date | None) -> dict[Tranche, FreeMoney]:
    """What is free of a fund; a closed year has none, so what is left of a past one is open."""
    free = free_money_of(of.unallocated, of.later, of.gone(on), of.own_gaps, of.gaps)
    return {
        tranche: replace(
            money, is_over=on is not None and money.free_cents > 0 and tranche.is_past(on)
        )
        for tranche, money in free.items()
    }


def _sums(programme: str, fund: Fund | None) -> dict[Fund, _Fund]:
    narrowed = {"programme_year": fund.year, "earmark": fund.earmark} if fund else {}
    accounts = Account.objects.filter(programme=programme, **narrowed).exclude(balance_cents=0)
    funds: dict[Fund, _Fund] = defaultdict(_Fund)
    if fund:
        funds[fund] = _Fund()
    names = ("programme_year", "earmark", *_TRANCHE, "place")
    for of_state in (True, False):
        planned = accounts.filter(book=Book.PLANNING)
        planned = planned.filter(ags="") if of_state else planned.exclude(ags="")
        rows = planned.order_by().values_list(*names).annotate(Sum("balance_cents"))
        for year, earmark, source, budget_year, due_year, place, cents in rows:
            found = funds[Fund(programme, year, earmark)]
            _add(found, Place(place), of_state, Tranche(source, budget_year, due_year), cents)
    for found_fund, bound in _bound(programme, fund).items():
        funds[found_fund].bound.update(bound)
    return funds


def _bound(programme: str, fund: Fund | None) -> Mapping[Fund, Sums]:
    """What commitments have used, by fund and tranche; one query."""
    narrowed = {"programme_year": fund.year, "earmark": fund.earmark} if fund else {}
    used = Account.objects.filter(
        book=Book.AUTHORISATION, place__in=BOUND, programme=programme, **narrowed
    )
    names = ("programme_year", "earmark", *_TRANCHE)
    bound: dict[Fund, Sums] = defaultdict(lambda: defaultdict(int))
    for year, earmark, *tranche, cents in (
        used.order_by().values_list(*names).annotate(Sum("balance_cents"))
    ):
        bound[Fund(programme, year, earmark)][Tranche(*tranche)] += cents
    return bound


def free_of(
    fund: Fund, balances: Iterable[tuple[AccountKey, int]], on: date | None
) -> dict[Tranche, FreeMoney]:
    """The same of one fund, whose planning balances are read already; two queries."""
    of = _Fund()
    for key, cents in balances:
        _add(of, key.place, not key.ags, key.tranche, cents)
    of.bound.update(_bound(fund.programme, fund).get(fund, {}))
    if on:
        of.later.update(_later(fund.programme, on, fund).get(fund, {}))
    return _free(of, on)


def _add(found: _Fund, place: Place, of_state: bool, tranche: Tranche, cents: int) -> None:
    if of_state and place == Place.FREE:
        found.unallocated[tranche] += cents
    elif of_state and place == Place.UNCOVERED:
        found.own_gaps[tranche] -= cents
    elif not of_state and place in HELD:
        found.held[tranche] += cents
    elif not of_state:
        found.gaps[tranche] -= cents


def _later(programme: str, on: date, fund: Fund | None) -> Mapping[Fund, Mapping[Tranche, int]]:
    """What lies unallocated and is not there on a day, by fund and tranche."""
    narrowed = {"programme_year": fund.year, "earmark": fund.earmark} if fund else {}
    later: dict[Fund, dict[Tranche, int]] = defaultdict(dict)
    for key, balance_cents, days in counting_later(
        on, book=Book.PLANNING, place=Place.FREE, ags="", programme=programme, **narrowed
    ):
        later[key.fund][key.tranche] = balance_cents - counted(balance_cents, days, on)
    return later
