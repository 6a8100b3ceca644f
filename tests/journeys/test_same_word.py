"""The same word shows the same figure, on every page and in every file, and it is the books'."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests import worlds
from tests.journeys.books import Books
from tests.journeys.programmes import WALKED
from tests.journeys.shortfalls import furnish
from tests.journeys.things import Thing
from tests.journeys.watcher import FIGURES, OF_FIGURE, WORDS, Sighting, Watcher
from tests.stage import signed_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import queries as recorded
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config import world
from zielwerk.imports.models import TableImport
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs

pytestmark = pytest.mark.django_db
WALKED_ON = {"sqlite": {"lotsenfonds_nordmark"}, "postgresql": {"aqb_hessen"}}
SHOWN_ONLY = {"share", "change_limit", "current_business", "own_value", "all_values", "part"}
SHOWN_ONLY |= {"weight", "product", "result", "most_in_year"}
"""What no booking says: parts of an arithmetic."""
TOLD_TWICE = {"assumptions", "bodies_late"}
"""What the test does not judge anew, and counts where single rows say it."""


@pytest.fixture(scope="module", params=WALKED, ids=str)
def watched(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> tuple[Books, list[Watcher]]:
    """The ministry and a body open everything that shows money, and note what they see."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=request.param.programme),
        transaction.atomic(),
    ):
        cast = worlds.put(world.build)
        furnish(cast)
        books, watchers = Books(), []
        for person, language in ((cast.head, "de"), (cast.body, "de"), (cast.head, "en")):
            watcher = Watcher(person.email, signed_in(person), language)
            everywhere(watcher, person.ags)
            if not person.ags:
                ministry(watcher)
            watchers.append(watcher)
        books.settle({(one.code, one.of) for watcher in watchers for one in watcher.seen})
        transaction.set_rollback(True)
    return books, watchers


def everywhere(watcher: Watcher, own: str) -> None:
    """What every organisation of the programme may open, each its own part of it."""
    mine = Thing(ags=own or None)
    for year in packs.years(site.PROGRAMME):
        of = Thing(year=year, ags=own or "*")
        watcher.page(f"/arbeit/jahr/{year}", of, file=True)
        watcher.tally(f"/arbeit/jahr/{year}", "Überfällig", "bodies_late", of)
        watcher.page(f"/arbeit/zuweisungen?jahr={year}", mine, file=True)
        watcher.page(f"/arbeit/koerperschaften?tag=31.12.{year}", Thing(year=year))
        watcher.page(f"/arbeit/programm/{year}", Thing(year=year), file=True)
        watcher.tally(f"/arbeit/programm/{year}", "Annahme", "assumptions", Thing(year=year))
    for address in ("buecher", "buecher?gruppe=programmjahr", "buecher?gruppe=ags"):
        watcher.page(f"/arbeit/{address}", mine, file=True)
    for address in ("buecher/buchungen", "vereinbarungen", "mittelaenderungen"):
        watcher.page(f"/arbeit/{address}", mine, file=True)
    watcher.page("/arbeit/", Thing(ags=own or "*"))
    watcher.page("/arbeit/programm")
    watcher.page("/", file=True)
    watcher.file(reverse("publication:list_csv"))
    # The first ones are those of whom something was agreed in part, waived or cut.
    bodies = [own] if own else [one.ags for one in packs.bodies(site.PROGRAMME)][:4]
    for ags in bodies:
        watcher.page(f"/arbeit/koerperschaften/{ags}", Thing(ags=ags))
    for one in recorded.standing().filter(ags__in=bodies):
        of = Thing(year=one.year, ags=one.ags)
        watcher.page(f"/arbeit/vereinbarungen/{one.year}/{one.ags}", of)
    for given in BodyAllocation.objects.filter(ags__in=bodies):
        of = Thing(ags=given.ags, scenario=given.scenario.file_number)
        watcher.page(f"/arbeit/zuweisungen/{given.pk}", of)
    if own:
        watcher.page("/arbeit/mittelaenderungen/verzicht", mine)


