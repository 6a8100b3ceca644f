"""Measures the pages of planned measures in a process of its own; prints one line of JSON."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.timing import milliseconds  # noqa: E402
from zielwerk.config import world, world_plans  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.config.world import Cast  # noqa: E402
from zielwerk.measures import actions, tables  # noqa: E402
from zielwerk.measures.actions import Pasted, TakeOver  # noqa: E402
from zielwerk.measures.models import PlannedMeasure  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402

YEAR = 2026
AT = datetime(YEAR, 2, 2, 9, 0, tzinfo=UTC)
LIST = "/arbeit/geplante-massnahmen"
LINE = "Kurs {}\tQualifizierungsprojekte\t12\tSachkosten\tMittel Dritter\t2026\t1.000,00"
HEAD = "Titel\tMaßnahmeart\tPlätze\tKostenart\tFinanzierungsquelle\tHaushaltsjahr\tBetrag"


def paste(cast: Cast, year: int, number: int) -> None:
    rules = packs.load(settings.PROGRAMME, year)
    plan = world_plans.complete(rules, "", "qualification", 80_000_00)
    plans = [replace(plan, title=f"Maßnahme {place}") for place in range(number)]
    actions.paste(cast.body, Pasted(settings.PROGRAMME, year, cast.body.ags, plans), at=AT)


def page(client: Client, address: str) -> dict[str, Any]:
    def get() -> object:
        answer = client.get(address)
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]

    get()
    with CaptureQueriesContext(connection) as asked:
        get()
    number = len(asked)
    return {"ms": milliseconds(get), "queries": number}


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    settings.DEMO = True  # else its people are not let in
    number, cast = int(sys.argv[1]), world.enrol_cast()
    where = (settings.PROGRAMME, YEAR, cast.body.ags)
    paste(cast, YEAR - 1, number)
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.body)
    found: dict[str, Any] = {
        "what can be taken over from last year": page(client, f"{LIST}/vorjahr?jahr={YEAR}"),
        "carry": seconds(lambda: actions.take_over(cast.body, TakeOver(*where), at=AT)),
    }
    one = f"{LIST}/{PlannedMeasure.objects.filter(year=YEAR).latest('pk').pk}"
    found |= {
        "the year of a body with its sums": page(client, f"{LIST}?jahr={YEAR}"),
        "one planned measure": page(client, one),
        "its form": page(client, f"{one}/aendern"),
        "the list as CSV": page(client, f"{LIST}?jahr={YEAR}&export=csv"),
    }
    kind = packs.load(settings.PROGRAMME, YEAR).measure_types[0].label
    lines = [LINE.replace("Qualifizierungsprojekte", kind).format(place) for place in range(500)]
    text = "\n".join((HEAD, *lines))
    found["preview"] = seconds(lambda: tables.read_plans(*where, text))
    plans = [plan for _line, plan in tables.read_plans(*where, text).plans]
    found["paste"] = seconds(lambda: actions.paste(cast.body, Pasted(*where, plans), at=AT))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
