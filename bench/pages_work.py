"""Times whole pages in a process of its own; prints a line of JSON for each world.

    python -m bench.pages_work 27 1000 10000 100000

A page goes through the whole product, from the WSGI request to compressed bytes, as people get
it: nobody's pages without what is kept, signed-in ones with session, person and navigation.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any
from unittest import mock

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from bench import crowd  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.core import cases, permissions  # noqa: E402
from zielwerk.core.develop import Queries  # noqa: E402
from zielwerk.identity.models import User  # noqa: E402
from zielwerk.identity.queries import let_in  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402
from zielwerk.ui.layout import NAVIGATION  # noqa: E402

RUNS, SECONDS = 15, 0.7  # of each page, whatever is reached first
COLUMNS = 20  # of the map, where there are many bodies


@dataclass(frozen=True)
class Timed:
    """One page: median and 95th percentile in ms, bytes over the wire, queries.

    ``work`` is the median of this process's own time, which other work on the machine does not
    lengthen; of SQLite it is all there is, PostgreSQL works in processes of its own.
    """

    who: str
    page: str
    median: float
    p95: float
    work: float
    bytes: int
    queries: int


def main(bodies: int, sizes: list[int]) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    if bodies == len(packs.bodies(settings.PROGRAMME)):
        world.build()
        measure_all(bodies, sizes)
        return
    many = tuple(so_many(bodies))
    with mock.patch.object(packs, "bodies", return_value=many):
        world.build()
        measure_all(bodies, sizes)


def measure_all(bodies: int, sizes: list[int]) -> None:
    there, server = 0, WSGIHandler()
    for size in sizes:
        crowd.fill(there, size)
        crowd.prove()
        there = size
        pages = [asdict(timed(server, who, name, path)) for who, name, path in addresses()]
        print(json.dumps({"agreements": size, "bodies": bodies, "pages": pages}), flush=True)


def so_many(number: int) -> Iterator[Any]:
    """The programme's bodies, and invented ones behind them, each at a place of the map."""
    known = packs.bodies(settings.PROGRAMME)
    yield from known
    for place in range(number - len(known)):
        changed = {
            "ags": f"{80000 + place:05d}",
            "name": f"Landkreis Ort {place}",
            "tile": (place % COLUMNS, 10 + place // COLUMNS),
        }
        yield known[-1].model_copy(update=changed)


def addresses() -> Iterator[tuple[str, str, str]]:
    """Who, what page, its address."""
    home, year = world.MAIN_KINZIG, world.demo_year()
    listed, one = (
        reverse("publication:editions"),
        reverse("publication:edition", args=[year, home, 1]),
    )
    yield "", "list", listed
    yield "", "list, 50 rows", f"{listed}?zeilen=50"
    yield "", "list, search and filter", f"{listed}?zeilen=50&suche=sprache&art=Landkreis"
    yield "", "agreement", one
    yield "", "agreement, PDF", f"{one}.pdf"
    entries = [entry for area in NAVIGATION for entry in area.entries]
    for key in ("officer", "body"):
        person = let_in(User.objects.get(email__startswith=f"{key}@"), localdate())
        for entry in entries:
            if not permissions.is_public(entry.permission) and not permissions.role_refusal(
                person, entry.permission
            ):
                yield key, entry.route, reverse(entry.route)
        yield key, "desk:case", reverse("desk:case", args=[year, home, 1])
    for kind in cases.KINDS.values():
        case = kind.model.objects.order_by("pk").first()
        if case and kind.page:
            yield "officer", f"{kind.page}, a case", reverse(kind.page, args=[case.pk])


def timed(server: WSGIHandler, who: str, name: str, path: str) -> Timed:
    headers = {"HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip"}
    if who:
        client = Client()
        client.force_login(User.objects.get(email__startswith=f"{who}@"))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={cookie}"

    def get(path: str = path) -> bytes:
        cache.clear()
        request = RequestFactory().get(path, **headers)
        response = server(request.environ, lambda *_: None)
        body = b"".join(response)
        response.close()
        if response.status_code == 302:  # "the running year" leads to its page
            return get(response["Location"])
        assert response.status_code == 200, (path, response.status_code)
        return body

    get()
    queries = Queries()
    with connection.execute_wrapper(queries):
        body = get()
    spent, work = [], []
    began = time.perf_counter()
    while len(spent) < RUNS and (time.perf_counter() - began < SECONDS or len(spent) < 3):
        start, worked = time.perf_counter(), time.process_time()
        get()
        spent.append((time.perf_counter() - start) * 1000)
        work.append((time.process_time() - worked) * 1000)
    late = sorted(spent)[min(len(spent) - 1, int(len(spent) * 0.95))]
    return Timed(who, name, median(spent), late, median(work), len(body), queries.seen.total())


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])
