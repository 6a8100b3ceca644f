"""How amounts become whole units: which method a scenario begins with, keeps and shows."""

from typing import Any

import pytest

from tests.rooms.allocation.scenario_page import LIST, amounts, page, text_of, typed, url
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    enter_needs,
    key,
    put_forward,
    scenario,
)
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config.world import Cast
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
START = f"{LIST}/neu?jahr={YEAR}&zweck="
NEW = {"name": "Versuch", "summe": "9.000.000"}


def begun(people: Cast) -> Scenario:
    signed_in(people.officer).post(START, NEW)
    return Scenario.objects.latest("pk")


def test_what_is_first_shared_out_in_2026_rounds_as_it_did(people: Cast, programme: str) -> None:
    enter_needs(programme)
    assert begun(people).key["method"] == "hare_niemeyer"


def test_the_money_of_2027_is_shared_out_by_the_divisor_method(programme: str) -> None:
    for pack_key in packs.load(programme, YEAR).allocation_keys:
        assert queries.method_to_begin_with(Fund(programme, 2027), pack_key) == "sainte_lague"
    assert queries.method_to_begin_with(Fund(programme, 2027), None) == "sainte_lague"


def test_a_change_in_the_running_year_begins_with_the_divisor_method(
    people: Cast, programme: str
) -> None:
    enact(programme)
    first = decided(programme, 20 * MILLION)
    assert begun(people).key["method"] == "sainte_lague"
    signed_in(people.officer).post(url(first, "/fortsetzen"))
    went_on = Scenario.objects.latest("pk")
    assert went_on.key == {**first.key, "method": "sainte_lague"}
    first.refresh_from_db()
    assert "method" not in first.key  # what was decided keeps what it was decided with
    assert "Hare-Niemeyer" in text_of(page(signed_in(people.officer), url(first)))


def of_six_six_and_two(programme: str, data: Any, units: int, method: str) -> Scenario:
    """Only three bodies with need, in units of 100 euros."""
    start = allocation.Start(
        Fund(programme, YEAR),
        allocation.Draft("Drei", "", units * 100_00, key(programme, method=method), data),
    )
    return allocation.begin(OFFICER, start, at=AT)


@pytest.mark.parametrize("method", ["hare_niemeyer", "sainte_lague"])
def test_the_draft_shows_the_method_and_lets_choose(
    people: Cast, programme: str, method: str
) -> None:
    first, second, third = (body.ags for body in bodies(programme)[:3])
    codes = [indicator.code for indicator in packs.load(programme, YEAR).indicators]
    need = {first: 6, second: 6, third: 2}
    values = {body.ags: dict.fromkeys(codes, need.get(body.ags, 0)) for body in bodies(programme)}
    needs = allocation.Needs(programme, YEAR, "Probe", AT.date(), values)  # type: ignore[arg-type]
    data = allocation.enter_indicators(OFFICER, needs, at=AT)
    officer = signed_in(people.officer)
    other = {"hare_niemeyer": "sainte_lague", "sainte_lague": "hare_niemeyer"}[method]
    one = of_six_six_and_two(programme, data, 10, other)
    shown = page(officer, url(one))
    assert typed(shown)["verfahren"] == other
    assert "Ist mehr zu verteilen, bekommt niemand weniger." in text_of(shown)
    assert officer.post(url(one, "/speichern"), {**typed(shown), "verfahren": method}).status_code
    one.refresh_from_db()
    assert one.key["method"] == method
    of_ten = amounts(page(officer, url(one)))[third]
    of_eleven = amounts(page(officer, url(one, "?summe=1.100,00")))[third]
    assert of_eleven >= of_ten if method == "sainte_lague" else of_eleven < of_ten
    unknown = officer.post(url(one, "/speichern"), {**typed(shown), "verfahren": "d_hondt"})
    assert unknown.status_code == 422


def test_method_stands_in_files_comparison_and_the_arithmetic_of_a_body(
    people: Cast, programme: str
) -> None:
    enact(programme)
    data = enter_needs(programme)
    by = {
        method: scenario(programme, 20 * MILLION, data=data, key=key(programme, method=method))
        for method in ("sainte_lague", "hare_niemeyer")
    }
    officer = signed_in(people.officer)
    for method, label in (("sainte_lague", "Sainte-Laguë"), ("hare_niemeyer", "Hare-Niemeyer")):
        csv = officer.get(url(by[method], "?export=csv")).getvalue().decode("utf-8-sig")
        assert all(f"Rundungsverfahren: {label}" in line for line in csv.splitlines()[1:])
    a, b = (case.pk for case in by.values())
    compared = text_of(page(officer, f"{LIST}/vergleich?a={a}&b={b}"))
    assert "Rundungsverfahren Sainte-Laguë Hare-Niemeyer verschieden" in compared
    allocation.decide(HEAD, put_forward(by["sainte_lague"]), at=AT)
    given = BodyAllocation.objects.get(ags=people.body.ags)
    words = text_of(page(signed_in(people.body), f"/arbeit/zuweisungen/{given.pk}"))
    assert "nach Sainte-Laguë" in words
    assert "bekommt niemand weniger" in words
