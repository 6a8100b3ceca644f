"""Who carries out which measure, through the pages."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.rooms.measures.parties import enter
from tests.stage import AT, moved, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.measures.actions import NewDelivery, deliver
from zielwerk.measures.models import Delivery, Measure

LIST = "/arbeit/massnahmen"
RUNNING = {"valid_from": "01.02.2024", "valid_until": ""}


@pytest.fixture
def measure(main_kinzig: Agreement) -> Measure:
    return Measure.objects.get(title="Team-Camp")


def address(measure: Measure) -> str:
    return f"{LIST}/{measure.pk}/durchfuehrung"


def test_a_coordinator_enters_who_carries_out_and_everybody_inside_reads_it(
    cast: world.Cast, measure: Measure
) -> None:
    party = enter(cast, "Werkhof (erfunden)")
    client = signed_in(cast.body)
    page = client.get(address(measure)).content.decode()
    assert "Für diese Maßnahme ist noch nicht bekannt, wer sie durchführt." in page
    assert "Werkhof (erfunden) (Träger)" in page
    sent = {"party": party.pk, "passing_on": "contract", **RUNNING}
    assert client.post(address(measure), sent).status_code == 302
    for path in (address(measure), LIST, "/arbeit/vereinbarungen/2024/06435"):
        page = signed_in(cast.auditor).get(path).content.decode()
        assert "Werkhof (erfunden)" in page
        assert "Weiterleitung durch Vertrag" in page
    assert (
        "Durchführung eintragen</h2>"
        not in signed_in(cast.auditor).get(address(measure)).content.decode()
    )


def test_a_refusal_keeps_what_was_typed(cast: world.Cast, measure: Measure) -> None:
    enter(cast, "Werkhof (erfunden)")
    client = signed_in(cast.officer)
    sent = {"party": "selbst", "passing_on": "contract", **RUNNING}
    answer = client.post(address(measure), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte angeben, an wen weitergegeben wird." in page
    assert 'value="01.02.2024"' in page
    backwards = {**sent, "passing_on": "own_delivery", "valid_until": "31.01.2024"}
    page = client.post(address(measure), backwards).content.decode()
    assert "Der Zeitraum endet am 31.01.2024, bevor er am 01.02.2024 beginnt." in page
    assert not Delivery.objects.exists()


def test_only_parties_of_the_body_can_be_chosen(cast: world.Cast, measure: Measure) -> None:
    stranger = enter(cast, "Mainbogen (erfunden)", ags="06412")
    client = signed_in(cast.officer)
    assert "Mainbogen" not in client.get(address(measure)).content.decode()
    sent = {"party": stranger.pk, "passing_on": "contract", **RUNNING}
    assert client.post(address(measure), sent).status_code == 422
    assert not Delivery.objects.exists()


def test_ending_asks_for_a_day_or_a_mistake_and_not_both(
    cast: world.Cast, measure: Measure
) -> None:
    one = deliver(cast.body, measure, NewDelivery("own_delivery", date(2024, 1, 1)), at=AT)
    there = f"{LIST}/durchfuehrung/{one.pk}/ende"
    client = signed_in(cast.body)
    assert "Team-Camp" in client.get(there).content.decode()
    for sent in ({}, {"last_day": "30.06.2024", "is_mistake": "on"}):
        answer = client.post(there, sent)
        assert answer.status_code == 422
        assert "entweder den letzten Tag" in answer.content.decode()
    assert client.post(there, {"last_day": "30.06.2024"}).status_code == 302
    page = client.get(address(measure)).content.decode()
    assert "30.06.2024" in page
    assert "zu Ende" in page
    answer = client.post(there, {"is_mistake": "on"})
    assert "Diese Durchführung ist schon beendet." in answer.content.decode()


def test_others_do_not_even_learn_that_it_is_there(cast: world.Cast, measure: Measure) -> None:
    one = deliver(cast.body, measure, NewDelivery("own_delivery", date(2024, 1, 1)), at=AT)
    ending = f"{LIST}/durchfuehrung/{one.pk}/ende"
    sent = {"party": "selbst", "passing_on": "own_delivery", **RUNNING}
    for person in (cast.authority, cast.auditor):
        assert signed_in(person).get(address(measure)).status_code == 200
        assert signed_in(person).post(address(measure), sent).status_code == 403
        assert signed_in(person).get(ending).status_code == 403
    client = signed_in(moved(cast.body, "06412"))
    for answer in (
        client.get(address(measure)),
        client.post(address(measure), sent),
        client.get(ending),
        client.post(ending, {"is_mistake": "on"}),
    ):
        assert answer.status_code == 404
    assert "Team-Camp" not in client.get(LIST).content.decode()
    assert signed_in(cast.provider).get(LIST).status_code == 403


def test_the_list_finds_what_nobody_carries_out(cast: world.Cast, measure: Measure) -> None:
    deliver(cast.body, measure, NewDelivery("own_delivery", date(2024, 1, 1)), at=AT)
    client = signed_in(cast.officer)
    page = client.get(f"{LIST}?offen=on&jahr=2024&ags=06435").content.decode()
    assert "Team-Camp" not in page
    assert "Altenpflegehilfe + Sprache" in page
    assert "Keine Maßnahme gefunden" in client.get(f"{LIST}?jahr=2025").content.decode()
    answer = client.get(f"{LIST}?export=csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer), delimiter=";"))
    assert len(rows) == 11
    (camp,) = (one for one in rows if one["Maßnahme"] == "Team-Camp")
    assert (camp["Art der Weitergabe"], camp["Ab"]) == ("Eigene Durchführung", "01.01.2024")


@pytest.mark.parametrize("bodies", [2, 12])
def test_the_list_takes_the_same_queries_at_any_length(
    cast: world.Cast, django_assert_num_queries: Callable[..., Any], bodies: int
) -> None:
    for terms in world.invented()[:bodies]:
        world.record_and_publish(cast, terms, True, AT)
    for one in Measure.objects.all():
        deliver(cast.officer, one, NewDelivery("own_delivery", date(2024, 1, 1)), at=AT)
    client = signed_in(cast.auditor)
    with django_assert_num_queries(4):  # session, person, how many, measures with who carries them
        client.get(LIST)


def test_the_desk_shows_the_years_and_what_waits_for_this_organisation(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    year = timezone.localdate().year
    page = signed_in(cast.officer).get("/arbeit/").content.decode()
    assert f"Programmjahr {min(year, 2026)}" in page
    assert "Vereinbarung veröffentlicht: " in page
    assert "ist Ihr Haus gefragt" in page
    assert "ist Ihr Haus gefragt" not in signed_in(cast.authority).get("/arbeit/").content.decode()
    assert "Programmjahr" not in signed_in(cast.provider).get("/arbeit/").content.decode()
