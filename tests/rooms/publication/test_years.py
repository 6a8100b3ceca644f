"""A body's years side by side, for everybody."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.stage import html_of
from zielwerk.config import world
from zielwerk.core.develop import Queries
from zielwerk.rulebook.agreement import Earmark, Measure, Terms

FRANKFURT = "/zielvereinbarungen/koerperschaften/06412"


def agreed(year: int, cents: int, *titles: str, seats: int | None = None) -> Terms:
    """An agreement of Frankfurt over these measures."""
    kind = "qualification"
    signatures = next(each for each in world.invented() if each.ags == "06412").signatures
    measures = tuple(Measure(kind, title, seats=seats) for title in titles)
    frame: Any = world.frame("aqb_hessen", year, "06412")
    return Terms(**frame, amount_cents=cents, measures=measures, signatures=signatures)


def text(client: Client, address: str) -> str:
    page = html_of(client.get(address).content)
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])


def words(client: Client, address: str) -> str:
    return " ".join(text(client, address).split())


@pytest.fixture
def two_years(cast: world.Cast) -> datetime:
    at = timezone.now()
    before = agreed(2023, 100_000_00, "Team-Camp", "Altenpflegehilfe + Sprache", "Robotik")
    before = replace(before, earmarks=(Earmark("language", 10_000_00),))
    after = agreed(
        2024, 130_000_00, "Sprache und Altenpflegehilfe", "Team-Camp", "Garten", seats=12
    )
    after = replace(after, earmarks=())
    world.record_and_publish(cast, before, True, at)
    world.record_and_publish(cast, after, True, at + timedelta(hours=1))
    return at


def test_what_came_stayed_and_went_from_one_year_to_the_next(
    client: Client, two_years: datetime
) -> None:
    page = words(client, FRANKFURT)
    assert "Von 2023 auf 2024" in page
    assert "100.000,00 € → 130.000,00 € (+30.000,00 €)" in page
    assert re.search(r"Dazugekommen: 1 Garten Geblieben: 2", page)
    assert "Sprache und Altenpflegehilfe (bisher: Altenpflegehilfe + Sprache)" in page
    assert re.search(r"Weggefallen: 1 Robotik", page)
    assert "nicht genannt → 36" in page
    assert "Zweckbindungen, die es nicht mehr gibt" in page
    assert "Für die Vorführung erfunden" in page


def test_the_years_are_reached_from_the_page_of_an_agreement_and_from_the_map(
    client: Client, two_years: datetime
) -> None:
    for address in ("/zielvereinbarungen/2024/06412", "/zielvereinbarungen/karte"):
        assert f'href="{FRANKFURT}"' in client.get(address).content.decode()


def test_one_year_alone_is_compared_with_nothing(cast: world.Cast, client: Client) -> None:
    assert client.get(FRANKFURT).status_code == 404
    world.record_and_publish(cast, agreed(2024, 1_000_00, "Garten"), True, timezone.now())
    assert "Erst ein Jahr ist veröffentlicht" in words(client, FRANKFURT)


def test_a_real_year_beside_an_invented_one_tells_no_difference(
    cast: world.Cast, client: Client
) -> None:
    at = timezone.now()
    world.record_and_publish(cast, agreed(2023, 100_00, "Garten"), False, at)
    world.record_and_publish(cast, agreed(2024, 300_00, "Garten"), True, at + timedelta(hours=1))
    page = words(client, FRANKFURT)
    assert "deshalb ohne Unterschied" in page
    assert "+2" not in page


def test_more_measures_ask_no_more(cast: world.Cast, client: Client) -> None:
    counts = []
    for year, titles in ((2023, ["Eins"]), (2024, [f"Maßnahme {n}" for n in range(30)])):
        world.record_and_publish(cast, agreed(year, 900_00, *titles), True, timezone.now())
        asked = Queries()
        with connection.execute_wrapper(asked):
            assert client.get(FRANKFURT).status_code == 200
        counts.append(asked.seen.total())
    assert counts[0] == counts[1]
