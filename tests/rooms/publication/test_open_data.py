"""What programs get of the whole: a feed, a description for portals, a list of operations."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.rooms.agreements.test_change_pages import recorded as changed
from tests.rooms.publication.test_years import words
from tests.stage import publish, release, signed_in, take_back, take_down
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core.develop import Queries
from zielwerk.publication import actions
from zielwerk.publication.models import Edition
from zielwerk.tables import read

LIST = "/zielvereinbarungen"
ONE = f"{LIST}/2024/06435"
ATOM = "{http://www.w3.org/2005/Atom}"
LABEL = "Für die Vorführung erfunden"


def sent(client: Client, address: str) -> bytes:
    """All of an answer: read to its end it is closed, and a workbook is a file until then."""
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    return bytes(answer.getvalue())


def entries(client: Client) -> dict[str, dict[str, str]]:
    """The entries of the feed by id."""
    answer: Any = client.get(f"{LIST}.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    found = {}
    for entry in root.iter(f"{ATOM}entry"):
        told = {part.tag.removeprefix(ATOM): part.text or "" for part in entry}
        link = entry.find(f"{ATOM}link")
        category = entry.find(f"{ATOM}category")
        assert link is not None
        assert category is not None
        found[told["id"]] = {**told, "link": link.attrib["href"], "state": category.attrib["term"]}
    return found


def test_the_feed_tells_what_becomes_of_an_edition_under_one_id(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    ((name, first),) = entries(client).items()
    assert name.startswith("urn:uuid:")
    assert (first["state"], first["link"]) == ("published", f"http://testserver{ONE}")
    assert "1.600.100,00" in first["summary"]
    assert "Zielvereinbarung 2024: Main-Kinzig-Kreis, Ausgabe 1" in first["title"]
    second = changed(cast, "1.500.000,00")
    publish(cast.officer, cast.head, second, timezone.now())
    after = entries(client)
    assert after[name]["state"] == "superseded"
    assert after[name]["link"].endswith(f"{ONE}/ausgabe-1")
    assert next(iter(after)) != name  # the newest comes first
    take_down(cast.officer, second, timezone.now())
    (held,) = [each for each in entries(client).values() if each["state"] == "held"]
    assert "nicht mehr öffentlich" in held["summary"]
    actions.confirm_withdrawal(cast.head, Edition.objects.latest("pk"), at=timezone.now())
    gone = [each for each in entries(client).values() if each["state"] == "withdrawn"]
    (one,) = gone
    assert "nicht mehr öffentlich" in one["summary"]
    assert "1.500.000" not in one["summary"]
    assert client.get(one["link"].removeprefix("http://testserver")).status_code == 410


def test_the_feed_is_the_same_under_another_name_of_the_site_but_for_its_links(
    client: Client, main_kinzig: Agreement, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    ids = re.findall(r"urn:uuid:[0-9a-f-]+", client.get(f"{LIST}.atom").content.decode())
    other = client.get(f"{LIST}.atom", headers={"Host": "anders.example.org"}).content.decode()
    assert re.findall(r"urn:uuid:[0-9a-f-]+", other) == ids
    assert "http://anders.example.org" in other


def test_an_empty_feed_is_one(client: Client, db: None) -> None:
    assert entries(client) == {}


# What DCAT-AP.de 3.0 demands of each class (beside what DCAT-AP 3.0 does): the properties that
# must be there, and whether each is a literal or names something. Written from the specification.
SHAPES = {
    "dcat:Catalog": {
        "dct:title": "literal",
        "dct:description": "literal",
        "dct:publisher": "node",
        "dcat:dataset": "node",
    },
    "dcat:Dataset": {
        "dct:title": "literal",
        "dct:description": "literal",
        "dcat:contactPoint": "node",
        "dct:publisher": "node",
        "dcat:theme": "node",
        "dcat:distribution": "node",
    },
    "dcat:Distribution": {"dcat:accessURL": "node", "dct:license": "node", "dct:format": "node"},
    "foaf:Agent": {"foaf:name": "literal"},
    "vcard:Organization": {"vcard:fn": "plain", "vcard:hasEmail": "node"},
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a JSON-LD document that has a class."""
    if isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for item in value.values():
            yield from nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


