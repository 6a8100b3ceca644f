"""What a notice commits: out of what the body was given, year by year, and what happens to it."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.ledger.books import CLERK, COLLEAGUE, HERE, at, on, planning
from zielwerk.ledger import actions, queries
from zielwerk.ledger.actions import Grant, Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.rulebook.grant.cover import Want
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import Tranche

pytestmark = pytest.mark.django_db

NOW, LATER = Tranche("land", 2026), Tranche("land", 2026, 2027)
NUMBER = "ZB-2026-0001"


def give(cents: int, tranche: Tranche = NOW, place: Place = Place.ALLOCATED) -> None:
    """The body was given money of a tranche before these books."""
    opening = planning(Place.OPENING).of(tranche)
    target = planning(place).of(tranche)
    code = EntryCode.ALLOCATION
    actions.record_facts(
        CLERK, [Posting(opening, target, cents, code, on(0), "VS-2026-0001")], at=at(0)
    )


def take(
    cents: int, code: EntryCode, tranche: Tranche = NOW, place: Place = Place.ALLOCATED
) -> None:
    source = planning(place).of(tranche)
    posting = Posting(source, planning(Place.FREE, ""), cents, code, on(2), "MA-2026-0001", "")
    actions.post(CLERK, [replace(posting, target=planning(Place.FREE, "").of(tranche))], at=at(2))


def grant(*wants: tuple[str, int, int], code: EntryCode = EntryCode.GRANT) -> None:
    wanted = tuple(Want(f"{NUMBER}/{measure}", year, cents) for measure, year, cents in wants)
    actions.record_granted(
        CLERK, Grant("aqb_hessen", 2026, HERE, wanted, on(1), NUMBER, code=code), at=at(1)
    )


def committed() -> dict[tuple[str, int], int]:
    """What is committed, by measure and the year that pays."""
    sums: dict[tuple[str, int], int] = {}
    for key, cents in queries.committed("aqb_hessen", 2026, HERE).items():
        place = key.measure.rpartition("/")[2], key.tranche.year
        sums[place] = sums.get(place, 0) + cents
    return sums


def uncovered() -> int:
    balances = queries.account_balances(book=Book.COMMITMENT, place=Place.UNCOVERED)
    return -sum(cents for _, cents in balances)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def test_a_grant_commits_measure_by_measure_and_leaves_planning_as_it_is() -> None:
    give(1000)
    give(300, LATER)
    grant(("1", 2026, 600), ("2", 2026, 100), ("2", 2027, 250))
    assert committed() == {("1", 2026): 600, ("2", 2026): 100, ("2", 2027): 250}
    assert queries.balance(planning(Place.ALLOCATED).of(NOW)) == 1000
    free = queries.uncommitted("aqb_hessen", 2026, HERE)
    assert (free["", NOW], free["", LATER]) == (300, 50)
    assert not list(queries.faults())


def test_money_that_is_agreed_is_there_to_be_committed_too() -> None:
    give(400)
    give(600, place=Place.AGREED)
    grant(("1", 2026, 1000))
    with pytest.raises(Refused) as refused:
        grant(("2", 2026, 1))
    assert rules(refused) == ["grant.not_covered"]


def test_no_more_is_committed_than_a_budget_year_has() -> None:
    give(1000)
    with pytest.raises(Refused) as refused:
        grant(("1", 2026, 500), ("1", 2027, 1))
    assert refused.value.refusals[0].params == {"year": "2027", "missing": 1}
    assert not committed()


def test_what_a_measure_gets_less_is_free_again() -> None:
    give(1000)
    grant(("1", 2026, 600), ("2", 2026, 400))
    grant(("1", 2026, -250), code=EntryCode.GRANT_CHANGE)
    assert committed() == {("1", 2026): 350, ("2", 2026): 400}
    with pytest.raises(Refused) as refused:
        grant(("1", 2026, -351), code=EntryCode.GRANT_CHANGE)
    assert rules(refused) == ["ledger.not_committed"]


def test_nobody_waives_what_is_committed() -> None:
    give(1000)
    grant(("1", 2026, 700))
    with pytest.raises(Refused) as refused:
        take(301, EntryCode.WAIVER)
    assert rules(refused) == ["ledger.committed"]
    take(300, EntryCode.WAIVER)
    assert uncovered() == 0


def test_a_cut_leaves_what_is_committed_visibly_uncovered_until_there_is_money_again() -> None:
    give(1000)
    grant(("1", 2026, 700))
    take(500, EntryCode.CUT)
    assert (committed(), uncovered()) == ({("1", 2026): 700}, 200)
    grant(("1", 2026, -50), code=EntryCode.GRANT_CHANGE)
    assert uncovered() == 150
    give(1000)
    assert uncovered() == 0
    assert not list(queries.faults())


def test_taking_a_correction_back_leaves_the_gap_that_is_there_then() -> None:
    give(1000)
    grant(("1", 2026, 700))
    take(500, EntryCode.CUT)
    actions.reverse_case(COLLEAGUE, "MA-2026-0001", "falsches Jahr", at=at(3))
    assert uncovered() == 0
    assert not list(queries.faults())


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "cut", "waive", "grant", "less"]),
        st.sampled_from([NOW, LATER]),
        st.integers(1, 500),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ACTS)
def test_whatever_happens_what_is_committed_is_covered_or_visibly_not(
    acts: list[tuple[str, Tranche, int]],
) -> None:
    with transaction.atomic():
        granted: dict[int, int] = {}
        for act, tranche, cents in acts:
            try:
                match act:
                    case "give":
                        give(cents, tranche)
                    case "cut" | "waive":
                        take(cents, EntryCode.CUT if act == "cut" else EntryCode.WAIVER, tranche)
                    case _:
                        signed = cents if act == "grant" else -cents
                        grant(("1", tranche.year, signed))
                        granted[tranche.year] = granted.get(tranche.year, 0) + signed
            except Refused:
                continue
        assert {year: cents for (_, year), cents in committed().items() if cents} == {
            year: cents for year, cents in granted.items() if cents
        }
        for tranche in (NOW, LATER):
            given = queries.balance(planning(Place.ALLOCATED).of(tranche))
            gap = AccountKey.planning(planning(Place.FREE).fund, Place.UNCOVERED, HERE)
            gap = replace(gap.of(tranche), book=Book.COMMITMENT)
            lacking = max(granted.get(tranche.year, 0) - given, 0)
            assert queries.balances([gap])[gap] == -lacking
        assert not list(queries.faults())
        transaction.set_rollback(True)
