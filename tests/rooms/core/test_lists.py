"""The mechanism of lists: paging, order, permissions, files that are never whole in memory."""

import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import HttpResponseBase
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from zielwerk.config import world
from zielwerk.core import exports
from zielwerk.core.develop import Queries
from zielwerk.core.models import Job
from zielwerk.publication.views import public as publication
from zielwerk.rulebook.money import Cents
from zielwerk.ui.lists import Column, Listed, Listing, amount, file

LISTING = Listing(
    route="ui:planted",
    name="Aufträge",
    look="core.look",
    rows=lambda user: Job.objects.all(),
    order=("kind", "-pk"),
    apart=("kind",),
    columns=(
        Column("number", "Nummer", ("pk",)),
        Column("kind", "Art"),
        Column("finished_at", "Beendet"),
        amount("done", "Erledigt"),
        Column("message", "Meldung", is_file_only=True),
        Column("secret", "Geheim", ("started_by",), may="auditing.look"),
    ),
    length=4,
)
MOMENTS = [None, datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)]
JOBS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(MOMENTS), st.integers(0, 3)), max_size=15
)
SORTS = [
    "",
    *(f"{sign}{name}" for name in ("nummer", "art", "beendet", "erledigt") for sign in ("", "-")),
]
ADDRESSES = st.sampled_from(SORTS)


def listed(person: Any, address: str = "", listing: Listing = LISTING) -> Listed:
    request = RequestFactory().get(f"/{address}")
    request.user = person
    return Listed(listing, request)  # type: ignore[arg-type]


def make(rows: list[tuple[str, datetime | None, int]]) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    Job.objects.bulk_create(
        Job(kind=kind, finished_at=moment, done=done, total=9, created_at=at, started_by="user:1")
        for kind, moment, done in rows
    )


def walked(person: Any, address: str, by: str, end: str = "") -> Iterator[Listed]:
    """The pages of a list from one end on, by its own links."""
    separator = "&" if address else ""
    address = f"?{address}{separator}{end}"
    for _ in range(99):
        page = listed(person, address)
        yield page
        found = {relation: url for _, relation, url in page.pages}
        if by not in found:
            return
        address = found[by]
    raise AssertionError("the pages have no end")


@pytest.mark.django_db
def test_paging_forward_and_back_visits_each_row_once(cast: world.Cast) -> None:
    @settings(max_examples=25)
    @given(rows=JOBS, sort=ADDRESSES)
    def walk(rows: list[tuple[str, datetime | None, int]], sort: str) -> None:
        Job.objects.all().delete()
        make(rows)
        address = f"sortierung={sort}" if sort else ""
        whole = [row["number"] for row in listed(cast.officer, f"?{address}").data()]
        assert sorted(whole) == sorted(Job.objects.values_list("pk", flat=True))
        forward = list(walked(cast.officer, address, "next"))
        assert [pk for page in forward for (pk,) in page.part.keys] == whole
        back = list(walked(cast.officer, address, "prev", "seite=letzte"))
        assert [pk for page in reversed(back) for (pk,) in page.part.keys] == whole
        for page in (*forward, *back):
            assert [pk for (pk,) in page.part.keys] == whole[page.part.before : page.part.last]
            assert page.total == len(whole)

    walk()


@pytest.mark.django_db
def test_an_address_that_names_nothing_shows_the_first_page(cast: world.Cast) -> None:
    make([("a", None, 1)] * 9)
    there = set(Job.objects.values_list("pk", flat=True))

    @settings(max_examples=25)
    @given(
        key=st.text(max_size=12).filter(lambda key: not key.isdecimal() or int(key) not in there),
        name=st.sampled_from(["nach", "vor", "seite", "sortierung"]),
    )
    def look(key: str, name: str) -> None:
        request = RequestFactory().get("/", {name: key})
        request.user = cast.officer  # type: ignore[assignment]
        page = Listed(LISTING, request)  # type: ignore[arg-type]
        assert (page.part.before, len(page.part.rows)) == (0, 4)

    look()


