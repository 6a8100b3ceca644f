"""Amounts that a paper names beside its total: shown as they were read, and as they change."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.journeys.programmes import HESSE
from tests.stage import AT, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.actions import Review
from zielwerk.agreements.forms import ReviewForm, read_text
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.rulebook.agreement import Terms

CAMP, PURPOSE = "Kompass-Camp", "Spezifische Sprachförderangebote und Qualifizierungen"


@pytest.fixture
def intake(cast: world.Cast) -> Intake:
    """A text whose total is partly for a purpose, and one measure of which has its amount."""
    text = HESSE.file.read_text(encoding="utf-8")
    text = text.replace("1.140.300 Euro", "1.140.300 Euro, davon 90.000 Euro für Sprachförderung,")
    text = text.replace("Kompass -Camp", "Kompass-Camp (84.500 Euro)")
    return actions.begin(cast.officer, read_text("text.txt", text.encode()), at=AT)


def shown(cast: world.Cast, route: str, intake: Intake) -> str:
    page = signed_in(cast.head).get(reverse(f"agreements:{route}", args=[intake.pk]))
    plain = strip_tags(page.content.decode()).replace("&nbsp;", " ")
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


def accepted(cast: world.Cast, intake: Intake, terms: Terms) -> Intake:
    review = Review(terms, tuple(intake.doubts), intake.revision)
    intake = actions.review(cast.officer, intake, review, at=AT)
    return actions.accept(cast.officer, intake, at=AT)


def test_a_purpose_is_shown_with_its_amount_at_the_review_and_at_its_case(
    cast: world.Cast, intake: Intake
) -> None:
    review = shown(cast, "review", intake)
    assert f"{PURPOSE} – 90.000,00 €" in review
    assert "(im Text ohne Betrag genannt)" not in review
    case = shown(cast, "intake", accepted(cast, intake, intake.content))
    assert f"{PURPOSE} (90.000,00 €; im Gesamtbetrag enthalten)" in case
    assert f"{PURPOSE} (ohne Betrag" not in case


def test_a_corrected_amount_is_told_to_the_second_person(cast: world.Cast, intake: Intake) -> None:
    measures = [
        replace(one, amount_cents=48_500_00) if one.title == CAMP else one
        for one in intake.content.measures
    ]
    earmarks = [
        replace(one, amount_cents=60_000_00) if one.amount_cents else one
        for one in intake.content.earmarks
    ]
    terms = replace(intake.content, measures=tuple(measures), earmarks=tuple(earmarks))
    case = shown(cast, "intake", accepted(cast, intake, terms))
    assert f"{CAMP} (Ausbildungsvorbereitung); 84.500,00 €" in case
    assert f"{CAMP} (Ausbildungsvorbereitung); 48.500,00 €" in case
    assert f"{PURPOSE} (90.000,00 €; im Gesamtbetrag enthalten)" in case
    assert f"{PURPOSE} (60.000,00 €; im Gesamtbetrag enthalten)" in case


def test_an_amount_beside_a_title_that_cannot_be_read_can_be_entered(cast: world.Cast) -> None:
    text = HESSE.file.read_text(encoding="utf-8")
    text = text.replace("Kompass -Camp", "Kompass-Camp (84.500:00 Euro)")
    intake = actions.begin(cast.officer, read_text("text.txt", text.encode()), at=AT)
    form = ReviewForm(intake, user=cast.officer, today=AT.date())
    (group,) = (one for one in form.groups() if "measures[1].amount_cents" in one.doubts)
    assert "measures[1].amount_cents" in [field.name for field in group.fields]
    fields = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in fields.items() if value not in (None, False)}
    sent["measures[1].amount_cents"] = "84.500,00"
    reviewed = ReviewForm(intake, sent, user=cast.officer, today=AT.date())
    assert reviewed.is_valid(), reviewed.errors
    assert reviewed.review().terms.measures[1].amount_cents == 84_500_00
