"""Single transfers: the list behind every number, each on its own page, and its reversal."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse as address_of
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.identity import queries as identity
from zielwerk.ledger import actions, forms, panels, queries
from zielwerk.ledger.models import EntryCode, Transfer
from zielwerk.ledger.queries import labels
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.timeline import Event
from zielwerk.ui.views import Request, may

REVERSED = msg("Storniert: Buchung {number} über {amount} durch Buchung {mirror}.")
REVERSING = msg(
    "Der Betrag geht dahin zurück, woher er kam, und zählt dort vom selben Tag an. Beide Buchungen "
    "bleiben in den Büchern; ein Storno lässt sich nicht zurücknehmen."
)
CLERICAL = msg("Nur für Schreibfehler. Was neu entschieden wurde, wird neu gebucht.")


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
        **_reversal(request, transfer, mirror),
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


@may("ledger.reverse")
@require_http_methods(["GET", "POST"])
def reverse(request: Request, pk: int) -> HttpResponse:
    """Reverse a clerical error; asks before, and leads to the mirror."""
    transfer = queries.transfer(request.user, pk)
    form = forms.ReversalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return acts.done(
            request,
            lambda: actions.reverse(request.user, transfer, reason, at=timezone.now()),
            lambda mirror: acts.Answer(
                address_of("ledger:transfer", args=[mirror.pk]),
                acts.Said(
                    REVERSED,
                    {"number": pk, "amount": Cents(mirror.amount_cents), "mirror": mirror.pk},
                ),
            ),
        )
    label = msg("Stornieren")
    question = acts.Question(
        title=gettext("Buchung {number} stornieren").format(number=pk),
        button=label,
        look="danger",
        back=address_of("ledger:transfer", args=[pk]),
        about=gettext("Buchung {number}").format(number=pk),
        effects=[acts.Said(REVERSING), acts.Said(CLERICAL)],
        facts=[
            (msg("Betrag"), Cents(transfer.amount_cents)),
            (msg("Zurück von"), Label(transfer.target.key.place.said)),
            (msg("Nach"), Label(transfer.source.key.place.said)),
            (msg("Aktenzeichen"), transfer.case),
        ],
        reasons=why_not(request, transfer),
        form=form,
    )
    return acts.ask(request, question, 422 if form.errors else 200)


def _reversal(request: Request, transfer: Transfer, mirror: Transfer | None) -> dict[str, Any]:
    """Whether a reversal is offered to this person, and the reasons why it cannot be."""
    if transfer.reverses_id or permissions.role_refusal(request.user, "ledger.reverse"):
        return {"offers_reversal": False}
    reasons = steps.sentences(why_not(request, transfer))
    return {"offers_reversal": mirror is None, "reasons": reasons}


def why_not(request: Request, transfer: Transfer) -> list[Refusal]:
    """Every reason why this person cannot reverse the transfer now."""
    reasons = (
        permissions.refusal(request.user, "ledger.reverse", transfer),
        actions.why_not_reversed(transfer, transfer.target),
    )
    return [reason for reason in reasons if reason]
