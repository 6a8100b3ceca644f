"""The state's budget: the places of its money and authority, and the verbs that move both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.budget import actions, panels, queries
from zielwerk.budget.forms import (
    AuthorityForm,
    BudgetFilters,
    CloseForm,
    EntryForm,
)
from zielwerk.budget.queries import BudgetTable, Heading
from zielwerk.core import exports, permissions
from zielwerk.language import translate, value_text
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request, may

BOOKED = msg("Verbucht: {label}, {amount}, Aktenzeichen {number}.")
BOOKED_SEVERAL = msg("Verbucht: {label}, Buchungen: {count}, Aktenzeichen {number}.")

FIELDS = {  # what a refusal is about
    "budget.no_line": "budget_line",
    "budget.no_such_source": "source",
    "budget.source_of_purpose": "source",
    "programme.no_such_earmark": "earmark",
    "budget.due_year": "due_year",
    "budget.amount_too_large": "amount",
    "programme.amount_not_positive": "amount",
    "ledger.insufficient": "amount",
    "budget.value_date": "value_date",
    "budget.no_basis": "basis",
}


@dataclass(frozen=True)
class Verb:
    """A verb of the budget: its label, its effect in a sentence, its action and its form."""

    label: str
    effect: str
    action: Callable[..., Sequence[Transfer]]
    form: type[EntryForm] = EntryForm


VERBS: dict[str, Verb] = {
    "veranschlagen": Verb(
        msg("Entwurf veranschlagen"),
        msg("Trägt ein, was der Entwurf des Haushalts vorsieht. Verteilt werden kann es nicht."),
        actions.estimate,
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
    ),
    "nachtrag": Verb(
        msg("Nachtrag eintragen"),
        msg("Ein Nachtragshaushalt gibt mehr. Der Betrag kommt zum Ansatz hinzu."),
        actions.supplement,
    ),
    "kuerzen": Verb(
        msg("Ansatz kürzen"),
        msg(
            "Der Ansatz sinkt um diesen Betrag, auch wenn so viel nicht mehr frei ist. Was fehlt, "
            "steht dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.cut,
    ),
    "sperren": Verb(
        msg("Mittel sperren"),
        msg(
            "Der Betrag ist gesperrt, auch wenn so viel nicht mehr frei ist. Was fehlt, steht "
            "dann als ungedeckt da, bis es geklärt ist."
        ),
        actions.block,
    ),
    "freigeben": Verb(
        msg("Sperre aufheben"),
        msg("Gesperrte Mittel werden frei; was inzwischen ungedeckt ist, wird zuerst gedeckt."),
        actions.release,
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
}


@may("budget.look")
@require_safe
def budget(request: Request) -> HttpResponseBase:
    """One budget year line by line, the frames of all programme years, and open problems."""
    years = sorted(
        {*packs.years(settings.PROGRAMME), *queries.budget_years(settings.PROGRAMME)}, reverse=True
    )
    filters = BudgetFilters(request.GET, years)
    choice = filters.cleaned_data.get("jahr") if filters.is_valid() else ""
    year = int(choice) if choice else years[0]
    money, authority, due = queries.budget_of(settings.PROGRAMME, year)
    if exports.file_format(request):
        return lists.wrong(filters) or export(request, year, (money, authority, due))
    context = {
        "filters": BudgetFilters({"jahr": str(year)}, years),
        "year": year,
        "money": with_labels(money),
        "authority": with_labels(authority),
        "due": with_labels(due),
        "frames": [
            (row, books_address(row.frame))
            for row in panels.free_rows(settings.PROGRAMME, timezone.localdate())
        ],
        "unredeemed": programmes.unredeemed(settings.PROGRAMME),
        "gaps": [
            (gap, programmes.purpose(gap.fund), programmes.tranche(gap.tranche))
            for gap in programmes.gaps(settings.PROGRAMME)
        ],
        "uncovered": [
            (key, programmes.purpose(key.fund), cents)
            for key, cents in queries.uncovered_accounts(settings.PROGRAMME)
        ],
        "verbs": VERBS if not permissions.role_refusal(request.user, "budget.book") else {},
        "booked": booked_case(request),
    }
    return render(request, "budget/budget.html", context)


def booked_case(request: Request) -> str:
    """The file number of the last booking, if the address names one that exists."""
    case = request.GET.get("akte", "")[:30]
    if not case:
        return ""
    transfers = ledger.transfers(request.user, ledger.Selection(case=case))
    return case if transfers.exists() else ""


def books_address(frame: queries.Frame) -> str:
    query = {
        "buch": "planung",
        "programmjahr": frame.fund.year,
        "zweck": frame.fund.earmark or ledger.NONE,
        "haushaltsjahr": frame.tranche.budget_year,
        "herkunft": frame.tranche.source or ledger.NONE,
    }
    return f"{reverse('ledger:places')}?{urlencode(query)}"


def with_labels(table: BudgetTable) -> dict[str, Any]:
    """A table with the labels of its lines."""
    rows = [(heading, *line_labels(heading), cents) for heading, cents in table.rows]
    return {"places": table.places, "rows": rows, "totals": table.totals}


def line_labels(heading: Heading) -> tuple[str, str]:
    """The labels of a line's source and purpose in the rules of its year."""
    has_rules = (settings.PROGRAMME, heading.budget_year) in packs.available()
    rules = packs.load(settings.PROGRAMME, heading.budget_year) if has_rules else None
    sources = {source.code: source.label for source in rules.money_sources} if rules else {}
    source = sources.get(heading.source, heading.source)
    fund = Fund(settings.PROGRAMME, heading.budget_year, heading.earmark)
    return source, programmes.purpose(fund)


