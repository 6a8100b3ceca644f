"""The page of a review: text and values in step, each place marked, each link leading somewhere."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import worlds
from tests.journeys.programmes import EXAMPLES, PROGRAMMES
from tests.stage import AT, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.forms import ReviewForm, read_text
from zielwerk.agreements.models import Intake
from zielwerk.agreements.panels.marked import Mark, Way, drawn
from zielwerk.config import world
from zielwerk.documents import queries as documents
from zielwerk.identity.models import User
from zielwerk.recognition.source import decode

TEXTS = {
    "zielvereinbarung": "aqb_hessen",
    "foerdervereinbarung": "lotsenfonds_nordmark",
    "zuwendungsbescheid": "kreisbudget_suedland",
}
FILES = sorted(EXAMPLES.glob("*.txt"))


class Page(HTMLParser):
    """The names and links of a page, and the text within the boxes of the received text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.marked_links: list[str] = []
        self.text = ""
        self._depth = self._number = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if "id" in given:
            self.names.append(given["id"])
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.links.append(given["href"][1:])
            if self._depth:
                self.marked_links.append(given["href"][1:])
        if self._depth:
            self._depth += 1
            self._number += given.get("class") == "zw-mark__number"
        elif given.get("class") == "zw-text__words":
            self._depth = 1
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
            self._number = 0

    def handle_data(self, data: str) -> None:
        if self._depth and not self._number:
            self.text += data


@dataclass
class Reviewing:
    """Somebody at the review of a text."""

    intake: Intake
    person: User

    def page(self) -> Page:
        address = reverse("agreements:review", args=[self.intake.pk])
        return Page(signed_in(self.person).get(address).content.decode())

    def form(self) -> ReviewForm:
        return ReviewForm(self.intake, user=self.person, today=AT.date())


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def reviewing(request: pytest.FixtureRequest, settings: Any, db: None) -> Reviewing:
    """The review of each example text of each programme."""
    file: Path = request.param
    settings.PROGRAMME = programme_of(file)
    received = read_text(file.name, file.read_bytes())
    person, _ = worlds.put(world.enrol_cast).takers("recording", received.terms.year, received.ags)
    return Reviewing(actions.begin(person, received, at=AT), person)


def programme_of(file: Path) -> str:
    return TEXTS[file.stem.partition("-")[0]]


def test_there_is_an_example_of_every_programme() -> None:
    assert {programme_of(file) for file in FILES} == {one.programme for one in PROGRAMMES}


def test_every_link_within_the_page_leads_somewhere(reviewing: Reviewing) -> None:
    page = reviewing.page()
    assert len(page.links) > 30
    assert set(page.links) <= set(page.names)
    assert len(page.names) == len(set(page.names))


def test_every_value_read_from_the_text_is_marked_there_and_its_mark_leads_back(
    reviewing: Reviewing,
) -> None:
    page = reviewing.page()
    for group in reviewing.form().groups():
        if not group.spots:
            continue
        assert f"text-{group.anchor}" in page.names
        assert f"text-{group.anchor}" in page.links
        if group.number:
            assert f"zweifel-{group.number}" in page.marked_links


def test_the_parts_make_up_the_whole_text(reviewing: Reviewing) -> None:
    assert reviewing.intake.source
    text = decode(documents.text_of(reviewing.intake.source))
    assert reviewing.page().text.split() == text.split()


def test_doubts_are_numbered_in_the_order_of_the_text(reviewing: Reviewing) -> None:
    groups = [group for group in reviewing.form().groups() if group.number]
    assert [group.number for group in groups] == list(range(1, len(groups) + 1))
    places = [min(spot.start for spot in group.spots) for group in groups if group.spots]
    assert places == sorted(places)
    assert {path for group in groups for path in group.doubts} == set(reviewing.intake.doubts)


def test_each_value_stands_beside_the_part_of_the_text_that_it_was_read_from(
    reviewing: Reviewing,
) -> None:
    for part in reviewing.form().parts:
        for group in part.groups:
            if group.spots:
                first = min(spot.start for spot in group.spots)
                assert part.start <= first
                assert part.end is None or first < part.end


def test_the_words_of_the_paper_are_german_on_an_english_page(reviewing: Reviewing) -> None:
    address = reverse("agreements:review", args=[reviewing.intake.pk])
    english = {"Accept-Language": "en"}
    page = signed_in(reviewing.person).get(address, headers=english).content.decode()
    assert '<html lang="en"' in page
    titles = re.findall(r'<input[^>]* name="measures\[\d+\]\.title"[^>]*>', page)
    clauses = re.findall(r'<textarea[^>]* name="clauses\[[^>]*>', page)
    assert titles
    assert clauses
    assert all('lang="de"' in field for field in (*titles, *clauses))


SPANS = st.lists(
    st.tuples(st.integers(0, 39), st.integers(1, 12)).map(lambda s: (s[0], min(s[0] + s[1], 40))),
    max_size=8,
    unique=True,
)


@given(SPANS, st.integers(0, 40))
def test_marks_however_they_overlap_leave_the_text_as_it_is(
    spans: list[tuple[int, int]], cut: int
) -> None:
    text = "Ein <Text> & „seine“ Stellen, ganz lang."[:40]
    marks = [
        Mark(*span, (Way(f"wert-{i}", f"text-{i}", i % 3, needs_mark=True),))
        for i, span in enumerate(spans)
    ]
    shown = drawn(text, marks, 0, cut) + drawn(text, marks, cut, None)
    page = Page(f'<p class="zw-text__words">{shown}</p>')
    assert "".join(page.text.split()) == "".join(text.split())
    assert sorted(page.names) == sorted(f"text-{i}" for i in range(len(spans)))
    assert "<a" not in re.sub(r"<a[^>]*>[^<]*</a>", "", shown)  # no link within a link
