"""Doing together what waits alike: all or nothing, four eyes, once, each with its own entry."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.rooms.money import AT as MONEY_AT
from tests.rooms.money import MILLION, OFFICER, YEAR, bodies, decided, enact, enter_needs
from tests.stage import AT, html_of, signed_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import actions as recording
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.allocation.models import BodyAllocation
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.desk.queries import MOST
from zielwerk.ledger import actions as ledger
from zielwerk.programme import queries as programmes
from zielwerk.publication.models import Edition
from zielwerk.rulebook.agreement import Terms
from zielwerk.ui.tags.values import euro

DOOR = "/arbeit/gemeinsam/vorgaenge/intake/confirm"


@pytest.fixture
def several(cast: world.Cast) -> list[Intake]:
    """Three recordings, of three bodies, that the officer accepted."""
    return [accepted(cast, ags) for ags in ("06435", "06440", "06411")]


def accepted(cast: world.Cast, ags: str, title: str = "") -> Intake:
    said = world.main_kinzig().to_json()
    said |= {"ags": ags, "body_name": f"Körperschaft {ags}"}
    if title:
        said["measures"][0]["title"] = title
    terms = Terms.from_json(said)
    intake = recording.begin_by_hand(cast.officer, recording.HandEntry(terms, "Brief"), at=AT)
    return recording.accept(cast.officer, intake, at=AT)


def chosen(*intakes: Intake) -> list[str]:
    return [f"{intake.pk}~{intake.revision}" for intake in intakes]


def states() -> list[str]:
    return list(Intake.objects.order_by("pk").values_list("state", flat=True))


def test_the_desk_offers_it_where_several_wait(cast: world.Cast, several: list[Intake]) -> None:
    page = html_of(signed_in(cast.head).get("/arbeit/").content)
    assert f'href="{DOOR}"' in page
    assert "Mehrere bestätigen" in page


def test_each_has_its_amount_and_the_total_is_shown_before(
    cast: world.Cast, several: list[Intake]
) -> None:
    client = signed_in(cast.head)
    page = html_of(client.get(DOOR).content)
    assert page.count('type="checkbox" name="v"') == 3
    assert page.count("1.600.100") == 3
    assert "3 Vorgänge über zusammen 4.800.300,00" in page
    picked = client.get(DOOR, {"v": [several[0].pk, several[2].pk]})
    page = html_of(picked.content)
    assert "Ausgewählt sind 2 Vorgänge über zusammen 3.200.200,00" in page
    assert several[1].file_number not in page


def test_all_are_done_and_each_has_its_entry(cast: world.Cast, several: list[Intake]) -> None:
    before = AuditEntry.objects.count()
    client = signed_in(cast.head)
    answer = client.post(DOOR, {"v": chosen(*several)}, follow=True)
    assert "3 Vorgänge, zusammen 4.800.300,00" in html_of(answer.content)
    assert states() == ["agreed"] * 3
    assert Agreement.objects.count() == 3
    entries = AuditEntry.objects.order_by("pk")[before:]
    assert [(entry.verb, entry.subject) for entry in entries] == [
        ("agreements.confirm", f"intake:{intake.pk}") for intake in several
    ]
    assert list(audit.verify()) == []


def test_one_that_is_refused_undoes_all_and_is_named(
    cast: world.Cast, several: list[Intake]
) -> None:
    twin = accepted(cast, several[0].ags)  # a second one for the same body: one too many
    before = audit.state()
    answer = signed_in(cast.head).post(DOOR, {"v": chosen(*several, twin)})
    assert answer.status_code == 409
    page = html_of(answer.content)
    assert f"Nichts davon ist geschehen: Bei {twin.file_number} geht es nicht." in page
    assert "ist 2024 schon etwas erfasst" in page
    assert states() == ["accept"] * 4
    assert audit.state() == before


def test_what_changed_since_it_was_looked_at_stops_all(
    cast: world.Cast, several: list[Intake]
) -> None:
    sent = chosen(*several)
    back = recording.take_back(cast.officer, several[1], at=AT)
    recording.accept(cast.officer, back, at=AT)
    answer = signed_in(cast.head).post(DOOR, {"v": sent})
    assert answer.status_code == 409
    assert states() == ["accept"] * 3


def test_nobody_does_together_what_she_did_herself_before(
    cast: world.Cast, several: list[Intake]
) -> None:
    client = signed_in(cast.officer)
    assert "Mehrere bestätigen" not in html_of(client.get("/arbeit/").content)
    assert client.post(DOOR, {"v": chosen(*several)}).status_code in (403, 409)
    assert states() == ["accept"] * 3


def fields(page: str) -> dict[str, Any]:
    token = page.split('name="einmal" value="')[1].split('"')[0]
    return {"einmal": token}


def test_sent_twice_it_is_done_once(cast: world.Cast, several: list[Intake]) -> None:
    client = signed_in(cast.head)
    page = html_of(client.get(DOOR, {"v": [intake.pk for intake in several]}).content)
    said = {"v": chosen(*several), **fields(page)}
    first, second = client.post(DOOR, said), client.post(DOOR, said)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert Agreement.objects.count() == 3


@pytest.mark.parametrize("sent", [[], ["x"], ["0"], ["999999999"], ["-1"], ["1" * 30]])
def test_odd_choices_do_nothing(cast: world.Cast, several: list[Intake], sent: list[str]) -> None:
    client = signed_in(cast.head)
    assert client.post(DOOR, {"v": sent}).status_code == 409
    assert client.get(DOOR, {"v": sent}).status_code in (200, 302)
    assert states() == ["accept"] * 3


@pytest.mark.parametrize(
    "address",
    ["intake/accept", "intake/nichts", "nichts/confirm", "scenario/decide", "note/share"],
)
def test_only_what_waits_alike_is_done_together(cast: world.Cast, address: str) -> None:
    assert signed_in(cast.head).get(f"/arbeit/gemeinsam/vorgaenge/{address}").status_code == 404


@pytest.mark.parametrize("number", [2, 8])
def test_the_page_asks_as_often_for_many(
    cast: world.Cast, django_assert_max_num_queries: Callable[[int], Any], number: int
) -> None:
    for _ in range(number):
        accepted(cast, "06435")
    client: Client = signed_in(cast.head)
    client.get(DOOR)
    with django_assert_max_num_queries(8):
        assert client.get(DOOR).status_code == 200
    assert number <= MOST


# --- what is published, what is covered ---------------------------------------------------


def test_some_of_a_year_are_put_forward_and_the_others_are_not(
    cast: world.Cast, several: list[Intake]
) -> None:
    client = signed_in(cast.head)
    for intake in several:
        recording.confirm(cast.head, intake, at=AT)
    door = "/arbeit/gemeinsam/2024/vorlegen"
    assert f'href="{door}"' in html_of(client.get("/arbeit/").content)
    page = html_of(client.get(door).content)
    assert "3 Vorgänge über zusammen 4.800.300,00" in page
    sent = re.findall(r'name="v" value="(\d+)"', page)
    page = html_of(client.get(door, {"v": sent[:2]}).content)
    values = re.findall(r'name="v" value="([^"]+)"', page)
    before = AuditEntry.objects.count()
    answer = client.post(door, {"v": values}, follow=True)
    said = "Zur Veröffentlichung vorlegen: 2 Vorgänge, zusammen 3.200.200,00"
    assert said in html_of(answer.content)
    assert Edition.objects.filter(state="propose").count() == 2
    verbs = AuditEntry.objects.order_by("pk")[before:].values_list("verb", flat=True)
    assert list(verbs) == ["publication.propose"] * 2


def test_one_that_may_not_become_public_keeps_all_back(
    cast: world.Cast, several: list[Intake]
) -> None:
    named = accepted(cast, "06412", world.main_kinzig().signatures[0].name)
    for intake in (*several, named):
        recording.confirm(cast.head, intake, at=AT)
    values = [f"{each.pk}~{each.version}" for each in Agreement.objects.all()]
    answer = signed_in(cast.head).post("/arbeit/gemeinsam/2024/vorlegen", {"v": values})
    assert answer.status_code == 409
    number = Agreement.objects.get(ags="06412").file_number
    assert f"Bei {number} geht es nicht" in html_of(answer.content)
    assert not Edition.objects.exists()


@pytest.fixture
def gaps(cast: world.Cast) -> list[int]:
    """A later decision left three bodies less than they had agreed to; something is free."""
    enact("aqb_hessen")
    data = enter_needs("aqb_hessen")
    decided("aqb_hessen", 27 * MILLION, data=data)
    some = [body.ags for body in bodies("aqb_hessen")[-3:]]
    first = {ags: BodyAllocation.objects.get(ags=ags).amount_cents for ags in some}
    for number, ags in enumerate(some):
        agreed = ledger.Agreed(
            "aqb_hessen", YEAR, ags, first[ags], date(YEAR, 2, 2), f"ZV-{number}"
        )
        ledger.record_agreed(OFFICER, agreed, at=MONEY_AT)
    decided("aqb_hessen", 20 * MILLION, data=data)
    now = {ags: BodyAllocation.objects.filter(ags=ags).latest("pk").amount_cents for ags in some}
    return sorted(first[ags] - now[ags] for ags in some)


COVER = "/arbeit/gemeinsam/decken"


def test_several_are_covered_for_one_reason_and_decided_together(
    cast: world.Cast, gaps: list[int]
) -> None:
    client = signed_in(cast.officer)
    assert f'href="{COVER}"' in html_of(client.get("/arbeit/").content)
    page = html_of(client.get(COVER).content)
    assert f"3 Vorgänge über zusammen {euro(sum(gaps))}" in page
    keys = re.findall(r'name="v" value="([^"]+)"', page)
    page = html_of(client.get(COVER, {"v": keys}).content)
    values = re.findall(r'name="v" value="([^"]+)"', page)
    assert client.post(COVER, {"v": values, "note": " "}).status_code == 422  # without a reason
    assert not Adjustment.objects.exists()
    assert client.post(COVER, {"v": values, "note": "Nachtrag"}).status_code == 302
    assert sorted(Adjustment.objects.values_list("amount_cents", flat=True)) == gaps
    head = signed_in(cast.head)
    door = "/arbeit/gemeinsam/vorgaenge/adjustment/order"
    assert f'href="{door}"' in html_of(head.get("/arbeit/").content)
    sent = [f"{one.pk}~{one.revision}" for one in Adjustment.objects.all()]
    assert signed_in(cast.officer).post(door, {"v": sent}).status_code in (403, 409)
    assert head.post(door, {"v": sent}).status_code == 302
    assert set(Adjustment.objects.values_list("state", flat=True)) == {"ordered"}
    assert programmes.uncovered_planning(cast.officer, "aqb_hessen") == []
    assert list(audit.verify()) == []


def test_a_gap_that_is_another_by_now_is_not_covered(cast: world.Cast, gaps: list[int]) -> None:
    client = signed_in(cast.officer)
    page = html_of(client.get(COVER).content)
    keys = re.findall(r'name="v" value="([^"]+)"', page)
    answer = client.post(COVER, {"v": [f"{keys[0]}~1"], "note": "Nachtrag"})
    assert answer.status_code == 409
    assert not Adjustment.objects.exists()
