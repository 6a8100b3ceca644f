"""Sharing out the money through the doors: try, keep, put forward, decide, compare."""

import re
from fractions import Fraction
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

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
from tests.stage import html_of, signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.forms.scenario import WeightField, weight_text
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.core.ui import figures
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
LIST = "/arbeit/verteilung"


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    """The cast of an installation that serves this programme."""
    settings.PROGRAMME = programme
    return world.enrol_cast()


@pytest.fixture
def hesse(db: None, settings: Any) -> Cast:
    settings.PROGRAMME = "aqb_hessen"
    return world.enrol_cast()


def text_of(html: str) -> str:
    words = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(words).split())


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:2000]
    return html_of(response.content)


def url(one: Scenario, part: str = "") -> str:
    return f"{LIST}/{one.pk}{part}"


def typed(html: str) -> dict[str, str]:
    """What the form on a page would send."""
    form = re.search(r'<form class="zw-whatif".*?</form>', html, re.DOTALL)
    assert form
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name
        found[name[1]] = unescape(value[1]) if value else ""
    for name_, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form[0]):
        found[name_] = unescape(body)
    for name_, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name_] = chosen[1] if chosen else ""
    return found


def amounts(html: str) -> dict[str, int]:
    """New amounts in cents by AGS, from the page's table."""
    found = {}
    for row in re.findall(r"<tr[^>]*>.*?</tr>", html, re.DOTALL):
        ags = re.search(r'<th[^>]*>.*?<span class="zw-muted">(\d{5})</span></th>', row, re.DOTALL)
        new = re.search(r"<strong>([^<]*€)</strong>", row)
        if ags and new:
            found[ags[1]] = int(re.sub(r"\D", "", new[1]))
    return found


# --- the whole way ------------------------------------------------------------------------


def test_from_the_first_trial_to_every_body_seeing_its_own(people: Cast, programme: str) -> None:
    enact(programme)
    enter_needs(programme)
    officer, head = signed_in(people.officer), signed_in(people.head)
    begun = officer.post(
        f"{LIST}/neu?jahr={YEAR}&zweck=", {"name": "Grundfall", "summe": "27.000.000,00"}
    )
    one = Scenario.objects.get()
    assert begun["Location"] == url(one)

    form = {
        **typed(page(officer, url(one))),
        "summe": "26.000.000,00",
        "mindest": "",
        "hoechst": "",
    }
    form |= {"veraenderung": "", "anmerkung": "nach Gespräch"}
    assert officer.post(url(one, "/speichern"), form).status_code == 302
    one.refresh_from_db()
    assert (one.total_cents, one.comment) == (26 * MILLION, "nach Gespräch")

    assert officer.post(url(one, "/vorlegen"), {"revision": one.revision}).status_code == 302
    one.refresh_from_db()
    if programme == "lotsenfonds_nordmark":
        asked = {"ergebnis": "keine Einwände", "revision": one.revision}
        assert officer.post(url(one, "/anhoerung"), asked).status_code == 302
        one.refresh_from_db()
    assert "Entscheiden und buchen" in page(head, url(one, "/entscheiden"))
    assert head.post(url(one, "/entscheiden"), {"revision": one.revision}).status_code == 302
    one.refresh_from_db()
    assert one.state == "decided"

    own = signed_in(people.body)
    listed = text_of(page(own, "/arbeit/zuweisungen"))
    for body in bodies(programme):
        given = BodyAllocation.objects.get(ags=body.ags)
        is_own = body.ags == people.body.ags
        assert (body.ags in listed) == is_own
        page(own, f"/arbeit/zuweisungen/{given.pk}", 200 if is_own else 404)
    shown = amounts(page(head, url(one)))
    assert shown == one.result
    assert sum(shown.values()) == 26 * MILLION


