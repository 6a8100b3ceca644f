"""For which body and year something is planned is what the address says, or is asked for."""

import pytest
from django.test import Client

from tests.rooms.measures.test_planned_pages import LIST, YEAR, body
from tests.stage import html_of
from zielwerk.measures.models import OverallTarget, PlannedMeasure

__all__ = ["body"]
OTHERS = "/arbeit/uebergreifende-ziele/neu"
DOORS = [f"{LIST}/{name}" for name in ("neu", "einfuegen", "vorjahr")] + [OTHERS]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("year", ["2999", "1999", "abc", "²"])
def test_nobody_plans_for_another_year_than_she_named(body: Client, door: str, year: str) -> None:
    sent = {
        "title": "Kurs",
        "kind": "words",
        "words": "Ziel",
        "tabelle": "Titel\nKurs",
        "write": "1",
    }
    for answer in (body.get(door, {"jahr": year}), body.post(f"{door}?jahr={year}", sent)):
        assert "für welches Programmjahr?" in html_of(answer.content)
    assert not PlannedMeasure.objects.exists()
    assert not OverallTarget.objects.exists()
    assert str(YEAR) in html_of(body.get(door, {"jahr": YEAR}).content)