@pytest.mark.django_db
def test_a_column_that_a_person_may_not_see_is_nowhere(cast: world.Cast) -> None:
    make([("a", None, 1)])
    for person, sees in ((cast.auditor, True), (cast.body, False)):
        shown = listed(person, "?sortierung=-geheim")
        assert ("Geheim" in shown.headings()) == sees
        assert ("user:1" in shown.body) == sees
        assert ("Geheim" in shown.head) == sees
        assert all(("secret" in row) == sees for row in shown.data())
        assert all(("user:1" in row) == sees for row in shown.cells())
        assert bool(shown.wish.column) == sees


@pytest.mark.django_db
def test_two_links_that_read_the_same_are_told_apart(cast: world.Cast) -> None:
    make([("a", None, 1), ("a", None, 2), ("b", None, 2)])
    link = Column("kind", "Art", url=lambda kind: f"/{kind}", tells=("done",))
    columns = (link, Column("done", "Erledigt"))
    listing = Listing(
        "ui:planted", "Aufträge", "core.look", columns, lambda user: Job.objects.all()
    )
    body = listed(cast.officer, "", listing).body
    assert body.count('a<span class="kern-sr-only">, 1</span></a>') == 1
    assert body.count('a<span class="kern-sr-only">, 2</span></a>') == 1
    assert body.count(">b</a>") == 1


@pytest.mark.django_db
def test_what_a_row_holds_is_never_markup(cast: world.Cast) -> None:
    make([("<b>&", None, 1)])
    assert "<b>" not in listed(cast.officer).body
    assert "&lt;b&gt;&amp;" in listed(cast.officer).body


# --- files --------------------------------------------------------------------------------


def answer(person: Any, kind: str) -> HttpResponseBase:
    page = listed(person, f"?export={kind}")
    return file(page.request, page)


def sent(response: Any) -> int:
    """How many bytes there are; none is kept."""
    size = sum(len(part) for part in response)
    # As Django's client does: the end of a request would end the connection of the test.
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return size


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [exports.CSV, exports.XLSX])
def test_a_file_of_many_rows_takes_the_memory_and_the_queries_of_few(
    cast: world.Cast, kind: str
) -> None:
    rows = [("a", MOMENTS[1], 1)] * 2500
    peaks, sizes, queries = [], [], []
    for times in (1, 2):
        for _ in range(times):
            make(rows)
        sent(answer(cast.officer, kind))  # what is loaded once is loaded
        asked = Queries()
        with connection.execute_wrapper(asked):
            tracemalloc.start()
            sizes.append(sent(answer(cast.officer, kind)))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        queries.append(asked.seen.total())
    assert sizes[1] > 2 * sizes[0]
    assert peaks[1] < peaks[0] + 1_000_000 < 15_000_000  # five thousand rows are more
    assert queries == [1, 1]


@pytest.mark.django_db
def test_a_file_that_fails_on_the_way_does_not_look_whole(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make([("a", None, 1)] * 1200)
    original = Listed.cells

    def failing(self: Listed) -> Iterator[Any]:
        for number, row in enumerate(original(self)):
            if number == 700:
                raise OSError("the disk is gone")
            yield row

    monkeypatch.setattr(Listed, "cells", failing)
    parts: Any = iter(answer(cast.officer, exports.CSV))  # type: ignore[call-overload]
    assert next(parts)
    with pytest.raises(OSError, match="the disk is gone"):
        list(parts)  # the server breaks the connection where the parts break off
    with pytest.raises(OSError, match="the disk is gone"):
        answer(cast.officer, exports.XLSX)  # nothing was sent yet: a page of an error


@pytest.mark.django_db
def test_public_data_that_fails_on_the_way_is_no_json(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(self: Listed) -> Iterator[dict[str, Any]]:
        for _ in range(publication.PART):
            yield {"year": 2024, "ags": "06435", "ordinal": 1, "amount_cents": Cents(1)}
        raise OSError("the disk is gone")

    monkeypatch.setattr(Listed, "data", failing)
    response: Any = publication.list_json(listed(cast.officer).request)
    parts = iter(response)
    text = next(parts) + next(parts)
    with pytest.raises(OSError, match="the disk is gone"):
        next(parts)
    assert b"06435" in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
