"""A list declared once: its columns make the page, the cards of a phone and the export."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.core.cases import Case, Kind
from zielwerk.core.ui.addresses import PAGE
from zielwerk.core.ui.filters import CaseFilter
from zielwerk.core.ui.tags.pieces import badge
from zielwerk.core.ui.tags.values import moment, said
from zielwerk.core.views import Request, may
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell

PAGE_LENGTH = 50
T = TypeVar("T")
C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a list.

    ``title`` is a German msgid. ``value`` is what is exported: text, a number, a day,
    :class:`~zielwerk.rulebook.money.Cents`, or a :class:`~zielwerk.rulebook.lifecycle.Label`
    that is translated. The page shows the same, as people write it, unless ``shown`` draws
    it otherwise. ``is_export_only`` keeps it off the page, ``is_page_only`` out of the export.
    """

    title: str
    value: Callable[[T], Any]
    shown: Callable[[T], SafeString | str] | None = None
    is_export_only: bool = False
    is_page_only: bool = False

    def cell(self, row: T) -> Cell:
        value: Cell = self.value(row)
        return translate(value, get_language() or "de") if isinstance(value, Label) else value

    def html(self, row: T) -> SafeString | str:
        if self.shown:
            return self.shown(row)
        value = self.value(row)
        return moment(value) if hasattr(value, "hour") else said("" if value is None else value)


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A page of a list, ready to be drawn by ``{% listing %}``."""

    caption: str
    columns: tuple[Column[T], ...]
    page: Page[T]
    amounts: frozenset[int]

    @property
    def headings(self) -> list[tuple[str, bool]]:
        return [(column.title, n in self.amounts) for n, column in enumerate(self.columns)]

    @property
    def rows(self) -> list[list[SafeString | str]]:
        return [[column.html(row) for column in self.columns] for row in self.page]


def of_cases(
    kind: Kind[C], columns: Sequence[Column[C]], template: str = "ui/cases.html"
) -> Callable[[Request], HttpResponse]:
    """The door to the list of a kind of case: filters, page and export.

    ``template`` extends ``ui/cases.html`` where the page says more.
    """

    @may(kind.look)
    @require_safe
    def look(request: Request) -> HttpResponse:
        filters = CaseFilter(request.GET, packs.years(settings.PROGRAMME), kind)
        cases = filters.matching(kind.visible(request.user, settings.PROGRAMME))
        if exports.file_format(request):
            return export(request, kind.plural, columns, cases)
        rows = listing(request, kind.plural, columns, cases)
        return render(request, template, {"kind": kind, "filters": filters, "rows": rows})

    return look


def listing(
    request: HttpRequest, caption: str, columns: Sequence[Column[T]], rows: QuerySet[Any]
) -> Listing[T]:
    """The page of a list that the address asks for."""
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    shown = tuple(column for column in columns if not column.is_export_only)
    first = next(iter(page), None)
    amounts = (
        frozenset(n for n, column in enumerate(shown) if isinstance(column.value(first), Cents))
        if first
        else frozenset()
    )
    return Listing(caption, shown, page, amounts)


def export(
    request: HttpRequest, name: str, columns: Sequence[Column[T]], rows: Iterable[T]
) -> HttpResponse:
    """The whole list as the file that the address asks for, in the order of the page."""
    exported = [column for column in columns if not column.is_page_only]
    headings = [gettext(column.title) for column in exported]
    cells = ([column.cell(row) for column in exported] for row in rows)
    return exports.response(request, name, headings, cells, at=timezone.now())


def state_badge(case: Case) -> SafeString:
    return badge(str(said(case.state_label)), case.state_look)


def link(url: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)
