"""The turn of a budget year: closing, carrying over, redeeming; nothing twice, nothing lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from tests.rooms.money import AT, OFFICER
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Consent, Consumption, Entry, Line
from zielwerk.config.cli import main
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

GIVEN, DUE = 2025, 2026
"""The year whose budget is closed, and the one after it, in which all of this happens."""
HESSE = "aqb_hessen"  # its rules reach back to 2023
EURO = 100


def line(programme: str, year: int, code: str = "0806 684 71") -> Line:
    return Line(programme, year, code, packs.load(programme, DUE).money_sources[0].code)


def entry(programme: str, year: int, euros: int, **changes: str) -> Entry:
    return Entry(line(programme, year, **changes), euros * EURO, date(year, 1, 1), "Gesetz")


def enact(programme: str, year: int, euros: int, **changes: str) -> None:
    budget.enact(OFFICER, entry(programme, year, euros, **changes), at=AT)


def supplement(programme: str, year: int, euros: int) -> None:
    budget.supplement(OFFICER, entry(programme, year, euros), at=AT)


def block(programme: str, year: int, euros: int) -> None:
    budget.block(OFFICER, entry(programme, year, euros), at=AT)


def authorise(programme: str, euros: int, year: int = GIVEN) -> None:
    given = Authority(line(programme, year), DUE, euros * EURO, date(year, 1, 1), "Gesetz")
    budget.authorise(OFFICER, given, at=AT)


def consume(programme: str, euros: int, year: int = GIVEN) -> None:
    used = Consumption(line(programme, year), DUE, euros * EURO, date(year, 6, 1), "ZB-0001")
    budget.consume(OFFICER, used, at=AT)


def consent(programme: str, euros: int, year: int = GIVEN, budget_year: int = GIVEN) -> Consent:
    return Consent(line(programme, budget_year), year, euros * EURO)


def close(
    programme: str, *consents: Consent, year: int = GIVEN, basis: str = "Jahresabschluss"
) -> None:
    after = datetime(year + 1, 2, 2, 9, 0, tzinfo=UTC)
    budget.close_year(OFFICER, programme, year, consents, basis, at=after)


def pay(programme: str, year: int, euros: int) -> None:
    """Money that left the state's cash from the line, as the cash book knows it."""
    of = line(programme, year)
    paid = AccountKey(
        Book.CASH,
        Place.PAID,
        programme=programme,
        programme_year=year,
        budget_year=year,
        budget_line=of.budget_line,
        source=of.source,
    )
    fact = ledger.Posting(
        replace(paid, place=Place.OUTSIDE),
        paid,
        euros * EURO,
        EntryCode.OPENING,
        date(year, 6, 1),
        "AZ-1",
    )
    ledger.record_fact(OFFICER, fact, at=AT)


def stand(place: Place, **dimensions: object) -> int:
    found = books.account_balances(book=Book.AUTHORISATION, place=place, **dimensions)
    return sum(cents for _, cents in found) // EURO


