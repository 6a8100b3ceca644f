"""What a scenario shows: reservations, assumptions, breaks, comparison, export, queries."""

import re
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from tests import worlds
from tests.rooms.allocation.scenario_page import LIST, amounts, cents, page, text_of, url
from tests.rooms.money import (
    AT,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    by_hand,
    decided,
    enact,
    enter_needs,
    key,
    put_forward,
    scenario,
)
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import Scenario
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
CHANGES = "?ansicht=veraenderung"


def test_before_the_budget_is_in_force_every_figure_is_under_reservation(
    people: Cast, programme: str
) -> None:
    one = scenario(programme)
    officer = signed_in(people.officer)
    before = text_of(page(officer, url(one)))
    assert "unter Haushaltsvorbehalt" in before
    assert f"Der Haushalt {YEAR} ist noch nicht in Kraft." in before
    enact(programme, 27 * MILLION)
    assert "unter Haushaltsvorbehalt" not in text_of(page(officer, url(one)))
    too_much = text_of(page(officer, url(one, "?summe=27.000.100,00")))
    assert "Der Rahmen des Haushalts beträgt 27.000.000,00" in too_much


def test_what_no_source_states_is_shown_as_an_assumption(people: Cast, programme: str) -> None:
    enter_needs(programme)
    officer = signed_in(people.officer)
    (given_key,) = [one for one in packs.load(programme, YEAR).allocation_keys if not one.earmark]
    new = text_of(page(officer, f"{LIST}/neu?jahr={YEAR}&zweck="))
    assert f"Annahme {given_key.source.text}" in new
    officer.post(f"{LIST}/neu?jahr={YEAR}&zweck=", {"name": "A", "summe": "9.000.000"})
    one = Scenario.objects.get()
    assert {**one.key, "weights": None} == {
        "weights": None,
        "rounding_cents": given_key.rounding_cents,
        "base_cents": given_key.base_cents,
        "floor_cents": given_key.floor_cents,
        "cap_cents": given_key.cap_cents,
        "max_change_percent": given_key.max_change_percent,
        "method": "hare_niemeyer",
    }
    html = text_of(page(officer, url(one)))
    assert "Der Schlüssel steht so im Regelwerk" in html
    changed = text_of(page(officer, url(one, "?sockel=1,00")))
    assert "Der Schlüssel weicht vom Regelwerk ab" in changed


def test_invented_data_is_labelled(people: Cast, programme: str) -> None:
    codes = [one.code for one in packs.load(programme, YEAR).indicators]
    values = {body.ags: dict.fromkeys(codes, Fraction(3)) for body in bodies(programme)}
    needs = allocation.Needs(programme, YEAR, "Probe", AT.date(), values, is_invented=True)
    data = allocation.enter_indicators(OFFICER, needs, at=AT)
    one = scenario(programme, data=data)
    officer = signed_in(people.officer)
    assert "erfunden" in text_of(page(officer, url(one)))
    csv = officer.get(url(one, "?export=csv")).getvalue().decode("utf-8-sig")
    assert all("erfunden" in line for line in csv.splitlines()[1:])


def test_a_break_in_the_series_is_said_beside_the_body(hesse: Cast) -> None:
    enact("aqb_hessen", year=2025)
    data = enter_needs("aqb_hessen", 2025)
    draft = allocation.Draft("2025", "", 27 * MILLION, key("aqb_hessen"), data)
    one = allocation.begin(OFFICER, allocation.Start(Fund("aqb_hessen", 2025), draft), at=AT)
    one = allocation.propose(OFFICER, one, at=AT)
    allocation.decide(hesse.head, one, at=AT)
    html = page(signed_in(hesse.officer), url(scenario("aqb_hessen")))
    row = re.search(r'<tr[^>]* id="zeile-06435".*?</tr>', html, re.DOTALL)
    assert row
    assert "nicht vergleichbar" in row[0]
    assert "gehört Hanau nicht mehr zum Main-Kinzig-Kreis" in text_of(html)
    assert html.count(">nicht vergleichbar<") == 2  # Main-Kinzig-Kreis and Hanau
    shown = page(signed_in(hesse.officer), url(Scenario.objects.latest("pk"), CHANGES))
    apart = re.findall(r'<g class="zw-tile zw-tile--unknown".*?</g>', shown, re.DOTALL)
    names = {name for name in ("Main-Kinzig", "Hanau") for tile in apart if name in tile}
    assert (len(apart), names) == (2, {"Main-Kinzig", "Hanau"})
    assert all("nicht vergleichbar" in " ".join(tile.split()) for tile in apart)


