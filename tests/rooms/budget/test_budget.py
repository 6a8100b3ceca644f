"""The state's budget: never counted twice, nothing lost at the turn of a year."""

from collections import defaultdict
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Consent, Consumption, Entry, Line
from zielwerk.identity.actions import Operator
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book, Place
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

PROGRAMME = "aqb_hessen"
CLERK = Operator("user:1", frozenset({"ministry"}))
AT = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
EURO = 100


def line(year: int, code: str = "0806 684 71") -> Line:
    return Line(PROGRAMME, year, code, "state")


def entry(year: int, euros: int) -> Entry:
    return Entry(line(year), euros * EURO, date(year, 1, 1), "Haushaltsgesetz")


def stand(place: Place, **dimensions: object) -> int:
    found = books.account_balances(book=Book.AUTHORISATION, place=place, **dimensions)
    return sum(cents for _, cents in found) // EURO


def enact(year: int, euros: int) -> None:
    budget.enact(CLERK, entry(year, euros), at=AT)


def authorise(year: int, due: int, euros: int) -> None:
    given = Authority(line(year), due, euros * EURO, date(year, 1, 1), "Haushaltsgesetz")
    budget.authorise(CLERK, given, at=AT)


def consume(year: int, due: int, euros: int) -> None:
    used = Consumption(line(year), due, euros * EURO, date(year, 6, 1), "ZB-2024-0001")
    budget.consume(CLERK, used, at=AT)


def close(year: int, *consents: Consent) -> None:
    after = datetime(year + 1, 1, 15, 9, 0, tzinfo=UTC)
    budget.close_year(CLERK, PROGRAMME, year, consents, "Jahresabschluss", at=after)


def free(year: int) -> int:
    return programmes.standing(Fund(PROGRAMME, year)).free_cents // EURO


def frame(year: int) -> int:
    return programmes.frame_cents(Fund(PROGRAMME, year)) // EURO


