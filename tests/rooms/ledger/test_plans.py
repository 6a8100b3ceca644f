"""No page of the books grows faster than what is booked, with statistics gathered or without.

Counted is what the database does, not how long it takes: the steps of SQLite's machine, the
rows that PostgreSQL's plan touches.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledger.books import CLERK, HERE, THERE, at, on, planning
from tests.stage import signed_in
from zielwerk.config.world import Cast
from zielwerk.ledger import queries
from zielwerk.ledger.actions import Posting, post
from zielwerk.ledger.models import EntryCode, Place

pytestmark = pytest.mark.django_db
POOL = planning(Place.OUTSIDE, ags="")
FEW, TIMES = 400, 8
OTHER_PLAN = 3  # a plan for many may touch a row more often than one for few
PAGES = {
    "list": "/arbeit/buecher/buchungen",
    "list of a body": f"/arbeit/buecher/buchungen?ags={HERE}",
    "list of a place": "/arbeit/buecher/buchungen?ort=allocated&sortierung=-amount_cents",
    "list as a file": "/arbeit/buecher/buchungen?export=csv",
    "books": "/arbeit/buecher",
    "books of a past day": "/arbeit/buecher?stand=20.02.2026&bekannt=10.03.2026&gruppe=ags",
    "books of a purpose": "/arbeit/buecher?zweck=language&gruppe=programmjahr",
    "year": "/arbeit/jahr/2026",
    "year on a past day": "/arbeit/jahr/2026?stand=10.03.2026",
}


def opened(client: Client, url: str) -> bytes:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.getvalue()


def reads(client: Client) -> dict[str, Callable[[], object]]:
    """Pages and files, and what the verbs ask before they book."""
    of_body = ("aqb_hessen", 2026, HERE)
    return {
        **{name: partial(opened, client, url) for name, url in PAGES.items()},
        "is anything allocated": partial(queries.is_anything_allocated, *of_body),
        "for which purposes money came": partial(
            queries.came_in_by, "earmark", place=Place.ALLOCATED, ags=HERE
        ),
    }


def book(number: int, first: int) -> None:
    """So many transfers over three months and fifty accounts; none is reversed.

    Just then an index of what reverses what would be one of empty values.
    """
    postings = [
        Posting(
            POOL,
            replace(planning(Place.ALLOCATED, (HERE, THERE)[each % 2]), earmark=f"z{each % 25}"),
            each % 7 + 1,
            EntryCode.ALLOCATION,
            on(each % 90),
            f"ZV-2026-{each:06d}",
        )
        for each in range(first, first + number)
    ]
    post(CLERK, postings, at=at(first // FEW))


def plans(page: Callable[[], object], how: str) -> list[Any]:
    """How the database answers each question of a page."""
    with CaptureQueriesContext(connection) as asked:
        page()
    questions = [one["sql"] for one in asked.captured_queries]
    with connection.cursor() as cursor:
        found = []
        for sql in questions:
            if sql.lstrip("( ").startswith("SELECT"):
                cursor.execute(f"{how} {sql}")
                found.append(cursor.fetchall())
    return found


def touched(plan: dict[str, Any]) -> Iterator[int]:
    removed = [value for name, value in plan.items() if name.startswith("Rows Removed")]
    yield (plan["Actual Rows"] + sum(removed)) * plan["Actual Loops"]
    for part in plan.get("Plans", ()):
        yield from touched(part)


def repeated(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Where all transfers are read again for each row of something else."""
    parts = plan.get("Plans", [])
    if plan["Node Type"] == "Nested Loop":
        inner = parts[1]
        if inner["Node Type"] == "Seq Scan" and inner["Relation Name"] == "ledger_transfer":
            yield inner
    for part in parts:
        yield from repeated(part)


def work(page: Callable[[], object]) -> int:
    """What the database has to do for a page."""
    if connection.vendor == "postgresql":
        found = plans(page, "EXPLAIN (ANALYZE, FORMAT JSON)")
        return sum(sum(touched(rows[0][0][0]["Plan"])) for rows in found)
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    connection.connection.set_progress_handler(step, 20)
    try:
        page()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


def gather_statistics(*, times: int = 1) -> None:
    """Statistics of what is there; SQLite, which goes by them alone, is told of so much more."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite" and times > 1:
            cursor.execute("SELECT rowid, stat FROM sqlite_stat1 WHERE tbl = 'ledger_transfer'")
            for row, stat in cursor.fetchall():
                more = " ".join(str(int(number) * times) for number in stat.split())
                cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [more, row])
            cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.parametrize("is_analysed", [False, True])
def test_no_page_grows_faster_than_the_books(cast: Cast, *, is_analysed: bool) -> None:
    client = signed_in(cast.officer)

    def measured() -> dict[str, int]:
        if is_analysed:
            gather_statistics()
        return {name: work(read) for name, read in reads(client).items()}

    book(FEW, 0)
    few = measured()
    book(FEW * (TIMES - 1), FEW)
    many = measured()
    growths = {name: many[name] / max(few[name], FEW) for name in many}
    assert {name: growth for name, growth in growths.items() if growth > TIMES * OTHER_PLAN} == {}


def test_statistics_lead_no_page_to_read_all_transfers_for_a_few(cast: Cast) -> None:
    """A page of fifty is not worth an index made on the way, nor all transfers for each row."""
    client = signed_in(cast.officer)
    book(FEW, 0)
    gather_statistics(times=1000)
    is_served = connection.vendor == "postgresql"
    how = "EXPLAIN (FORMAT JSON)" if is_served else "EXPLAIN QUERY PLAN"
    for read in reads(client).values():
        for rows in plans(read, how):
            assert "AUTOMATIC" not in str(rows), "an index of all transfers, made on the way"
            if is_served:
                assert not list(repeated(rows[0][0][0]["Plan"])), "all transfers, row by row"
