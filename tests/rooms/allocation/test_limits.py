"""Limits that leave no amount are told once, briefly, and at every field that takes part."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.allocation.scenario_page import amounts, page, text_of, typed, url
from tests.rooms.money import bodies, by_hand, decided, enact, key, scenario
from tests.stage import signed_in
from zielwerk.allocation.forms.fields import PercentField, WeightField
from zielwerk.config.world import Cast
from zielwerk.packs import naming

pytestmark = pytest.mark.django_db
IMPOSSIBLE = "ist kein Betrag möglich"


def fields_with(html: str, sentence: str) -> set[str]:
    """The fields at which a sentence stands."""
    places = re.findall(r'<div class="zw-live" id="id_(\w+)_error".*?</div>', html, re.DOTALL)
    texts = re.findall(r'<div class="zw-live" id="id_\w+_error"(.*?)</div>', html, re.DOTALL)
    return {name for name, text in zip(places, texts, strict=True) if sentence in text}


def result_of(html: str) -> str:
    return html[html.index('id="ergebnis-titel"') :]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?mindest=1.000.010,00&hoechst=1.000.020,00", {"mindest", "hoechst", "rundung"}),
        (
            "?mindest=910.000,00&hoechst=950.000,00&rundung=100.000,00",
            {"mindest", "hoechst", "rundung"},
        ),
    ],
)
def test_impossible_limits_are_one_sentence_at_every_field_that_takes_part(
    people: Cast, programme: str, query: str, fields: set[str]
) -> None:
    one = scenario(programme)
    html = page(signed_in(people.officer), url(one, query))
    assert fields_with(html, IMPOSSIBLE) == fields
    result = text_of("<main" + result_of(html))
    assert result.partition("Vermerk")[0].count(IMPOSSIBLE) == 1
    names = naming.shorts(programme, [body.ags for body in bodies(programme)])
    more = len(names) - 3
    assert f"Für {', '.join(names[:3])} und weitere ({more}) {IMPOSSIBLE}" in result
    assert not re.search(r"\b(06|91)\d{3} \w", result)


def test_a_change_that_the_floor_does_not_allow_is_told_at_both(hesse: Cast) -> None:
    enact("aqb_hessen", year=2025)
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    html = page(officer, url(one, "?mindest=2.000.000,00&hoechst=1.000.000,00"))
    assert fields_with(html, "Höchstbetrag") == {"mindest"}


# --- how numbers are typed ----------------------------------------------------------------


@given(st.integers(0, 1000), st.sampled_from(["", "%", " %", "\u00a0%"]))
def test_a_percent_sign_is_no_mistake(number: int, sign: str) -> None:
    assert PercentField(most=1000).clean(f"{number}{sign}") == number
    assert WeightField().clean(f"{number}{sign}") == number


def test_a_change_of_two_and_a_half_per_cent_is_kept_and_shown_as_typed(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    form = {**typed(page(officer, url(one))), "veraenderung": "2,5 %"}
    assert officer.post(url(one, "/speichern"), form).status_code == 302
    html = page(officer, url(one))
    assert typed(html)["veraenderung"] == "2,5"
    assert "So ist es noch nicht gespeichert" not in text_of(html)


def test_a_percentage_beyond_what_is_possible_says_what_is(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    html = page(signed_in(hesse.officer), url(one, "?veraenderung=-3"))
    assert "von 0 bis 1000" in text_of(html)


# --- one order, one name ------------------------------------------------------------------


def test_bodies_stand_in_one_order_whatever_the_state(people: Cast, programme: str) -> None:
    enact(programme)
    done = decided(programme)
    drawn = scenario(programme, data=done.data)
    officer = signed_in(people.officer)
    order = naming.in_order(programme, [body.ags for body in bodies(programme)])
    for one in (done, drawn):
        assert list(amounts(page(officer, url(one)))) == order
        csv = officer.get(url(one, "?export=csv")).getvalue().decode("utf-8-sig")
        assert [line.partition(";")[0] for line in csv.splitlines()[1:]] == order


def test_an_amount_by_hand_names_the_body_as_its_row_does(hesse: Cast) -> None:
    one = scenario("aqb_hessen", overrides=by_hand(b06611=100_000_00), key=key("aqb_hessen"))
    html = page(signed_in(hesse.officer), url(one, "/gesetzt/06611"))
    assert "Betrag setzen: Kassel Stadt" in text_of(html)