def ministry(watcher: Watcher) -> None:
    """What only the ministry opens: budget, scenarios, tables."""
    for year in packs.years(site.PROGRAMME):
        of = Thing(book="authorisation", budget_year=year, due_year=0)
        watcher.page(f"/arbeit/haushalt?jahr={year}", of, file=True)
        watcher.page(f"/arbeit/haushalt/{year}/abschliessen", of)
    watcher.page("/arbeit/verteilung", file=True)
    found = list(Scenario.objects.order_by("pk"))
    for one in found:
        of = Thing(year=one.year, earmark=one.earmark, scenario=one.file_number)
        watcher.page(f"/arbeit/verteilung/{one.pk}", of, file=True)
        if one.state == "draft":
            ags = packs.bodies(site.PROGRAMME)[0].ags
            there = f"/arbeit/verteilung/{one.pk}/gesetzt/{ags}"
            watcher.page(there, replace(of, ags=ags))
        if one.state not in ("draft", "discarded", "allocated"):
            watcher.page(f"/arbeit/verteilung/{one.pk}/entscheiden", of)
    for a, b in pairwise(found):
        watcher.page(f"/arbeit/verteilung/vergleich?a={a.pk}&b={b.pk}", file=True)
    for move in Adjustment.objects.all():
        watcher.page(f"/arbeit/mittelaenderungen/{move.pk}", Thing(case=move.file_number))
    for kind in ("umverteilung", "deckung"):
        watcher.page(f"/arbeit/mittelaenderungen/{kind}")
    for sent in TableImport.objects.all():
        watcher.page(f"/arbeit/einlesen/{sent.pk}", Thing(table=sent.pk))
    booked = Transfer.objects.latest("pk")
    watcher.page(f"/arbeit/buecher/buchungen/{booked.pk}", Thing(transfer=booked.pk))


def sightings(watched: tuple[Books, list[Watcher]]) -> Iterator[Sighting]:
    for watcher in watched[1]:
        yield from watcher.seen


def test_the_same_word_shows_the_same_figure(watched: tuple[Books, list[Watcher]]) -> None:
    found: dict[tuple[str, Thing], dict[int, str]] = defaultdict(dict)
    for one in sightings(watched):
        found[one.code, one.of].setdefault(one.value, one.where)
    assert {
        f"{WORDS[code]} ({of})": values for (code, of), values in found.items() if len(values) > 1
    } == {}


def test_what_a_word_shows_is_what_the_books_say(watched: tuple[Books, list[Watcher]]) -> None:
    books = watched[0]
    wrong = {
        f"{WORDS[one.code]} ({one.of}), {one.where}": (one.value, books.known[one.code, one.of])
        for one in sightings(watched)
        if books.known[one.code, one.of] not in (None, one.value)
    }
    assert wrong == {}


def test_every_figure_of_the_glossary_is_proved_or_said_not_to_be(
    watched: tuple[Books, list[Watcher]],
) -> None:
    """A word that nobody meets, or a figure that nothing else says, proves nothing."""
    books = watched[0]
    assert set(FIGURES) - met(watched) == books.unknown
    assert {place for place in books.filled if place not in met(watched)} == set()
    proved = {one.code for one in sightings(watched) if books.known[one.code, one.of] is not None}
    # What is of money, and what of authority, is proved as the figure that it is a part of.
    assert set(FIGURES) - proved - set(OF_FIGURE) == SHOWN_ONLY | TOLD_TWICE | books.unknown
    places = defaultdict(set)
    for one in sightings(watched):
        places[one.code].add(one.where.partition("?")[0])
    assert all(len(places[code]) > 1 for code in TOLD_TWICE)


def met(watched: tuple[Books, list[Watcher]]) -> set[str]:
    return set[str]().union(*(watcher.met for watcher in watched[1]))


def test_no_amount_stands_under_a_word_that_the_glossary_does_not_know(
    watched: tuple[Books, list[Watcher]],
) -> None:
    assert set[tuple[str, str]]().union(*(watcher.strange for watcher in watched[1])) == set()


def test_a_word_that_the_glossary_does_not_know_is_noticed() -> None:
    """Planted: two amounts of one body, under a word that is known and under one that is not."""
    watcher = Watcher("officer", Client(), "de")
    with override_settings(PROGRAMME=WALKED[0].programme):
        watcher.read(
            "<table><thead><tr><th>Gebietskörperschaft</th><th>Zugewiesen</th><th>Guthaben</th>"
            "</tr></thead><tbody><tr><th>Wetteraukreis 06440</th><td>1.000,00\u00a0€</td>"
            "<td>2.000,00\u00a0€ übrig</td></tr><tr><th>Zusammen</th><td>\u22125,00\u00a0€</td>"
            "<td>5,00\u00a0€</td></tr></tbody></table>",
            Thing(year=2024),
            "planted",
        )
    assert watcher.strange == {("Guthaben", "planted")}
    assert [(one.code, one.of.ags, one.value) for one in watcher.seen] == [
        ("given", "06440", 100_000),
        ("given", None, -500),
    ]