def test_a_cut_in_the_running_year_names_the_agreements_it_hits(
    people: Cast, programme: str
) -> None:
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    poor = bodies(programme)[-1]
    had = programmes.standing(Fund(programme, YEAR)).bodies[poor.ags].total_cents
    agreed = ledger.Agreed(programme, YEAR, poor.ags, had, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)
    one = put_forward(scenario(programme, 20 * MILLION))
    head = signed_in(people.head)
    html = page(head, url(one))
    assert "1 Vereinbarung, die dann zu ändern ist" in text_of(html)
    assert f"/arbeit/vereinbarungen/{YEAR}/{poor.ags}" in html
    asked = text_of(page(head, url(one, "/entscheiden")))
    assert "Es bleibt etwas ungedeckt" in asked
    assert head.post(url(one, "/entscheiden"), {"revision": one.revision}).status_code == 302
    missing = had - amounts(page(head, url(one)))[poor.ags]
    assert programmes.uncovered(programme, YEAR)[0][1] == -missing
    moves = text_of(page(head, "/arbeit/mittelaenderungen"))
    assert "zu klären" in moves
    assert poor.ags in moves


def test_a_purpose_that_the_year_does_not_know_is_told(hesse: Cast) -> None:
    enter_needs("aqb_hessen")
    known = {one.code for one in packs.load("aqb_hessen", YEAR).earmarks}
    gone = next(
        one
        for year in packs.years("aqb_hessen")
        for one in packs.load("aqb_hessen", year).earmarks
        if one.code not in known
    )
    html = page(signed_in(hesse.officer), f"{LIST}/neu?jahr={YEAR}&zweck={gone.code}", 422)
    assert f"Diese Zweckbindung gibt es heute im Programmjahr {YEAR} nicht." in text_of(html)


# --- lists, comparison, files -------------------------------------------------------------


def test_the_list_is_filtered_and_says_what_is_free(people: Cast, programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme, name="Vorgelegt"))
    scenario(programme, data=one.data, name="Versuch")
    officer = signed_in(people.officer)
    whole = text_of(page(officer, LIST))
    assert "Versuch" in whole
    assert "30.000.000" in whole
    some = page(officer, f"{LIST}?stand={one.state}&jahr={YEAR}")
    table = some[some.index("Verteilszenarien") : some.index("</main>")]
    assert ">Vorgelegt</a>" in table
    assert ">Versuch</a>" not in table
    assert officer.get(f"{LIST}?jahr=kein&stand=unsinn").status_code == 200


def test_two_scenarios_side_by_side(people: Cast, programme: str) -> None:
    one = scenario(programme, 27 * MILLION)
    first = bodies(programme)[0].ags
    other = scenario(
        programme, 20 * MILLION, data=one.data, overrides=by_hand(**{f"b{first}": MILLION})
    )
    officer = signed_in(people.officer)
    html = page(officer, f"{LIST}/vergleich?a={one.pk}&b={other.pk}")
    words = text_of(html)
    for found in ("27.000.000", "20.000.000", "1.000.000"):
        assert found in words
    csv = officer.get(f"{LIST}/vergleich?a={one.pk}&b={other.pk}&export=csv")
    lines = csv.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(bodies(programme))
    sums = [sum(cents(line.split(";")[place]) for line in lines[1:]) for place in (3, 4, 5)]
    assert sums == [27 * MILLION, 20 * MILLION, -7 * MILLION]


