"""Measures the what-if page in a process of its own; prints one line of JSON.

Twenty-seven bodies are the demo's. For four hundred, the programme is given that many: the
pack loader is told so before anything is read.
"""

import json
import sys
from datetime import UTC, date, datetime
from fractions import Fraction
from unittest import mock

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.timing import milliseconds  # noqa: E402
from zielwerk.allocation import actions as allocation  # noqa: E402
from zielwerk.allocation import queries  # noqa: E402
from zielwerk.allocation.models import Scenario  # noqa: E402
from zielwerk.config import world, world_money  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.config.world import Cast  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402
from zielwerk.packs.model import Body  # noqa: E402

YEAR, COLUMNS = 2026, 20
AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


def many(number: int) -> tuple[Body, ...]:
    """So many bodies, each at a place of its own on the map."""
    first = packs.bodies(settings.PROGRAMME)[0]
    return tuple(
        first.model_copy(
            update={
                "ags": f"{60000 + place:05d}",
                "name": f"Körperschaft {place}",
                "tile": (place % COLUMNS, place // COLUMNS),
            }
        )
        for place in range(number)
    )


def scenario(cast: Cast, year: int, cents: int) -> Scenario:
    """A scenario with the pack's key, with limits and all indicators."""
    rules = packs.load(settings.PROGRAMME, year)
    bodies = packs.bodies_on(settings.PROGRAMME, date(year, 1, 1))
    values = {
        body.ags: {one.code: Fraction(100 + 37 * place) for one in rules.indicators}
        for place, body in enumerate(bodies)
    }
    needs = allocation.Needs(settings.PROGRAMME, year, "bench", date(year - 1, 6, 30), values)
    data = allocation.enter_indicators(cast.officer, needs, at=AT)
    key = next(one for one in rules.allocation_keys if not one.earmark)
    small = key.model_copy(update={"base_cents": 10_000_00, "floor_cents": 11_000_00})
    return world_money.scenario(cast.officer, data, small, cents, "bench", AT)


def figures(cast: Cast, one: Scenario) -> dict[str, float]:
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.officer)
    path = f"/arbeit/verteilung/{one.pk}?sockel=10.500,00&veraenderung=40"
    typed = {"HX-Request": "true", "HX-Target": "ergebnis"}

    def change() -> bytes:
        response = client.get(path, headers=typed)
        assert response.status_code == 200
        return response.content

    answer = change()
    assert answer.count(b"data-moved") > 1
    assert b"<html" not in answer
    with CaptureQueriesContext(connection) as made:
        change()
    number = len(made)  # the next request begins to count anew
    return {
        "change": milliseconds(change),
        "page": milliseconds(lambda: client.get(path)),
        "arithmetic": milliseconds(lambda: queries.distribution_of(one)),
        "queries": number,
        "kilobytes": len(answer) / 1024,
        "page_kilobytes": len(client.get(path).content) / 1024,
    }


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    print(json.dumps(MEASURED[sys.argv[1]]()))


def demo() -> dict[str, float]:
    cast = world.build()
    return figures(cast, scenario(cast, YEAR, 30_000_000_00))


def crowd() -> dict[str, float]:
    """Four hundred bodies, with what they were given last year."""
    cast = world.enrol_cast()
    for year in (YEAR - 1, YEAR):
        world_money.authorise(cast.officer, settings.PROGRAMME, year)
    with mock.patch.object(packs, "bodies", return_value=many(400)):
        before = world_money.put_forward(cast.officer, scenario(cast, YEAR - 1, 9_000_000_00), AT)
        allocation.decide(cast.head, before, at=AT)
        return figures(cast, scenario(cast, YEAR, 9_500_000_00))


MEASURED = {"27": demo, "400": crowd}
if __name__ == "__main__":
    main()
