"""Two scenarios side by side, whatever two: what cannot be compared is said."""

import re
from datetime import date
from fractions import Fraction
from html import unescape
from itertools import cycle, product
from typing import Any

import pytest

from tests import worlds
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    by_hand,
    draft,
    enact,
    enter_needs,
    key,
    put_forward,
)
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import Scenario
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund
from zielwerk.ui import bodies

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
SPLIT = {  # the body that gave a part of itself away in 2026, and the new one
    "aqb_hessen": ("06435", "06415"),
    "lotsenfonds_nordmark": ("91004", "91006"),
}


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    settings.PROGRAMME = programme
    return worlds.put(world.enrol_cast)


def begun(programme: str, year: int, earmark: str = "", **changes: Any) -> Scenario:
    data = changes.pop("data", None) or enter_needs(programme, year)
    cents = changes.pop("cents", 20 * MILLION)
    start = allocation.Start(
        Fund(programme, year, earmark), draft(programme, data, cents, **changes)
    )
    return allocation.begin(OFFICER, start, at=AT)


def uncomputable(programme: str) -> Scenario:
    """One whose needs say nothing of a body that shares in the year."""
    codes = [one.code for one in packs.load(programme, 2026).indicators]
    known = packs.bodies_in(programme, 2026)[1:]
    values = {body.ags: dict.fromkeys(codes, Fraction(3)) for body in known}
    needs = allocation.Needs(programme, 2026, "Alte Statistik", date(2025, 6, 30), values)
    data = allocation.enter_indicators(OFFICER, needs, at=AT)
    return begun(programme, 2026, name="Ohne eine der Körperschaften", data=data)


def decided(programme: str, year: int) -> Scenario:
    enact(programme, year=year)
    return allocation.decide(HEAD, put_forward(begun(programme, year, name="Entschieden")), at=AT)


def every_kind(programme: str) -> list[Scenario]:
    first = packs.bodies_in(programme, NEW_YEAR.year)[0].ags
    earmark = packs.load(programme, 2026).earmarks[0].code
    nothing_weighs = {**key(programme), "weights": {}}
    return [
        decided(programme, 2025),
        begun(programme, 2025, name="Versuch"),
        decided(programme, 2026),
        begun(programme, 2026, name="Von Hand", overrides=by_hand(**{f"b{first}": MILLION})),
        begun(programme, 2026, earmark, name="Zweckgebunden"),
        begun(programme, 2026, name="Ohne Gewichte", key=nothing_weighs),
        uncomputable(programme),
    ]


def compared(person: Any, one: Scenario, other: Scenario, also: str = "") -> bytes:
    asked = f"/arbeit/verteilung/vergleich?a={one.pk}&b={other.pk}{also}"
    response = signed_in(person).get(asked)
    assert response.status_code == 200, f"{one.name} and {other.name}{also}"
    return bytes(response.getvalue())


def page(person: Any, one: Scenario, other: Scenario) -> str:
    return compared(person, one, other).decode()


def row_of(html: str, ags: str) -> list[str]:
    """A body's cells on the page, as people read them."""
    rows = re.findall(r"<tr[^>]*>.*?</tr>", html, re.S)
    row = next(each for each in rows if f">{bodies.short(ags)}<" in each)
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
    return [" ".join(unescape(re.sub("<[^>]*>", " ", cell)).split()) for cell in cells]


def test_every_pair_can_be_looked_at_and_taken_away(people: Cast, programme: str) -> None:
    found = every_kind(programme)
    files = cycle(["&export=csv", "&export=xlsx"])  # each in its turn
    for one, other in product(found, found):
        for also in ("", next(files)):
            compared(people.officer, one, other, also)


def test_a_new_body_and_a_broken_series_are_told(people: Cast, programme: str) -> None:
    old, new = begun(programme, 2025, name="Alt"), begun(programme, 2026, name="Neu")
    divided, founded = SPLIT[programme]
    for one, other in ((old, new), (new, old)):
        html = page(people.officer, one, other)
        assert "Was sich nicht vergleichen lässt" in html
        for ags in SPLIT[programme]:
            assert packs.breaks_of(programme, ags)[0].text in unescape(html)
            assert "nicht vergleichbar" in row_of(html, ags)[3]
            assert row_of(html, ags)[4] == ""  # no percentage either
        assert row_of(html, founded)[1 if one == old else 2] == "–"
        assert "–" not in row_of(html, divided)[1:3]
    unchanged = packs.bodies_in(programme, 2025)[0].ags
    assert "€" in row_of(html, unchanged)[3]
    csv = compared(people.officer, old, new, "&export=csv").decode("utf-8-sig").splitlines()
    line = next(each for each in csv if each.startswith(f"{divided};")).split(";")
    assert line[5] == ""
    assert "2026" in line[6]


def test_within_a_year_nothing_is_said_to_be_incomparable(people: Cast, programme: str) -> None:
    one, other = begun(programme, 2026), begun(programme, 2026, cents=10 * MILLION)
    html = page(people.officer, one, other)
    assert "Was sich nicht vergleichen lässt" not in html
    assert all("€" in row_of(html, ags)[3] for ags in SPLIT[programme])


def test_what_cannot_be_computed_has_no_amounts_and_says_so(people: Cast, programme: str) -> None:
    one, broken = begun(programme, 2026), uncomputable(programme)
    html = page(people.officer, one, broken)
    assert f"{broken.file_number} lässt sich nicht berechnen" in html
    assert row_of(html, SPLIT[programme][0])[2:4] == ["–", "–"]
    assert "steht nur in" not in html


def test_funds_of_different_earmarks_have_no_difference(people: Cast, programme: str) -> None:
    earmark = packs.load(programme, 2026).earmarks[0]
    one, other = begun(programme, 2026), begun(programme, 2026, earmark.code)
    html = page(people.officer, one, other)
    assert "verschiedener Zweckbindungen" in html
    assert earmark.label in html
    cells = row_of(html, SPLIT[programme][0])
    assert "€" in cells[1]
    assert "€" in cells[2]
    assert cells[3:] == ["–", ""]
