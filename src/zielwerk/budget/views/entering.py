"""Entering something into the budget: every verb on one door, asked once more before it books."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.budget import actions
from zielwerk.budget.forms import (
    AuthorityForm,
    EntryForm,
    KnownAuthorityForm,
    KnownLineForm,
    RedemptionForm,
    line_code,
)
from zielwerk.budget.panels.bookings import bookings
from zielwerk.budget.panels.closing import orders_said
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Transfer
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, refused

BOOKED = msg("Verbucht: {label}, {amount}, Aktenzeichen {number}.")
BOOKED_SEVERAL = msg("Verbucht: {label}, Buchungen: {count}, Aktenzeichen {number}.")

FIELDS = {  # what a refusal is about
    "budget.no_such_year": "year",
    "budget.no_line": "line",
    "budget.line_known": "line",
    "budget.line_known_otherwise": "another",
    "budget.no_such_source": "line",
    "budget.source_of_purpose": "line",
    "budget.not_in_force": "line",
    "programme.no_such_earmark": "line",
    "budget.not_blocked": "amount",
    "budget.redeemed_too_much": "amount",
    "budget.due_year": "due_year",
    "budget.amount_too_large": "amount",
    "programme.amount_not_positive": "amount",
    "ledger.insufficient": "amount",
    "budget.value_date": "value_date",
    "budget.no_basis": "basis",
}


@dataclass(frozen=True)
class Verb:
    """A verb of the budget: its label, its effect in a sentence, its action and its form.

    ``order`` is the code of the order by which it takes money or gives it back.
    """

    label: str
    effect: str
    action: Callable[..., Sequence[Transfer]]
    form: type[KnownLineForm] = KnownLineForm
    order: str = ""


VERBS: dict[str, Verb] = {
    "veranschlagen": Verb(
        msg("Entwurf veranschlagen"),
        msg("Trägt ein, was der Entwurf des Haushalts vorsieht. Verteilt werden kann es nicht."),
        actions.estimate,
        EntryForm,
    ),
    "vorlaeufig": Verb(
        msg("Vorläufig bereitstellen"),
        msg(
            "Trägt ein, was die vorläufige Haushaltsführung vom Entwurf freigibt. Neue Mittel "
            "werden daraus nicht verteilt."
        ),
        actions.provide_provisionally,
    ),
    "inkraftsetzen": Verb(
        msg("Haushalt in Kraft setzen"),
        msg(
            "Der Haushalt gilt mit diesem Betrag, was auch immer der Entwurf sagte. Eingegangene "
            "Verpflichtungen früherer Jahre, die jetzt fällig sind, belegen ihn zugleich."
        ),
        actions.enact,
        EntryForm,
    ),
    "nachtrag": Verb(
        msg("Nachtrag eintragen"),
        msg("Ein Nachtragshaushalt gibt mehr. Der Betrag kommt zum Ansatz hinzu."),
        actions.supplement,
        EntryForm,
    ),
    "kuerzen": Verb(
        msg("Ansatz kürzen"),
        msg(
            "Der Ansatz sinkt um diesen Betrag, auch wenn so viel nicht mehr frei ist. Was fehlt, "
            "steht dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.cut,
        order="cut",
    ),
    "sperren": Verb(
        msg("Mittel sperren"),
        msg(
            "Der Betrag ist gesperrt, auch wenn so viel nicht mehr frei ist. Was fehlt, steht "
            "dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.block,
        order="block",
    ),
    "freigeben": Verb(
        msg("Sperre aufheben"),
        msg(
            "Gesperrte Mittel werden wieder, was sie waren: Ansatz, Nachtrag oder Ausgaberest; was "
            "inzwischen ungedeckt ist, wird zuerst gedeckt."
        ),
        actions.release,
        order="release",
    ),
    "ermaechtigen": Verb(
        msg("Verpflichtungsermächtigung eintragen"),
        msg(
            "Erlaubt, sich für ein späteres Jahr zu verpflichten. Das ist kein Geld; bezahlt wird "
            "aus dem Haushalt des Fälligkeitsjahrs."
        ),
        actions.authorise,
        AuthorityForm,
    ),
    "ermaechtigung-kuerzen": Verb(
        msg("Verpflichtungsermächtigung kürzen"),
        msg(
            "Die Ermächtigung sinkt um diesen Betrag, auch wenn sie schon in Anspruch genommen "
            "ist. Was fehlt, steht dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.cut_authority,
        KnownAuthorityForm,
    ),
    "ermaechtigung-sperren": Verb(
        msg("Verpflichtungsermächtigung sperren"),
        msg(
            "Die Ermächtigung ist gesperrt, auch wenn sie schon in Anspruch genommen ist. Was "
            "fehlt, steht dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.block_authority,
        KnownAuthorityForm,
    ),
    "ermaechtigung-freigeben": Verb(
        msg("Sperre einer Verpflichtungsermächtigung aufheben"),
        msg(
            "Gesperrte Ermächtigung ist wieder erlaubt; was inzwischen ungedeckt ist, wird zuerst "
            "gedeckt."
        ),
        actions.release_authority,
        KnownAuthorityForm,
    ),
    "einloesen": Verb(
        msg("Verpflichtung einlösen aus …"),
        msg(
            "Entscheidet, welche Haushaltsstelle eine Verpflichtung bezahlt, deren eigene es im "
            "Haushalt des Fälligkeitsjahrs nicht gibt. Danach zählt das Geld, nicht mehr die "
            "Ermächtigung."
        ),
        actions.redeem_from,
        RedemptionForm,
        "burden",
    ),
}


@may("budget.book")
@require_http_methods(["GET", "POST"])
def enter(request: Request, verb: str) -> HttpResponse:
    """Enter one verb of the budget; asks once more before it books."""
    if verb not in VERBS:
        raise Http404
    entered_verb = VERBS[verb]
    is_post = request.method == "POST"
    initial, today = from_address(request), timezone.localdate()
    form = entered_verb.form(request.POST if is_post else None, initial=initial, on=today)
    if wrong := form.wrong_year():
        return refused(request, [wrong], status=400)

    def book() -> Sequence[Transfer]:
        return entered_verb.action(request.user, form.command(), at=timezone.now())

    context = {
        "label": entered_verb.label,
        "effect": entered_verb.effect,
        "verb": entered_verb,
        "lacks": form.lacks,
    }
    return confirmed_booking(request, form, book, context)


def from_address(request: Request) -> dict[str, Any]:
    """The fields that a link from the tables fills in."""
    asked = {name: request.GET.get(name, "") for name in ("jahr", "verpflichtung")}
    code = [request.GET.get(name, "") for name in ("stelle", "herkunft", "zweck")]
    line = actions.Line(settings.PROGRAMME, 0, *code)
    given = {"year": asked["jahr"], "consumed": asked["verpflichtung"]}
    given["line"] = line_code(line) if line.budget_line else ""
    return {name: value for name, value in given.items() if value}


def confirmed_booking(
    request: Request,
    form: forms.Form,
    book: Callable[[], Sequence[Transfer]],
    context: dict[str, Any],
    template: str = "budget/budget_entry.html",
) -> HttpResponse:
    """Form, preview of the transfers, booking: only transfers that were shown are booked."""
    context |= {"form": form, "year": request.GET.get("jahr", "")}
    if request.method == "POST" and form.is_valid() and "aendern" not in request.POST:
        try:
            return _confirm_or_book(request, form, book, context)
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    status = 422 if form.errors else 200
    return render(request, template, context, status=status)


class NotShown(Exception):  # noqa: N818 - the person is asked before anything is booked
    """The transfers that would be booked are not those that the person was shown."""

    def __init__(self, transfers: Sequence[Transfer]) -> None:
        super().__init__()
        self.transfers = transfers


def answer(transfers: Sequence[Transfer], form: forms.Form, label: str) -> acts.Answer:
    """The budget of the year in which was booked, and what was booked."""
    first = transfers[0]
    query = {"jahr": first.target.budget_year or first.source.budget_year, "akte": first.case}
    slots = {"label": Label(label), "number": first.case, "count": len(transfers)}
    if amount := form.cleaned_data.get("amount"):
        said = acts.Said(BOOKED, {**slots, "amount": Cents(amount)})
    else:
        said = acts.Said(BOOKED_SEVERAL, slots)
    return acts.Answer(f"{reverse('budget:budget')}?{urlencode(query)}", said)


def _confirm_or_book(
    request: Request,
    form: forms.Form,
    book: Callable[[], Sequence[Transfer]],
    context: dict[str, Any],
) -> HttpResponse:
    shown_digest = request.POST.get("gezeigt", "")

    def shown() -> Sequence[Transfer]:
        transfers = list(book())
        if actions.digest_of(transfers) != shown_digest:
            raise NotShown(transfers)  # which undoes them before anybody else sees them
        return transfers

    try:
        return acts.done(request, shown, lambda booked: answer(booked, form, context["label"]))
    except NotShown as error:
        transfers = error.transfers
    if verb := context.get("verb"):
        year = transfers[0].source.budget_year or transfers[0].target.budget_year
        context["orders"] = orders_said(year, verb.order) if verb.order else []
    context |= {
        "booked": bookings(transfers),
        "digest": actions.digest_of(transfers),
        "twins": ledger.booked_alike(transfers, timezone.localdate()),
        "is_other": bool(shown_digest),
        "form_values": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "budget/budget_confirm.html", context)
