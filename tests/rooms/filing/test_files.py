"""The file of a case: what is in it, for whom, and that page, PDF and ZIP say the same."""

import hashlib
import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.filing.scene import Ways, declared, note, people, ways
from tests.rooms.money import AT
from tests.stage import html_of, moved
from tests.typesetting.validation import pdf_faults
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.adjustments.queries import lifecycle_of
from zielwerk.config import world

pytestmark = pytest.mark.django_db
NAMESPACE = "{urn:zielwerk:vorgangsakte:1}"


@pytest.fixture
def cast(programme: str, settings: Any) -> world.Cast:
    return people(programme, settings)


@pytest.fixture
def waiver(cast: world.Cast, programme: str) -> Adjustment:
    return declared(cast, programme)


def texts(way: Ways) -> tuple[str, str, str]:
    """What page, PDF and metadata say."""
    return way.page, way.pdf, way.archive["akte.xml"].decode()


def test_a_case_page_leads_to_its_file_and_each_day_says_what_it_is(
    cast: world.Cast, waiver: Adjustment
) -> None:
    way = ways(cast.officer, waiver)
    page = way.client.get(f"/arbeit/mittelaenderungen/{waiver.pk}").content.decode()
    assert f'href="{way.url}"' in page
    said = html_of(way.page)
    assert '02.02.2026, 10:00</span> <span class="zw-muted">erklärt</span>' in said
    assert "Der Vorgang läuft noch; die Frist hat nicht begonnen." in said
    assert "02.02.2026, 10:00 erklärt" in way.pdf


