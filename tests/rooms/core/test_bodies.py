"""A body has one short name on every page; kind and key stand where they are asked for."""

import pytest
from django.template import engines
from django.utils import translation

from tests.rooms.conftest import PROGRAMMES
from zielwerk.packs import naming
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.refusal import Refusal
from zielwerk.ui import bodies
from zielwerk.ui.tags.values import said


def drawn(source: str, language: str = "de") -> str:
    with translation.override(language):
        return str(engines["django"].from_string(source).render({}))


def test_the_kind_stands_only_where_two_share_a_name() -> None:
    assert [bodies.short(ags) for ags in ("06611", "06633", "06413", "06438", "06440")] == [
        "Kassel Stadt",
        "Kassel Land",
        "Offenbach Stadt",
        "Offenbach Land",
        "Wetteraukreis",
    ]
    assert bodies.brief("06435") == "MKK"
    assert bodies.short("99999") == "99999"  # no body of the programme


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_two_bodies_read_the_same(programme: str) -> None:
    names = naming.names(programme)
    for called in ("short", "brief", "official"):
        assert len({getattr(name, called) for name in names.values()}) == len(names)
    assert all(len(name.brief) <= 8 for name in names.values())
    in_order = [name.short for name in names.values()]
    assert in_order == sorted(in_order, key=sort_key)


def test_the_tag_names_links_and_explains() -> None:
    assert drawn('{% body "06633" %}') == "Kassel Land"
    assert drawn('{% body "06633" url="/x" %}') == '<a href="/x">Kassel Land</a>'
    for ags, name in (
        ("06633", 'Kassel Land<span class="zw-muted">, Landkreis Kassel, AGS 06633</span>'),
        ("06412", 'Frankfurt am Main<span class="zw-muted">, kreisfreie Stadt, AGS 06412</span>'),
    ):
        assert drawn(f'{{% body "{ags}" official=True %}}') == name
    assert drawn('{{ "06633"|body_name }}: {{ "06633"|body_kind }}') == "Kassel Land: Landkreis"


def test_an_english_page_says_that_the_name_is_german() -> None:
    assert drawn('{% body "06633" %}', "en") == '<span lang="de">Kassel Land</span>'
    assert drawn('{% body "06633" url="/x" %}', "en") == (
        '<a href="/x"><span lang="de">Kassel Land</span></a>'
    )


def test_an_english_sentence_says_of_every_name_in_it_that_it_is_german() -> None:
    names = ["Wetteraukreis", "Kassel Stadt <b>"]
    refusal = Refusal("test", "Es fehlt: {what}.", {"what": names})
    with translation.override("en"):
        assert said(refusal) == (
            'Missing: <span lang="de">Wetteraukreis</span>,'
            ' <span lang="de">Kassel Stadt &lt;b&gt;</span>.'
        )
    assert said(refusal) == "Es fehlt: Wetteraukreis, Kassel Stadt <b>."


def test_a_programme_without_such_a_key_is_unharmed_by_its_sign() -> None:
    assert drawn('{% body "<b>" %}') == "&lt;b&gt;"
