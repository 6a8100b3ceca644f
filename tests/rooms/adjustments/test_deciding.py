"""Whoever decides over a body's money sees what it does, and to which agreement."""

import re
from html import unescape
from typing import Any

import pytest

from tests import worlds
from tests.rooms.money import AT, EURO, MILLION, OFFICER, YEAR, decided, enact
from tests.stage import press, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.ledger import actions as ledger
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.money import Cents, format_euro
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
LIST = "/arbeit/mittelaenderungen"
LITTLE = 100_000 * EURO


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    return worlds.put(world.enrol_cast)


def words(response: Any) -> str:
    html = response.content.decode()
    text = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(text).split())


MONEY = f"Barmittel {YEAR}"


def kind(cents: int) -> str:
    """An amount of this year's money, as a table of whole euros shows it."""
    return f"{whole(cents)} {MONEY}"


def listed(cents: int, pending: int = 0) -> str:
    """What can be waived, and what of it is in open declarations."""
    of = f"Mittel ohne Zweckbindung {MONEY} {whole(cents)}" if cents else ""
    all_kinds = f"Mittel ohne Zweckbindung alle Mittelarten zusammen {whole(pending)}"
    return f"{of} {YEAR} {all_kinds}".strip() if pending else of


def held(programme: str, ags: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).of(ags).total_cents


def euro(cents: int) -> str:
    return " ".join(format_euro(Cents(cents)).split())


def whole(cents: int) -> str:
    """As a table of whole euros shows it."""
    return euro(cents).replace(",00", "")


def waiver(people: Cast, programme: str, cents: int) -> Adjustment:
    fund = Fund(programme, YEAR)
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, people.body.ags, cents, "Bedarf sinkt")
    return adjustments.declare(people.officer, move, at=AT)


def agree(programme: str, ags: str, cents: int) -> None:
    agreed = ledger.Agreed(programme, YEAR, ags, cents, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)


def test_the_page_that_asks_tells_what_the_body_keeps_and_what_of_it_is_agreed(
    people: Cast, programme: str
) -> None:
    own = people.body.ags
    had = held(programme, own)
    agree(programme, own, had - LITTLE)
    everything = waiver(people, programme, LITTLE)
    text = words(signed_in(people.head).get(f"{LIST}/{everything.pk}/entscheiden"))
    assert f"zusammen {kind(had)} {kind(had - LITTLE)}" in text  # before, after
    assert f"zugewiesen, nicht vereinbart {kind(LITTLE)} {whole(0)}" in text
    assert f": vereinbart {kind(had - LITTLE)} {kind(had - LITTLE)}" in text
    assert f"nicht zugewiesen {whole(0)} {kind(LITTLE)}" in text
    press(signed_in(people.head), everything, "entscheiden")
    assert held(programme, own) == had - LITTLE


def test_agreed_money_is_not_waived_before_the_agreement_is_changed(
    people: Cast, programme: str
) -> None:
    own = people.body.ags
    agreed = held(programme, own) - LITTLE
    agree(programme, own, agreed)
    body = signed_in(people.body)
    assert listed(LITTLE) in words(body.get(f"{LIST}/verzicht"))
    sent = {"jahr": YEAR, "zweck": "", "betrag": "100.000,01", "begruendung": "Bedarf sinkt"}
    refused = body.post(f"{LIST}/verzicht", sent)
    assert refused.status_code == 409
    assert f"Vorhanden sind {euro(LITTLE)} ({MONEY}), bewegt werden sollen" in words(refused)
    assert f"Vereinbart sind außerdem {euro(agreed)} ({MONEY})." in words(refused)
    assert 'href="/arbeit/vereinbarungen"' in refused.content.decode()
    assert not Adjustment.objects.exists()


def test_what_others_declared_already_stands_beside_what_can_be_waived(
    people: Cast, programme: str
) -> None:
    had = held(programme, people.body.ags)
    body = signed_in(people.body)
    assert listed(had) in words(body.get(f"{LIST}/verzicht"))
    first, second = (waiver(people, programme, had) for _ in range(2))
    assert listed(had, 2 * had) in words(body.get(f"{LIST}/verzicht"))
    more = {"jahr": YEAR, "zweck": "", "betrag": "99.000.000", "begruendung": "mehr"}
    refused = body.post(f"{LIST}/verzicht", more)
    told = f"in offenen Erklärungen stehen davon, alle Mittelarten zusammen, {euro(2 * had)}."
    assert told in words(refused)
    press(signed_in(people.head), first, "entscheiden")
    assert listed(0, had) in words(body.get(f"{LIST}/verzicht"))
    assert listed(had) not in words(body.get(f"{LIST}/verzicht"))
    blocked = words(signed_in(people.head).get(f"{LIST}/{second.pk}/entscheiden"))
    assert f"Vorhanden sind {euro(0)}, bewegt werden sollen" in blocked  # not its own as another's


def test_the_refusal_stands_at_the_amount(people: Cast) -> None:
    sent = {"jahr": YEAR, "zweck": "", "betrag": "99.000.000", "begruendung": "zu viel"}
    html = signed_in(people.body).post(f"{LIST}/verzicht", sent).content.decode()
    (field,) = re.findall(r"<input[^>]*name=\"betrag\"[^>]*>", html)
    assert 'aria-invalid="true"' in field
    assert 'href="#id_betrag">Betrag: Vorhanden sind' in html
