"""Single transfers: the list behind every number, each on its own page, and its reversal."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse as url_to
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.ui import steps
from zielwerk.core.ui.addresses import PAGE
from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.ledger import actions, forms, panels, queries
from zielwerk.ledger.models import Account, Transfer
from zielwerk.ledger.queries import labels
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.tables import Cell

PAGE_LENGTH = 50


@may("ledger.look")
@require_safe
def transfers(request: Request) -> HttpResponse:
    """Every single transfer: who, when, why, for which case."""
    filters = forms.TransferFilters(request.GET, request.user)
    selection = filters.selection()
    rows = queries.transfers(request.user, selection, **filters.times())
    if exports.file_format(request):
        return _file(request, rows)
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    persons = identity.labels({transfer.actor for transfer in page}, request.user)
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [
            (
                transfer,
                _end(transfer.source),
                _end(transfer.target),
                persons.get(transfer.actor, transfer.actor),
            )
            for transfer in page
        ],
        "address": request.GET.urlencode(),
    }
    return render(request, "ledger/transfers.html", context)


def _file(request: Request, transfers: QuerySet[Transfer]) -> HttpResponse:
    actors = set(transfers.order_by().values_list("actor", flat=True).distinct())
    persons = identity.labels(actors, request.user)
    headings = [gettext("Nummer"), gettext("Buch"), gettext("Von"), gettext("Von: Zuordnung")]
    headings += [gettext("Nach"), gettext("Nach: Zuordnung"), gettext("Betrag"), gettext("Art")]
    headings += [gettext("Aktenzeichen"), gettext("Begründung"), gettext("Wertstellung")]
    headings += [gettext("Erfasst"), gettext("Gebucht von"), gettext("Storniert Buchung")]
    rows: Iterator[list[Cell]] = (
        [
            *(transfer.pk, gettext(_book(transfer))),
            *(gettext(transfer.source.get_place_display()), _end(transfer.source)),
            *(gettext(transfer.target.get_place_display()), _end(transfer.target)),
            *(
                Cents(transfer.amount_cents),
                gettext(transfer.get_code_display()),
                transfer.case,
                transfer.reason,
            ),
            *(
                transfer.value_date,
                transfer.recorded_at,
                persons.get(transfer.actor, transfer.actor),
                transfer.reverses_id,
            ),
        ]
        for transfer in transfers.iterator()
    )
    return exports.response(request, "buchungen", headings, rows, at=timezone.now())


def _book(transfer: Transfer) -> str:
    return labels.book_label(transfer.source.key.book, bool(transfer.source.due_year))


def _end(account: Account) -> str:
    """Body, purpose and measure of an account, for a list."""
    names = labels.names(settings.PROGRAMME)
    values = ((name, getattr(account, name)) for name in ("ags", "earmark", "measure"))
    return ", ".join(names.of(name, value) for name, value in values if value)


@may("ledger.look")
@require_safe
def transfer(request: Request, pk: int) -> HttpResponse:
    """One transfer in full, with what it reverses or who reversed it."""
    transfer = queries.transfer(request.user, pk)
    return _page(request, transfer, forms.ReversalForm())


@may("ledger.reverse")
@require_POST
def reverse(request: Request, pk: int) -> HttpResponse:
    """Reverse a clerical error; leads to the mirror."""
    transfer = queries.transfer(request.user, pk)
    form = forms.ReversalForm(request.POST)
    if not form.is_valid():
        return _page(request, transfer, form, status=422)
    mirror = actions.reverse(request.user, transfer, form.cleaned_data["reason"], at=timezone.now())
    return redirect("ledger:transfer", mirror.pk)


def _timeline(
    transfer: Transfer, mirror: Transfer | None, persons: Mapping[str, str]
) -> Iterator[steps.Event]:
    who = persons.get(transfer.actor, transfer.actor)
    yield steps.Event(transfer.recorded_at, msg("gebucht"), who)
    if mirror:
        who = persons.get(mirror.actor, mirror.actor)
        yield steps.Event(mirror.recorded_at, msg("storniert"), who)


def _neighbours(request: Request, transfer: Transfer) -> dict[str, str]:
    before, after = steps.neighbours(queries.transfers(request.user), transfer.pk)
    return {
        "previous": url_to("ledger:transfer", args=[before]) if before else "",
        "following": url_to("ledger:transfer", args=[after]) if after else "",
    }


def _page(
    request: Request, transfer: Transfer, form: forms.ReversalForm, status: int = 200
) -> HttpResponse:
    names = labels.names(settings.PROGRAMME)
    mirror = getattr(transfer, "reversed_by", None)
    actors = {transfer.actor, *([mirror.actor] if mirror else [])}
    persons = identity.labels(actors, request.user)
    context: dict[str, Any] = {
        "transfer": transfer,
        "mirror": mirror,
        "who": persons.get(transfer.actor, transfer.actor),
        "reversed_by": persons.get(mirror.actor, mirror.actor) if mirror else "",
        "book": _book(transfer),
        "sides": [
            (account.key.place, panels.account_facts(account, names))
            for account in (transfer.source, transfer.target)
        ],
        "form": form,
        **_reversal(request, transfer),
        "timeline": list(_timeline(transfer, mirror, persons)),
        **_neighbours(request, transfer),
    }
    return render(request, "ledger/transfer.html", context, status=status)


def _reversal(request: Request, transfer: Transfer) -> dict[str, Any]:
    """Whether this person may reverse it, and if not by four eyes, the reason."""
    is_open = not transfer.reverses_id and not hasattr(transfer, "reversed_by")
    if not is_open or permissions.role_refusal(request.user, "ledger.reverse"):
        return {"may_reverse": False, "why_not": ""}
    reason = permissions.refusal(request.user, "ledger.reverse", transfer)
    obstacle = sentence(reason, get_language() or "de") if reason else ""
    return {"may_reverse": not reason, "why_not": obstacle}
