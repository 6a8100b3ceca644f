"""What of a fund is free: the one definition, for pages, guards and bookings alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.db.models import Sum

from zielwerk.ledger.models import Account, AccountKey, Book, Place
from zielwerk.ledger.queries.accounts import counting_later
from zielwerk.rulebook.kinds import Account as At
from zielwerk.rulebook.kinds import Kinds
from zielwerk.rulebook.kinds import Place as KindPlace
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import FreeMoney, Tranche, counted, gone
from zielwerk.rulebook.tranche import free_money as free_money_of

Sums: TypeAlias = dict[Tranche, int]
HELD = (Place.ALLOCATED, Place.AGREED)
PLACES: dict[Place, KindPlace] = {
    Place.FREE: "free",
    Place.ALLOCATED: "allocated",
    Place.AGREED: "agreed",
    Place.UNCOVERED: "uncovered",
    Place.OPENING: "opening",
}
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
        """What is no longer available, though nobody was allocated it."""
        return gone(self.unallocated, self.bound, self.held, on)


def free_money(
    programme: str, on: date | None, fund: Fund | None = None
) -> dict[Fund, dict[Tranche, FreeMoney]]:
    """What is free on a day, by fund and tranche; of one fund, or of all; three queries.

    Without a day, whatever will count some day.
    """
    funds = _sums(programme, fund)
    for found, later in (_later(programme, on, fund) if on else {}).items():
        funds[found].later.update(later)
    return {
        found: free_money_of(of.unallocated, of.later, of.gone(on), of.own_gaps, of.gaps, on)
        for found, of in funds.items()
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


def kinds_of(fund: Fund, balances: Iterable[tuple[AccountKey, int]], on: date | None) -> Kinds:
    """A fund by account and kind, whose planning balances are read already; two queries."""
    held: dict[At, Sums] = defaultdict(lambda: defaultdict(int))
    for key, cents in balances:
        if is_of_fund(key):
            held[at(key)][key.tranche] += cents
    later = _later(fund.programme, on, fund).get(fund, {}) if on else {}
    return Kinds(held, later, _bound(fund.programme, fund).get(fund, {}), on)


def at(key: AccountKey) -> At:
    """Where an account stands in its fund."""
    return At(PLACES[key.place], key.ags)


def is_of_fund(key: AccountKey) -> bool:
    return key.book == Book.PLANNING and key.place in PLACES


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
