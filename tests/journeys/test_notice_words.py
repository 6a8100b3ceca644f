"""Where a notice grants the money, no page says that anything was agreed."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests import worlds
from tests.journeys.books import Thing
from tests.journeys.programmes import SUEDLAND
from tests.journeys.watcher import WORDS, Watcher
from tests.stage import signed_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.allocation.models import Scenario
from zielwerk.config import world
from zielwerk.publication.models import Edition
from zielwerk.ui.notices import NOTICES

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # what pages say is the same on every database
AGREED = re.compile(r"vereinbar|\bagreed?\b|agreement", re.IGNORECASE)
ADDRESSES = re.compile(r' (?:href|action|name|value|id|for|data-printed|hx-[a-z]+)="[^"]*"')
"""What programs read is the same in every programme: addresses, names of fields."""


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[world.Cast]:
    """The demo of the programme of notices, built once for all pages."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=SUEDLAND.programme),
        transaction.atomic(),
    ):
        yield worlds.put(world.build)
        transaction.set_rollback(True)


def everywhere() -> list[str]:
    """Pages and files for everybody of the ministry and the authorities."""
    year = SUEDLAND.year
    notice = Agreement.objects.filter(year=year).earliest("pk")
    edition = Edition.objects.earliest("pk")
    return [
        "/arbeit/",
        f"/arbeit/jahr/{year}",
        f"/arbeit/jahr/{year}?export=csv",
        f"/arbeit/programm/{year}",
        f"/arbeit/koerperschaften/{notice.ags}",
        "/arbeit/vereinbarungen",
        f"/arbeit/vereinbarungen/{year}/{notice.ags}",
        "/arbeit/buecher",
        f"/arbeit/veroeffentlichungen/{edition.pk}",
        f"/arbeit/mittelaenderungen/{Adjustment.objects.earliest('pk').pk}",
    ]


def pages(who: str) -> list[str]:
    """What is opened; the ministry shares the money out, the authority records and publishes."""
    if who == "head":
        return [*everywhere(), f"/arbeit/verteilung/{Scenario.objects.earliest('pk').pk}"]
    if who == "authority":
        intake = Intake.objects.filter(agreement__isnull=False).earliest("pk")
        own = (f"/arbeit/erfassungen/{intake.pk}", f"/arbeit/veroeffentlichen/{SUEDLAND.year}")
        return [*everywhere(), *own]
    there = f"/{SUEDLAND.address}"
    edition = reverse("publication:edition", args=Edition.objects.earliest("pk").address)
    return [there, f"{there}?suche=gibtesnicht", edition]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("who", ["head", "authority", "public"])
def test_nobody_is_told_of_an_agreement(cast: world.Cast, who: str, language: str) -> None:
    client = Client() if who == "public" else signed_in(getattr(cast, who))
    said = dict[str, list[str]]()
    for address in pages(who):
        answer = client.get(address, headers={"Accept-Language": language})
        assert answer.status_code == 200, address
        text = ADDRESSES.sub("", answer.getvalue().decode())
        if near := [text[hit.start() - 60 : hit.end() + 60] for hit in AGREED.finditer(text)]:
            said[address] = near
    assert said == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_amount_stands_under_a_word_that_the_glossary_does_not_know(
    cast: world.Cast, language: str
) -> None:
    """The glossary's word, or the one that the table of notices has in its place."""
    watcher = Watcher("head", signed_in(cast.head), language)
    for address in everywhere():
        if "export" not in address:
            watcher.page(address, Thing(), file=address.endswith(f"/jahr/{SUEDLAND.year}"))
    assert watcher.strange == set()
    assert {"agreed", "agreement_amount", "difference", "bodies_recorded"} <= watcher.met


def test_every_figure_of_agreements_has_a_word_for_notices() -> None:
    agreed = {word for word in WORDS.values() if AGREED.search(word)}
    assert agreed
    assert agreed <= set(NOTICES)