def test_what_is_internal_stays_with_its_side_on_page_pdf_and_zip(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note(cast.officer, waiver, "Schmerzgrenze Quittenbrot", file="Ministeriumsakte.txt")
    note(cast.body, waiver, "Rückfallposition Hagebutte", file="Koerperschaftsakte.txt")
    note(cast.body, waiver, "Für alle Schlehe", is_shared=True, file="geteilt.txt")
    ministry, body = ("Quittenbrot", "Ministeriumsakte"), ("Hagebutte", "Koerperschaftsakte")
    for person, own, foreign in (
        (cast.officer, ministry, body),
        (cast.body, body, ministry),
        (cast.authority, (), (*ministry, *body)),
        (cast.auditor, (*ministry, *body), ()),
    ):
        way = ways(person, waiver)
        contents = way.archive
        whole = "".join(content.decode(errors="replace") for content in contents.values())
        for text in texts(way):
            assert "Schlehe" in text
            assert all(word in text for word in own), (person, own)
            assert not any(word in text for word in foreign), (person, foreign)
        assert not any(word in whole + " ".join(contents) for word in foreign)


def test_who_does_not_see_the_case_has_no_file(cast: world.Cast, waiver: Adjustment) -> None:
    stranger = moved(cast.body, "09999999")
    for way in (
        ways(stranger, waiver),
        Ways(ways(cast.officer, waiver).client, "/arbeit/akte/x/1"),
    ):
        for ending in ("", "/pdf", "/zip"):
            assert way.client.get(way.url + ending).status_code == 404


def test_money_is_in_it_with_its_value_date(cast: world.Cast, waiver: Adjustment) -> None:
    note(cast.officer, waiver, "Anhörung erledigt")
    case = waiver
    while case.state != "ordered":
        possible = lifecycle_of(case).possible(case.state)
        if any(step.taken_by == "decide" for step in possible):
            case = adjustments.decide(cast.head, case, at=AT)
        else:  # the hearing that the programme's way begins with
            case = adjustments.note(cast.officer, case, note="angehört", at=AT)
    said = html_of(ways(cast.officer, case).page)
    assert "1.000,00" in said
    assert "gebucht" in said
    assert "Wertstellung" in said


def test_one_sort_of_entries_can_be_asked_for(cast: world.Cast, waiver: Adjustment) -> None:
    note(cast.officer, waiver, "Telefonat")
    way = ways(cast.officer, waiver)
    only = way.client.get(f"{way.url}?art=vermerke").content.decode()
    assert "1 Eintrag" in html_of(only)
    assert "Telefonat" in only
    assert "Telefonat" not in way.client.get(f"{way.url}?art=schriftstuecke").content.decode()
    assert way.client.get(f"{way.url}?art=nichts").status_code == 200


def test_the_document_is_tagged_and_has_a_table_of_contents(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note(cast.officer, waiver, "Telefonat", file="Beleg.pdf")
    way = ways(cast.officer, waiver)
    content = way.pdf_bytes
    with pikepdf.open(BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "de"
    assert b"/S/TOCI" in content
    assert pdf_faults(content) == []
    for part in ("Inhalt", "Verlauf", "Februar 2026", "Dateien", "Aufbewahrung", "Beleg.pdf"):
        assert part in way.pdf
    assert "Gelöscht wird hier nichts" in way.pdf


def test_the_same_state_gives_the_same_bytes_and_every_checksum_is_right(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note(cast.officer, waiver, "Eins", file="Bericht.pdf")
    note(cast.officer, waiver, "Zwei", file="Bericht.pdf")
    way = ways(cast.officer, waiver)
    assert way.zip_bytes == way.zip_bytes
    parts = way.archive
    sums = dict(
        reversed(line.split("  ", 1)) for line in parts["pruefsummen.txt"].decode().splitlines()
    )
    assert sums.keys() == parts.keys() - {"pruefsummen.txt"}
    assert all(hashlib.sha256(parts[name]).hexdigest() == sums[name] for name in sums)
    assert {name for name in parts if name.startswith("dateien/")} == {
        "dateien/0001-Bericht.pdf",
        "dateien/0002-Bericht.pdf",
    }


def test_the_metadata_have_the_form_that_the_handbook_describes(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note(cast.officer, waiver, "Zeichen & <Klammern>", file="Beleg.pdf")
    parts = ways(cast.officer, waiver).archive
    root = ElementTree.fromstring(parts["akte.xml"])
    described = (
        *("Kopf/Erzeuger", "Kopf/Stand", "Kopf/Hinweis", "Akte/AllgemeineMetadaten/Kennzeichen"),
        *("Akte/Vorgang/ID", "Akte/Vorgang/Vorgangsart", "Akte/Vorgang/Bearbeitungsstand"),
        *("Akte/Vorgang/Laufzeit/Beginn", "Akte/Vorgang/AllgemeineMetadaten/Betreff"),
        "Akte/Vorgang/ArchivspezifischeMetadaten/Aussonderungsart",
        "Akte/Vorgang/Dokument/Version/Format/Primaerdokument/Dateiname",
        *("Akte/Vorgang/Verlauf/Eintrag/Datum", "Akte/Vorgang/Verlauf/Eintrag/Art"),
    )
    for path in described:
        found = root.findall("/".join(NAMESPACE + part for part in path.split("/")))
        assert found, path
        assert all((each.text or "").strip() for each in found), path
    assert root.findtext(f".//{NAMESPACE}Kennzeichen") is not None
    numbers = [each.text for each in root.iter(f"{NAMESPACE}Kennzeichen")]
    assert waiver.file_number in numbers
    assert [one.text for one in root.iter(f"{NAMESPACE}Aussonderungsart")] == ["B"]
    assert "ohne Anspruch auf Konformität" in parts["akte.xml"].decode()
    days = list(root.iter(f"{NAMESPACE}Datum"))
    assert all(each.get("bedeutet") for each in days)
    for name in (each.text for each in root.iter(f"{NAMESPACE}Dateiname")):
        assert name in parts


def test_a_longer_file_asks_the_database_no_more_often(
    cast: world.Cast, waiver: Adjustment
) -> None:
    way = ways(cast.officer, waiver)
    asked = []
    for more in (3, 9):
        for number in range(more):
            note(cast.officer, waiver, f"{more}/{number}")
        counts = []
        for ending in ("", "/pdf", "/zip"):
            way.content(ending)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                way.content(ending)
            counts.append(len(queries))
        asked.append(counts)
    few, many = asked
    assert few == many
    assert len(re.findall("Vermerk VM-", way.page)) == 12
