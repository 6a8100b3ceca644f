"""What was typed about a target is kept, and what was given up asks nobody for anything."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.rooms.measures.test_planned_pages import AT, LIST, YEAR, body, page_of, planned, whole
from tests.stage import html_of, press
from zielwerk.config.world import Cast
from zielwerk.measures import actions
from zielwerk.measures.actions import TakeOver
from zielwerk.measures.models import OverallTarget
from zielwerk.rulebook.planned import Plan

__all__ = ["body", "whole"]
TARGETS = "/arbeit/uebergreifende-ziele"
NEW = f"{TARGETS}/neu?jahr={YEAR}"


def test_a_target_in_words_keeps_its_assumption_and_its_source(body: Client) -> None:
    sent = {"kind": "words", "words": "Abends ist offen.", "has_baseline": ""}
    sent |= {"assumption": "Zwei Lehrkräfte sind da", "data_source": "Aushang"}
    assert body.post(NEW, sent).status_code == 302
    overall = OverallTarget.objects.get()
    page = html_of(body.get(f"{TARGETS}/{overall.pk}").content)
    assert "Annahme: Zwei Lehrkräfte sind da." in page
    assert "Datenquelle: Aushang." in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": "words", "subgroup": "group"}, "nennt seine Zielgruppe im Wortlaut"),
        ({"kind": "words", "has_baseline": "known"}, "hat keinen Ausgangswert"),
        ({"kind": "observation", "value": "20"}, "weder Zielwert noch Planverlauf"),
        ({"kind": "observation", f"month-{YEAR}-06": "9"}, "weder Zielwert noch Planverlauf"),
    ],
)
def test_what_a_target_of_a_kind_has_not_is_told_and_stays_typed(
    body: Client, whole: Plan, typed: dict[str, Any], told: str
) -> None:
    if "subgroup" in typed:
        typed = typed | {"subgroup": whole.target_groups[0]}
    answer = body.post(NEW, {"assumption": "Wie bisher", **typed})
    page = html_of(answer.content)
    assert answer.status_code == 422
    assert told in page
    assert "Wie bisher" in page
    assert not OverallTarget.objects.exists()


def test_what_was_given_up_asks_for_no_review(cast: Cast, body: Client, whole: Plan) -> None:
    last = planned(cast, replace(whole, title="Kurs"), YEAR - 1)
    planned(cast, whole, YEAR - 1)
    wish = TakeOver(settings.PROGRAMME, YEAR, cast.body.ags)
    taken = actions.take_over(cast.body, wish, at=AT)
    dropped = next(each for each in taken if each.carried_from_id == last.pk)
    asked = sum(each.review_count for each in taken if each != dropped)
    actions.drop(cast.body, dropped, note="Kein Träger", at=AT)
    assert f"{asked} übernommene Angabe" in html_of(body.get("/arbeit/").content)
    below = html_of(body.get(f"{LIST}?zu_pruefen=on").content)
    assert page_of(dropped) not in below
    assert len(re.findall(r"zu prüfen: \d", below)) == 1
    everything = html_of(body.get(f"{LIST}?jahr={YEAR}").content)
    assert len(re.findall(r"zu prüfen: \d", everything)) == 1


def test_what_is_ready_is_not_offered_as_a_form_that_could_not_be_kept(
    cast: Cast, body: Client, whole: Plan
) -> None:
    measure = planned(cast, whole)
    assert press(body, measure, "fertig").status_code == 302
    for door in ("aendern", "ziele/0"):
        answer = body.get(f"{page_of(measure)}/{door}")
        assert (answer.status_code, answer["Location"]) == (302, page_of(measure))