def export(request: Request, year: int, tables: Sequence[BudgetTable]) -> HttpResponseBase:
    """One row for each line and place; authority is named as such, and nothing is summed."""
    language = get_language() or "de"
    headings = [
        *(gettext("Haushaltsjahr"), gettext("Haushaltsstelle"), gettext("Mittelherkunft")),
        *(gettext("Zweckbindung"), gettext("Programmjahr"), gettext("Fälligkeitsjahr")),
        *(gettext("Ort"), gettext("Betrag"), gettext("Art")),
    ]
    kinds = (gettext("Mittel"), gettext("Verpflichtungsermächtigung"))
    rows = (
        [
            *(
                heading.budget_year,
                heading.budget_line,
                *line_labels(heading),
                heading.programme_year,
            ),
            *(heading.due_year or None, translate(place.label, language), cents),
            kinds[bool(heading.due_year)],
        ]
        for table in tables
        for heading, amounts in table.rows
        for place, cents in zip(table.places, amounts, strict=True)
        if cents
    )
    return exports.response(request, f"Haushalt {year}", headings, rows, at=timezone.now())


@may("budget.book")
@require_http_methods(["GET", "POST"])
def enter(request: Request, verb: str) -> HttpResponse:
    """Enter one verb of the budget; asks once more before it books."""
    if verb not in VERBS:
        raise Http404
    entered_verb = VERBS[verb]
    is_post = request.method == "POST"
    form = entered_verb.form(request.POST if is_post else None, initial=from_address(request))

    def book() -> Sequence[Transfer]:
        return entered_verb.action(request.user, form.command(), at=timezone.now())

    return confirmed_booking(
        request, form, book, {"label": entered_verb.label, "effect": entered_verb.effect}
    )


def from_address(request: Request) -> dict[str, Any]:
    """The fields of the line that a link from the table fills in."""
    names = {"jahr": "year", "stelle": "budget_line", "herkunft": "source", "zweck": "earmark"}
    return {field: request.GET[name] for name, field in names.items() if request.GET.get(name)}


CLOSE = Verb(
    msg("Haushaltsjahr abschließen"),
    msg(
        "Was ausgezahlt wurde, ist verausgabt; wofür eingewilligt ist, geht ins nächste Jahr; der "
        "Rest verfällt, und mit ihm die ungenutzten Verpflichtungsermächtigungen des Jahres."
    ),
    actions.close_year,
)


@may("budget.book")
@require_http_methods(["GET", "POST"])
def close_year(request: Request, year: int) -> HttpResponse:
    """Close a budget year with the consents to carry money over, line by line."""
    remainders = [
        (heading, cents, remainder_label(heading, cents))
        for heading, cents in queries.remainders(settings.PROGRAMME, year)
    ]
    is_post = request.method == "POST"
    form = CloseForm(request.POST if is_post else None, remainders)

    def book() -> Sequence[Transfer]:
        arguments = (form.consents(), form.cleaned_data["basis"])
        return actions.close_year(
            request.user, settings.PROGRAMME, year, *arguments, at=timezone.now()
        )

    reasons = steps.sentences(actions.why_not_closed(year, timezone.localdate().year))
    context = {"label": CLOSE.label, "effect": CLOSE.effect, "closing": year, "reasons": reasons}
    return confirmed_booking(request, form, book, context)


def remainder_label(heading: Heading, cents: Cents) -> str:
    _, purpose = line_labels(heading)
    year, purpose = heading.programme_year, words(purpose)
    params = {"line": heading.budget_line, "purpose": purpose, "year": year}
    amount = value_text(cents, get_language() or "de")
    label = gettext("Übertragen aus {line}, {purpose}, Programmjahr {year} (noch da: {left})")
    return label.format(**params, left=amount)


def confirmed_booking(
    request: Request,
    form: forms.Form,
    book: Callable[[], Sequence[Transfer]],
    context: dict[str, Any],
) -> HttpResponse:
    """Form, preview of the transfers, booking: only transfers that were shown are booked."""
    context |= {"form": form, "year": request.GET.get("jahr", "")}
    if request.method == "POST" and form.is_valid() and "aendern" not in request.POST:
        try:
            return _confirm_or_book(request, form, book, context)
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    status = 422 if form.errors else 200
    return render(request, "budget/budget_entry.html", context, status=status)


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
    context |= {
        "transfers": transfers,
        "digest": actions.digest_of(transfers),
        "twins": ledger.booked_alike(transfers, timezone.localdate()),
        "is_other": bool(shown_digest),
        "form_values": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "budget/budget_confirm.html", context)
