"""Single transfers: the list behind every number, and each on its own page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse as address_of
from django.views.decorators.http import require_safe

from zielwerk.identity import queries as identity
from zielwerk.ledger import panels, queries
from zielwerk.ledger.models import EntryCode, Transfer
from zielwerk.ledger.queries import labels
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.timeline import Event
from zielwerk.ui.views import Request, may


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
    names = labels.names(settings.PROGRAMME)
    mirror = queries.reversal_of(transfer)
    actors = {transfer.actor, *([mirror.actor] if mirror else [])}
    persons = identity.labels(actors, request.user)
    context: dict[str, Any] = {
        "transfer": transfer,
        "code": EntryCode(transfer.code).said,
        "mirror": mirror,
        "who": persons.get(transfer.actor, transfer.actor),
        "reversed_by": persons.get(mirror.actor, mirror.actor) if mirror else "",
        "book": _book(transfer),
        "sides": [
            (account.key.place, panels.account_facts(account, names))
            for account in (transfer.source, transfer.target)
        ],
        "record": panels.record_of(request, transfer.case),
        "timeline": list(_timeline(transfer, mirror, persons)),
        **_neighbours(request, transfer),
    }
    return render(request, "ledger/transfer.html", context)


def _timeline(
    transfer: Transfer, mirror: Transfer | None, persons: Mapping[str, str]
) -> Iterator[Event]:
    who = persons.get(transfer.actor, transfer.actor)
    yield Event(transfer.recorded_at, msg("gebucht"), who)
    if mirror:
        who = persons.get(mirror.actor, mirror.actor)
        yield Event(mirror.recorded_at, msg("storniert"), who)


def _neighbours(request: Request, transfer: Transfer) -> dict[str, str]:
    before, after = steps.neighbours(queries.transfers(request.user), transfer.pk)
    return {
        "previous": address_of("ledger:transfer", args=[before]) if before else "",
        "following": address_of("ledger:transfer", args=[after]) if after else "",
    }
