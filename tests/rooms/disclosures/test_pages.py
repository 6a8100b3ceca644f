"""What the public is told about the site: from settings, truthfully, in both languages."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.journeys.pages import visible
from tests.rooms.disclosures import operators
from zielwerk.config import world
from zielwerk.core import kept
from zielwerk.disclosures import queries
from zielwerk.packs.operator import Operator, read_operator

pytestmark = pytest.mark.django_db
PAGES = ("/barrierefreiheit", "/kontakt", "/impressum", "/datenschutz", "/gebaerdensprache")
EASY = ("/leichte-sprache", "/leichte-sprache/barrierefreiheit")
WALK = "/barrierefreiheit/rundgang"


@pytest.fixture
def operator(tmp_path: Path, settings: Any) -> Iterator[Operator]:
    """An installation with the operator of the handbook's example."""
    operator = read_operator(operators.write(tmp_path))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=operator)
    return operator


@pytest.fixture
def video(tmp_path: Path, settings: Any) -> Operator:
    operator = read_operator(operators.with_video(tmp_path))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=operator)
    return operator


def html(address: str, language: str = "de") -> str:
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def said(address: str, language: str = "de") -> str:
    return visible(html(address, language))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("address", [*PAGES, *EASY])
def test_every_page_names_who_answers_for_it(
    operator: Operator, address: str, language: str
) -> None:
    text = said(address, language)
    names = ("Ministerium für Beispiele", "Referat Öffentlichkeitsarbeit")
    assert any(name in text for name in names)
    assert "Beispielwerte der Vorführung" not in text
    assert "Example values" not in text
    assert "nur ein Beispiel" not in text


@pytest.mark.parametrize("address", [*PAGES, *EASY])
def test_the_values_of_the_demo_say_that_they_are_invented(address: str) -> None:
    text = said(address)
    assert "Beispielwerte der Vorführung" in text or "Das hier ist nur ein Beispiel." in text


def test_the_statement_says_what_the_law_asks_for(operator: Operator) -> None:
    text = said("/barrierefreiheit")
    for part in (
        "https://foerderung.ministerium.example",
        "teilweise vereinbar",
        "§§ 3 bis 6 HVBIT",
        "16.09.2019",
        "Richtlinie (EU) 2016/2102",
        "Prüfung durch eine andere Stelle: Prüfstelle Beispiel",
        "01.10.2026",
        "28.11.2026",
        "barrierefrei@ministerium.example",
        "innerhalb von 3 Wochen",
        "nach 6 Wochen keine Antwort",
        "Durchsetzungs- und Überwachungsstelle Barrierefreie Informationstechnik",
        "Angaben nicht bei der Stelle selbst nachgeprüft",
        "Soll behoben sein bis 30.06.2027.",
        "Ältere Rundschreiben sind Bilder ohne Text.",
    ):
        assert part in text, part
    assert f"Dem stehen {len(operator.barriers)} Punkte entgegen." in text
    for barrier in operator.barriers:
        assert barrier.text in text
        assert barrier.alternative in text
    assert 'href="mailto:barrierefrei@ministerium.example"' in html("/barrierefreiheit")


def test_the_english_statement_marks_what_is_german(operator: Operator) -> None:
    page = html("/barrierefreiheit", "en")
    assert "partially compliant" in page
    assert "Blind people have not yet walked" in page
    for german in ("Ältere Rundschreiben sind Bilder ohne Text.", "Ministerium für Beispiele"):
        assert f'lang="de">{german}' in page, german


def test_the_statement_leads_to_a_walk_that_says_it_was_not_done() -> None:
    assert f'href="{WALK}"' in html("/barrierefreiheit")
    text = said(WALK)
    assert "Noch nicht durchgeführt" in text
    for part in ("NVDA", "Orca", "Auf Geld verzichten", "Die Warnung vor dem Ende der Sitzung"):
        assert part in text
    assert "Not done yet" in said(WALK, "en")


def test_another_state_names_its_own_authorities(settings: Any) -> None:
    settings.PROGRAMME = "lotsenfonds_nordmark"
    assert "Stelle für Barrierefreiheit der Nordmark (erfunden)" in said("/barrierefreiheit")
    assert "nach 4 Wochen keine Antwort" in said("/barrierefreiheit")
    assert "Datenschutzstelle der Nordmark (erfunden)" in said("/datenschutz")
    assert "HVBIT" not in said("/barrierefreiheit")
    assert "Förder-Vereinbarung" in said("/leichte-sprache")


def test_the_operator_may_name_an_authority_itself(operator: Operator) -> None:
    named = queries.authority("data_protection")
    assert named
    assert named.source.text == "bei der Behörde erfragt"
    assert "nicht bei der Stelle selbst nachgeprüft" not in said("/datenschutz")


def test_the_imprint_and_the_privacy_page_are_filled_from_the_file(operator: Operator) -> None:
    imprint, privacy = said("/impressum"), said("/datenschutz")
    for part in (
        "65183 Wiesbaden",
        "die Ministerin",
        "DE000000000",
        "die Leitung der Pressestelle",
    ):
        assert part in imprint, part
    for part in ("nach 14 Tagen gelöscht", "§ 3 Abs. 1 HDSIG", "Das Rechenzentrum des Landes"):
        assert part in privacy, part
    assert "65021 Wiesbaden" in privacy


def test_what_is_said_of_log_lines_is_true(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "zielwerk.request"):
        Client(REMOTE_ADDR="192.0.2.7").get("/zielvereinbarungen?suche=Geheimes")
    lines = [record.getMessage() for record in caplog.records]
    assert lines
    assert not any("192.0.2.7" in line or "Geheimes" in line for line in lines)
    assert "ohne Suchwörter und Filter" in said("/datenschutz")


