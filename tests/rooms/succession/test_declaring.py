"""What whoever declares and whoever decides must not miss, and what stands in no address."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests import worlds
from tests.rooms.money import YEAR, decided, enact
from tests.rooms.succession.south import CODE, ENZWALD, MURGWALD, RENAMED, change_of, grant
from tests.rooms.succession.undivided import AT, OFFICER, declaration, leaving, split
from tests.stage import html_of, signed_in
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.succession import actions
from zielwerk.succession.models import SuccessionAct

pytestmark = pytest.mark.django_db
LIST = "/arbeit/rechtsnachfolgen"
DOOR = f"{LIST}/neu/{CODE}"
OTHERS = "Andere Anteile als im Regelwerk"
OWN = "Nachfolger haben schon eigene Zuweisungen"
AS_RULED = {f"anteil_{ENZWALD}": "75", f"anteil_{MURGWALD}": "25", "jahre": "2026"}
AS_STATED = {**AS_RULED, f"anteil_{ENZWALD}": "80", f"anteil_{MURGWALD}": "20"}
SECRET = {"grund": "Vertrauliche Absprache", "quelle": "Aktenvermerk 7"}


@pytest.fixture
def cast(south: None) -> Cast:
    cast = worlds.put(world.enrol_cast)
    grant(ENZWALD, 300_00, 200_00)
    return cast


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)


def page(client: Client, address: str, typed: dict[str, str] | None = None) -> str:
    answer = client.get(address, typed)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return html_of(answer.content)


def announced(html: str) -> str:
    region = re.search(r'<section[^>]*id="wirkung".*?data-announce="([^"]*)"', html)
    assert region
    return " ".join(region[1].split())


def test_other_shares_than_the_programmes_are_told_to_both_persons(
    cast: Cast, officer: Client
) -> None:
    assert OTHERS not in page(officer, DOOR)
    assert OTHERS not in page(officer, DOOR, AS_RULED)  # 75 and 25 are 3 and 1
    typed = page(officer, DOOR, AS_STATED)
    sent = officer.post(DOOR, {**AS_STATED, **SECRET})
    assert sent.status_code == 302
    act = SuccessionAct.objects.get()
    shown = page(officer, f"{LIST}/{act.pk}")
    asked = page(signed_in(cast.head), f"{LIST}/{act.pk}/entscheiden")
    for html in (typed, shown, asked):
        assert OTHERS in html
        sentence = html[html.index("Das Regelwerk sagt") :][:300]
        assert re.search(r"75,00 %.*25,00 %.*angegeben ist.*80,00 %.*20,00 %", sentence)


def test_an_act_with_the_programmes_shares_warns_of_nothing(cast: Cast, officer: Client) -> None:
    officer.post(DOOR, {**AS_RULED, **SECRET})
    shown = page(officer, f"{LIST}/{SuccessionAct.objects.get().pk}")
    assert OTHERS not in shown
    assert OWN not in shown


def test_allocations_of_the_successors_own_are_told_to_both_persons(
    programme: str, settings: Settings
) -> None:
    settings.PROGRAMME = programme
    cast = worlds.put(world.enrol_cast)
    enact(programme)
    decided(programme)  # by figures that count whoever begins apart
    officer, (old, new) = signed_in(cast.officer), leaving(programme)
    door = f"{LIST}/neu/{split(programme).code}"
    shares = {f"anteil_{old}": "7", f"anteil_{new}": "3"}
    assert OWN not in page(officer, door, shares)
    typed = page(officer, door, {**shares, "jahre": str(YEAR)})
    act = actions.declare(OFFICER, declaration(programme), at=AT)
    shown = page(officer, f"{LIST}/{act.pk}")
    asked = page(signed_in(cast.head), f"{LIST}/{act.pk}/entscheiden")
    for html in (typed, shown, asked):
        assert OWN in html
        assert f"haben die Nachfolger schon für: {YEAR}" in html


def test_what_is_written_stands_in_no_address(officer: Client) -> None:
    """While one types, the shares and years alone are asked about; the button posts."""
    html = page(officer, DOOR)
    form = re.search(r'<form method="post" class="zw-form".*?</form>', html)
    assert form
    before, asking = form[0].split("hx-get=")
    asking, after = asking.split('</div> <div class="zw-fields">')
    assert 'hx-include="this"' in asking
    assert "anteil_" in asking
    assert 'name="jahre"' in asking
    for name in ("grund", "quelle", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in before + after
        assert f'name="{name}"' not in asking
    assert SECRET["grund"] not in page(officer, DOOR, {**AS_STATED, **SECRET})


def test_without_scripts_the_button_computes_and_the_text_stays(officer: Client) -> None:
    answer = officer.post(DOOR, {**AS_STATED, **SECRET, "berechnen": "1"})
    assert answer.status_code == 200
    html = html_of(answer.content)
    for said in ("100,00", SECRET["grund"], SECRET["quelle"], OTHERS):
        assert said in html
    assert not SuccessionAct.objects.exists()
    early = html_of(officer.post(DOOR, {**AS_STATED, "berechnen": "1"}).content)
    assert "Dieses Feld ist zwingend erforderlich" not in early


def test_the_result_is_one_sentence_that_is_announced(officer: Client) -> None:
    html = page(officer, DOOR, AS_RULED)
    said = announced(html)
    assert re.fullmatch(r"Es gehen 125,00.€ über; Anteile: .*75,00.%, .*25,00.%\.", said)
    assert "aria-live" not in html[html.index('id="wirkung"') :].split("</section>")[0]


def test_wrong_input_says_its_error_in_the_result(officer: Client) -> None:
    wrong = {**AS_RULED, f"anteil_{MURGWALD}": "viel"}
    part = officer.get(DOOR, wrong, headers={"HX-Target": "wirkung"})
    html = html_of(part.content)
    assert announced(html).startswith("Nicht neu berechnet. Anteil: Murgwald: Bitte eine Zahl")
    assert f'href="#id_anteil_{MURGWALD}"' in html
    assert "Körperschaft und Ort" not in html


def test_shares_say_that_their_ratio_counts(officer: Client) -> None:
    html = page(officer, DOOR)
    assert "Anteil: Enzwald" in html
    assert html.count("Es zählt das Verhältnis: 70 und 30 oder 3 und 1.") == 2


def test_a_renaming_under_the_same_key_is_not_offered(officer: Client) -> None:
    grant(change_of(RENAMED).predecessors[0], 100_00)
    assert DOOR in page(officer, f"{LIST}/neu")
    for address in (f"{LIST}/neu", "/arbeit/"):
        assert f"{LIST}/neu/{RENAMED}" not in page(officer, address)
    assert "nichts: der Schlüssel bleibt derselbe" in page(officer, f"{LIST}/neu")