def test_who_put_it_forward_is_told_why_she_may_not_decide(people: Cast, programme: str) -> None:
    enact(programme)
    one = scenario(programme)
    officer = signed_in(people.officer)
    officer.post(url(one, "/vorlegen"), {"revision": one.revision})
    one.refresh_from_db()
    if programme == "lotsenfonds_nordmark":
        one = allocation.consult(people.head, one, "nichts", at=AT)
    html = page(officer, url(one))
    assert "Sie haben dieses Szenario selbst vorgelegt" in text_of(html)
    assert f'href="{url(one, "/entscheiden")}"' not in html
    refused = officer.post(url(one, "/entscheiden"), {"revision": one.revision})
    assert refused.status_code == 403
    assert not BodyAllocation.objects.exists()
    assert f'href="{url(one, "/entscheiden")}"' in page(signed_in(people.head), url(one))


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    form = typed(page(officer, url(one)))
    form |= {"name": "Mein Name"}
    other = {**form, "name": "Anderer Name"}
    assert signed_in(hesse.head).post(url(one, "/speichern"), other).status_code == 302
    late = officer.post(url(one, "/speichern"), form)
    assert late.status_code == 409
    html = html_of(late.content)
    assert "inzwischen geändert" in text_of(html)
    assert typed(html)["name"] == "Mein Name"
    one.refresh_from_db()
    assert one.name == "Anderer Name"
    assert officer.post(url(one, "/vorlegen"), {"revision": form["revision"]}).status_code == 409
    one.refresh_from_db()
    assert one.state == "draft"


@pytest.mark.parametrize("part", ["", "/entscheiden", "/gesetzt/06435"])
def test_a_body_sees_no_scenario(hesse: Cast, part: str) -> None:
    one = scenario("aqb_hessen")
    for client in (signed_in(hesse.body), signed_in(hesse.provider)):
        assert client.get(LIST).status_code == 403
        assert client.get(url(one, part)).status_code == 403
        assert client.get(f"{LIST}/vergleich?a={one.pk}&b={one.pk}").status_code == 403


def test_the_auditor_may_try_but_not_keep(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    auditor = signed_in(hesse.auditor)
    html = page(auditor, url(one, "?summe=20.000.000,00"))
    assert sum(amounts(html).values()) == 20 * MILLION
    assert url(one, "/speichern") not in html
    assert auditor.post(url(one, "/speichern"), typed(html)).status_code == 403


# --- trying -------------------------------------------------------------------------------


def test_the_address_alone_changes_every_amount_and_writes_nothing(
    people: Cast, programme: str
) -> None:
    one = scenario(programme)
    officer = signed_in(people.officer)
    kept = amounts(page(officer, url(one)))
    html = page(officer, url(one, "?summe=13.500.000,00"))
    shown = amounts(html)
    assert shown.keys() == kept.keys()
    assert sum(shown.values()) == 13_500_000_00
    assert sum(kept.values()) == 27 * MILLION
    assert "So ist es noch nicht gespeichert." in text_of(html)
    assert "Bitte erst speichern" in text_of(html)
    one.refresh_from_db()
    assert (one.total_cents, one.revision) == (27 * MILLION, 1)


def test_without_scripts_the_form_has_its_buttons_and_no_token_in_the_address(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    html = page(signed_in(hesse.officer), url(one))
    form = re.search(r'<form class="zw-whatif".*?</form>', html, re.DOTALL)
    assert form
    assert re.search(r'<form class="zw-whatif" method="get"', form[0])
    assert "Neu berechnen" in form[0]
    fields = re.findall(r"<input[^>]*>", form[0])
    assert not any("csrfmiddlewaretoken" in field for field in fields)
    button = re.search(r'<button[^>]*name="csrfmiddlewaretoken"[^>]*>', form[0])
    assert button
    assert 'formmethod="post"' in button[0]


def test_the_saving_button_brings_a_token_that_is_accepted(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    client = Client(enforce_csrf_checks=True)
    client.force_login(hesse.officer)
    html = page(client, url(one))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"> ?<span', html)
    assert token
    form = {**typed(html), "name": "Neu benannt"}
    assert client.post(url(one, "/speichern"), form).status_code == 403
    sent = client.post(url(one, "/speichern"), {**form, "csrfmiddlewaretoken": token[1]})
    assert sent.status_code == 302
    one.refresh_from_db()
    assert one.name == "Neu benannt"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("summe", "viel", "kein Euro-Betrag"),
        ("summe", "0", "größer als null"),
        ("summe", "-5", "negativ"),
        ("sockel", "1,600", "auf zwei Arten lesen"),
        ("rundung", "0,00", "größer als null"),
        ("veraenderung", "1001", "1000"),
        ("veraenderung", "zehn", "ganze Zahl"),
        ("daten", "999999", "999999"),
        ("name", "", "erforderlich"),
        ("gewicht_sgb2_employable", "-1", "Zahl ab null"),
        ("gewicht_sgb2_employable", "1/3", "Zahl ab null"),
    ],
)
def test_bad_input_is_a_sentence_at_its_field_and_nothing_is_written(
    hesse: Cast, field: str, value: str, sentence: str
) -> None:
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    form = {**typed(page(officer, url(one))), field: value}
    tried = officer.get(url(one), form)
    kept = officer.post(url(one, "/speichern"), form)
    assert (tried.status_code, kept.status_code) == (200, 422)
    for response in (tried, kept):
        html = html_of(response.content)
        assert sentence in text_of(html)
        assert typed(html)[field] == ("" if field == "daten" else value)
        assert amounts(html) == {}
    one.refresh_from_db()
    assert one.revision == 1


def test_impossible_limits_say_why_and_the_form_stays(people: Cast, programme: str) -> None:
    one = scenario(programme)
    officer = signed_in(people.officer)
    html = page(officer, url(one, "?mindest=20.000.000,00"))
    assert "Untergrenzen ergeben zusammen" in text_of(html)
    assert typed(html)["mindest"] == "20.000.000,00"
    assert "Bitte erst speichern" in text_of(html)


def test_weights_that_sum_to_nothing_are_refused_in_words(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    (code,) = one.key["weights"]
    html = page(signed_in(hesse.officer), url(one, f"?gewicht_{code}=0"))
    assert "Gewichte ergeben zusammen null" in text_of(html)


@given(st.fractions(0, 999_999, max_denominator=1).map(lambda whole: whole / 1000))
def test_a_weight_is_typed_as_it_is_shown(weight: Fraction) -> None:
    assert WeightField().clean(weight_text(weight)) == weight


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 6))
def test_a_shown_number_is_exact_or_says_that_it_is_not(value: Fraction, digits: int) -> None:
    shown = figures.plain(value, digits)
    is_marked = shown.startswith(figures.ROUNDED)
    bare = shown.removeprefix(figures.ROUNDED).replace(figures.MINUS, "-")
    read = Fraction(bare.replace(".", "").replace(",", "."))
    assert is_marked == (read != value)
    assert abs(read - value) <= Fraction(1, 2 * 10**digits)


