"""What a body plans in a year is summed once: on the page, above its list and below it alike."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from tests.rooms.measures.test_planned_pages import AT, LIST, YEAR, body, planned, whole
from tests.stage import html_of
from zielwerk.config.world import Cast
from zielwerk.measures import actions
from zielwerk.measures.actions import NewPlan
from zielwerk.rulebook.planned import Plan

__all__ = ["body", "whole"]
pytestmark = pytest.mark.django_db


def test_what_was_given_up_and_another_year_are_in_no_sum_with_what_is_planned(
    cast: Cast, body: Client, whole: Plan
) -> None:
    planned(cast, whole)
    planned(cast, replace(whole, title="Kurs"))
    dropped = planned(cast, replace(whole, title="Werkstatt"))
    actions.drop(cast.body, dropped, note="Kein Träger", at=AT)
    page = html_of(body.get(f"{LIST}?jahr={YEAR}").content)
    above, _, below = page.partition("Gefiltert nach")
    told = re.sub(r"<[^>]+>|\s+", " ", above)
    assert re.search(r"Maßnahmen, die weiter geplant sind\s+2", told)
    sums = re.sub(r"<[^>]+>", " ", below.partition("<tfoot")[2].partition("</tfoot")[0])
    assert "weiter geplant (2)" in sums
    assert "nicht weiter geplant (1)" in sums
    assert "240.000" not in sums
    actions.plan(
        cast.body, NewPlan(settings.PROGRAMME, YEAR - 1, cast.body.ags, Plan("Vorher")), at=AT
    )
    both = html_of(body.get(LIST).content).partition("<tfoot")[2]
    assert f"Summe {YEAR}, weiter geplant (2)" in re.sub(r"<[^>]+>", "", both)
    assert f"Summe {YEAR - 1}, weiter geplant (1)" in re.sub(r"<[^>]+>", "", both)