@pytest.mark.django_db
class TestOneYearAfterTheOther:
    def test_a_draft_gives_nothing_to_share_out_and_the_act_does(self) -> None:
        budget.estimate(CLERK, entry(2024, 900), at=AT)
        budget.provide_provisionally(CLERK, entry(2024, 200), at=AT)
        assert (stand(Place.DRAFT), stand(Place.PROVISIONAL), free(2024)) == (700, 200, 0)
        assert not programmes.is_in_force(Fund(PROGRAMME, 2024))
        enact(2024, 1000)
        assert (stand(Place.DRAFT), stand(Place.PROVISIONAL)) == (0, 0)
        assert (stand(Place.APPROPRIATED), free(2024)) == (1000, 1000)
        assert programmes.is_in_force(Fund(PROGRAMME, 2024))

    def test_an_act_below_the_draft_drops_the_rest(self) -> None:
        budget.estimate(CLERK, entry(2024, 900), at=AT)
        enact(2024, 600)
        assert (stand(Place.DRAFT), stand(Place.APPROPRIATED), free(2024)) == (0, 600, 600)

    def test_authority_lets_more_be_promised_but_is_no_money(self) -> None:
        enact(2024, 1000)
        authorise(2024, 2025, 400)
        assert (frame(2024), free(2024)) == (1400, 1400)
        assert stand(Place.APPROPRIATED) == 1000
        assert stand(Place.PERMITTED, due_year=2025) == 400

    @pytest.mark.parametrize("due", [2023, 2024, 2029])
    def test_authority_falls_due_in_one_of_the_four_later_years(self, due: int) -> None:
        with pytest.raises(Refused, match="werden in den Jahren"):
            authorise(2024, due, 400)
        assert free(2024) == 0

    def test_used_authority_burdens_the_later_budget_and_unused_lapses(self) -> None:
        enact(2024, 1000)
        authorise(2024, 2025, 400)
        consume(2024, 2025, 300)
        close(2024, Consent(line(2024), 2024, 1000 * EURO))
        assert (stand(Place.CONSUMED), stand(Place.LAPSED, due_year=2025)) == (300, 100)
        assert frame(2024) == 1300  # the year's money, carried over, and what was promised
        enact(2025, 800)
        assert stand(Place.BURDENED, budget_year=2025, programme_year=2024) == 300
        assert stand(Place.APPROPRIATED, budget_year=2025) == 500
        assert (stand(Place.CONSUMED), stand(Place.REDEEMED)) == (0, 300)
        assert (frame(2024), frame(2025), free(2025)) == (1300, 500, 500)

    def test_authority_consumed_after_the_later_act_burdens_it_at_once(self) -> None:
        enact(2024, 1000)
        authorise(2024, 2025, 400)
        enact(2025, 800)  # a budget for two years
        consume(2024, 2025, 250)
        assert stand(Place.BURDENED) == 250
        assert (frame(2024), frame(2025), free(2025)) == (1400, 550, 550)

    def test_a_later_budget_too_small_for_its_burden_shows_the_gap(self) -> None:
        authorise(2024, 2025, 400)
        consume(2024, 2025, 400)
        enact(2025, 100)
        assert stand(Place.UNCOVERED, budget_year=2025) == -300
        assert [
            (key.programme_year, cents // EURO)
            for key, cents in programmes.uncovered(PROGRAMME, 2025)
        ] == [(2025, -300)]

    def test_a_block_beyond_what_is_free_is_recorded_and_released_money_covers_first(self) -> None:
        enact(2024, 1000)
        budget.block(CLERK, entry(2024, 1200), at=AT)
        assert (stand(Place.BLOCKED), stand(Place.UNCOVERED), free(2024)) == (1200, -200, 0)
        budget.release(CLERK, entry(2024, 1200), at=AT)
        assert (stand(Place.UNCOVERED), free(2024)) == (0, 1000)

    def test_what_is_neither_spent_nor_carried_over_lapses(self) -> None:
        enact(2024, 1000)
        close(2024, Consent(line(2024), 2024, 300 * EURO))
        assert stand(Place.CARRIED_OVER, budget_year=2025, programme_year=2024) == 300
        assert stand(Place.LAPSED) == 700
        assert (frame(2024), free(2024)) == (300, 300)

    def test_more_than_is_left_cannot_be_carried_over(self) -> None:
        enact(2024, 1000)
        with pytest.raises(Refused, match="übertragen werden sollen"):
            close(2024, Consent(line(2024), 2024, 1001 * EURO))
        assert stand(Place.APPROPRIATED) == 1000

    def test_unknown_source_and_purpose_and_an_amount_of_nothing_are_refused(self) -> None:
        odd = Entry(Line(PROGRAMME, 2024, " ", "lottery", "castles"), 0, date(2024, 1, 1), "")
        with pytest.raises(Refused) as refused:
            budget.enact(CLERK, odd, at=AT)
        assert {one.rule for one in refused.value.refusals} == {
            "budget.no_line",
            "budget.no_such_source",
            "programme.no_such_earmark",
            "budget.no_basis",
        }
        with pytest.raises(Refused, match="größer als null"):
            enact(2024, 0)


class Years(RuleBasedStateMachine):
    """Acts, authority, commitments, cuts, blocks and turns of years in any order.

    Beside the books stands what a clerk would keep on paper: for each year the money given
    and taken, for each due year the authority used.
    """

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()  # each run begins with empty books
        self.undone.__enter__()
        self.year = 2024
        self.money: dict[int, int] = defaultdict(int)
        self.permitted: dict[tuple[int, int], int] = defaultdict(int)
        self.consumed: dict[tuple[int, int], int] = defaultdict(int)
        self.enacted: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(euros=st.integers(1, 500), ahead=st.integers(0, 1))
    def act(self, euros: int, ahead: int) -> None:
        """The budget of this year, or of the next one early; what comes later supplements it."""
        year = self.year + ahead
        if year > 2026:
            return
        if year in self.enacted:
            budget.supplement(CLERK, entry(year, euros), at=AT)
        else:
            enact(year, euros)
        self.money[year] += euros
        self.enacted.add(year)

    @rule(euros=st.integers(1, 300), ahead=st.integers(1, 2))
    def permit(self, euros: int, ahead: int) -> None:
        authorise(self.year, self.year + ahead, euros)
        self.permitted[self.year, self.year + ahead] += euros

    @rule(euros=st.integers(1, 300), ahead=st.integers(1, 2))
    def commit(self, euros: int, ahead: int) -> None:
        due = (self.year, self.year + ahead)
        if euros <= self.permitted[due]:
            consume(*due, euros)
            self.permitted[due] -= euros
            self.consumed[due] += euros
        else:
            with pytest.raises(Refused):
                consume(*due, euros)

    @rule(euros=st.integers(1, 300))
    def take(self, euros: int) -> None:
        budget.cut(CLERK, entry(self.year, euros), at=AT)
        self.money[self.year] -= euros

    @precondition(lambda self: self.year < 2026 and self.money[self.year] > 0)
    @rule()
    def turn(self) -> None:
        """The year ends: all money that is left is carried over, unused authority lapses."""
        foreseen = budget.foreseen_closing(PROGRAMME, self.year)
        consents = [
            Consent(end.line, end.programme_year, end.left_cents)
            for end in foreseen.ends
            if end.left_cents
        ]
        if foreseen.refusals:
            with pytest.raises(Refused):
                close(self.year, *consents)
            return
        if not consents:
            return
        close(self.year, *consents)
        for due in list(self.permitted):
            if due[0] == self.year:
                self.permitted[due] = 0
        self.year += 1

    @invariant()
    def both_books_tell_the_same(self) -> None:
        assert list(programmes.gaps(PROGRAMME)) == []

    @invariant()
    def never_both_and_nothing_lost(self) -> None:
        """All that may be promised is the money, and the authority whose money is yet to come."""
        ahead = sum(self.permitted.values()) + sum(
            euros for (_, due), euros in self.consumed.items() if due not in self.enacted
        )
        frames = sum(frame(year) for year in range(2023, 2030))
        assert frames == sum(self.money.values()) + ahead

    @invariant()
    def the_books_are_true(self) -> None:
        assert list(books.faults()) == []


@pytest.mark.django_db
def test_never_both_never_lost_in_whatever_order() -> None:
    run_state_machine_as_test(
        Years,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            suppress_health_check=list(HealthCheck),
        ),
    )
