"""No page and no file speaks the words of another programme than the one it serves."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.journeys import every_state
from tests.journeys.crawl import Crawl, Visit
from tests.journeys.other_words import CODE, FOREIGN, in_other_words, plant
from tests.journeys.pages import visible
from tests.journeys.programmes import Example
from tests.stage import everybody
from zielwerk.packs import folders, loading
from zielwerk.publication.models import Edition
from zielwerk.rulebook.publication import EditionState

WALKERS = {"ministry", "body"}  # what the others see, one of these sees too
pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # what pages say is the same on every database
SAID = re.compile(r'(?:title|aria-label|placeholder|data-column|content|alt)="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """What everybody saw of the programme, and its open data by address."""

    example: Example
    visits: list[Visit]
    data: dict[str, bytes]


@pytest.fixture(scope="module")
def seen(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Seen]:
    """The site of a programme that calls all otherwise, seen by ministry, body and nobody."""
    folder = tmp_path_factory.mktemp("packs")
    example = plant(folder)
    folders.use(folder)
    try:
        with (
            django_db_blocker.unblock(),  # type: ignore[attr-defined]
            override_settings(PROGRAMME=CODE),
            transaction.atomic(),
        ):
            every_state.put(example)
            by_role = {user.side: user for user in everybody()}
            crawl = Crawl(is_exhaustive=False)
            crawl.run([one for one in by_role.values() if one.side in WALKERS])
            data = {address: Client().get(address).getvalue() for address in open_data()}
            transaction.set_rollback(True)
        yield Seen(example, crawl.visits, data)
    finally:
        folders.use(None)


def open_data() -> Iterator[str]:
    edition = Edition.objects.filter(state=EditionState.PUBLISHED).first()
    assert edition
    yield from (reverse(f"publication:{name}") for name in ("list_json", "list_csv", "schema"))
    of = edition.address
    for name in ("edition_json", "edition_csv", "edition_pdf", "edition_easy"):
        yield reverse(f"publication:{name}", args=of)


def foreign(text: str) -> set[str]:
    return {text[max(0, match.start() - 40) : match.end() + 20] for match in FOREIGN.finditer(text)}


def test_the_programme_is_another_one() -> None:
    assert in_other_words("Landkreis Sandhafen, kreisfreie Stadt, 91003") == (
        "Stadtkreis Sandhafen, Marktbezirk, NM003K"
    )
    assert foreign("Die Fördervereinbarung des Landkreises")


def test_no_page_and_no_file_says_a_foreign_word(seen: Seen) -> None:
    texts = [visit for visit in seen.visits if visit.html]
    assert len({visit.address.partition("?")[0] for visit in texts}) > 90
    assert {visit.language for visit in texts} == {"de", "en"}
    said = {
        (visit.language, words, visit.address)
        for visit in texts
        for text in (visible(visit.html), *SAID.findall(visit.html))
        for words in foreign(text)
    }
    assert said == set()


def test_pages_say_the_words_of_the_programme(seen: Seen) -> None:
    german = " ".join(visible(each.html) for each in seen.visits if each.language == "de")
    english = " ".join(visible(each.html) for each in seen.visits if each.language == "en")
    for words in ("Zuwendungsbescheide", "Stadtkreise und Marktbezirke", "Kreisschlüssel NM",
                  "Amtlicher Kreisschlüssel", "Was ist ein Zuwendungs-Bescheid?",
                  "Freistaat"):  # fmt: skip
        assert words in german
    for words in ("Grant notices", "urban districts and market boroughs", "Free state"):
        assert words in english


def test_addresses_and_file_names_are_those_of_the_programme(seen: Seen) -> None:
    public = {visit.address for visit in seen.visits if "/20" in visit.address}
    assert any(address.startswith("/zuwendungsbescheide/2026/NM") for address in public)
    assert not [visit for visit in seen.visits if "vereinbarungen/2026/9" in visit.address]
    assert {visit.status for visit in seen.visits if visit.status >= 500} == set()


def test_open_data_and_papers_say_no_foreign_word(seen: Seen) -> None:
    assert len(seen.data) == 7
    for address, content in seen.data.items():
        if address.endswith(".pdf"):
            pages = pypdfium2.PdfDocument(BytesIO(content))
            text = " ".join(page.get_textpage().get_text_range() for page in pages)
            assert "Kreisschlüssel" in text
        else:
            text = content.decode()
        if address.endswith(".json"):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        assert foreign(text) == set(), address


@pytest.mark.parametrize("address", ["/zielvereinbarungen", "/foerdervereinbarungen/2026/NM003K"])
def test_the_words_of_others_are_no_addresses(address: str, tmp_path: Path, db: None) -> None:
    plant(tmp_path)
    folders.use(tmp_path)
    try:
        with override_settings(PROGRAMME=CODE):
            assert loading.programme(CODE).document.address == "zuwendungsbescheide"
            assert Client().get("/zuwendungsbescheide").status_code == 200
            assert Client().get(address).status_code == 404
    finally:
        folders.use(None)
