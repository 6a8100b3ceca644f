"""Order and search in the database: the same rows in the same order as without one."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.utils.timezone import get_current_timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import worlds
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import guards, words
from zielwerk.core.apps import install
from zielwerk.core.audit import is_untouched
from zielwerk.core.words import matching
from zielwerk.packs import naming
from zielwerk.programme.models import Party
from zielwerk.publication.models import Edition
from zielwerk.rulebook.alphabet import sort_key

AT = datetime(2025, 3, 1, 9, tzinfo=get_current_timezone())
LETTERS = "aäÄeouÜsßS z%_\\-KMk"
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=8), unique=True, max_size=8)
NAMES_OF_HESSE = naming.names("aqb_hessen")
SPELLINGS = ({"ä": "ae", "ü": "ue", "ß": "ss"}, {"ä": "a", "ü": "u", "ß": "ss"})


def spelled(text: str) -> list[str]:
    """The oracle's own spellings: written out, or without the dots."""
    return ["".join(table.get(char, char) for char in text.lower()) for table in SPELLINGS]


class TheDatabaseFindsWhatAPersonWould(TestCase):
    def enter(self, names: list[str]) -> None:
        columns = {"programme": "aqb_hessen", "kind": "provider", "entered_at": AT}
        Party.objects.bulk_create(Party(name=name, **columns) for name in names)

    @given(NAMES, st.text(LETTERS, max_size=5))
    def test_rows(self, names: list[str], wish: str) -> None:
        self.enter(names)
        expected = {
            name
            for name in names
            if all(
                any(one in other for one in spelled(word) for other in spelled(name))
                for word in wish.split()
            )
        }
        rows = matching(Party.objects.all(), wish, ags="")
        assert set(rows.values_list("name", flat=True)) == expected

    @given(NAMES)
    def test_order(self, names: list[str]) -> None:
        self.enter(names)
        ordered = sorted(names, key=lambda name: (sort_key(name), name))
        by_key = Party.objects.order_by("name_key", "name")
        assert [sort_key(party.name) for party in by_key] == [sort_key(name) for name in ordered]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("MKK", {"06435"}),
        ("mkk 2024", {"06435"}),
        ("Kassel", {"06611", "06633"}),
        ("Kassel Stadt", {"06611"}),
        ("Landkreis Kassel", {"06633"}),
        ("stadt  KASSEL 2024", {"06611"}),
        ("land kassel", {"06633"}),
        ("06633", {"06633"}),
        ("Main-Kinzig", {"06435"}),
        ("mkk kassel", set()),
        ("%", set()),
    ],
)
@pytest.mark.django_db
def test_a_body_is_found_by_whatever_it_is_called(wish: str, expected: set[str]) -> None:
    for ags in ("06435", "06611", "06633"):
        Agreement.objects.create(
            file_number=f"ZV-{ags}",
            programme="aqb_hessen",
            year=2024,
            ags=ags,
            # What a row says of another body does not make it that body's.
            body_name="Landkreis und Stadt Kassel" if ags != "06435" else "…",
            amount_cents=1,
            terms={},
            rule_version="-",
            recorded_at=AT,
        )
    rows = matching(Agreement.objects.all(), wish)
    assert set(rows.values_list("ags", flat=True)) == expected


@pytest.mark.django_db
def test_the_keys_follow_a_body_that_is_called_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = worlds.put(world.enrol_cast)
    world.record_and_publish(cast, world.main_kinzig(), False, AT)
    assert not words.renamed("default")
    called = replace(NAMES_OF_HESSE["06435"], short="Kinzigtal")
    monkeypatch.setattr(naming, "names", lambda programme: {"06435": called})
    install("default")
    assert Agreement.objects.get().body_key == sort_key("Kinzigtal")
    assert not words.renamed("default")
    assert guards.installed(connection) >= guards.required(connection)
    assert is_untouched(Edition.objects.get())
