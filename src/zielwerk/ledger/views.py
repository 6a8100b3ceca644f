"""The books as people see them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.ledger import forms, queries

PAGE = 50


@may("ledger.look")
@require_safe
def places(request: Request) -> HttpResponse:
    """Where each euro is, in each book, at any day, as it counted or as it was known."""
    filters = forms.BookFilters(request.GET)
    chosen = filters.selection()
    found = queries.places(request.user, chosen, **filters.times())
    books: dict[str, list[queries.Standing]] = {}
    for standing in found:
        if standing.balance_cents:
            books.setdefault(standing.book.label, []).append(standing)
    context = {"filters": filters, "books": books, "address": request.GET.urlencode()}
    return render(request, "ledger/places.html", context)


@may("ledger.look")
@require_safe
def transfers(request: Request) -> HttpResponse:
    """Every single transfer: who, when, why, for which case."""
    filters = forms.TransferFilters(request.GET)
    chosen = filters.selection()
    found = queries.transfers(request.user, chosen, **filters.times())
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    names = identity.labels({transfer.actor for transfer in page})
    rows = [(transfer, names.get(transfer.actor, transfer.actor)) for transfer in page]
    context = {"filters": filters, "page": page, "rows": rows}
    return render(request, "ledger/transfers.html", context)
