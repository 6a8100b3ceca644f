"""Filters, order and page are parts of the address: links that change one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from zielwerk.ui.layout import Link

PAGE, SORT = "seite", "sortierung"  # what addresses call them
AFTER, BEFORE, LAST = "nach", "vor", "letzte"  # a page after or before a row, the last page
POSITIONS = (PAGE, AFTER, BEFORE)


def address(request: HttpRequest, **changes: object) -> str:
    """The page's own query with some parameters changed; None takes one out.

    Whatever changes, counting begins again at the first page.
    """
    gone = {*POSITIONS, *changes}
    query = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in gone
    ]
    query += [(name, str(value)) for name, value in changes.items() if value is not None]
    return "?" + urlencode(query)


@lru_cache(10_000)
def door(route: str, *args: object) -> str:
    """The address of a row: lists lead to the same ones again and again."""
    return reverse(route, args=args)


def without(request: HttpRequest, name: str, value: str) -> str:
    """The page's own query without one of the values of a parameter."""
    query = [
        (own, other)
        for own, values in request.GET.lists()
        for other in values
        if own not in POSITIONS and (own, other) != (name, value)
    ]
    return "?" + urlencode(query)


@dataclass(frozen=True)
class ActiveFilter:
    label: str
    value: str
    remove: str


def active_filters(request: HttpRequest, form: forms.Form) -> Iterator[ActiveFilter]:
    """Which filters the address sets, each with the address that takes it away."""
    for bound in form:
        choices = getattr(bound.field, "choices", ())
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, list)}
        for value in request.GET.getlist(bound.html_name):
            if value:
                is_check = isinstance(bound.field.widget, forms.CheckboxInput)
                shown = gettext("ja") if is_check else labels.get(value, value)
                remove = without(request, bound.html_name, value)
                yield ActiveFilter(str(bound.label), shown, remove)


def page_links(request: HttpRequest, page: Page[Any]) -> list[Link | None]:
    """Links to the pages around this one; None marks pages left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        Link(str(number), address(request, **{PAGE: number}), number == page.number)
        if isinstance(number, int)
        else None
        for number in numbers
    ]
