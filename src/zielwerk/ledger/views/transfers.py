"""Single transfers: the list behind every number, each on its own page, and its reversal."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.ui.addresses import PAGE
from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.ledger import actions, forms, panels, queries
from zielwerk.ledger.models import Account, Transfer
from zielwerk.ledger.queries import labels
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell

PAGE_LENGTH = 50


@may("ledger.look")
@require_safe
def transfers(request: Request) -> HttpResponse:
    """Every single transfer: who, when, why, for which case."""
    filters = forms.TransferFilters(request.GET, request.user)
    chosen = filters.selection()
    found = queries.transfers(request.user, chosen, **filters.times())
    if exports.file_format(request):
        return _file(request, found)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    who = identity.labels({one.actor for one in page}, request.user)
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [
            (one, _end(one.source), _end(one.target), who.get(one.actor, one.actor)) for one in page
        ],
        "address": request.GET.urlencode(),
    }
    return render(request, "ledger/transfers.html", context)


def _file(request: Request, found: QuerySet[Transfer]) -> HttpResponse:
    actors = set(found.order_by().values_list("actor", flat=True).distinct())
    who = identity.labels(actors, request.user)
    headings = [gettext("Nummer"), gettext("Buch"), gettext("Von"), gettext("Von: Zuordnung")]
    headings += [gettext("Nach"), gettext("Nach: Zuordnung"), gettext("Betrag"), gettext("Art")]
    headings += [gettext("Aktenzeichen"), gettext("Begründung"), gettext("Wertstellung")]
    headings += [gettext("Erfasst"), gettext("Gebucht von"), gettext("Storniert Buchung")]
    rows: Iterator[list[Cell]] = (
        [
            *(one.pk, gettext(_book(one))),
            *(gettext(one.source.get_place_display()), _end(one.source)),
            *(gettext(one.target.get_place_display()), _end(one.target)),
            *(Cents(one.amount_cents), gettext(one.get_code_display()), one.case, one.reason),
            *(one.value_date, one.recorded_at, who.get(one.actor, one.actor), one.reverses_id),
        ]
        for one in found.iterator()
    )
    return exports.response(request, "buchungen", headings, rows, at=timezone.now())


def _book(one: Transfer) -> str:
    return labels.book_label(one.source.key.book, bool(one.source.due_year))


def _end(account: Account) -> str:
    """What narrows an account down to one body and purpose, for a list."""
    names = labels.names(settings.PROGRAMME)
    said = ((name, getattr(account, name)) for name in ("ags", "earmark", "measure"))
    return ", ".join(names.of(name, value) for name, value in said if value)


@may("ledger.look")
@require_safe
def transfer(request: Request, pk: int) -> HttpResponse:
    """One transfer in full, with what it reverses or who reversed it."""
    one = queries.transfer(request.user, pk)
    return _page(request, one, forms.ReversalForm())


@may("ledger.reverse")
@require_POST
def reverse(request: Request, pk: int) -> HttpResponse:
    """Reverse a clerical error; leads to the mirror."""
    one = queries.transfer(request.user, pk)
    form = forms.ReversalForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    mirror = actions.reverse(request.user, one, form.cleaned_data["reason"], at=timezone.now())
    return redirect("ledger:transfer", mirror.pk)


def _page(
    request: Request, one: Transfer, form: forms.ReversalForm, status: int = 200
) -> HttpResponse:
    names = labels.names(settings.PROGRAMME)
    mirror = getattr(one, "reversed_by", None)
    actors = {one.actor, *([mirror.actor] if mirror else [])}
    who = identity.labels(actors, request.user)
    context: dict[str, Any] = {
        "transfer": one,
        "mirror": mirror,
        "who": who.get(one.actor, one.actor),
        "reversed_by": who.get(mirror.actor, mirror.actor) if mirror else "",
        "book": _book(one),
        "sides": [
            (account.key.place, panels.account_facts(account, names))
            for account in (one.source, one.target)
        ],
        "form": form,
        **_reversal(request, one),
    }
    return render(request, "ledger/transfer.html", context, status=status)


def _reversal(request: Request, one: Transfer) -> dict[str, Any]:
    """Whether this person may reverse it, and if not by four eyes, the reason."""
    is_open = not one.reverses_id and not hasattr(one, "reversed_by")
    if not is_open or permissions.role_refusal(request.user, "ledger.reverse"):
        return {"may_reverse": False, "why_not": ""}
    reason = permissions.refusal(request.user, "ledger.reverse", one)
    said = sentence(reason, get_language() or "de") if reason else ""
    return {"may_reverse": not reason, "why_not": said}
