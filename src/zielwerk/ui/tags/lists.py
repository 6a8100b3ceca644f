"""Lists: tables, order, filters, pages."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zielwerk.core.exports import CSV, EXPORT, XLSX
from zielwerk.ui.addresses import SORT, active_filters, address, page_links
from zielwerk.ui.tables import dressed
from zielwerk.ui.tags.pieces import NOTHING

register = template.Library()


@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    """A table of plain ``thead``, ``tbody``, ``tr``, ``th`` and ``td``; cards on a phone.

    A ``class="amount"`` at a column's heading sets the whole column as amounts.
    """
    return format_html(
        '<div class="zw-table"><table class="kern-table" role="table"><caption class="{}">{}'
        "</caption>{}</table></div>",
        "kern-sr-only" if hide_caption else "kern-title kern-title--small",
        caption,
        mark_safe(dressed(content)),  # noqa: S308 - rendered by a template, escaped there
    )


@register.simple_tag(takes_context=True)
def sort(
    context: Context, key: str, label: str, amount: bool = False, default: str = ""
) -> SafeString:
    """A column's heading that orders by ``key``; ``default`` is the order without a wish."""
    request = context["request"]
    wish = request.GET.get(SORT) or default
    order = {key: "ascending", f"-{key}": "descending"}.get(wish, "")
    link = address(request, **{SORT: f"-{key}" if order == "ascending" else key})
    return format_html(
        '<th{}{}><a class="zw-sort" href="{}">{}</a></th>',
        mark_safe(' class="amount"') if amount else NOTHING,
        format_html(' aria-sort="{}"', order) if order else NOTHING,
        link,
        label,
    )


SEARCH_FIELDS = {"suche", "akte"}
"""Fields in which something is typed that a list is searched for."""


@register.inclusion_tag("ui/filters.html", takes_context=True)
def filters(context: Context, form: forms.Form) -> dict[str, Any]:
    """A form whose values are in the address, with the filters that are set."""
    request = context["request"]
    return {
        "form": form,
        "active": list(active_filters(request, form)),
        "order": request.GET.get(SORT, ""),
        "order_name": SORT,
        "plain": request.path,
        "searches": not SEARCH_FIELDS.isdisjoint(form.fields),
    }


@register.simple_tag
def result(text: str) -> SafeString:
    """What filters came to: told to screen readers as it changes, without moving the focus."""
    return format_html('<p class="zw-result" data-announce="{}">{}</p>', text, text)


@register.inclusion_tag("ui/exports.html", takes_context=True)
def exports(context: Context) -> dict[str, Any]:
    """Links to the whole list as a file, with the filters and the order of the page."""
    return {kind: address(context["request"], **{EXPORT: kind}) for kind in (CSV, XLSX)}


@register.inclusion_tag("ui/listing.html", takes_context=True)
def listing(context: Context, rows: Any) -> dict[str, Any]:
    """A list drawn from its columns, see :mod:`zielwerk.ui.lists`."""
    return {"listed": rows, "request": context["request"]}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "") -> dict[str, Any]:
    """Which part of a list this is, and links to the others; keeps filters and order."""
    links = page_links(context["request"], page)
    near = {link.label: link.url for link in links if link}
    return {
        "page": page,
        "label": label,
        "links": links,
        "before": near.get(str(page.number - 1)),
        "after": near.get(str(page.number + 1)),
    }
