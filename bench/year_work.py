"""Times the pages of a year's money in a process of its own; prints a line of JSON for each page.

    python -m bench.year_work 270

So many invented bodies get money in two years by a decided scenario, and agree on half of it.
"""

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from unittest import mock

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.urls import reverse

from bench.pages_work import timed
from bench.whatif_work import many, scenario
from zielwerk.config import world, world_money
from zielwerk.config.cast import walk
from zielwerk.config.serve import collect_static
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.actions import Posting, post
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import loading as packs

YEAR = 2026
TOTAL = {YEAR - 1: 9_000_000_00, YEAR: 9_500_000_00}
PAST = date(YEAR, 6, 1)
ROUTES = (
    "ledger:places",
    "ledger:transfers",
    "allocation:allocations",
    "allocation:scenarios",
    "budget:budget",
    "adjustments:adjustments",
    "agreements:agreements",
)


def share_out(cast: world.Cast) -> None:
    for year, cents in TOTAL.items():
        world_money.authorise(cast.officer, settings.PROGRAMME, year)
        at = datetime(year, 2, 2, 9, tzinfo=UTC)
        walk(cast, scenario(cast, year, cents), at, timedelta(days=2))
        post(cast.officer, list(agreements(year)), at=datetime(year, 4, 2, 9, tzinfo=UTC))


def agreements(year: int) -> Iterator[Posting]:
    allocated = ledger.account_balances(place=Place.ALLOCATED, programme_year=year)
    for key, cents in allocated:
        agreed = AccountKey.planning(key.fund, Place.AGREED, key.ags)
        yield Posting(key, agreed, cents // 2, EntryCode.AGREEMENT, date(year, 4, 1), "B-1")


def addresses() -> Iterator[tuple[str, str]]:
    """What page, its address; pages with a time axis today and on a past day."""
    page, books = reverse("desk:year", args=[YEAR]), reverse("ledger:places")
    yield "year page", page
    yield "year page, past day", f"{page}?stand={PAST:%d.%m.%Y}"
    yield "year page, export", f"{page}?export=csv"
    yield "books, past day", f"{books}?stand={PAST:%d.%m.%Y}&bekannt={PAST:%d.%m.%Y}"
    yield "books by body", f"{books}?gruppe=ags"
    for route in ROUTES:
        yield route, reverse(route)


def main(bodies: int) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    cast = world.enrol_cast()
    with mock.patch.object(packs, "bodies", return_value=many(bodies)):
        share_out(cast)
        server = WSGIHandler()
        for name, path in addresses():
            print(json.dumps(asdict(timed(server, "officer", name, path))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