def test_who_only_reads_gets_no_cookie() -> None:
    client = Client()
    for address in ("/", *PAGES, *EASY, WALK):
        assert client.get(address).status_code == 200
    assert dict(client.cookies) == {}


def test_no_cookie_is_set_that_the_privacy_page_does_not_tell_of(cast: world.Cast) -> None:
    told = {
        "sessionid": "Sitzung",
        "csrftoken": "Schutz der Formulare",
        "django_language": "Sprache",
        kept.COOKIE: "Aufgehobene Eingabe",
    }
    client = Client()
    client.post("/sprache", {"language": "en", "next": "/"})
    assert client.cookies["django_language"]["max-age"] == "", "longer than the page says"
    client.get("/anmelden")
    client.post("/anmelden/vorfuehrung", {"person": cast.officer.pk})
    client.get("/arbeit/vermerke/neu")
    assert "sessionid" in client.cookies
    assert set(client.cookies) <= set(told)
    text = said("/datenschutz")
    for name in told.values():
        assert name in text
    assert "nur wenn Sie die Sprache wählen, bis Sie den Browser schließen" in text
    assert "oder Sie darin die Sprache wechseln" in text
    assert "§ 25 Abs. 2 Nr. 2 TDDDG" in text


def test_every_page_leads_to_all_of_them_from_its_end(cast: world.Cast) -> None:
    client = Client()
    client.force_login(cast.officer)
    for address in ("/", "/arbeit/", "/gibt-es-nicht"):
        end = client.get(address).content.decode().partition("<footer")[2]
        for page in (*PAGES, "/leichte-sprache"):
            assert f'href="{page}"' in end, (address, page)


def test_without_a_video_the_page_says_so_and_what_to_do() -> None:
    page = html("/gebaerdensprache")
    assert "Ein Video in Gebärdensprache gibt es noch nicht" in page
    assert "<video" not in page
    assert 'href="/leichte-sprache"' in page.partition("<main")[2].partition("</main")[0]
    assert "Das Video in Gebärden-Sprache fehlt noch." in said("/leichte-sprache")


def test_a_video_is_shown_with_controls_text_and_download(video: Operator) -> None:
    page = html("/gebaerdensprache")
    assert "<video controls" in page
    assert "autoplay" not in page
    assert "/static/gebaerdensprache/gebaerdensprache.mp4" in page
    text = visible(page)
    for part in ("2 min 30 s", "10.11.2026", "Hier stehen Vereinbarungen.", "256 Bytes"):
        assert part in text.replace("\xa0", " "), part
    assert "sign_language" not in [barrier.code for barrier in video.barriers]
    policy = Client().get("/gebaerdensprache")["Content-Security-Policy"]
    assert "media-src 'self'" in policy


def test_of_the_operators_folder_only_the_video_is_given_out(video: Operator) -> None:
    (found,) = [
        finder
        for finder in finders.get_finders()
        if type(finder).__module__ == "zielwerk.config.finders"
    ]
    assert [path for path, _storage in found.list([])] == ["gebaerdensprache.mp4"]
    assert finders.find("gebaerdensprache/gebaerdensprache.mp4") == str(video.video)
    for other in ("operator.toml", "passwort.txt", "gebaerdensprache.txt", "../passwort.txt"):
        assert finders.find(f"gebaerdensprache/{other}") is None


def test_the_contact_is_the_office_or_the_body_as_a_whole(
    operator: Operator, settings: Any, tmp_path: Path
) -> None:
    text = said("/kontakt")
    for part in (
        "Ministerium für Beispiele",
        "Referat Förderung",
        "+49 611 000-12",
        "9 bis 15 Uhr",
    ):
        assert part in text, part
    assert 'href="/barrierefreiheit#melden"' in html("/kontakt")
    assert "Monday to Friday" in said("/kontakt", "en")
    before, _, after = operators.EXAMPLE.partition("[contact]")
    without = read_operator(operators.write(tmp_path, before + after[after.index("[privacy]") :]))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=without)
    text = said("/kontakt")
    assert "Referat Förderung" not in text
    assert without.sections.body.email in text
    assert "Erreichbar" not in text


def test_english_pages_say_the_operators_own_english_words(settings: Any, tmp_path: Path) -> None:
    text = operators.EXAMPLE
    for german, english in (
        ('name = "Ministerium für Beispiele"', 'name_en = "Ministry of Examples"'),
        ("represented_by =", 'represented_by_en = "the minister"'),
        ("responsible =", 'responsible_en = "the press office"'),
        ("web_server =", 'web_server_en = "The web server keeps addresses for a week."'),
    ):
        text = text.replace(german, f"{english}\n{german}", 1)
    operator = read_operator(operators.write(tmp_path, text))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=operator)
    imprint = said("/impressum", "en")
    for words in ("Ministry of Examples", "the minister", "the press office"):
        assert words in imprint, words
    assert "keeps addresses for a week" in said("/datenschutz", "en")
    assert "Ministerium für Beispiele" in said("/impressum")


@pytest.mark.parametrize("address", PAGES)
def test_a_real_installation_says_that_nobody_filled_it_in(address: str, settings: Any) -> None:
    settings.DEMO = False
    text = said(address)
    assert "Noch nicht ausgefüllt" in text
    assert "Not filled in yet" in said(address, "en")
    assert "Beispielwerte der Vorführung" not in text