@pytest.mark.parametrize("query", ["?a=1&b=", "?a=x&b=y", "?a=999999&b=999999"])
def test_a_comparison_of_nothing_says_what_is_missing(hesse: Cast, query: str) -> None:
    scenario("aqb_hessen")
    response = signed_in(hesse.officer).get(f"{LIST}/vergleich{query}")
    assert response.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in text_of(response.content.decode())


def test_a_decided_scenario_goes_on_as_a_new_one(hesse: Cast) -> None:
    enact("aqb_hessen")
    one = decided("aqb_hessen", key=key("aqb_hessen", method="sainte_lague"))
    officer = signed_in(hesse.officer)
    assert 'id="parameter"' not in page(officer, url(one))
    answer = officer.post(url(one, "/fortsetzen"))
    made = Scenario.objects.latest("pk")
    assert answer["Location"] == url(made)
    assert (made.state, made.key, made.total_cents) == ("draft", one.key, one.total_cents)
    assert "schon genau diese Beträge" in text_of(page(officer, url(made)))


def test_the_table_goes_away_as_a_file_with_what_it_rests_on(people: Cast, programme: str) -> None:
    one = scenario(programme)
    officer = signed_in(people.officer)
    answer = officer.get(url(one, "?export=xlsx&summe=13.500.000,00"))
    book = load_workbook(BytesIO(answer.getvalue()))
    (sheet,) = book.sheet_names
    heading, *rows = book.get_sheet_by_name(sheet).to_python()
    new = heading.index("Neu")
    keys = [body.ags for body in bodies(programme)]
    assert [row[0] for row in rows] == naming.in_order(programme, keys)
    assert sum(float(row[new]) for row in rows) == 13_500_000.0
    for row in rows:
        assert row[heading.index("Datenstand")] == "Statistik (Test)"
        assert "Rundungseinheit" in row[heading.index("Schlüssel")]
        assert "unter Haushaltsvorbehalt" in row[heading.index("Hinweise")]


@pytest.mark.parametrize("query", ["?jahr=1999", "?jahr=2026&zweck=erdacht", "?jahr=abc"])
def test_a_year_or_purpose_without_rules_is_refused(hesse: Cast, query: str) -> None:
    response = signed_in(hesse.officer).get(f"{LIST}/neu{query}")
    assert response.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in text_of(response.content.decode())


def test_without_figures_no_scenario_begins(hesse: Cast) -> None:
    officer = signed_in(hesse.officer)
    assert "keine Kennzahlen" in text_of(page(officer, f"{LIST}/neu?jahr={YEAR}&zweck="))
    officer.post(f"{LIST}/neu?jahr={YEAR}&zweck=", {"name": "A", "summe": "1.000,00"})
    assert not Scenario.objects.exists()


def test_more_bodies_take_no_more_queries(db: None, settings: Any) -> None:
    """Six bodies and twenty-seven; one scenario and five."""
    counted = {}
    for code, number in (("lotsenfonds_nordmark", 1), ("aqb_hessen", 5)):
        settings.PROGRAMME = code
        enact(code)
        one = scenario(code)
        for _ in range(number):
            scenario(code, data=one.data)
        client = signed_in(worlds.put(world.enrol_cast).officer) if code == "aqb_hessen" else None
        counted[code] = one, client
    one, client = counted["aqb_hessen"]
    assert client
    for part in (lambda one: LIST, url, lambda one: url(one, "?summe=26.000.000,00")):
        found = []
        for code, (shown, _client) in counted.items():
            settings.PROGRAMME = code
            client.get(part(shown))
            with CaptureQueriesContext(
                connection,
            ) as queries_made:
                page(client, part(shown))
            found.append(len(queries_made))
        assert found[0] == found[1]
        assert found[1] <= 20
