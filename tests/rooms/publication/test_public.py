"""What the public gets."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from tests.stage import html_of, publish, signed_in, take_back
from tests.typesetting.validation import pdf_faults
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.jobs import run
from zielwerk.core.models import Job
from zielwerk.publication import actions, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.agreement import Clause
from zielwerk.rulebook.refusal import Refused

ONE = "/zielvereinbarungen/2024/06435"
LABEL = "Für die Vorführung erfunden"


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.getvalue().decode()


def test_nothing_shows_before_it_is_published(cast: world.Cast, client: Client) -> None:
    entered = world.agreements.HandEntry(world.main_kinzig(), "Brief")
    intake = world.agreements.begin_by_hand(cast.officer, entered, at=timezone.now())
    intake = world.agreements.accept(cast.officer, intake, at=timezone.now())
    world.agreements.confirm(cast.head, intake, at=timezone.now())
    assert client.get(ONE).status_code == 404
    assert ONE not in body(client, "/zielvereinbarungen")


def test_the_page_says_what_was_agreed_without_signing_in(
    client: Client, main_kinzig: Agreement
) -> None:
    page = body(client, ONE)
    for said in (
        "1.600.100,00",
        "Team-Camp",
        "Staatsministerin",
        "Gelnhausen",
        "Datum unbekannt",
        "maßgeblich ist das unterzeichnete Original",
        "Regierungspräsidium Kassel",
    ):
        assert said in page


@pytest.mark.parametrize("kind", ["", ".json", ".csv"])
def test_offices_are_public_names_are_not(
    client: Client, main_kinzig: Agreement, kind: str
) -> None:
    text = body(client, ONE + kind)
    assert "Staatsministerin" in text
    for name in ("Hofmann", "Stolz", "Lindner", "Acker"):
        assert name not in text


def test_the_json_keeps_the_public_schema(client: Client, main_kinzig: Agreement) -> None:
    schema = json.loads(body(client, "/zielvereinbarungen/schema.json"))
    data = json.loads(body(client, ONE + ".json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert data["amount_cents"] == 160_010_000
    assert len(data["measures"]) == 11
    assert [one["date"] for one in data["signatures"]] == [None, None]


def test_json_and_csv_say_the_same(client: Client, main_kinzig: Agreement) -> None:
    data = json.loads(body(client, ONE + ".json"))
    rows = list(csv.reader(io.StringIO(body(client, ONE + ".csv").lstrip("\ufeff")), delimiter=";"))
    values = dict(rows[1:])
    assert values["amount_cents"] == str(data["amount_cents"])
    assert values["region.name"] == data["region"]["name"]
    assert values["measures[1].title"] == data["measures"][1]["title"]
    assert len(values) == len(rows) - 1


def test_the_pdf_is_accessible_and_carries_the_same_data(
    client: Client, main_kinzig: Agreement
) -> None:
    response = client.get(ONE + ".pdf")
    assert response["Content-Type"] == "application/pdf"
    assert pdf_faults(response.content) == []
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        (attached,) = pdf.attachments.values()
        assert json.loads(attached.get_file().read_bytes()) == json.loads(
            body(client, ONE + ".json")
        )
        assert "Main-Kinzig-Kreis" in str(pdf.docinfo["/Title"])


def test_an_invented_agreement_says_so_everywhere(cast: world.Cast, client: Client) -> None:
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    address = "/zielvereinbarungen/2024/06411"
    for kind in ("", ".json", ".csv"):
        assert LABEL in body(client, address + kind)
    assert LABEL in body(client, "/zielvereinbarungen.csv")
    assert LABEL in body(client, "/zielvereinbarungen.json")
    assert "erfunden" in body(client, "/zielvereinbarungen")


def test_the_pdf_of_an_invented_agreement_says_so_on_every_page(cast: world.Cast) -> None:
    world.record_and_publish(cast, world.invented()[1], True, timezone.now())
    pdf = pypdfium2.PdfDocument(bytes(Edition.objects.get().pdf.content))
    for page in pdf:
        assert LABEL in page.get_textpage().get_text_bounded()


def test_signed_wording_shows_with_corrections_marked(cast: world.Cast, client: Client) -> None:
    terms = world.main_kinzig()
    clause = Clause("§ 4", "Mittel", "Das HMSI stellt bereit.", "Das HMS! stellt bereit.")
    terms = replace(terms, clauses=(clause,))
    world.record_and_publish(cast, terms, False, timezone.now())
    page = body(client, ONE)
    assert "§ 4 Mittel" in page
    assert "HMS!" in page
    assert "Lesefassung; maßgeblich ist das unterzeichnete Original" in page
    wording = json.loads(body(client, ONE + ".json"))["clauses"][0]["wording"]
    assert {"text": "HMSI", "signed": "HMS!"} in wording


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("?suche=main-kinzig", 1),
        ("?suche=ROBOTIK", 1),
        ("?suche=fuehrerschein+robotik", 1),
        ("?suche=06435", 1),
        ("?suche=nirgends", 0),
        ("?art=Landkreis", 2),
        ("?art=kreisfreie+Stadt", 1),
        ("?massnahmeart=staff_training", 3),
        ("?jahr=2024", 3),
        ("?sortierung=-vereinbarter-betrag&zeilen=50", 3),
    ],
)
def test_filters_and_search_live_in_the_address(
    cast: world.Cast, client: Client, main_kinzig: Agreement, address: str, number: int
) -> None:
    for terms in (world.invented()[0], next(t for t in world.invented() if t.ags == "06432")):
        world.record_and_publish(cast, terms, True, timezone.now())
    response = client.get("/zielvereinbarungen" + address)
    assert response.context["listed"].total == number
    assert (
        len(json.loads(body(client, "/zielvereinbarungen.json" + address))["agreements"]) == number
    )


@pytest.mark.parametrize(
    "odd",
    [
        "?jahr=abc",
        "?seite=99",
        "?nach=99",
        "?vor=a-1",
        "?art=x",
        "?sortierung=x%22",
        "?zeilen=-1",
    ],
)
def test_an_odd_address_is_no_error(client: Client, main_kinzig: Agreement, odd: str) -> None:
    assert client.get("/zielvereinbarungen" + odd).status_code == 200


@pytest.mark.parametrize("odd", ["?nach=%00", "?sortierung=%00", "?suche=a%00b", "?%00=1", "/%00"])
def test_an_address_that_no_database_takes_is_not_understood(
    client: Client, main_kinzig: Agreement, odd: str
) -> None:
    assert client.get("/zielvereinbarungen" + odd).status_code == 400


@pytest.mark.parametrize(
    "address", ["/zielvereinbarungen?zeilen=50", "/zielvereinbarungen/2024/06411"]
)
def test_queries_do_not_grow_with_the_number_of_agreements(
    cast: world.Cast, client: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    counts = []
    for some in (world.invented()[:2], world.invented()[2:12]):
        for terms in some:
            world.record_and_publish(cast, terms, True, timezone.now())
        with django_assert_max_num_queries(8) as counted:
            body(client, address)
        counts.append(len(counted))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["/", "/zielvereinbarungen", ONE])
def test_the_start_is_the_list_and_marked_as_such(
    client: Client, main_kinzig: Agreement, address: str
) -> None:
    current = re.findall(r'<a href="([^"]+)" aria-current="\w+"', html_of(body(client, address)))
    assert current == ["/zielvereinbarungen"]


def test_the_strip_above_the_page_says_what_this_site_is(
    client: Client, db: None, settings: Any
) -> None:
    demo = "Vorführung – keine amtliche Anwendung"
    page = "/barrierefreiheit"
    assert demo in body(client, page)
    settings.SITE_LINE = "Erprobung bis zum Jahresende"
    assert f"{demo} · Erprobung bis zum Jahresende" in body(client, page)
    settings.DEMO = False
    assert "Erprobung bis zum Jahresende" in body(client, page)
    assert demo not in body(client, page)
    settings.SITE_LINE, settings.DEMO = "", False
    assert "kern-kopfzeile" not in body(client, page)


def test_the_list_says_whose_programme_it_is(client: Client, db: None) -> None:
    assert "Ausbildungs- und Qualifizierungsbudget, Hessen." in body(client, "/")


def test_publishing_twice_is_refused_and_withdrawing_takes_it_off(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    with pytest.raises(Refused):
        actions.begin(cast.officer, main_kinzig, at=timezone.now())
    take_back(cast.officer, cast.head, main_kinzig)
    assert client.get(ONE).status_code == 410
    second = publish(cast.officer, cast.head, main_kinzig, timezone.now())
    assert second.number == 2
    assert client.get(ONE).status_code == 200


def test_the_chain_vouches_for_what_was_published(main_kinzig: Agreement) -> None:
    assert list(audit.verify()) == []
    edition = Edition.objects.get()
    edition.document["amount_cents"] = 1
    edition.save()
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_a_whole_year_is_published_in_the_background(cast: world.Cast) -> None:
    for terms in world.invented()[:3]:
        entered = world.agreements.HandEntry(terms, "erfunden", True)
        intake = world.agreements.begin_by_hand(cast.officer, entered, at=timezone.now())
        intake = world.agreements.accept(cast.officer, intake, at=timezone.now())
        world.agreements.confirm(cast.head, intake, at=timezone.now())
    for person, stage in ((cast.officer, "?stufe=vorlegen"), (cast.head, "")):
        client = signed_in(person)
        response = client.post(f"/arbeit/veroeffentlichen/2024{stage}")
        assert response.status_code == 302
        job = Job.objects.latest("pk")
        run.call(job.pk)
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert queries.current_editions().count() == 3
    page = client.get(response["Location"]).content.decode()
    assert "Fertig" in page
    assert "/zielvereinbarungen?jahr=2024" in page


@pytest.mark.parametrize("wrong", ["jahr=2019", "jahr=morgen", "art=Land", "zeilen=7"])
def test_a_wrong_filter_gets_no_data_but_the_fault(
    client: Client, main_kinzig: Agreement, wrong: str
) -> None:
    for address in (".json?", ".csv?", "?export=csv&", "?export=xlsx&"):
        answer = client.get(f"/zielvereinbarungen{address}{wrong}")
        assert answer.status_code == 400, address
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert "keine gültige Auswahl" in answer.content.decode()
    page = html_of(client.get(f"/zielvereinbarungen?{wrong}").content)
    assert "Fehler:" in page[page.index("<title>") : page.index("</title>")]
    assert "keine gültige Auswahl" in page[: page.index("<h1")]
    assert ONE not in page


def test_an_internal_list_under_a_wrong_filter_is_no_file_of_everything(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    officer = signed_in(cast.officer)
    for wrong in ("zuweisungen?jahr=2019", "erfassungen?stand=x", "protokoll?von=morgen"):
        answer = officer.get(f"/arbeit/{wrong}&export=csv")
        assert answer.status_code == 400, wrong
        assert answer.content.decode().strip()
        page = html_of(officer.get(f"/arbeit/{wrong}").content)
        assert "Fehler:" in page[page.index("<title>") : page.index("</title>")], wrong
        assert "<td" not in page[page.index("<main") :]


def test_a_file_of_the_books_the_budget_or_a_year_under_a_wrong_filter_is_none(
    cast: world.Cast,
) -> None:
    officer = signed_in(cast.officer)
    for wrong in ("buecher?programmjahr=2019", "haushalt?jahr=x", "jahr/2024?stand=morgen"):
        assert officer.get(f"/arbeit/{wrong}&export=csv").status_code == 400, wrong
