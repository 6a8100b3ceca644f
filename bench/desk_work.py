"""Measure desks in a house with so many open tasks; run by `bench.desk` in a process of its own."""

import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django
from django.conf import settings

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from zielwerk.agreements.models import Intake  # noqa: E402
from zielwerk.core.models import AuditHead, Turn  # noqa: E402
from zielwerk.core.turns import WRITTEN  # noqa: E402
from zielwerk.identity.models import User  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402

TIMES, YEAR = 60, 2026
KINDS = (
    ("intake", "confirm", "angenommene Erfassung wartet auf Bestätigung", "agreements.confirm"),
    ("intake", "accept", "Erfassung ist zu prüfen", "agreements.accept"),
    ("adjustment", "order", "erklärte Mitteländerung ist zu entscheiden", "adjustments.decide"),
    ("edition", "publish", "vorgelegte Veröffentlichung wartet auf die Freigabe",
     "publication.publish"),
)  # fmt: skip


def fill(number: int) -> None:
    """So many open steps, of a house with 400 people: of several kinds, bodies and days."""
    model, now, today = Turn.objects.earliest("pk"), timezone.now(), timezone.localdate()
    plain = {name: getattr(model, name) for name in WRITTEN}
    rows = []
    for place in range(Turn.objects.count(), number):
        kind, verb, task, permission = KINDS[place % len(KINDS)]
        since, due = now - timedelta(hours=place % 4000), today + timedelta(days=place % 60 - 20)
        said = {
            "about": f"{kind}:{1_000_000 + place}",
            "kind": kind,
            "verb": verb,
            "task": task,
            "permission": permission,
            "ags": "06435",
            "side": "ministry",
            "barred": f" user:{place % 400} ",
            "put_forward_by": f"user:{place % 400}",
            "since": since,
            "since_on": since.date(),
            "due": due,
            "order_on": due,
        }
        rows.append(Turn(**{**plain, **said}))
    Turn.objects.bulk_create(rows, batch_size=500)
    recorded(sum(row.kind == "intake" for row in rows))
    with connection.cursor() as cursor:  # what PostgreSQL does by itself after so many rows
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def recorded(number: int) -> None:
    """So many recordings under way of the year, since the year's overview reads them, too."""
    model, now = Intake.objects.earliest("pk"), timezone.now()
    bodies = packs.bodies_in(settings.PROGRAMME, YEAR)
    first = Intake.objects.count()
    rows = []
    for place in range(first, first + number):
        said = {
            "file_number": f"ERF-{YEAR}-{100_000 + place}",
            "year": YEAR,
            "ags": bodies[place % len(bodies)].ags,
            "state": "review" if place % 2 else "accept",
            "state_since": now,
            "begun_at": now,
            "accepted_at": None if place % 2 else now,
            "confirmed_by": "",
            "confirmed_at": None,
            "agreement_id": None,
            "paper": f"{place}",
        }
        columns = (column.attname for column in Intake._meta.concrete_fields)
        same = {name: getattr(model, name) for name in columns if name not in ("id", "source_id")}
        rows.append(Intake(**{**same, **said}))
    Intake.objects.bulk_create(rows, batch_size=200)


def timed(work: Callable[[], object]) -> tuple[list[float], list[float]]:
    """The milliseconds that passed and those that this process worked, each in order.

    What a database of its own works is in the first alone; what others do on the machine, too.
    """
    work()
    passed, worked = [], []
    for _ in range(TIMES):
        start, busy = time.perf_counter(), time.process_time()
        work()
        passed.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return sorted(passed), sorted(worked)


def bare(queries: int) -> Callable[[], object]:
    """A page that does nothing but ask the database as often, for one row each time."""
    factory = RequestFactory()

    def page() -> HttpResponse:
        factory.get("/")
        rows = [AuditHead.objects.get(pk=1).entry for _ in range(queries)]
        return HttpResponse(str(rows))

    return page


def of_person(person: User) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    client.get("/arbeit/")
    cache.clear()
    start = time.perf_counter()
    first_queries = counted(client)
    took = (time.perf_counter() - start) * 1000
    queries = counted(client)
    passed, worked = timed(lambda: client.get("/arbeit/"))
    return {
        "ms": statistics.median(passed),
        "p95": passed[int(len(passed) * 0.95)],
        "worked": statistics.median(worked),
        "queries": queries,
        "first": took,
        "first queries": first_queries,
        "bare": statistics.median(timed(bare(queries))[0]),
    }


def counted(client: Client) -> int:
    """The queries of one desk; counted before the next request forgets them."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/arbeit/").status_code == 200
    return len(queries)


def main(number: int) -> None:
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = ["*"]
    fill(number)
    officer, head, _, body, *_ = User.objects.order_by("pk")
    people = {"officer": officer, "head": head, "body": body}
    print(json.dumps({name: of_person(person) for name, person in people.items()}))


main(int(sys.argv[1]))
