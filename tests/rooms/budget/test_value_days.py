"""Money of the budget is taken on no day on which it does not count yet."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.rooms.budget.stage import (
    EURO,
    YEAR,
    authority,
    close,
    correct,
    entry,
    everything,
    is_sound,
    line,
)
from tests.rooms.money import AT, HEAD, OFFICER
from zielwerk.budget import actions as budget
from zielwerk.budget import queries
from zielwerk.budget.actions import Consent, Consumption, Redemption
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import COUNTER_PLACES, AccountDay, AccountKey, Book, Place
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import Tranche

pytestmark = pytest.mark.django_db
NEXT = YEAR + 1
BLOCKED_ON, COUNTS_ON = date(YEAR, 11, 30), date(YEAR, 12, 31)


def valued(programme: str, euros: int, day: date, year: int = YEAR) -> budget.Entry:
    return replace(entry(programme, euros, year), value_date=day)


def on(day: date, place: Place, book: Book = Book.AUTHORISATION) -> int:
    """What lies at a place on a day, as it counts, in whole euros."""
    days = AccountDay.objects.filter(account__place=place, account__book=book, value_date__lte=day)
    return sum(days.values_list("net_cents", flat=True)) // EURO


class TestBlocking:
    @pytest.fixture(autouse=True)
    def _in_force(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 200), at=AT)
        budget.supplement(OFFICER, valued(programme, 500, COUNTS_ON), at=AT)

    @pytest.mark.parametrize("verb", [budget.block, budget.cut])
    def test_a_supplement_covers_from_its_day_what_was_taken_before(
        self, programme: str, verb: Callable[..., object]
    ) -> None:
        verb(OFFICER, valued(programme, 600, BLOCKED_ON), at=AT)
        own = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.UNCOVERED)
        assert [on(BLOCKED_ON, place) for place in own] == [0, 0, -400]
        assert [on(COUNTS_ON, place) for place in own] == [0, 100, 0]
        planned = [
            on(day, place, Book.PLANNING)
            for day in (BLOCKED_ON, COUNTS_ON)
            for place in (Place.FREE, Place.UNCOVERED)
        ]
        assert planned == [0, -400, 100, 0]
        assert is_sound(programme)

    def test_the_order_of_recording_does_not_change_what_is_there(self, programme: str) -> None:
        budget.block(OFFICER, valued(programme, 600, BLOCKED_ON), at=AT)
        after = everything(programme)
        with transaction.atomic():
            for _ in range(2):
                correct_newest(programme)
            budget.block(OFFICER, valued(programme, 600, BLOCKED_ON), at=AT)
            budget.supplement(OFFICER, valued(programme, 500, COUNTS_ON), at=AT)
        assert everything(programme) == after

    def test_what_is_blocked_later_is_not_released_before(self, programme: str) -> None:
        budget.block(OFFICER, valued(programme, 100, BLOCKED_ON), at=AT)
        before = everything(programme)
        early = valued(programme, 100, BLOCKED_ON - timedelta(1))
        with pytest.raises(Refused, match="genug ab") as refused:
            budget.release(OFFICER, early, at=AT)
        assert refused.value.refusals[0].params["day"] == BLOCKED_ON
        assert everything(programme) == before
        budget.release(OFFICER, valued(programme, 100, BLOCKED_ON), at=AT)

    def test_an_entry_that_a_block_rested_on_until_other_money_came_is_not_taken_back(
        self, programme: str
    ) -> None:
        number = queries.entries(programme)[-1].number  # the budget itself
        budget.block(OFFICER, valued(programme, 150, BLOCKED_ON), at=AT)
        more = replace(entry(programme, 150), value_date=COUNTS_ON)
        budget.supplement(OFFICER, more, at=AT)
        with pytest.raises(Refused) as refused:
            correct(programme, number)
        assert "ledger.insufficient" in {each.rule for each in refused.value.refusals}


def correct_newest(programme: str) -> None:
    correct(programme, queries.entries(programme)[0].number)


def test_a_commitment_does_not_use_authority_before_it_counts(programme: str) -> None:
    permitted = replace(authority(programme, 400), value_date=COUNTS_ON)
    budget.authorise(OFFICER, permitted, at=AT)
    used = Consumption(line(programme), NEXT, 100 * EURO, BLOCKED_ON, "ZB-1")
    with pytest.raises(Refused, match="genug ab") as refused:
        budget.consume(OFFICER, used, at=AT)
    assert refused.value.refusals[0].params["day"] == COUNTS_ON
    budget.consume(OFFICER, replace(used, value_date=COUNTS_ON), at=AT)
    assert is_sound(programme)


def test_a_commitment_of_the_due_year_burdens_its_budget_from_its_own_day(programme: str) -> None:
    budget.authorise(OFFICER, authority(programme, 400), at=AT)
    later = date(NEXT, 5, 1)
    used = Consumption(line(programme), NEXT, 300 * EURO, later, "ZB-1")
    budget.consume(OFFICER, used, at=AT)
    budget.enact(OFFICER, entry(programme, 1000, NEXT), at=AT)
    assert on(date(NEXT, 4, 30), Place.BURDENED) == 0
    assert (on(later, Place.BURDENED), on(later, Place.CONSUMED)) == (300, 0)
    assert below_zero() == []
    assert is_sound(programme)


def test_what_a_supplement_brings_after_the_year_lapses_on_its_day(programme: str) -> None:
    budget.enact(OFFICER, entry(programme, 200), at=AT)
    budget.supplement(OFFICER, valued(programme, 500, date(NEXT, 1, 15)), at=AT)
    close(programme, Consent(line(programme), YEAR, 250 * EURO))
    assert [on(date(NEXT, 1, day), Place.LAPSED) for day in (14, 15)] == [0, 450]
    assert [on(date(NEXT, 1, day), Place.CARRIED_OVER) for day in (14, 15)] == [200, 250]
    assert below_zero() == []
    assert is_sound(programme)


def test_a_draft_that_counts_later_drops_on_its_day(programme: str) -> None:
    budget.estimate(OFFICER, valued(programme, 900, BLOCKED_ON), at=AT)
    budget.enact(OFFICER, entry(programme, 1000), at=AT)
    assert on(date(YEAR, 1, 1), Place.APPROPRIATED) == 1000
    assert on(BLOCKED_ON, Place.DRAFT) == 0
    assert below_zero() == []


def by_day() -> dict[AccountKey, list[tuple[date, int]]]:
    """Every account with its balances at the end of each day on which it changes, in cents."""
    nets: dict[AccountKey, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in AccountDay.objects.select_related("account"):
        nets[row.account.key][row.value_date] += row.net_cents
    balances: dict[AccountKey, list[tuple[date, int]]] = {}
    for key, days in nets.items():
        sums = [(day, sum(net for each, net in days.items() if each <= day)) for day in days]
        balances[key] = sorted(sums)
    return balances


def below_zero() -> list[tuple[AccountKey, date, int]]:
    """What on some day would be less than nothing; a gap that is more than closed counts too."""
    return [
        (key, day, cents)
        for key, days in by_day().items()
        for day, cents in days
        if (cents < 0 and key.place not in COUNTER_PLACES)
        or (cents > 0 and key.place == Place.UNCOVERED)
    ]


days = st.integers(0, 420).map(lambda number: date(YEAR, 1, 1) + timedelta(number))
euros = st.integers(1, 900)


def money(verb: Callable[..., object], year: int = YEAR) -> Callable[[str, int, date], object]:
    return lambda of, euros, day: verb(OFFICER, valued(of, euros, day, year), at=AT)


def permission(verb: Callable[..., object]) -> Callable[[str, int, date], object]:
    def do(of: str, euros: int, day: date) -> object:
        return verb(OFFICER, replace(authority(of, euros), value_date=day), at=AT)

    return do


def use(of: str, euros: int, day: date) -> None:
    budget.consume(OFFICER, Consumption(line(of), NEXT, euros * EURO, day, "ZB-1"), at=AT)


def redeem(of: str, euros: int, day: date) -> None:
    paying = replace(entry(of, euros, NEXT, "0807 684 71"), value_date=day)
    budget.redeem_from(OFFICER, Redemption(line(of), paying), at=AT)


def renamed(of: str, euros: int, day: date) -> None:
    paying = replace(entry(of, euros, NEXT, "0807 684 71"), value_date=day)
    budget.enact(OFFICER, paying, at=AT)


def take_back(of: str, number: int, _day: date) -> None:
    entries = queries.entries(of)
    if entries:
        about = entries[number % len(entries)].number
        case = budget.ask_for_correction(OFFICER, budget.Mistake(of, about, "falsch"), at=AT)
        budget.confirm(HEAD, case, at=AT)


def end(of: str, euros: int, _day: date) -> None:
    close(of, Consent(line(of), YEAR, euros * EURO))


DO: dict[str, Callable[[str, int, date], object]] = {
    "estimate": money(budget.estimate),
    "provide": money(budget.provide_provisionally),
    "enact": money(budget.enact),
    "enact next": money(budget.enact, NEXT),
    "enact renamed": renamed,
    "supplement": money(budget.supplement),
    "supplement next": money(budget.supplement, NEXT),
    "cut": money(budget.cut),
    "cut next": money(budget.cut, NEXT),
    "block": money(budget.block),
    "release": money(budget.release),
    "permit": permission(budget.authorise),
    "cut authority": permission(budget.cut_authority),
    "block authority": permission(budget.block_authority),
    "release authority": permission(budget.release_authority),
    "use": use,
    "redeem": redeem,
    "take back": take_back,
    "close": end,
}


FIRST, OF_MARCH = date(YEAR, 1, 1), date(YEAR, 3, 1)
CUT_BELOW_USE = [("use", 1, OF_MARCH), ("cut authority", 300, FIRST), ("enact next", 1, FIRST)]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(done=st.lists(st.tuples(st.sampled_from(list(DO)), euros, days), min_size=3, max_size=9))
@example(done=CUT_BELOW_USE)
def test_on_no_day_is_anything_less_than_nothing(
    programme: str, done: list[tuple[str, int, date]]
) -> None:
    with transaction.atomic():
        money(budget.supplement)(programme, 400, BLOCKED_ON)
        permission(budget.authorise)(programme, 300, date(YEAR, 3, 1))
        for verb, amount, day in done:
            try:
                with transaction.atomic():
                    DO[verb](programme, amount, day)
            except Refused as refused:
                assert_true(refused)
                continue
            assert below_zero() == [], verb
            assert list(books.faults()) == []
            assert unequal_days() == [], verb
        transaction.set_rollback(True)


def assert_true(refused: Refused) -> None:
    """What a refusal says lies somewhere lies there, as pages show it, and is too little."""
    there = {(key.place.said, cents) for key, days in by_day().items() for _, cents in days[-1:]}
    for each in refused.refusals:
        if each.rule == "ledger.insufficient":
            said = each.params
            place, available = said["place"], said["available"]
            assert not available or (str(place), available) in there
            assert said["needed"] > available


MONEY = {Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER, Place.BURDENED}
FRAME = MONEY | {Place.EXPENDED, Place.UNCOVERED, Place.PERMITTED, Place.CONSUMED}


def unequal_days() -> list[tuple[Fund, Tranche, date]]:
    """The days on which planning has other money to share out than the authorisation permits."""
    nets: dict[tuple[Fund, Tranche], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in AccountDay.objects.select_related("account"):
        key, cents = row.account.key, row.net_cents
        if (key.book, key.place) == (Book.PLANNING, Place.OUTSIDE) or (
            key.book == Book.AUTHORISATION and key.place in FRAME
        ):
            nets[key.fund, key.tranche][row.value_date] += cents
    return [(*of, day) for of, days in nets.items() for day, cents in days.items() if cents]