# --- by hand ------------------------------------------------------------------------------


def test_an_amount_set_by_hand_stands_with_its_reason_until_it_is_lifted(
    people: Cast, programme: str
) -> None:
    one, ags = scenario(programme), bodies(programme)[0].ags
    officer = signed_in(people.officer)
    by_key = amounts(page(officer, url(one)))
    asked = page(officer, url(one, f"/gesetzt/{ags}"))
    assert 'name="grund"' in asked
    form = {"betrag": "1.234.500,00", "grund": "Modellversuch", "revision": one.revision}
    assert officer.post(url(one, f"/gesetzt/{ags}"), form).status_code == 302
    html = page(officer, url(one))
    assert "von Hand gesetzt: Modellversuch" in text_of(html)
    assert amounts(html)[ags] == 1_234_500_00
    assert sum(amounts(html).values()) == 27 * MILLION
    one.refresh_from_db()
    lifted = officer.post(url(one, f"/gesetzt/{ags}/aufheben"), {"revision": one.revision})
    assert lifted.status_code == 302
    assert amounts(page(officer, url(one))) == by_key


@pytest.mark.parametrize(
    ("amount", "reason", "sentence"),
    [
        ("1,00", "", "erforderlich"),
        ("90.000.000,00", "zu viel", "zu verteilen sind nur"),
        ("-1", "weniger", "negativ"),
    ],
)
def test_an_amount_by_hand_that_cannot_be_is_refused(
    hesse: Cast, amount: str, reason: str, sentence: str
) -> None:
    one = scenario("aqb_hessen")
    form = {"betrag": amount, "grund": reason, "revision": one.revision}
    response = signed_in(hesse.officer).post(url(one, "/gesetzt/06435"), form)
    assert response.status_code == 422
    assert sentence in text_of(response.content.decode())
    one.refresh_from_db()
    assert one.overrides == {}


