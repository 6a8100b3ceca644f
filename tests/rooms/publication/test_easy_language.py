"""An agreement in Leichte Sprache: what it says, and the rules of that language."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tests import worlds
from tests.journeys.programmes import PROGRAMMES, SUEDLAND, Example
from tests.stage import take_down
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.packs import easy
from zielwerk.packs import loading as packs
from zielwerk.packs.operator import Review
from zielwerk.publication.queries import current_editions

pytestmark = pytest.mark.django_db
ADDRESS = "/zielvereinbarungen/2024/06435/leichte-sprache"
PAGES = ("/leichte-sprache", "/leichte-sprache/barrierefreiheit")
MOST_WORDS, LONGEST_PART = 12, 16
PART = re.compile(r'<div class="zw-easy[^>]*lang="de-simple">(.*)</div>\s*</main>', re.DOTALL)
GENITIVE = re.compile(r"\b(?:des|eines|dessen|deren)\b")
CONJUNCTIVE = re.compile(r"\b(?:hätte|wäre|würde|könnte|sollte|müsste)\w*\b", re.IGNORECASE)


def page(address: str, language: str = "de") -> str:
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def lines(html: str) -> list[str]:
    """The lines of a page in Leichte Sprache; titles and names of others are no lines of ours."""
    (part,) = re.findall(
        r'<div class="zw-easy[^>]*lang="de-simple">(.*)</div>\s*</main>', html, re.S
    )
    part = re.sub(r'<ul lang="de">.*?</ul>|<a\b.*?</a>', "", part, flags=re.S)
    found = re.split(r"<br>|</?(?:p|li|h2|h3|ul|ol|div)\b[^>]*>", part)
    texts = (" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in found)
    return [text for text in texts if text]


def said(html: str) -> str:
    return " ".join(lines(html))


def test_it_says_who_agreed_how_much_and_for_what(main_kinzig: Agreement) -> None:
    html = page(ADDRESS)
    text = said(html)
    for part in (
        "Was ist eine Ziel-Vereinbarung?",
        "Main-Kinzig-Kreis",
        "Das ist ein Land-Kreis.",
        "1.600.100 Euro",
        "für das Jahr 2024",
        "11 Projekte",
        "Das Geld gibt es erst mit einem Bescheid.",
        "Regierungs-Präsidium in Kassel",
    ):
        assert part in text, part
    assert "Team-Camp" in html
    for name in ("Hofmann", "Stolz", "Lindner", "Acker"):
        assert name not in html
    assert 'href="/zielvereinbarungen/2024/06435"' in html


def test_the_agreement_leads_to_it_and_it_is_gone_with_it(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    assert f'href="{ADDRESS}"' in page(ADDRESS.removesuffix("/leichte-sprache"))
    take_down(cast.head, main_kinzig)
    assert Client().get(ADDRESS).status_code == 410


def test_an_invented_one_says_so_and_is_not_for_search_engines(cast: world.Cast) -> None:
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    answer = Client().get("/zielvereinbarungen/2024/06411/leichte-sprache")
    assert "Diese Ziel-Vereinbarung ist erfunden." in said(answer.content.decode())
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", [*PAGES, ADDRESS])
def test_each_page_says_whether_it_was_reviewed(
    main_kinzig: Agreement, settings: Any, address: str
) -> None:
    assert "noch nicht von Menschen mit Lern-Schwierigkeiten geprüft" in said(page(address))
    operator = settings.ENVIRONMENT.operator
    names = ("start", "statement", "agreement")
    reviews = tuple(
        Review(page=name, by=by, day=date(2027, month, 5))
        for name in names
        for by, month in (("Gruppe Alt", 1), (f"Gruppe {name}", 2))
    )
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT, operator=operator._replace(reviews=reviews)
    )
    name = dict(zip((*PAGES, ADDRESS), names, strict=True))[address]
    text = said(page(address))
    assert f"Gruppe {name}" in text
    assert "05.02.2027" in text
    assert "Gruppe Alt" not in text
    assert "noch nicht von Menschen" not in text


@pytest.mark.parametrize("address", [*PAGES, ADDRESS])
def test_english_pages_say_that_it_is_german_only(main_kinzig: Agreement, address: str) -> None:
    english = page(address, "en")
    assert "This page exists in German only" in english
    assert '<html lang="en"' in english
    assert lines(english) == lines(page(address))
    assert "nur auf Deutsch" not in page(address)


def faults(html: str, kept: set[str]) -> list[str]:
    """Lines that break a rule of BITV 2.0, annex 2; ``kept`` are names nobody may cut."""
    wrong = []
    for line in lines(html):
        text = line
        for name in sorted(kept, key=len, reverse=True):
            text = text.replace(name, "Name")
        words = re.findall(r"[\w.]+(?:-\w+)*", text)
        parts = [part for word in words for part in re.split(r"[-.]", word)]
        if (
            len(words) > MOST_WORDS
            or len(re.findall(r"[.?!](?=\s+[A-ZÄÖÜ])", text.replace("Achtung:", ""))) > 0
            or GENITIVE.search(text)
            or CONJUNCTIVE.search(text)
            or any(len(part) > LONGEST_PART for part in parts)
        ):
            wrong.append(line)
    return wrong


def test_the_rules_find_what_breaks_them() -> None:
    frame = '<div class="zw-easy zw-flow" lang="de-simple"><p>{}</p></div>\n</main>'
    for broken in (
        "Das Geld des Landes kommt.",
        "Das ist ein Satz. Das ist noch einer.",
        "Das Ausbildungsvorbereitungsjahr beginnt.",
        "Wir könnten helfen.",
        "Das " + "sehr " * MOST_WORDS + "lange Wort.",
    ):
        assert faults(frame.format(broken), set()) == [broken]
    assert (
        faults(frame.format("Das Geld kommt vom Land.<br>Der Bescheid ist ein Brief."), set()) == []
    )


def test_every_line_keeps_the_rules(
    main_kinzig: Agreement, cast: world.Cast, settings: Any
) -> None:
    world.record_and_publish(cast, world.invented()[0], True, timezone.now())
    sections = settings.ENVIRONMENT.operator.sections
    kept = {sections.body.name, sections.feedback.office, "Hessisches Ministerium für Arbeit,"}
    kept |= {"Integration, Jugend und Soziales"}
    for address in (*PAGES, ADDRESS, "/zielvereinbarungen/2024/06411/leichte-sprache"):
        html = page(address)
        assert len(lines(html)) > 15
        assert faults(html, kept) == [], address


@pytest.mark.parametrize("example", PROGRAMMES, ids=str)
def test_every_programme_tells_its_agreements(example: Example) -> None:
    with override_settings(PROGRAMME=example.programme):
        worlds.put(world.build)
        edition = current_editions().first()
        assert edition
        html = page(reverse("publication:edition_easy", args=edition.address))
        words = easy.load(example.programme)
        gender = packs.programme(example.programme).document.gender
        article = "eine" if gender == "f" else "ein"
        assert f"Was ist {article} {words.agreement}?" in said(html)
        for measure in edition.document["measures"]:
            assert words.measure_types[measure["type"]][0] in said(html)


def test_a_notice_is_told_as_what_an_authority_gives_alone() -> None:
    with override_settings(PROGRAMME=SUEDLAND.programme):
        worlds.put(world.build)
        edition = current_editions().filter(ags=SUEDLAND.ags).first() or current_editions()[0]
        address = reverse("publication:edition_easy", args=edition.address)
        html, start = page(address), said(page("/leichte-sprache"))
    text, told = said(html), edition.document
    for part in (
        f"Das hat dieses Amt gemacht: {told['granting_authority']}",
        f"Wer bekommt diesen Zuwendungs-Bescheid? {told['region']['name']}",
        f"{told['region']['name']} bekommt das Geld.",
    ):
        assert part in text
    for untrue in ("erste Seite", "zweite Seite", "noch kein Geld", "erst mit einem Bescheid"):
        assert untrue not in text
    assert "Was ist ein Zuwendungs-Bescheid?" in start
    assert "Vorher hat der Kreis-Tag oder der Gemeinde-Rat Ja gesagt." in start
    assert faults(html, {told["granting_authority"], told["region"]["name"]}) == []
