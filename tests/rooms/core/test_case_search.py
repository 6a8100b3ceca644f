"""Lists of cases are searched by number, words and whatever the body is called."""

import pytest

from tests import worlds
from tests.stage import signed_in
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.config.cast import BEGAN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wish", ["MKK", "main-kinzig", "06435", "ERF-2024", "kreis mkk"])
def test_an_intake_is_found(wish: str) -> None:
    cast = worlds.put(world.enrol_cast)
    world.record_and_publish(cast, world.main_kinzig(), False, BEGAN)
    number = Intake.objects.get().file_number
    officer = signed_in(cast.officer)
    assert number in officer.get("/arbeit/erfassungen", {"suche": wish}).content.decode()
    for other in (f"{wish} Kassel", "%", "_", "ERF-2023"):
        page = officer.get("/arbeit/erfassungen", {"suche": other}).content.decode()
        assert number not in page, other


def test_a_kind_without_a_body_is_searched_as_well() -> None:
    officer = signed_in(worlds.put(world.enrol_cast).officer)
    page = officer.get("/arbeit/verteilung", {"suche": "MKK %"})
    assert page.status_code == 200
    assert 'name="suche" value="MKK %"' in page.content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (
            "/arbeit/vereinbarungen",
            {"MKK": 1, "Main-Kinzig-Kreis 2024": 1, "ZV-2024": 1, "Kassel": 0},
        ),
        ("/arbeit/massnahmen", {"MKK": 11, "Kassel": 0, "Werkstatt gibt es nicht": 0}),
        (
            "/arbeit/koerperschaften",
            {"MKK": 1, "Kassel": 2, "Kassel Stadt": 1, "Landkreis Kassel": 1},
        ),
    ],
)
def test_every_list_of_bodies_is_searched(address: str, found: dict[str, int]) -> None:
    cast = worlds.put(world.enrol_cast)
    world.record_and_publish(cast, world.main_kinzig(), False, BEGAN)
    officer = signed_in(cast.officer)
    for wish, number in found.items():
        page = officer.get(address, {"suche": wish}).content.decode()
        assert f'name="suche" value="{wish}"' in page
        assert "Filtern und suchen" in page
        assert len(rows_of(page)) == number, wish


def rows_of(page: str) -> list[str]:
    return (
        page.split("<tbody", 1)[1].split("</tbody>", 1)[0].split("<tr")[1:]
        if "<tbody" in page
        else []
    )


def test_a_list_without_words_to_type_is_only_filtered() -> None:
    page = signed_in(worlds.put(world.enrol_cast).officer).get("/arbeit/jahr/2024").content.decode()
    assert "Filtern" in page
    assert "Filtern und suchen" not in page
