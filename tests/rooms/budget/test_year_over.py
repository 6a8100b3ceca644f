"""Money of a budget year that is over and not closed is free, and every page says what it is."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests import worlds
from tests.rooms import money
from tests.rooms.budget.stage import authority, close, entry, line
from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.actions import Start
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Consent
from zielwerk.config import world
from zielwerk.ledger import queries as ledger
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import FreeMoney, Tranche

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
OVER, DOOR = "Haushaltsjahr vorbei und nicht abgeschlossen", f"/arbeit/haushalt/{YEAR}/abschliessen"
PAGES = (
    f"/arbeit/haushalt?jahr={YEAR + 1}",
    "/arbeit/verteilung",
    "/arbeit/mittelaenderungen/umverteilung",
)


@pytest.fixture
def cast(programme: str, settings: Settings) -> world.Cast:
    settings.PROGRAMME = programme
    cast = worlds.put(world.enrol_cast)
    budget.enact(OFFICER, entry(programme, 10_000, YEAR), at=AT)
    return cast


def shown(person: Any, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def free(programme: str, on: date) -> dict[Tranche, FreeMoney]:
    return ledger.free_money(programme, on)[Fund(programme, YEAR)]


def test_it_is_free_to_the_day_of_its_closing_and_marked_from_new_year_on(programme: str) -> None:
    budget.enact(OFFICER, entry(programme, 1000, YEAR), at=AT)
    budget.authorise(OFFICER, authority(programme, 400, YEAR, YEAR + 1), at=AT)
    for day, is_over in ((date(YEAR, 12, 31), False), (date(YEAR + 1, 1, 1), True)):
        (of_money,) = [of for one, of in free(programme, day).items() if not one.is_authority]
        assert (of_money.free_cents, of_money.is_over) == (1000_00, is_over)
    close(programme, Consent(line(programme, YEAR), YEAR, 300_00), year=YEAR)
    left = free(programme, date(YEAR + 1, 3, 1))
    assert {one: of.free_cents for one, of in left.items() if of.free_cents} == {
        Tranche(line(programme).source, YEAR + 1): 300_00
    }
    assert not any(of.is_over for of in left.values())


@pytest.mark.parametrize("address", PAGES)
def test_where_free_money_stands_it_is_said_with_the_door_to_the_closing(
    cast: world.Cast, address: str
) -> None:
    text = shown(cast.officer, address)
    assert OVER in text
    assert DOOR in text


def test_who_may_not_close_a_year_is_told_without_a_door(cast: world.Cast) -> None:
    text = shown(cast.auditor, PAGES[0])
    assert OVER in text
    assert DOOR not in text


@pytest.mark.parametrize("address", PAGES)
def test_of_a_closed_year_nothing_is_said(cast: world.Cast, programme: str, address: str) -> None:
    close(programme, Consent(line(programme, YEAR), YEAR, 300_00), year=YEAR)
    assert OVER not in shown(cast.officer, address)


def test_a_move_that_draws_on_it_says_so_before_it_is_decided(
    cast: world.Cast, programme: str
) -> None:
    body = packs.bodies_in(programme, YEAR)[0]
    move = Move(AdjustmentKind.REALLOCATION, Fund(programme, YEAR), body.ags, 600_00, "Bedarf")
    one = adjustments.declare(OFFICER, move, at=AT)
    text = shown(cast.head, f"/arbeit/mittelaenderungen/{one.pk}/entscheiden")
    assert OVER in text
    assert f"Die Entscheidung nimmt 600,00 € Barmittel {YEAR}" in text


def test_a_scenario_that_draws_on_it_says_so_before_it_is_decided(
    cast: world.Cast, programme: str
) -> None:
    data = money.enter_needs(programme, YEAR)
    total = 8_000_00
    begun = Start(Fund(programme, YEAR), money.draft(programme, data, total))
    one = money.put_forward(allocation.begin(OFFICER, begun, at=AT))
    text = shown(cast.head, f"/arbeit/verteilung/{one.pk}/entscheiden")
    assert f"Barmittel {YEAR}. Dieses Haushaltsjahr ist vorbei und nicht abgeschlossen" in text
