"""Every list, as everybody, in both programmes: page, files, data and sums say the same."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import groupby, pairwise
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.test import Client, RequestFactory, override_settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.timezone import localtime
from python_calamine import load_workbook

from tests.journeys import every_state, shown
from tests.journeys.pages import links
from tests.journeys.programmes import WALKED
from tests.stage import signed_in
from zielwerk.core import permissions
from zielwerk.core.exports import EXPORT
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.language import translate
from zielwerk.rulebook.money import Cents
from zielwerk.ui.addresses import POSITIONS, SORT
from zielwerk.ui.lists import LISTS, Column, Listed

pytestmark = pytest.mark.django_db
WALKED_ON = {"sqlite": {"aqb_hessen"}, "postgresql": {"lotsenfonds_nordmark"}}
# Files that are no lists of one kind of row: templates, a computation, a table of tables.
NO_LISTS = {
    "allocation:scenario",
    "allocation:compare",
    "budget:budget",
    "desk:season",
    "desk:year",
    "ledger:places",
    "programme:rule_differences",
    "programme:year",
}


class Site:
    """A programme with a case in every state, and all its people."""

    def __init__(self) -> None:
        get_resolver().url_patterns  # noqa: B018 - the views declare the lists
        today = timezone.localdate()
        self.people = [let_in(person, today) for person in User.objects.order_by("pk")]

    def seen(self) -> Iterator[tuple[str, User, Client]]:
        """Every list that somebody may look at."""
        for route, listing in sorted(LISTS.items()):
            for person in self.people:
                if not permissions.role_refusal(person, listing.look):
                    yield route, person, signed_in(person)

    def seen_by_one(self) -> Iterator[tuple[str, User, Client]]:
        """Every list once, as the person who may look at most of them."""
        lists = list(self.seen())
        times = Counter(person.pk for _, person, _ in lists)
        taken = set()
        for route, person, client in sorted(lists, key=lambda one: -times[one[1].pk]):
            if route not in taken:
                taken.add(route)
                yield route, person, client


@pytest.fixture(scope="module", params=WALKED, ids=str)
def site(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Site]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=request.param.programme),
        transaction.atomic(),
    ):
        every_state.put(request.param)
        yield Site()
        transaction.set_rollback(True)


def listed_as(person: User, route: str, address: str = "") -> Listed:
    request = RequestFactory().get(f"/{address}")
    request.user = person
    return Listed(LISTS[route], request)  # type: ignore[arg-type]


def parts(client: Client, address: str) -> Iterator[Any]:
    """The pages of a list, one after the other by its own links."""
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield answer
        following = [
            url for _, relation, url in answer.context["listed"].pages if relation == "next"
        ]
        address = answer.wsgi_request.path + following[0] if following else ""


def page_rows(client: Client, address: str) -> list[list[shown.Cell]]:
    rows = []
    for answer in parts(client, address):
        listed = answer.context["listed"]
        if listed.total:
            title = [heading.title for heading in listed.drawn_headings]
            grids = shown.Page(answer.content.decode()).grids
            (grid,) = (one for one in grids if [cell.text for cell in one.headings] == title)
            rows += grid.rows
    return rows


def csv_rows(client: Client, address: str) -> tuple[list[str], list[list[str]]]:
    text = client.get(address).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = csv.reader(StringIO(text), delimiter=";")
    return head, rows


def xlsx_rows(client: Client, address: str) -> tuple[list[Any], list[list[Any]]]:
    content = client.get(address).getvalue()  # type: ignore[attr-defined]
    head, *rows = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    return head, [row + [""] * (len(head) - len(row)) for row in rows]


def same(value: Any, written: Any) -> bool:
    """Whether a cell of a page or a file says the value that a program gets."""
    if value is None:
        return written == ""
    if isinstance(value, Cents):
        if isinstance(written, str):
            return shown.cents(written) == value
        return round(written * 100) == value
    if isinstance(value, datetime):
        moment = localtime(value)
        texts = {f"{moment:%d.%m.%Y, %H:%M}", f"{moment:%d.%m.%Y %H:%M:%S}"}
        return written in texts or written == moment.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return written in (f"{value:%d.%m.%Y}", value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(written).removesuffix(".0") == str(value)
    guarded = re.fullmatch(r"'([=+@-].*)", str(written), re.DOTALL)
    return (guarded[1] if guarded else str(written)) == str(value)


def on_page(column: Column, value: Any, text: str) -> bool:
    """The same of a page, where a cell may be shortened, and more may stand beside it."""
    if column.is_number or not isinstance(value, str):
        return any(same(value, part) for part in (text, *text.split(" ")))
    words, cut = " ".join(value.split()), text.split("…")[0]
    return words in text or (bool(cut) and words.startswith(cut)) or (not words and not text)


def told(listed: Listed) -> list[dict[str, Any]]:
    """The data of a list, with the labels of codes that people read."""
    of = {column.code: column.labels for column in listed.columns if column.labels}
    return [
        {
            # As the programme says it: "Bescheid" where it has no agreements.
            code: translate(str(of[code].get(value, value)), "de") if code in of else value
            for code, value in row.items()
        }
        for row in listed.data()
    ]


def test_page_files_and_data_say_the_same(site: Site) -> None:
    rows_seen = 0
    for route, person, client in site.seen():
        if route == "auditing:looks":  # whoever takes it away is in it
            continue
        address, listed = reverse(route), listed_as(person, route)
        rows, of_file = told(listed), listed.of_file()
        head, as_csv = csv_rows(client, f"{address}?export=csv")
        assert head == listed.headings(), (route, person)
        pages = page_rows(client, address)
        assert len(rows) == len(as_csv) == len(pages), (route, person)
        for row, cells in zip(rows, as_csv, strict=True):
            for column, cell in zip(of_file, cells, strict=True):
                assert same(row[column.code], cell), (route, column.code, row[column.code], cell)
        for row, page in zip(rows, pages, strict=True):
            for column, cell in zip(listed.of_page(), page, strict=True):
                value = row[column.code]
                # Where there is nothing, a mark or a badge may stand.
                is_marked = value is None and (column.cell or column.mark)
                assert is_marked or on_page(column, value, cell.text), (route, column.code, value)
        rows_seen += len(rows)
    assert rows_seen > 500


def test_the_workbook_says_it_too(site: Site) -> None:
    for route, person, client in site.seen_by_one():
        listed = listed_as(person, route)
        head, cells_of_rows = xlsx_rows(client, f"{reverse(route)}?export=xlsx")
        assert head == listed.headings(), route
        for row, cells in zip(told(listed), cells_of_rows, strict=True):
            for column, cell in zip(listed.of_file(), cells, strict=True):
                assert same(row[column.code], cell), (route, column.code, row[column.code], cell)


def test_sums_are_those_of_all_rows_and_never_of_two_kinds(site: Site) -> None:
    summed = set()
    for route, person, client in site.seen():
        listed = client.get(reverse(route)).context["listed"]
        adding = [column for column in listed.of_page() if column.adds_up]
        if not adding or not listed.total:
            continue
        rows = list(listed.data())
        of_field = {column.fields[0]: column.code for column in listed.columns}
        apart = [of_field[name] for name in listed.listing.apart]
        wanted: dict[tuple[Any, ...], list[int | None]] = {}
        for row in rows:
            group = wanted.setdefault(
                tuple(row[code] for code in apart), [0, *(None for _ in adding)]
            )
            group[0] = (group[0] or 0) + 1
            for place, column in enumerate(adding, start=1):
                if row[column.code] is not None:  # where no row has an amount, there is no sum
                    group[place] = (group[place] or 0) + row[column.code]
        told = {group.common: [group.number, *group.sums] for group in listed.part.groups}
        assert told == wanted, (route, person)
        html = client.get(reverse(route)).content.decode()
        foot = html.split("<tfoot")[1].split("</tfoot>")[0]
        assert shown.amounts(re.sub("<[^>]*>", " ", foot), "de") == [
            amount for group in listed.part.groups for amount in group.sums if amount is not None
        ]
        summed.add(route)
    assert summed >= {"agreements:agreements", "publication:editions", "adjustments:adjustments"}


def keys(listed: Listed, column: Column) -> list[Any]:
    """What rows are ordered by, as a person reads it off the list; None for text."""
    ranks = {code: place for place, code in enumerate(column.labels)}
    return [ranks.get(row[column.code], row[column.code]) for row in listed.data()]


def test_every_column_orders_in_both_directions(site: Site) -> None:
    ordered = 0
    for route, person, _ in site.seen_by_one():
        whole = sorted(map(str, listed_as(person, route).data()))
        columns = listed_as(person, route).columns
        assert len({column.code for column in columns}) == len(columns), route
        for column in columns:
            if not column.order:
                continue
            up, down = (
                listed_as(person, route, f"?sortierung={sign}{column.address}")
                for sign in ("", "-")
            )
            assert up.wish.column, (route, column.code)
            assert up.wish.column.code == column.code, (route, "two columns have one address")
            rising, falling = keys(up, column), keys(down, column)
            assert sorted(map(str, up.data())) == sorted(map(str, down.data())) == whole
            runs = [[key for key, _ in groupby(one)] for one in (rising, falling)]
            assert runs[0] == runs[1][::-1], (route, column.code)
            known = [key for key in rising if key is not None]
            assert rising[: len(known)] == known, "what is empty comes last"
            if not any(isinstance(key, str | list) for key in known):
                assert all(a <= b for a, b in pairwise(known)), (route, column.code)
            ordered += len(known) > 1
    assert ordered > 40


def options(listed: Listed) -> Iterator[tuple[str, str, str]]:
    """The choices of the filters: their field, value, and label."""
    for name, field in listed.filters.fields.items() if listed.filters else ():
        if isinstance(field, forms.ChoiceField):
            for value, label in field.choices:
                yield name, str(value), str(label)
        elif isinstance(field, forms.BooleanField):
            yield name, "on", str(field.label)


def test_every_value_of_every_filter_gives_on_the_page_what_it_gives_in_the_file(
    site: Site,
) -> None:
    narrowed = 0
    for route, person, _ in site.seen_by_one():
        whole = listed_as(person, route)
        for name, value, _ in options(whole):
            query = QueryDict(mutable=True)
            query[name] = value
            listed = listed_as(person, route, f"?{query.urlencode()}")
            kept = sum(1 for _ in listed.cells())
            assert listed.total == kept <= whole.total, (route, name, value)
            narrowed += bool(value) and kept < whole.total
    assert narrowed > 50


def test_no_two_choices_read_the_same_and_no_two_links_of_a_column(site: Site) -> None:
    for route, person, client in site.seen():
        read = Counter((name, label) for name, _, label in options(listed_as(person, route)))
        assert [one for one, times in read.items() if times > 1] == [], (route, person)
        for answer in parts(client, reverse(route)):
            listed = answer.context["listed"]
            title = [heading.title for heading in listed.drawn_headings]
            grids = shown.Page(answer.content.decode()).grids
            for grid in grids:
                if [cell.text for cell in grid.headings] != title:
                    continue
                for column in zip(*grid.rows, strict=True):
                    texts = {(cell.text, cell.links[0]) for cell in column if cell.links}
                    again = Counter(text for text, _ in texts)
                    assert [one for one, times in again.items() if times > 1] == [], route


def names(resolver: URLResolver, room: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, pattern.namespace or room)
        elif not pattern.pattern.converters:
            yield f"{room}:{pattern.name}".lstrip(":")


def test_every_page_that_is_taken_away_as_a_table_is_a_declared_list(site: Site) -> None:
    offered = set()
    for person in site.people:
        client = signed_in(person)
        for name in names(get_resolver()):
            answer = client.get(reverse(name))
            answer.getvalue()  # a file, too, to its end: only then is it closed
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                html = answer.content.decode()
                if any("export=" in link for link in links(html, reverse(name))):
                    offered.add(name)
    offered.discard("publication:list")  # the list of editions, at the start
    assert offered - NO_LISTS - set(LISTS) == set()
    assert set(LISTS) <= offered


def test_no_filter_has_the_name_of_a_question_that_every_list_answers(site: Site) -> None:
    """Else the link to the next part of a list would filter it."""
    own = {*POSITIONS, SORT, EXPORT}
    for route, person, _ in site.seen_by_one():
        filters = listed_as(person, route).filters
        assert not filters or not own & {*filters.fields}, route
