"""The door to a list: page, CSV and XLSX from one declaration."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.core.cases import Kind
from zielwerk.packs import loading as packs
from zielwerk.ui.filters import CaseFilter
from zielwerk.ui.lists.columns import Column, of_kind
from zielwerk.ui.lists.listing import Bound, Listed, Listing, faults_of
from zielwerk.ui.views import Request, may

LISTS: dict[str, Listing] = {}  # every list of the house, by its route
More = Callable[[Request, Listed], dict[str, Any]]


def door(
    listing: Listing, template: str = "ui/list.html", more: More | None = None
) -> Callable[[Request], HttpResponseBase]:
    """The view of a list; ``more`` adds to its page what stands beside the list.

    ``template`` extends ``ui/list.html`` where the page says more.
    """
    if LISTS.setdefault(listing.route, listing) != listing:
        raise ValueError(f"the list {listing.route} is declared twice")

    @may(listing.look)
    @require_safe
    def look(request: Request) -> HttpResponseBase:
        listed = Listed(listing, request)
        if exports.file_format(request):
            return wrong(listed.filters) or file(request, listed)
        # The filters by themselves: their errors are told on top of the page.
        context = {
            "listed": listed,
            "filters": listed.filters,
            **(more(request, listed) if more else {}),
        }
        return render(request, template, context)

    return look


def wrong(filters: Bound | None) -> HttpResponse | None:
    """The answer to a program or a file's link whose filter is wrong; None where none is."""
    faults = faults_of(filters) if filters else []
    if not faults:
        return None
    return HttpResponse("\n".join(faults), status=400, content_type="text/plain; charset=utf-8")


def file(request: Request, listed: Listed) -> HttpResponseBase:
    """The whole list as the file that the address asks for, in the order of the page."""
    at = timezone.now()
    return exports.response(request, listed.name, listed.headings(), listed.cells(), at=at)


def of_cases(
    kind: Kind[Any],
    columns: Sequence[Column],
    template: str = "ui/list.html",
    more: More | None = None,
    **options: Any,
) -> Callable[[Request], HttpResponseBase]:
    """The door to the list of a kind of case: filters, page and files."""
    return door(of_kind_listing(kind, columns, **options), template, more)


def of_kind_listing(kind: Kind[Any], columns: Sequence[Column], **options: Any) -> Listing:
    """The list of a kind of case, newest first, filtered by year and state."""
    options.setdefault("name", kind.plural)
    options.setdefault("order", ("-pk",))
    options.setdefault(
        "filters",
        lambda parameters, user: CaseFilter(parameters, packs.years(settings.PROGRAMME), kind),
    )
    options.setdefault("rows", lambda user: kind.visible(user, settings.PROGRAMME))
    declared = tuple(of_kind(column, kind) for column in columns)
    return Listing(route=kind.list_page, look=kind.look, columns=declared, **options)
