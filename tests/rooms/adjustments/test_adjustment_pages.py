"""Money that moves during the year, through the doors: waive, give anew, cover."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.rooms.money import (
    AT,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
)
from tests.stage import press, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.ledger import actions as ledger
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
LIST = "/arbeit/mittelaenderungen"
LITTLE = 100_000_00


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    """A year whose money is shared out, all of it."""
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    return worlds.put(world.enrol_cast)


def text(response: Any) -> str:
    html = response.content.decode()
    words = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(words).split())


def form(**changes: str) -> dict[str, str]:
    plain = {"jahr": str(YEAR), "zweck": "", "betrag": "100.000,00", "begruendung": "Kurs entfällt"}
    return {**plain, **changes}


def stand(programme: str, ags: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).bodies[ags].total_cents


def other_body(people: Cast, programme: str) -> str:
    return next(one.ags for one in bodies(programme) if one.ags != people.body.ags)


def test_waived_money_reaches_another_body_by_two_pairs_of_eyes_each(
    people: Cast, programme: str
) -> None:
    own, other = people.body.ags, other_body(people, programme)
    before = stand(programme, own), stand(programme, other)
    body, officer, head = (signed_in(one) for one in (people.body, people.officer, people.head))
    body.post(f"{LIST}/verzicht", form())
    waiver = Adjustment.objects.get()
    assert (waiver.kind, waiver.ags, waiver.state) == ("waiver", own, "declared")
    assert "Entscheiden und buchen" not in text(body.get(f"{LIST}/{waiver.pk}"))
    assert press(head, waiver, "entscheiden").status_code == 302
    assert stand(programme, own) == before[0] - LITTLE

    page = officer.get(f"{LIST}/{waiver.pk}").content.decode()
    (go_on,) = re.findall(rf'href="({LIST}/umverteilung\?[^"]*)"', page)
    prefilled = officer.get(unescape(go_on)).content.decode()
    assert f'<option value="{waiver.pk}" selected' in prefilled
    assert 'value="100.000,00' in prefilled
    officer.post(f"{LIST}/umverteilung", form(ags=other, folgt=str(waiver.pk)))
    gives = Adjustment.objects.get(kind="reallocation")
    assert gives.follows == waiver
    assert press(officer, gives, "entscheiden").status_code == 403
    assert press(head, gives, "entscheiden").status_code == 302
    assert (stand(programme, own), stand(programme, other)) == (
        before[0] - LITTLE,
        before[1] + LITTLE,
    )
    head.get("/arbeit/")  # where the decision is told
    way = text(head.get(f"{LIST}/{waiver.pk}"))
    assert way.index("Verzicht") < way.index("Umverteilung") < way.index("Ergänzender Bescheid")
    assert gives.file_number in way


def test_a_body_sees_its_own_moves_and_not_where_its_money_went(
    people: Cast, programme: str
) -> None:
    other = other_body(people, programme)
    waiver = declared(people, programme, AdjustmentKind.WAIVER, people.body.ags)
    waiver = adjustments.decide(people.head, waiver, at=AT)
    gives = declared(people, programme, AdjustmentKind.REALLOCATION, other, follows=waiver)
    gives = adjustments.decide(people.head, gives, at=AT)
    body = signed_in(people.body)
    listed = body.get(LIST)
    assert waiver.file_number in text(listed)
    assert gives.file_number not in text(listed)
    one = text(body.get(f"{LIST}/{waiver.pk}"))
    assert gives.file_number not in one
    assert other not in one
    assert body.get(f"{LIST}/{gives.pk}").status_code == 404
    csv = body.get(f"{LIST}?export=csv").getvalue().decode("utf-8-sig")
    assert len(csv.splitlines()) == 2


def declared(
    people: Cast, programme: str, kind: AdjustmentKind, ags: str, **more: Any
) -> Adjustment:
    move = adjustments.Move(kind, Fund(programme, YEAR), ags, LITTLE, "Bedarf", **more)
    return adjustments.declare(people.officer, move, at=AT)


def test_a_body_waives_nothing_but_its_own(people: Cast, programme: str) -> None:
    body = signed_in(people.body)
    body.post(f"{LIST}/verzicht", form(ags=other_body(people, programme)))
    assert Adjustment.objects.get().ags == people.body.ags
    for path in ("umverteilung", "deckung"):
        assert body.get(f"{LIST}/{path}").status_code == 403
        assert body.post(f"{LIST}/{path}", form()).status_code == 403
    for person in (people.authority, people.auditor):
        client = signed_in(person)
        assert client.get(LIST).status_code == 200
        assert client.post(f"{LIST}/verzicht", form(ags=people.body.ags)).status_code == 403


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"betrag": "viel"}, 422, "kein Euro-Betrag"),
        ({"betrag": "-1"}, 422, "negativ"),
        ({"betrag": "0"}, 409, "größer als null"),
        ({"betrag": "99.000.000"}, 409, "Vorhanden sind"),
        ({"begruendung": ""}, 422, "erforderlich"),
        ({"begruendung": "   "}, 422, "erforderlich"),
        ({"jahr": "1999"}, 422, "1999"),
        ({"zweck": "erdacht"}, 422, "erdacht"),
    ],
)
def test_what_cannot_be_declared_is_a_sentence_and_nothing_is_written(
    people: Cast, changes: dict[str, str], status: int, sentence: str
) -> None:
    response = signed_in(people.body).post(f"{LIST}/verzicht", form(**changes))
    assert response.status_code == status
    assert sentence in text(response)
    assert unescape(response.content.decode()).count("Fehler:")
    assert not Adjustment.objects.exists()


def test_money_that_is_not_free_is_not_given(people: Cast, programme: str) -> None:
    sent = form(ags=people.body.ags)
    response = signed_in(people.officer).post(f"{LIST}/umverteilung", sent)
    assert response.status_code == 409
    assert "Vorhanden sind 0,00" in text(response)
    assert not Adjustment.objects.exists()


def test_a_reallocation_follows_a_waiver_of_the_same_year_and_purpose(
    people: Cast, programme: str
) -> None:
    waiver = declared(people, programme, AdjustmentKind.WAIVER, people.body.ags)
    adjustments.decide(people.head, waiver, at=AT)
    wrong = form(ags=people.body.ags, folgt=str(waiver.pk), jahr=str(YEAR - 1))
    response = signed_in(people.officer).post(f"{LIST}/umverteilung", wrong)
    assert response.status_code == 409
    assert "folgt auf einen entschiedenen Verzicht" in text(response)


def test_what_is_uncovered_stands_on_top_until_it_is_covered(people: Cast, programme: str) -> None:
    own = people.body.ags
    had = stand(programme, own)
    agreed = ledger.Agreed(programme, YEAR, own, had + LITTLE, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)
    gap = -programmes.uncovered(programme, YEAR)[0][1]
    has = programmes.standing(Fund(programme, YEAR)).bodies
    richest = max(has.keys() - {own}, key=lambda ags: has[ags].total_cents)
    waiver = declared(people, programme, AdjustmentKind.WAIVER, richest)
    adjustments.decide(people.head, waiver, at=AT)  # so that money is free to cover it with
    officer, head = signed_in(people.officer), signed_in(people.head)
    listed = officer.get(LIST)
    assert "zu klären" in text(listed)
    assert "zu klären" in text(signed_in(people.body).get(LIST))
    (cover,) = re.findall(rf'href="({LIST}/deckung\?[^"]*)"', listed.content.decode())
    page = officer.get(unescape(cover)).content.decode()
    assert f'<option value="{own}" selected' in page
    money = re.search(r'name="betrag" value="([^"]*)"', page)
    assert money
    officer.post(f"{LIST}/deckung", form(ags=own, betrag=unescape(money[1])))
    one = Adjustment.objects.get(kind="cover")
    assert one.amount_cents == gap
    assert press(head, one, "entscheiden").status_code == 302
    assert "zu klären" not in text(officer.get(LIST))


def test_what_is_rejected_moves_nothing_and_can_not_be_decided(
    people: Cast, programme: str
) -> None:
    before = stand(programme, people.body.ags)
    one = declared(people, programme, AdjustmentKind.WAIVER, people.body.ags)
    head = signed_in(people.head)
    assert press(head, one, "ablehnen", note="So nicht").status_code == 302
    assert "abgelehnt" in text(head.get(f"{LIST}/{one.pk}"))
    assert press(head, one, "entscheiden").status_code == 409
    assert stand(programme, people.body.ags) == before


def test_more_moves_take_no_more_queries(people: Cast, programme: str) -> None:
    client: Client = signed_in(people.officer)
    found = []
    for number in (1, 5):
        for _ in range(number):
            declared(people, programme, AdjustmentKind.WAIVER, people.body.ags)
        client.get(LIST)
        with CaptureQueriesContext(connection) as made:
            client.get(LIST)
        found.append(len(made))
    assert found[0] == found[1] <= 8
