"""How often a decision goes to the books: to hold, to look, to book; not once for each body."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.money import AT, HEAD, MILLION, bodies, enact, enter_needs, put_forward
from tests.rooms.money import scenario as begun
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body

pytestmark = pytest.mark.django_db

HESSE = "aqb_hessen"


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> list[Body]:
    """Ten times as many bodies as there are."""
    made = made_up(10 * len(bodies(HESSE)))
    monkeypatch.setattr(packs, "bodies", lambda *_: made)
    monkeypatch.setattr(packs, "bodies_in", lambda *_: made)
    return [*made]


def made_up(number: int) -> tuple[Body, ...]:
    first = packs.bodies(HESSE)[0]
    return tuple(
        first.model_copy(update={"ags": f"{60000 + place:05d}", "name": f"Kreis {place}"})
        for place in range(number)
    )


def reads_of_the_books(one: Scenario) -> int:
    """How many queries look at the books while the scenario is decided."""
    with CaptureQueriesContext(connection) as made:
        allocation.decide(HEAD, one, at=AT)
    return sum(said["sql"].startswith("SELECT") and "ledger_" in said["sql"] for said in made)


def statements(one: Scenario) -> int:
    """How many statements the decision takes, beside those that insert transfers and accounts.

    Transfers are the ledger's; new accounts are opened in as few statements as the database takes.
    """
    with CaptureQueriesContext(connection) as made:
        allocation.decide(HEAD, one, at=AT)
    return sum("INTO ledger_transfer" not in said["sql"] for said in made) - sum(
        said["sql"].startswith("INSERT") and '"ledger_account"' in said["sql"] for said in made
    )


def both_decisions() -> tuple[int, int]:
    """The reads of the first decision of a year, and of one that changes all of it."""
    enact(HESSE)
    data = enter_needs(HESSE)
    first = put_forward(begun(HESSE, 27 * MILLION, data=data))
    reads = reads_of_the_books(first)
    second = put_forward(begun(HESSE, 20 * MILLION, data=data))
    return reads, reads_of_the_books(second)


# Find and lock what is held (twice to find where accounts are opened); what stands there, what
# stood there last year, whether the budget is in force; by tranche, what is there and counts
# already; find and lock what is booked on; what notices bind of it.
READS = (13, 10)
STATEMENTS = {"sqlite": (28, 25), "postgresql": (25, 22)}  # whose chain takes one for three


def test_a_decision_reads_what_stands_in_the_books_once() -> None:
    assert both_decisions() == READS
    assert BodyAllocation.objects.count() == 2 * len(bodies(HESSE))


def test_a_decision_over_ten_times_as_many_bodies_reads_no_more(crowd: list[Body]) -> None:
    assert both_decisions() == READS
    assert BodyAllocation.objects.count() == 2 * len(crowd)


@pytest.mark.parametrize("times", [1, 2])
def test_no_statement_of_a_decision_is_made_for_each_body(
    monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """At 27 and at 54 bodies: at most 28 statements, where 27 bodies once took 49."""
    made = made_up(times * len(bodies(HESSE)))
    monkeypatch.setattr(packs, "bodies", lambda *_: made)
    monkeypatch.setattr(packs, "bodies_in", lambda *_: made)
    enact(HESSE)
    data = enter_needs(HESSE)
    first = statements(put_forward(begun(HESSE, 27 * MILLION, data=data)))
    second = statements(put_forward(begun(HESSE, 20 * MILLION, data=data)))
    assert (first, second) == STATEMENTS[connection.vendor]
    assert BodyAllocation.objects.count() == 2 * len(made)
