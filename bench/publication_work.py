"""Times what is public in a process of its own; prints a line of JSON for each size.

python -m bench.publication_work 100 1000
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from statistics import median

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench import crowd  # noqa: E402
from bench.pages_work import RUNS, timed  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.core import guards  # noqa: E402
from zielwerk.publication.models import Edition  # noqa: E402
from zielwerk.rulebook.money import Cents  # noqa: E402
from zielwerk.tables import csv_parts  # noqa: E402

LIST = "/zielvereinbarungen"
PAGES = {
    "list": LIST,
    "list, filtered by earmark": f"{LIST}?zweckbindung=language",
    "list, CSV": f"{LIST}?export=csv",
    "list, CSV for programs": f"{LIST}.csv",
    "list, JSON": f"{LIST}.json",
    "list, workbook": f"{LIST}?export=xlsx",
    "measures, CSV": f"{LIST}/vorhaben?export=csv",
    "map and bars": f"{LIST}/karte",
    "a body's years": f"{LIST}/koerperschaften/06412",
    "an agreement": f"{LIST}/2024/06435",
    "feed": f"{LIST}.atom",
    "description for portals": f"{LIST}.jsonld",
}
BARE = """
SELECT body_name, ags, ordinal, body_kind, year, measure_count, amount_cents
FROM publication_edition WHERE state = 'published' AND superseded_at IS NULL
ORDER BY year DESC, body_key, id
"""
HEAD = ("koerperschaft", "ags", "nummer", "art", "jahr", "massnahmen", "betrag")


def main(sizes: list[int]) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    world.build()
    there, server = 0, WSGIHandler()
    for size in sizes:
        fill(there, size)
        there = size
        pages = {name: asdict(timed(server, "", name, path)) for name, path in PAGES.items()}
        limits = {
            "CSV": own_time(bare),
            "page": timed(server, "", "ok", "/gesund").work,
        }
        print(json.dumps({"agreements": size, "pages": pages, "limits": limits}), flush=True)


def fill(there: int, until: int) -> None:
    """Bring the number of copies of a published agreement from ``there`` to ``until``."""
    span = (crowd.FIRST + there, crowd.FIRST + until - 1)
    edition = Edition.objects.filter(state="published").earliest("pk")
    guards.remove_all()
    with transaction.atomic():
        ags = "CAST(20000 + i - 1000000 AS varchar(8))"
        name = f"'Kreis ' || {ags}"
        of = {"ags": ags, "body_name": name, "body_key": f"'kreis ' || {ags}"}
        of["amount_cents"] = "i * 100"
        crowd.copied(edition.agreement, span, **of, file_number="'B-' || i")
        crowd.copied(edition, span, **of, file_number="'P-' || i", agreement_id="i")
    guards.install_all()


def own_time(work: Callable[[], object]) -> float:
    """Median of this process's own time in ms."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        spent.append((time.process_time() - began) * 1000)
    return median(spent)


def bare() -> int:
    """The rows of the list as CSV, by one statement and the writer alone."""
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        rows = ([*row[:-1], Cents(row[-1])] for row in cursor.fetchall())
        return sum(map(len, csv_parts(HEAD, rows)))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