def faults(data: dict[str, Any]) -> list[str]:
    """What a description lacks of the shapes."""
    found = []
    for node in nodes({key: value for key, value in data.items() if key != "@context"}):
        for name, kind in SHAPES.get(node["@type"], {}).items():
            values = node.get(name, [])
            values = values if isinstance(values, list) else [values]
            found += [f"{node['@type']} lacks {name}"] if not values else []
            for value in values:
                is_right = {
                    "literal": isinstance(value, dict) and bool(value.get("@value")),
                    "plain": isinstance(value, str) and bool(value),
                    "node": isinstance(value, dict) and bool({"@id", "@type"} & value.keys()),
                }[kind]
                found += [] if is_right else [f"{name} of {node['@type']} is {value!r}"]
    return found


def described(client: Client) -> dict[str, Any]:
    answer: Any = client.get(f"{LIST}.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    data: dict[str, Any] = json.loads(answer.content)
    return data


def test_the_description_keeps_the_shapes(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    data = described(client)
    assert faults(data) == []
    prefixes = {name.partition(":")[0] for node in nodes(data) for name in node if ":" in name}
    assert prefixes <= data["@context"].keys()
    (year,) = data["dcat:dataset"]
    assert "2 Zielvereinbarungen" in year["dct:description"]["@value"]
    assert "1 für die Vorführung erfunden" in year["dct:description"]["@value"]


def test_the_shapes_find_what_is_missing(client: Client, main_kinzig: Agreement) -> None:
    data = described(client)
    del data["dct:publisher"], data["dcat:dataset"][0]["dcat:distribution"][0]["dct:license"]
    data["dct:title"] = ""
    assert sorted(faults(data)) == [
        "dcat:Catalog lacks dct:publisher",
        "dcat:Distribution lacks dct:license",
        "dct:title of dcat:Catalog is ''",
    ]


def test_what_is_described_can_be_fetched(client: Client, main_kinzig: Agreement) -> None:
    data = described(client)
    assert client.get(data["@id"].removeprefix("http://testserver")).status_code == 200
    (year,) = data["dcat:dataset"]
    assert len(year["dcat:distribution"]) == 4
    for each in year["dcat:distribution"]:
        answer: Any = client.get(each["dcat:downloadURL"]["@id"].removeprefix("http://testserver"))
        assert answer.status_code == 200
        media = each["dcat:mediaType"]["@id"].partition("media-types/")[2]
        assert answer["Content-Type"].startswith(media)
        assert answer.getvalue()


def test_the_pages_name_feed_and_description_in_their_heads(
    client: Client, main_kinzig: Agreement
) -> None:
    for address in (LIST, ONE, f"{LIST}/karte", f"{LIST}/koerperschaften/06435"):
        head = client.get(address).content.decode().partition("</head>")[0]
        for ending, media in (("atom", "atom+xml"), ("jsonld", "ld+json")):
            assert f'type="application/{media}" href="{LIST}.{ending}"' in re.sub(r"\s+", " ", head)


def operations(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"{LIST}/vorhaben{query}").getvalue().decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_measure_is_a_row_in_the_form_of_the_list(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    rows = operations(client)
    assert len(rows) == 11
    first = rows[0]
    assert first["Begünstigter"] == "Main-Kinzig-Kreis"
    assert first["Bezeichnung des Vorhabens"] == "Startklar! - Kreativ ins Berufsleben"
    assert first["Land"] == "DE"
    unknown = [name for name in first if name.endswith("(im Programm nicht festgehalten)")]
    assert len(unknown) == 7
    assert {row[name] for row in rows for name in unknown} == {""}
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    labelled = [row for row in operations(client) if LABEL in row["Hinweis"]]
    assert len(labelled) == len(world.invented()[0].measures)
    assert operations(client, "?koerperschaft=06435") == rows


def test_the_workbook_says_the_same_as_the_table(client: Client, main_kinzig: Agreement) -> None:
    content = sent(client, f"{LIST}/vorhaben?export=xlsx")
    sheet = read("vorhaben.xlsx", content)
    table = operations(client)
    assert list(sheet.header) == list(table[0])
    assert [row.cells[1] for row in sheet.rows] == [
        row["Bezeichnung des Vorhabens"] for row in table
    ]


def test_a_wrong_filter_gets_no_operations_but_the_fault(
    client: Client, main_kinzig: Agreement
) -> None:
    assert client.get(f"{LIST}/vorhaben?jahr=2019").status_code == 400


SAME = ("", "?koerperschaft=06411", "?zweckbindung=language", "?suche=robotik", "?art=Landkreis")


@pytest.mark.parametrize("query", SAME)
def test_page_csv_json_and_workbook_show_the_same_figures(
    cast: world.Cast, client: Client, main_kinzig: Agreement, query: str
) -> None:
    for terms in world.invented()[:4]:
        world.record_and_publish(cast, terms, True, timezone.now())
    mark = "&" if query else "?"
    page = client.get(LIST + query).context["listed"]
    told = client.get(f"{LIST}.json{query}").getvalue()
    rows = json.loads(told)["agreements"]
    assert page.total == len(rows) > 0
    amounts = sorted(row["amount_cents"] for row in rows)
    text = client.get(f"{LIST}.csv{query}").getvalue().decode().lstrip("\ufeff")
    table = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    cents = sorted(int(row["vereinbarter_betrag"].replace(",", "")) for row in table)
    assert cents == amounts
    book = sent(client, f"{LIST}{query}{mark}export=xlsx")
    sheet = read("liste.xlsx", book)
    place = list(sheet.header).index("Vereinbarter Betrag")
    euros = [row.cells[place].replace(",", ".") for row in sheet.rows]
    assert sorted(round(100 * float(each)) for each in euros) == amounts
    pictured = client.get(f"{LIST}/karte{query}").context["pictures"]
    assert pictured.total == sum(amounts)
    assert sorted(bar.value for bar in pictured.bars) == amounts
    bodies = {row["ags"] for row in rows}
    assert {row["Begünstigter"] for row in operations(client, query)} == {
        each.body_name for each in (main_kinzig, *world.invented()) if each.ags in bodies
    }


def test_an_earmark_that_an_agreement_does_not_name_does_not_find_it(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    named = {each.code for each in main_kinzig.content.earmarks}
    listed = client.get(LIST).context["filters"]
    for code, _ in listed.fields["zweckbindung"].choices[1:]:
        number = client.get(f"{LIST}?zweckbindung={code}").context["listed"].total
        assert number == (code in named), code


ALL = [
    *(f"{LIST}.atom", f"{LIST}.jsonld", f"{LIST}/karte", f"{LIST}/vorhaben", f"{LIST}.csv"),
    *(f"{LIST}/vorhaben?export=xlsx", f"{LIST}?export=xlsx", f"{LIST}?zweckbindung=language"),
]


@pytest.mark.parametrize("address", ALL)
def test_more_agreements_ask_no_more(cast: world.Cast, client: Client, address: str) -> None:
    counts = []
    for some in (world.invented()[:2], world.invented()[2:9]):
        for terms in some:
            world.record_and_publish(cast, terms, True, timezone.now())
        asked = Queries()
        with connection.execute_wrapper(asked):
            assert sent(client, address)
        counts.append(asked.seen.total())
    assert counts[0] == counts[1]
    assert counts[1] <= 8


def test_the_map_says_what_is_invented_and_the_bars_compare_with_the_year_before(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    page = words(client, f"{LIST}/karte")
    assert "nur zur Vorführung erfasst: 1 von 2." in page
    assert "Darmstadt (erfunden)" in page
    assert "1,6 Mio. €" in page
    assert "Betrag 2024, nach Lage" in page
    assert "nichts veröffentlicht" in page
    assert "Zu dieser Auswahl ist nichts veröffentlicht." in words(
        client, f"{LIST}/karte?suche=xyz"
    )
    assert client.get(f"{LIST}/karte?jahr=2019").status_code == 200


def test_the_history_of_editions_stands_on_the_page(
    cast: world.Cast, client: Client, main_kinzig: Agreement
) -> None:
    first = timezone.now()
    take_back(cast.officer, cast.head, main_kinzig, first)
    publish(cast.officer, cast.head, main_kinzig, first + timedelta(minutes=1))
    second = changed(cast, "1.500.000,00")
    officer = signed_in(cast.officer)
    assert officer.post("/arbeit/veroeffentlichen/2024/06435").status_code == 302
    assert second
    release(cast.head)
    page = words(client, ONE)
    history = page[page.rindex("Ausgaben") :]
    assert re.search(r"Ausgabe 3 öffentlich \(diese Seite\) seit [\d.]+ öffentlich", history)
    assert re.search(r"Ausgabe 2 abgelöst galt vom [\d.]+ bis [\d.]+", history)
    assert re.search(r"Ausgabe 1 zurückgezogen Ausgabe 1 vom [\d.]+ ist seit", history)
    assert "Ein Betrag stimmt nicht" not in page  # written for colleagues
    assert f'href="{ONE}/ausgabe-2"' in client.get(ONE).content.decode()
    assert client.get(f"{ONE}/ausgabe-1").status_code == 410