def frames(programme: str, *years: int) -> tuple[int, ...]:
    return tuple(programmes.frame_cents(Fund(programme, year)) // EURO for year in years)


def refused_by(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.rule for one in refused.value.refusals}


def books_agree(programme: str) -> bool:
    return list(programmes.gaps(programme)) == [] and list(books.faults()) == []


class TestRedeeming:
    def test_authority_is_redeemed_even_if_the_lines_first_money_is_a_supplement(
        self, programme: str
    ) -> None:
        authorise(programme, 400)
        consume(programme, 400)
        supplement(programme, DUE, 800)
        assert frames(programme, GIVEN, DUE) == (400, 400)
        assert books_agree(programme)

    def test_a_budget_that_is_wholly_blocked_is_still_burdened(self, programme: str) -> None:
        enact(programme, DUE, 800)
        block(programme, DUE, 800)
        authorise(programme, 400)
        consume(programme, 400)
        budget.release(OFFICER, entry(programme, DUE, 800), at=AT)
        assert sum(frames(programme, GIVEN, DUE)) == 800
        assert books_agree(programme)

    def test_money_carried_over_is_not_the_budget_that_redeems(self) -> None:
        authorise(HESSE, 400, year=2024)
        enact(HESSE, GIVEN, 500)
        consume(HESSE, 400, year=2024)
        close(HESSE, consent(HESSE, 500))
        assert (stand(Place.UNCOVERED), stand(Place.CONSUMED)) == (0, 400)
        assert books_agree(HESSE)

    def test_nothing_counts_from_a_budget_before_its_year_begins(self, programme: str) -> None:
        authorise(programme, 400)
        enact(programme, DUE, 800)
        consume(programme, 250)
        eve = date(GIVEN, 12, 31)
        below = [
            key
            for key, _ in books.account_balances(programme=programme)
            if key.place not in (Place.OUTSIDE, Place.OPENING, Place.UNCOVERED)
            and books.balance(key, counted_on=eve) < 0
        ]
        assert below == []
        assert frames(programme, GIVEN, DUE) == (400, 550)

    def test_authority_whose_line_got_another_number_is_found_by_the_check(
        self, programme: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.PROGRAMME = programme
        authorise(programme, 400)
        consume(programme, 400)
        assert main(["budget", "check"]) == 0
        enact(programme, DUE, 800, code="0807 684 71")
        assert main(["budget", "check"]) == 1
        said = capsys.readouterr().err
        assert "0806 684 71" in said
        assert f"fällig {DUE}, sind nicht eingelöst" in said

    def test_a_commitment_without_a_file_number_consumes_nothing(self, programme: str) -> None:
        authorise(programme, 400)
        nameless = Consumption(line(programme, GIVEN), DUE, 100, date(GIVEN, 6, 1), " ")
        with pytest.raises(Refused) as refused:
            budget.consume(OFFICER, nameless, at=AT)
        assert refused_by(refused) == {"budget.no_case"}
        assert stand(Place.CONSUMED) == 0


class TestClosing:
    def test_a_year_is_closed_once_and_takes_nothing_after(self, programme: str) -> None:
        enact(programme, GIVEN, 1000)
        pay(programme, GIVEN, 80)
        close(programme)
        for verb in (
            lambda: supplement(programme, GIVEN, 100),
            lambda: budget.cut(OFFICER, entry(programme, GIVEN, 1), at=AT),
            lambda: block(programme, GIVEN, 1),
            lambda: budget.release(OFFICER, entry(programme, GIVEN, 1), at=AT),
            lambda: authorise(programme, 100),
            lambda: consume(programme, 100),
            lambda: close(programme),
        ):
            with pytest.raises(Refused) as refused:
                verb()
            assert "budget.year_closed" in refused_by(refused)
        assert (stand(Place.EXPENDED), stand(Place.LAPSED)) == (80, 920)
        assert books_agree(programme)

    def test_more_paid_than_a_line_holds_is_settled_before_the_year_ends(
        self, programme: str
    ) -> None:
        enact(programme, GIVEN, 100)
        block(programme, GIVEN, 100)
        pay(programme, GIVEN, 50)
        with pytest.raises(Refused) as refused:
            close(programme)
        assert refused_by(refused) == {"budget.overspent"}
        budget.release(OFFICER, entry(programme, GIVEN, 100), at=AT)
        close(programme)
        assert (stand(Place.EXPENDED), stand(Place.LAPSED)) == (50, 50)
        assert books_agree(programme)

    def test_an_earlier_year_is_closed_first(self) -> None:
        enact(HESSE, 2024, 100)
        enact(HESSE, GIVEN, 100)
        with pytest.raises(Refused) as refused:
            close(HESSE)
        assert refused_by(refused) == {"budget.earlier_open"}
        close(HESSE, consent(HESSE, 100, year=2024, budget_year=2024), year=2024)
        close(HESSE, consent(HESSE, 100, year=2024), consent(HESSE, 100))
        assert stand(Place.CARRIED_OVER, budget_year=DUE) == 200
        assert books_agree(HESSE)

    def test_money_that_a_line_lacks_cannot_be_carried_over(self) -> None:
        authorise_2024 = Authority(line(HESSE, 2024), GIVEN, 400 * EURO, date(2024, 1, 1), "Gesetz")
        budget.authorise(OFFICER, authorise_2024, at=AT)
        used = Consumption(line(HESSE, 2024), GIVEN, 400 * EURO, date(2024, 6, 1), "ZB-0001")
        budget.consume(OFFICER, used, at=AT)
        enact(HESSE, GIVEN, 100)  # burdened with 400
        with pytest.raises(Refused) as refused:
            close(HESSE)
        assert refused_by(refused) == {"budget.still_uncovered"}
        supplement(HESSE, GIVEN, 400)  # covers what the line lacks, 300
        with pytest.raises(Refused) as refused:
            close(HESSE, consent(HESSE, 101))
        assert refused_by(refused) == {"budget.carried_too_much"}
        close(HESSE, consent(HESSE, 100), consent(HESSE, 400, year=2024))
        assert stand(Place.CARRIED_OVER) == 500
        assert books_agree(HESSE)

    def test_a_supplement_after_too_deep_a_cut_leaves_only_what_is_left(
        self, programme: str
    ) -> None:
        enact(programme, GIVEN, 100)
        budget.cut(OFFICER, entry(programme, GIVEN, 300), at=AT)
        with pytest.raises(Refused) as refused:
            close(programme)
        assert refused_by(refused) == {"budget.still_uncovered"}
        supplement(programme, GIVEN, 250)
        with pytest.raises(Refused) as refused:
            close(programme, consent(programme, 51))
        assert refused_by(refused) == {"budget.carried_too_much"}
        close(programme, consent(programme, 50))
        assert (stand(Place.CARRIED_OVER), stand(Place.UNCOVERED)) == (50, 0)
        assert books_agree(programme)

    @pytest.mark.parametrize(
        "odd",
        [
            pytest.param([(100, GIVEN), (200, GIVEN)], id="two-for-one-line"),
            pytest.param([(-1, GIVEN)], id="below-zero"),
            pytest.param([(0, GIVEN)], id="nothing"),
            pytest.param([(100, DUE)], id="of-another-budget"),
        ],
    )
    def test_one_consent_for_each_line_over_an_amount_of_this_budget(
        self, programme: str, odd: Sequence[tuple[int, int]]
    ) -> None:
        enact(programme, GIVEN, 1000)
        with pytest.raises(Refused) as refused:
            close(programme, *(consent(programme, euros, budget_year=of) for euros, of in odd))
        assert refused_by(refused) == {"budget.odd_consent"}
        assert stand(Place.APPROPRIATED) == 1000

    def test_a_year_that_still_runs_is_not_closed(self, programme: str) -> None:
        enact(programme, DUE, 1000)
        with pytest.raises(Refused) as refused:
            budget.close_year(OFFICER, programme, DUE, [], "Abschluss", at=AT)
        assert refused_by(refused) == {"budget.year_runs"}
        assert frames(programme, DUE) == (1000,)

    def test_a_closed_year_has_nothing_left_to_share_out(self, programme: str) -> None:
        enact(programme, GIVEN, 1000)
        close(programme)
        assert programmes.standing(Fund(programme, GIVEN)).free_cents == 0
        assert frames(programme, GIVEN) == (0,)


class TestCarriedOver:
    def test_it_does_not_put_the_next_budget_in_force(self, programme: str) -> None:
        enact(programme, GIVEN, 1000)
        close(programme, consent(programme, 1000))
        assert stand(Place.CARRIED_OVER, budget_year=DUE) == 1000
        assert not programmes.is_in_force(Fund(programme, DUE))

    def test_it_can_be_blocked(self, programme: str) -> None:
        enact(programme, GIVEN, 1000)
        close(programme, consent(programme, 1000))
        block(programme, DUE, 1000)
        assert (stand(Place.BLOCKED), stand(Place.CARRIED_OVER), stand(Place.UNCOVERED)) == (
            1000,
            0,
            0,
        )
        assert books_agree(programme)

    def test_it_can_be_blocked_even_in_a_year_that_has_no_rules_yet(self, programme: str) -> None:
        enact(programme, DUE, 1000)
        close(programme, consent(programme, 1000, year=DUE, budget_year=DUE), year=DUE)
        block(programme, DUE + 1, 500)
        assert (stand(Place.BLOCKED), stand(Place.CARRIED_OVER)) == (500, 500)
        assert books_agree(programme)


class TestEntering:
    def test_a_line_comes_into_force_once(self, programme: str) -> None:
        enact(programme, DUE, 800)
        with pytest.raises(Refused) as refused:
            enact(programme, DUE, 800)
        assert refused_by(refused) == {"budget.in_force_already"}
        assert frames(programme, DUE) == (800,)

    def test_a_wholly_blocked_budget_is_in_force(self, programme: str) -> None:
        enact(programme, DUE, 1000)
        block(programme, DUE, 1000)
        assert programmes.standing(Fund(programme, DUE)).free_cents == 0
        assert programmes.is_in_force(Fund(programme, DUE))

    def test_a_value_date_far_from_the_budget_year_is_a_slip(self, programme: str) -> None:
        slip = replace(entry(programme, DUE, 5), value_date=date(1926, 1, 1))
        with pytest.raises(Refused) as refused:
            budget.enact(OFFICER, slip, at=AT)
        assert refused_by(refused) == {"budget.value_date"}

    @pytest.mark.parametrize("cents", [10**15 + 1, 2**63 - 1, 2**63])
    def test_an_amount_that_no_book_can_add_up_is_refused(self, programme: str, cents: int) -> None:
        huge = replace(entry(programme, DUE, 5), amount_cents=cents)
        with pytest.raises(Refused) as refused:
            budget.enact(OFFICER, huge, at=AT)
        assert refused_by(refused) == {"budget.amount_too_large"}

    def test_a_year_out_of_reach_has_no_budget(self, programme: str) -> None:
        with pytest.raises(Refused) as refused:
            enact(programme, 2031, 10)
        assert refused_by(refused) == {"budget.no_such_year"}
        assert programmes.frames(programme) == {}

    def test_a_budget_is_drafted_and_in_force_before_its_programme_year_has_rules(
        self, programme: str
    ) -> None:
        """The books are used in February 2026; the newest rules are those of 2026."""
        assert 2028 not in packs.years(programme)
        budget.estimate(OFFICER, entry(programme, 2028, 50), at=AT)
        enact(programme, 2028, 50)
        later = replace(entry(programme, 2028, 20), value_date=date(2028, 1, 1))
        due = 2028 + programmes.later_years(packs.load(programme, DUE))
        authority = Authority(later.line, due, later.amount_cents, later.value_date, "Gesetz")
        budget.authorise(OFFICER, authority, at=AT)
        budget.block(OFFICER, entry(programme, 2028, 10), at=AT)
        frames = programmes.frames(programme)[Fund(programme, 2028)]
        assert sorted((of.due_year, cents) for of, cents in frames.items()) == [
            (0, 40 * EURO),
            (due, 20 * EURO),
        ]
        assert list(programmes.gaps(programme)) == []
