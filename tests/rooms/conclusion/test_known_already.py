"""What the system knows of who signs and resolves stands in the form, with where it is from."""

from html import unescape
from typing import Any

import pytest

from tests import worlds
from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import Desk
from tests.rooms.money import AT
from tests.stage import signed_in
from zielwerk.conclusion import actions as conclusion
from zielwerk.conclusion import queries
from zielwerk.conclusion.actions import NewResolution
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.config import world
from zielwerk.identity.models import User
from zielwerk.rulebook.signatures import places_of

HESSE = "aqb_hessen"


def form_of(person: User, case: Conclusion, what: str) -> str:
    answer = signed_in(person).get(f"/arbeit/abschluesse/{case.pk}/{what}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_the_office_that_signs_for_all_is_typed_once(db: None, settings: Any) -> None:
    """In the demo one conclusion is done and another waits: the same office signs for the state."""
    settings.PROGRAMME = HESSE
    cast = worlds.put(world.build)
    waiting = Conclusion.objects.get(state="signing")
    done = Conclusion.objects.get(state="concluded")
    place = next(one for one in places_of(waiting.sides).values() if one.side == "ministry")
    last = Signature.objects.get(conclusion=done, place=place.id)
    before = queries.signed_before(waiting, place)
    assert before
    assert (before.name, before.office, before.number) == (last.name, last.office, done.file_number)
    page = form_of(cast.officer, waiting, f"unterschrift?stelle={place.id}")
    assert f'value="{last.name}"' in page
    assert f'value="{last.office}"' in page
    assert f"Wie zuletzt in {done.file_number}" in page


def test_a_body_is_shown_its_own_last_signature_and_no_other_bodys(db: None, settings: Any) -> None:
    """The one of 2024 that was recorded from paper: what it names stands there, the name too."""
    settings.PROGRAMME = HESSE
    worlds.put(world.build)
    waiting = Conclusion.objects.get(state="signing")
    others = set(Signature.objects.exclude(conclusion=waiting).values_list("name", flat=True))
    for place in places_of(waiting.sides).values():
        before = queries.signed_before(waiting, place) if place.side == "body" else None
        assert before is None or before.name not in others
    recorded = world.agreement_queries.recorded(HESSE, 2024, world.MAIN_KINZIG).get()
    of_body = [one for one in places_of(waiting.sides).values() if one.side == "body"]
    waiting.ags = world.MAIN_KINZIG
    before = queries.signed_before(waiting, of_body[0])
    assert before
    assert (before.name, before.office, before.town, before.number) == (
        *("Thorsten Stolz", "Landrat", "Gelnhausen"),
        recorded.file_number,
    )


@pytest.fixture
def desk(db: None, settings: Any) -> Desk:
    settings.PROGRAMME = HESSE
    return worlds.put(made.desk)


def test_the_first_time_nothing_stands_there_and_nothing_is_said_of_it(desk: Desk) -> None:
    case = made.begun(desk)
    place = next(one for one in places_of(case.sides).values() if one.side == "body")
    page = form_of(desk.body, case, f"unterschrift?stelle={place.id}")
    assert "Wie zuletzt" not in page


def test_what_was_sent_goes_before_what_was_known(db: None, settings: Any) -> None:
    settings.PROGRAMME = HESSE
    cast = worlds.put(world.build)
    waiting = Conclusion.objects.get(state="signing")
    place = next(one for one in places_of(waiting.sides).values() if one.side == "ministry")
    sent = {"name": "Erika Neu", "amt": "", "am": "gestern", "form": ""}
    address = f"/arbeit/abschluesse/{waiting.pk}/unterschrift?stelle={place.id}"
    answer = signed_in(cast.officer).post(address, sent)
    assert answer.status_code == 422
    assert 'value="Erika Neu"' in answer.content.decode()


def test_the_organ_that_resolves_is_typed_once(desk: Desk) -> None:
    case = made.begun(desk)
    organ = "Kreistag des Main-Kinzig-Kreises"
    conclusion.resolve(desk.body, NewResolution(case, organ, AT.date(), "12/2026"), at=AT)
    page = form_of(desk.body, case, "beschluss")
    assert f'value="{organ}"' in page
    assert f"Wie zuletzt in {case.file_number}." in page
    assert 'value="12/2026"' not in page
