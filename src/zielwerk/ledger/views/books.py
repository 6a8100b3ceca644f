"""Where each euro is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.ledger import forms, panels, queries
from zielwerk.ledger.models import COUNTER_PLACES, Place
from zielwerk.ledger.queries import labels
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Succession
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.tables import Cell
from zielwerk.ui import lists, wording
from zielwerk.ui.addresses import PAGE, SORT
from zielwerk.ui.views import Request, may

PAGE_LENGTH = 100
GROUP = "gruppe"
OUTSIDE = msg("außerhalb der Auswahl")


@dataclass(frozen=True)
class Amount:
    """An amount with the address of the transfers behind it."""

    cents: Cents
    url: str


@dataclass(frozen=True)
class Section:
    """One book on the page: its table and the picture of its flows."""

    label: str
    places: list[Place]
    rows: list[tuple[str, list[Amount]]]
    totals: list[Amount]
    outside: Amount | None
    picture: panels.FlowPicture

    @property
    def listed(self) -> list[tuple[Place, Amount]]:
        """The totals as a list of places, for a table without groups."""
        return list(zip(self.places, self.totals, strict=True))


@may("ledger.look")
@require_safe
def places(request: Request) -> HttpResponseBase:
    """Where each euro is, in each book, at any day, as it counted or as it was known."""
    filters = forms.BookFilters(request.GET, request.user)
    selection = filters.selection()
    group = request.GET.get(GROUP, "")
    group = group if group in forms.GROUPS else ""
    dimension = forms.DIMENSIONS.get(group, "")
    moved, balances = _read(request, filters, dimension)
    place = partial(labels.names(settings.PROGRAMME).place, dimension)
    tables = queries.tables(balances, place)
    if exports.file_format(request):
        return lists.wrong(filters) or _file(request, tables, group)
    groups = sorted({group for table in tables for group, _ in table.rows}, key=place)
    page = Paginator(groups, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "sections": list(_sections(request, tables, moved, group, set(page))),
        "group": forms.GROUPS.get(group, ""),
        "tabs": list(_tabs(request, group)),
        "page": page,
        "counter_places": COUNTER_PLACES,
        "breaks": _breaks(dimension, request.user.ags or selection.ags, groups),
        "transfers": _Links(request).to(),
    }
    return render(request, "ledger/places.html", context)


def _read(
    request: Request, filters: forms.BookFilters, dimension: str
) -> tuple[list[queries.Moved], list[queries.PlaceBalance]]:
    """What moved, and what is in the places: on a past day, what all that moved comes to."""
    selection, times = filters.selection(), filters.times()
    moved = queries.moved(request.user, selection, dimension, **times)
    if any(times.values()):
        return moved, queries.contents(moved)
    return moved, queries.places(request.user, selection, dimension)


def _file(request: Request, tables: Iterable[queries.BookTable], group: str) -> HttpResponseBase:
    """All places of all groups, one a row."""
    divided = [str(forms.GROUPS[group])] if group else []
    if group == "ags":
        divided.insert(0, wording.key_heading())
    headings = [gettext("Buch"), *divided, gettext("Ort"), gettext("Betrag")]
    rows = (row for table in tables for row in _lines(table, group))
    return exports.response(request, "buecher", headings, rows, at=timezone.now())


def _lines(table: queries.BookTable, group: str) -> Iterator[list[Cell]]:
    """One book in the file: all that is in it, and what the selection leaves out of it."""
    book = gettext(labels.book_label(table.book, table.is_authority))
    for value, amounts in table.rows:
        divided: list[Cell] = [_group_label(group, value)] if group else []
        if group == "ags":
            divided.insert(0, value or None)
        for place, amount in zip(table.places, amounts, strict=True):
            if amount:
                yield [book, *divided, gettext(place.said), amount]
    if table.outside_cents:
        columns = 2 if group == "ags" else 1 if group else 0
        yield [book, *[None] * columns, gettext(OUTSIDE), table.outside_cents]


def _group_label(group: str, value: queries.Group) -> str:
    if not value:
        return gettext(labels.NOWHERE)
    return labels.names(settings.PROGRAMME).of(forms.DIMENSIONS[group], value)


def _breaks(
    dimension: str, ags: str, groups: Iterable[object]
) -> tuple[tuple[Body, Succession], ...]:
    """The breaks in one body's amounts by programme year."""
    if dimension != "programme_year" or not ags:
        return ()
    years = [int(str(year)) for year in groups if year]
    return packs.breaks_within(settings.PROGRAMME, ((ags, year) for year in years))


def _tabs(request: Request, group: str) -> Iterator[tuple[str, str, bool]]:
    """The groupings of the table: label, address, whether it is the present one."""
    filters = _Links(request).kept
    for key, label in {"": gettext("Insgesamt"), **forms.GROUPS}.items():
        query = urlencode([*filters, *([(GROUP, key)] if key else [])])
        yield str(label), f"{request.path}?{query}", key == group


def _sections(
    request: Request,
    tables: Iterable[queries.BookTable],
    moved: list[queries.Moved],
    group: str,
    shown: set[queries.Group],
) -> Iterator[Section]:
    links = _Links(request)
    flowed, within = queries.flows(moved), queries.places_within(moved)
    for table in tables:
        book = (table.book, table.is_authority)
        key = forms.BOOK_KEYS[book]
        flows = [flow for flow in flowed if (flow.book, flow.is_authority) == book]
        held = {place: Cents(0) for place in Place if (*book, place) in within}
        held |= dict(zip(table.places, table.totals, strict=True))

        def link(key: str = key, **filters: str) -> str:
            return links.to(buch=key, **filters)

        yield Section(
            label=gettext(labels.book_label(*book)),
            places=list(table.places),
            rows=[
                (
                    _group_label(group, value),
                    _cells(links, table, cents, key, links.group(group, value)),
                )
                for value, cents in table.rows
                if value in shown
            ],
            totals=_cells(links, table, table.totals, key, {}),
            outside=_outside(links, table, key),
            picture=panels.picture(flows, held, gettext, link),
        )


def _cells(
    links: "_Links",
    table: queries.BookTable,
    amounts: Iterable[Cents],
    key: str,
    narrowed: dict[str, str],
) -> list[Amount]:
    return [
        Amount(cents, links.to(buch=key, ort=place, **narrowed) if cents else "")
        for place, cents in zip(table.places, amounts, strict=True)
    ]


def _outside(links: "_Links", table: queries.BookTable, key: str) -> Amount | None:
    """What a selection leaves out of its book, with the transfers that cross its edge."""
    if not table.outside_cents:
        return None
    return Amount(table.outside_cents, links.to(buch=key, grenze=forms.CROSSING))


class _Links:
    """Addresses of the transfers behind an amount: the page's filters, narrowed."""

    def __init__(self, request: Request) -> None:
        leave = {GROUP, PAGE, SORT}
        parameters = ((name, value) for name, value in request.GET.items() if name not in leave)
        self.kept = [(name, value) for name, value in parameters if value]
        self.transfers = reverse("ledger:transfers")

    def to(self, **filters: Any) -> str:
        query = [(name, value) for name, value in self.kept if name not in filters]
        return f"{self.transfers}?{urlencode([*query, *filters.items()])}"

    def group(self, group: str, value: queries.Group) -> dict[str, str]:
        """The filter for one row of a table that is grouped."""
        if not group:
            return {}
        nowhere = "0" if group in forms.YEARS else queries.NONE
        return {group: str(value) if value else nowhere}