def test_a_body_that_does_not_exist_that_year_cannot_be_set(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    assert signed_in(hesse.officer).get(url(one, "/gesetzt/99999")).status_code == 404


# --- what stands beside the figures -------------------------------------------------------


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
    csv = officer.get(url(one, "?export=csv")).content.decode("utf-8-sig")
    assert all("erfunden" in line for line in csv.splitlines()[1:])


def test_a_break_in_the_series_is_said_beside_the_body(hesse: Cast) -> None:
    enact("aqb_hessen", year=2025)
    data = enter_needs("aqb_hessen", 2025)
    draft = allocation.Draft("2025", "", 27 * MILLION, key("aqb_hessen"), data)
    one = allocation.begin(OFFICER, allocation.Start(Fund("aqb_hessen", 2025), draft), at=AT)
    one = allocation.propose(OFFICER, one, at=AT)
    allocation.decide(hesse.head, one, at=AT)
    html = page(signed_in(hesse.officer), url(scenario("aqb_hessen")))
    row = re.search(r"<tr[^>]*><th[^>]*>Main-Kinzig-Kreis.*?</tr>", html, re.DOTALL)
    assert row
    assert "nicht vergleichbar" in row[0]
    assert "gehört Hanau nicht mehr zum Main-Kinzig-Kreis" in text_of(html)
    assert html.count(">nicht vergleichbar<") == 2  # Main-Kinzig-Kreis and Hanau


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
    assert "Vereinbarungen, die dann zu ändern sind" in text_of(html)
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
    assert f"Diese Zweckbindung gibt es im Programmjahr {YEAR} nicht." in text_of(html)


# --- lists, comparison, files -------------------------------------------------------------


def test_the_list_is_filtered_and_says_what_is_free(people: Cast, programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme, name="Vorgelegt"))
    scenario(programme, data=one.data, name="Versuch")
    officer = signed_in(people.officer)
    whole = text_of(page(officer, LIST))
    assert "Versuch" in whole
    assert "30.000.000,00" in whole
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
    for found in ("27.000.000,00", "20.000.000,00", "1.000.000,00"):
        assert found in words
    csv = officer.get(f"{LIST}/vergleich?a={one.pk}&b={other.pk}&export=csv")
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(bodies(programme))
    sums = [sum(cents(line.split(";")[place]) for line in lines[1:]) for place in (2, 3, 4)]
    assert sums == [27 * MILLION, 20 * MILLION, -7 * MILLION]


def cents(written_amount: str) -> int:
    return int(written_amount.replace(",", ""))


@pytest.mark.parametrize("query", ["?a=1&b=", "?a=x&b=y", "?a=999999&b=999999"])
def test_a_comparison_of_nothing_says_what_is_missing(hesse: Cast, query: str) -> None:
    scenario("aqb_hessen")
    response = signed_in(hesse.officer).get(f"{LIST}/vergleich{query}")
    assert response.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in text_of(response.content.decode())


def test_a_decided_scenario_goes_on_as_a_new_one(hesse: Cast) -> None:
    enact("aqb_hessen")
    one = decided("aqb_hessen")
    officer = signed_in(hesse.officer)
    assert 'class="zw-whatif"' not in page(officer, url(one))
    answer = officer.post(url(one, "/fortsetzen"))
    made = Scenario.objects.latest("pk")
    assert answer["Location"] == url(made)
    assert (made.state, made.key, made.total_cents) == ("draft", one.key, one.total_cents)
    assert "schon genau diese Beträge" in text_of(page(officer, url(made)))


def test_the_table_goes_away_as_a_file_with_what_it_rests_on(people: Cast, programme: str) -> None:
    one = scenario(programme)
    officer = signed_in(people.officer)
    answer = officer.get(url(one, "?export=xlsx&summe=13.500.000,00"))
    (sheet,) = load_workbook(BytesIO(answer.content)).sheet_names
    heading, *rows = load_workbook(BytesIO(answer.content)).get_sheet_by_name(sheet).to_python()
    new = heading.index("Neu")
    assert [row[0] for row in rows] == [body.ags for body in bodies(programme)]
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
        client = signed_in(world.enrol_cast().officer) if code == "aqb_hessen" else None
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
        assert found[1] <= 18
