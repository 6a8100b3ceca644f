"""Sharing out the money through the doors: try, keep, put forward, decide, compare."""

import re
from fractions import Fraction

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.allocation.scenario_page import LIST, amounts, page, text_of, typed, url
from tests.rooms.money import (
    AT,
    MILLION,
    YEAR,
    bodies,
    enact,
    enter_needs,
    scenario,
)
from tests.stage import html_of, signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.forms.fields import WeightField
from zielwerk.allocation.forms.scenario import weight_text
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config.world import Cast
from zielwerk.core import kept
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.packs import loading as packs
from zielwerk.ui import figures

pytestmark = pytest.mark.django_db


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
        asked = {"note": "keine Einwände", "revision": one.revision}
        assert officer.post(url(one, "/beirat-hoeren"), asked).status_code == 302
        one.refresh_from_db()
    label = packs.load(programme, YEAR).procedure("allocation")[-1].label
    assert label in page(head, url(one, "/entscheiden"))
    assert head.post(url(one, "/entscheiden"), {"revision": one.revision}).status_code == 302
    one.refresh_from_db()
    assert one.state == "allocated"

    own = signed_in(people.body)
    listed = text_of(page(own, "/arbeit/zuweisungen"))
    for body in bodies(programme):
        given = BodyAllocation.objects.get(ags=body.ags)
        is_own = body.ags == people.body.ags
        assert (body.name in listed) == is_own
        page(own, f"/arbeit/zuweisungen/{given.pk}", 200 if is_own else 404)
    shown = amounts(page(head, url(one)))
    assert shown == one.result
    assert sum(shown.values()) == 26 * MILLION


def test_who_put_it_forward_is_told_why_she_may_not_decide(people: Cast, programme: str) -> None:
    enact(programme)
    one = scenario(programme)
    head = signed_in(people.head)
    head.post(url(one, "/vorlegen"), {"revision": one.revision})
    one.refresh_from_db()
    if programme == "lotsenfonds_nordmark":
        one = allocation.consult(people.head, one, note="nichts", at=AT)
    html = page(head, url(one))
    assert "Sie haben dieses Szenario selbst vorgelegt" in text_of(html)
    assert f'href="{url(one, "/entscheiden")}"' not in html
    refused = head.post(url(one, "/entscheiden"), {"revision": one.revision})
    assert refused.status_code == 403
    assert not BodyAllocation.objects.exists()
    other = Enrolment("s@example.org", "Swantje", "", "ministry_steering", "Ministerium")
    second = enrol(Operator("cli:test"), other, at=AT)
    assert f'href="{url(one, "/entscheiden")}"' in page(signed_in(second), url(one))


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(hesse: Cast) -> None:
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    form = typed(page(officer, url(one)))
    form |= {"name": "Mein Name"}
    other = {**form, "name": "Anderer Name"}
    assert signed_in(hesse.head).post(url(one, "/speichern"), other).status_code == 302
    form[kept.MARK] = kept.mark(hesse.officer.audit_name)
    own = {"Sec-Fetch-Site": "same-origin"}
    late = officer.post(url(one, "/speichern"), form, headers=own, follow=True)
    html = html_of(late.content)
    assert "inzwischen geändert" in text_of(html)
    assert typed(html)["name"] == "Mein Name"
    assert "Jetziger Stand: Anderer Name" in text_of(html)
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
    form = re.search(r'<form class="zw-params".*?</form>', html, re.DOTALL)
    assert form
    assert re.search(r'<form class="zw-params" id="parameter" method="get"', form[0])
    assert "Berechnen" in form[0]
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
        ("veraenderung", "zehn", "Prozentsatz von 0 bis 1000"),
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


def test_what_cannot_be_shared_out_is_kept_with_one_sentence_that_is_no_success(
    hesse: Cast,
) -> None:
    one = scenario("aqb_hessen")
    officer = signed_in(hesse.officer)
    form = {**typed(page(officer, url(one))), "mindest": "9.000.000,00"}
    answer = officer.post(url(one, "/speichern"), form, follow=True)
    html = html_of(answer.content)
    kept_so = f"Gespeichert: {one.file_number} {one.name}, aber so nicht verteilbar."
    title = " ".join(html[html.index("<title>") + 7 : html.index("</title>")].split())
    assert title.startswith(kept_so)
    assert "Fehler" not in title
    said = html[html.index('class="zw-said') : html.index("<h1")]
    assert kept_so in said
    assert "Warnung" in said
    assert "Erfolg" not in said
    assert 'class="zw-said' not in page(officer, url(one))


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
