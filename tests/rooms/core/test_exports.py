"""Lists to take away: whole, filtered and ordered like the page, in the person's language."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.stage import AT, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core.models import AuditEntry
from zielwerk.publication import queries as publication
from zielwerk.tables import Sheet, read

KINDS = ["csv", "xlsx"]
LISTS = ["/arbeit/vereinbarungen", "/arbeit/erfassungen", "/arbeit/protokoll"]


def taken(client: Client, address: str) -> Sheet:
    response = client.get(address)
    assert response.status_code == 200, address
    name = re.fullmatch(r'attachment; filename="([a-z-]+)"', _undated(response))
    assert name, response["Content-Disposition"]
    return read(name[1], response.getvalue())


def _undated(response: Any) -> str:
    """The file's name without its day, which is today's."""
    day = f"-{localdate():%Y-%m-%d}."
    said = str(response["Content-Disposition"])
    assert said.endswith(('.csv"', '.xlsx"'))
    assert day in said
    return re.sub(rf'{day}(csv|xlsx)"', '"', said)


@pytest.fixture
def several(cast: world.Cast, main_kinzig: Agreement) -> world.Cast:
    """Recordings in two states beside the one that is done."""
    for number, terms in enumerate(world.invented()[:3]):
        entered = actions.HandEntry(terms, "erfunden", is_invented=True)
        intake = actions.begin_by_hand(cast.officer, entered, at=AT + timedelta(hours=number))
        if number:
            actions.accept(cast.officer, intake, at=AT + timedelta(hours=number))
    return cast


@pytest.mark.parametrize("kind", KINDS)
def test_recorded_agreements(kind: str, several: world.Cast) -> None:
    sheet = taken(signed_in(several.head), f"/arbeit/vereinbarungen?export={kind}")
    amount = {"csv": "1600100,00", "xlsx": "1600100"}[kind]
    assert dict(zip(sheet.header, sheet.rows[0].cells, strict=True)) == {
        "AGS": "06435",
        "Gebietskörperschaft": "Main-Kinzig-Kreis",
        "Jahr": "2024",
        "Aktenzeichen": "ZV-2024-0001",
        "Maßnahmen": "11",
        "Vereinbarter Betrag": amount,
        "Erfasst am": "03.09.2024 11:10:00",
        "Hinweis": "",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_recordings_keep_the_filter_and_say_what_is_invented(
    kind: str, several: world.Cast
) -> None:
    client = signed_in(several.head)
    whole = taken(client, f"/arbeit/erfassungen?export={kind}")
    accepted = taken(client, f"/arbeit/erfassungen?stand=accept&export={kind}")
    assert (len(whole.rows), len(accepted.rows)) == (4, 2)
    assert {row.cells[-1] for row in accepted.rows} == {"erfunden"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_audit_log_is_whole_newest_first(kind: str, several: world.Cast) -> None:
    sheet = taken(signed_in(several.auditor), f"/arbeit/protokoll?seite=2&export={kind}")
    entries = AuditEntry.objects.order_by("-pk")
    assert [row.cells[0] for row in sheet.rows] == [str(entry.pk) for entry in entries]
    assert [row.cells[-1] for row in sheet.rows] == [entry.hash for entry in entries]
    assert "Angenommene Erfassung bestätigen" in {row.cells[4] for row in sheet.rows}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query",
    ["", "suche=kinzig", "sortierung=vereinbarter-betrag", "sortierung=-vereinbarter-betrag"],
)
def test_the_public_list_keeps_filters_and_order(
    kind: str, query: str, client: Client, cast: world.Cast, main_kinzig: Agreement
) -> None:
    for terms in world.invented()[:2]:
        world.record_and_publish(cast, terms, is_invented=True, at=AT)
    sheet = taken(client, f"/zielvereinbarungen?{query}&zeilen=50&seite=9&export={kind}")
    page = html.unescape(client.get(f"/zielvereinbarungen?{query}").content.decode())
    shown = re.findall(r'href="/zielvereinbarungen/2\d{3}/(\d{5})"', page)
    assert [row.cells[1] for row in sheet.rows] == shown
    assert len(shown) == (1 if "suche" in query else 3)
    labels = {row.cells[1]: row.cells[-1] for row in sheet.rows}
    assert labels.pop("06435") == ""
    assert set(labels.values()) <= {"Für die Vorführung erfunden"}
    assert publication.current_editions().count() == 3


def test_headings_are_in_the_persons_language(several: world.Cast) -> None:
    client = signed_in(several.head)
    client.cookies["django_language"] = "en"
    sheet = taken(client, "/arbeit/vereinbarungen?export=csv")
    assert {"Year", "Agreed amount"} <= set(sheet.header)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_no_more_queries_when_it_is_longer(
    address: str, cast: world.Cast, main_kinzig: Agreement
) -> None:
    client = signed_in(cast.officer if "protokoll" not in address else cast.auditor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{address}?export=xlsx").getvalue()
        return len(caught)

    before = asked()
    for terms in world.invented()[:3]:
        world.record_and_publish(cast, terms, is_invented=True, at=AT)
    assert asked() == before


def test_the_links_keep_filters_and_leave_the_page_out(several: world.Cast) -> None:
    client = signed_in(several.head)
    page = html.unescape(client.get("/arbeit/erfassungen?stand=accept&seite=1").content.decode())
    for kind in KINDS:
        assert f'href="?stand=accept&export={kind}"' in page
    assert client.get("/arbeit/erfassungen?export=pdf").status_code == 400


def test_who_may_not_see_a_list_may_not_take_it_away(several: world.Cast) -> None:
    for terms in world.invented()[3:5]:
        world.record_and_publish(several, terms, is_invented=True, at=AT)
    coordinator = signed_in(several.body)
    sheet = taken(coordinator, "/arbeit/vereinbarungen?export=csv")
    assert {row.cells[0] for row in sheet.rows} == {several.body.ags}
    for address in LISTS:
        assert Client().get(f"{address}?export=csv").status_code == 302
    assert coordinator.get("/arbeit/protokoll?export=csv").status_code == 403


@pytest.mark.parametrize("address", ["/zielvereinbarungen", "/zielvereinbarungen/vorhaben"])
def test_a_form_that_there_is_not_is_no_other_one(address: str, client: Client, db: None) -> None:
    answer = client.get(f"{address}?export=exe")
    assert answer.status_code == 400
    assert answer.content.decode() == "Als „exe“ gibt es das nicht. Möglich sind: csv, xlsx."


def test_every_list_of_the_house_refuses_it(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    for address in ("/arbeit/jahr/2024", "/arbeit/buecher"):
        assert client.get(address).status_code == 200
        assert client.get(f"{address}?export=exe").status_code == 400
