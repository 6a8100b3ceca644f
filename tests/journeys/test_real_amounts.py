"""The amounts of real agreements never stand under a mark of invention, wherever they show."""

import re
from csv import reader

import pytest
from django.test import Client

from tests.rooms.allocation.scenario_page import LIST, page, text_of
from tests.stage import signed_in
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config import world

pytestmark = pytest.mark.django_db
GIVEN = "/arbeit/zuweisungen"
REAL = {world.MAIN_KINZIG: "1600100,00", **dict.fromkeys(world.PUBLIC_AMOUNTS, "1140300,00")}


@pytest.fixture
def officer(db: None, settings: object) -> Client:
    settings.PROGRAMME = world.HESSE  # type: ignore[attr-defined]
    cast = world.enrol_cast()
    world.one_year(cast, world.demo_year())
    return signed_in(cast.officer)


def rows(client: Client, url: str) -> dict[str, list[str]]:
    """The rows of a file by the key of their body."""
    text = client.get(f"{url}{'&' if '?' in url else '?'}export=csv").getvalue().decode("utf-8-sig")
    return {row[0]: row for row in reader(text.splitlines(), delimiter=";")}


def test_what_a_real_agreement_names_is_nowhere_called_invented(officer: Client) -> None:
    case = Scenario.objects.get()
    compared = f"{LIST}/vergleich?a={case.pk}&b={case.pk}"
    for url in (GIVEN, f"{LIST}/{case.pk}", compared):
        found = rows(officer, url)
        for ags, amount in REAL.items():
            assert amount in found[ags]
            assert "erfunden" not in " ".join(found[ags])
        made_up = [row for ags, row in found.items() if ags.isdigit() and ags not in REAL]
        assert made_up
        assert all("erfunden" in " ".join(row) for row in made_up)
    for ags in REAL:
        given = BodyAllocation.objects.get(ags=ags)
        assert "erfunden" not in text_of(page(officer, f"{GIVEN}/{given.pk}"))
        row = page(officer, f"{LIST}/{case.pk}").split(f'id="zeile-{ags}"')[1].split("</tr>")[0]
        assert "erfunden" not in re.sub(r"<[^>]*>", " ", row)
        assert "aus der veröffentlichten Vereinbarung" in row
    words = text_of(page(officer, f"{LIST}/{case.pk}"))
    assert "Von Hand gesetzte Beträge beruhen nicht darauf" in words
