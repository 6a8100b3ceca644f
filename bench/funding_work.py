"""Times pages of applications in a process of its own; prints a line of JSON for each size.

python -m bench.funding_work 100 10000
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django

os.environ["ZIELWERK_DEMO"] = "1"  # its people sign in
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.casefile_work import signed_in  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.config.cast import Cast  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.funding import actions, queries  # noqa: E402
from zielwerk.funding.actions import Writing  # noqa: E402
from zielwerk.funding.models import Application  # noqa: E402
from zielwerk.rulebook.application import ApplicationState  # noqa: E402

RUNS = 9
MEASURES = 40


def main(sizes: list[int]) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    cast = world.build()
    large = of_many_measures(cast)
    for size in sizes:
        fill(large, size)
        print(json.dumps({"applications": size, "ways": dict(timed(cast, large))}), flush=True)


def of_many_measures(cast: Cast) -> Application:
    """The home body's application with forty measures, each with its costs and who pays."""
    application = Application.objects.get(ags=cast.body.ags)
    rules = queries.rules_of(application)
    category, source = rules.cost_categories[0].code, rules.cost_sources[0].code
    answers = {}
    for key in range(10, 10 + MEASURES):
        answers |= {f"m/{key}": "yes", f"m/{key}/title": f"Kurs {key}", f"m/{key}/seats": "12"}
        for table in (f"cost/{category}", f"income/{source}"):
            answers[f"m/{key}/{table}/{rules.year}"] = "10.000,00"
    seen = queries.said(application).number
    actions.write(cast.body, Writing(application, seen, answers), at=timezone.now())
    return application


def fill(like: Application, size: int) -> None:
    """As many applications as that, given up, which the list shows all the same."""
    there = Application.objects.count()
    columns = {f.attname: getattr(like, f.attname) for f in Application._meta.concrete_fields}
    rows = [
        Application(
            **{**columns, "id": None, "file_number": f"ANT-{number}", "state": STATE},
        )
        for number in range(there, size)
    ]
    Application.objects.bulk_create(rows, batch_size=1000)


STATE = ApplicationState.DISCARDED


def timed(cast: Cast, large: Application) -> Any:
    body, officer = signed_in(cast.body), signed_in(cast.officer)
    page = reverse("funding:measure", args=[large.pk, 10])
    keep = reverse("funding:keep_measure", args=[large.pk, 10])
    where = reverse("funding:applications")

    def kept(number: int) -> None:
        fields = {"gesehen": queries.said(large).number, "m.10.places": f"Ort {number}"}
        answer = body.post(keep, fields)
        assert answer.status_code == 200, answer.status_code

    def got(client: Client, address: str) -> Callable[[int], None]:
        def get(number: int) -> None:
            answer = client.get(address)
            assert answer.status_code == 200, answer.status_code
            answer.getvalue()

        return get

    yield "one field kept", run(kept)
    yield "the page of a measure", run(got(body, page))
    yield "the application", run(got(body, reverse("funding:application", args=[large.pk])))
    yield "the list", run(got(officer, where))
    yield "the list, filtered", run(got(officer, f"{where}?stand=draft&suche=ANT"))
    yield "the list as CSV", run(got(officer, f"{where}?export=csv"))


def run(act: Callable[[int], None]) -> dict[str, float]:
    taken = []
    for number in range(RUNS):
        with CaptureQueriesContext(connection) as asked:
            begun = time.perf_counter()
            act(number)
            taken.append(time.perf_counter() - begun)
    return {"longest": max(taken), "median": median(taken), "queries": len(asked)}


if __name__ == "__main__":
    assert settings.DEMO
    main([int(size) for size in sys.argv[1:]])
