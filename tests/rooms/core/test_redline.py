"""The redline on a page: said, marked, told apart without colour, in the page's language."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from zielwerk.rulebook.redline import Node, redline
from zielwerk.ui.redlines import Redline

OLD = [
    Node("a", "clause", "§ 4", "§ 4 Mittel"),
    Node("b", "value", "§ 4", "Es sind 1.600.100 Euro."),
    Node("c", "item", "§ 5, Projekt 1", "Kurs <A> & B"),
    Node("d", "item", "§ 5, Projekt 2", "Team-Camp"),
    Node("e", "item", "§ 5, Projekt 3", "Entfällt"),
]
NEW = [
    OLD[0],
    Node("b", "value", "§ 4", "Es sind 1.650.300 Euro."),
    Node("d", "item", "§ 5, Projekt 1", "Team-Camp"),
    Node("c", "item", "§ 5, Projekt 2", "Kurs <A> & B"),
]
CHANGES = redline(OLD, NEW)


def drawn(panel: Redline, language: str = "de") -> str:
    with translation.override(language):
        page = Template("{% redline panel %}").render(Context({"panel": panel}))
    return re.sub(r"\s+", " ", page)


def test_each_sentence_leads_to_its_place() -> None:
    page = drawn(Redline.of(CHANGES))
    sentences = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', page))
    assert sentences == {
        "stelle-1": "§ 4: statt 1.600.100 Euro nun 1.650.300 Euro (+ 50.200 Euro)",
        "stelle-2": "§ 5: „Team-Camp“ steht nun vor „Kurs &lt;A&gt; &amp; B“",
        "stelle-3": "§ 5, Projekt 3: gestrichen: „Entfällt“",
    }
    assert set(re.findall(r'id="([^"]+)"', page)) == set(sentences)


def test_what_is_struck_and_what_is_new_is_also_said() -> None:
    page = drawn(Redline.of(CHANGES))
    assert (
        '<del><span class="kern-sr-only">gestrichen: </span>1.600.100</del> '
        '<ins><span class="kern-sr-only">neu: </span>1.650.300</ins> Euro.'
    ) in page
    assert "verschoben" in page


def test_the_whole_version_shows_what_was_dropped_where_it_stood() -> None:
    page = drawn(Redline.of(CHANGES, NEW))
    texts = ["§ 4 Mittel", "1.650.300", "Team-Camp", "Kurs &lt;A&gt; &amp; B", "Entfällt"]
    places = [page.index(text, page.index("Wortlaut")) for text in texts]
    assert places == sorted(places)
    assert drawn(Redline.of(CHANGES)).count("Mittel") == 0


def test_an_english_page_says_what_is_german() -> None:
    page = drawn(Redline.of(CHANGES), "en")
    assert '<p lang="de">' in page
    assert '<span class="kern-sr-only" lang="en">deleted: </span>1.600.100' in page
    assert '“<span lang="de">Team-Camp</span>” now stands before' in page


@pytest.mark.parametrize("nodes", [(), OLD])
def test_equal_versions_are_no_redline(nodes: list[Node]) -> None:
    assert not Redline.of(redline(OLD, OLD), nodes)
