"""Pages of a succession: what waits, the effect while one types, the decision, who sees what."""

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests import worlds
from tests.rooms.money import HEAD, YEAR
from tests.rooms.succession.undivided import (
    DECIDED_ON,
    REASON,
    carried_out,
    declared,
    leaving,
    share_out,
    split,
)
from tests.stage import html_of, moved, press, signed_in
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.packs import naming
from zielwerk.succession import actions
from zielwerk.succession.models import Passage, SuccessionAct
from zielwerk.ui.figures import signed_euro

pytestmark = pytest.mark.django_db
LIST = "/arbeit/rechtsnachfolgen"


@pytest.fixture
def people(programme: str, settings: Settings, db: None) -> Cast:
    settings.PROGRAMME = programme
    cast = worlds.put(world.enrol_cast)
    share_out(programme)
    return cast


@pytest.fixture
def officer(people: Cast) -> Client:
    return signed_in(people.officer)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html_of(answer.content)


def door(programme: str) -> str:
    return f"{LIST}/neu/{split(programme).code}"


def typed(programme: str, of_new: str = "31,5") -> dict[str, str]:
    old, new = leaving(programme)
    return {f"anteil_{old}": "68,5", f"anteil_{new}": of_new, "jahre": str(YEAR)}


def test_from_the_desk_to_the_decision(people: Cast, programme: str, officer: Client) -> None:
    assert door(programme) in page(officer, "/arbeit/")
    assert door(programme) in page(officer, f"{LIST}/neu")
    sent = officer.post(door(programme), {**typed(programme), "grund": REASON}, follow=True)
    assert "Entscheiden muss eine zweite Person." in html_of(sent.content)
    act = SuccessionAct.objects.get()
    assert door(programme) not in page(officer, "/arbeit/")
    own = page(officer, f"{LIST}/{act.pk}/entscheiden", 403)
    assert "Ihrer Rolle nicht gestattet" in own
    head = signed_in(people.head)
    asked = page(head, f"{LIST}/{act.pk}/entscheiden")
    assert REASON in asked
    assert "31,50 %" in asked
    done = press(head, act, "entscheiden")
    assert done.status_code == 302
    act.refresh_from_db()
    assert act.state == "completed"
    shown = page(officer, f"{LIST}/{act.pk}")
    assert naming.short(programme, leaving(programme)[1]) in shown
    assert "3.888,89" in shown


def test_the_effect_is_in_view_while_one_types(programme: str, officer: Client) -> None:
    answer = officer.get(door(programme), typed(programme))
    whole = html_of(answer.content)
    assert "Wer was hat, vorher und nachher" in whole
    assert signed_euro(-3_888_89) in whole
    assert signed_euro(3_888_89) in whole
    part = officer.get(door(programme), typed(programme), headers={"HX-Target": "wirkung"})
    text = html_of(part.content)
    assert text.startswith("<section") or text.lstrip().startswith("<section")
    assert "<html" not in text
    assert signed_euro(3_888_89) in text
    assert not SuccessionAct.objects.exists()


def test_without_a_readable_share_nothing_is_computed(programme: str, officer: Client) -> None:
    wrong = html_of(officer.get(door(programme), typed(programme, "viel")).content)
    assert "Bitte eine Zahl über null angeben" in wrong
    assert "Nicht neu berechnet." in wrong
    assert "Körperschaft und Ort" not in wrong
    assert "Dieses Feld ist zwingend erforderlich" not in wrong


def test_shares_of_the_programme_are_filled_in(programme: str, officer: Client) -> None:
    shown = page(officer, door(programme))
    stated = split(programme).shares
    for ags, share in stated.items():
        assert f'name="anteil_{ags}" value="{share}"' in shown
    assert ("sagt das Regelwerk nicht" in shown) == (not stated)


@pytest.mark.parametrize("lacking", ["grund", "jahre"])
def test_what_lacks_is_told_at_its_field_and_nothing_is_lost(
    programme: str, officer: Client, lacking: str
) -> None:
    said = {**typed(programme), "grund": REASON, "quelle": "Amtsblatt"}
    said.pop(lacking)
    answer: HttpResponse = officer.post(door(programme), said)  # type: ignore[assignment]
    assert answer.status_code == 422
    html = html_of(answer.content)
    assert 'value="31,5"' in html
    assert "Amtsblatt" in html
    assert not SuccessionAct.objects.exists()


def test_a_second_declaration_is_refused_on_the_page(programme: str, officer: Client) -> None:
    declared(programme)
    answer = officer.post(door(programme), {**typed(programme), "grund": REASON})
    assert answer.status_code == 409
    assert "wartet auf die Entscheidung" in html_of(answer.content)
    assert SuccessionAct.objects.count() == 1


def test_whoever_succeeds_finds_what_came_to_it(
    people: Cast, programme: str, officer: Client
) -> None:
    old, new = leaving(programme)
    carried_out(programme)
    for ags in (old, new):
        shown = page(officer, f"/arbeit/koerperschaften/{ags}")
        assert "Rechtsnachfolgen" in shown
        assert "3.888,89" in shown
        assert f"{LIST}/" in shown
    own = page(signed_in(moved(people.body, new)), f"/arbeit/koerperschaften/{new}")
    assert "3.888,89" in own
    assert f"{LIST}/" not in own


def test_bodies_and_providers_see_no_acts(people: Cast, programme: str) -> None:
    act = carried_out(programme)
    for person in (people.body, people.provider):
        assert signed_in(person).get(f"{LIST}/{act.pk}").status_code in (403, 404)
        assert signed_in(person).get(LIST).status_code == 403
    for person in (people.authority, people.auditor):
        assert "3.888,89" in page(signed_in(person), f"{LIST}/{act.pk}")
        assert signed_in(person).get(f"{LIST}/neu").status_code == 403


def test_an_unknown_succession_has_no_page(programme: str, officer: Client) -> None:
    assert officer.get(f"{LIST}/neu/gibtesnicht").status_code == 404


def test_the_page_of_an_act_that_was_given_up_moves_nothing(
    people: Cast, programme: str, officer: Client
) -> None:
    act = actions.reject(HEAD, declared(programme), note="So nicht", at=DECIDED_ON)
    assert "Es ist nichts übergegangen." in page(officer, f"{LIST}/{act.pk}")
    assert not Passage.objects.exists()
    assert door(programme) in page(officer, "/arbeit/")
