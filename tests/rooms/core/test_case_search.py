"""Lists of cases are searched by number, words and whatever the body is called."""

import pytest

from tests.stage import signed_in
from zielwerk.agreements.models import Intake
from zielwerk.config import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wish", ["MKK", "main-kinzig", "06435", "ERF-2024", "kreis mkk"])
def test_an_intake_is_found(wish: str) -> None:
    cast = world.enrol_cast()
    world.record_and_publish(cast, world.main_kinzig(), False, world.BEGAN)
    number = Intake.objects.get().file_number
    officer = signed_in(cast.officer)
    assert number in officer.get("/arbeit/erfassungen", {"suche": wish}).content.decode()
    for other in (f"{wish} Kassel", "%", "_", "ERF-2023"):
        page = officer.get("/arbeit/erfassungen", {"suche": other}).content.decode()
        assert number not in page, other


def test_a_kind_without_a_body_is_searched_as_well() -> None:
    officer = signed_in(world.enrol_cast().officer)
    page = officer.get("/arbeit/verteilung", {"suche": "MKK %"})
    assert page.status_code == 200
    assert 'name="suche" value="MKK %"' in page.content.decode()
