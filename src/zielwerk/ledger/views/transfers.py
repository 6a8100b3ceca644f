"""Single transfers: the list behind every number, each on its own page, and its reversal."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.ui import lists
from zielwerk.core.ui.lists import Listed
from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.ledger import actions, forms, panels, queries
from zielwerk.ledger.models import Transfer
from zielwerk.ledger.queries import labels


def is_filtered(request: Request, listed: Listed) -> dict[str, Any]:
    """Whether the choice of filters stands open."""
    return {
        "is_filtered": any(request.GET.get(name) for name in getattr(listed.filters, "fields", ()))
    }


transfers = lists.door(panels.TRANSFERS, "ledger/transfers.html", is_filtered)


def _book(transfer: Transfer) -> str:
    return panels.book_label(transfer.source.book, transfer.source.due_year)


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
