"""The state's budget: where its money and its authority stand, and the verbs that move both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.budget import actions, queries
from zielwerk.budget.forms import (
    AuthorityForm,
    BudgetFilters,
    CloseForm,
    EntryForm,
)
from zielwerk.budget.queries import BudgetTable, Heading
from zielwerk.core import exports, permissions
from zielwerk.core.views import Request, may
from zielwerk.language import sentence, translate, value_text
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused, msg


@dataclass(frozen=True)
class Verb:
    """One thing that happens to a budget: its name, what it does, and how it is entered."""

    label: str
    does: str
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
def budget(request: Request) -> HttpResponse:
    """One budget year line by line, the frames of all programme years, and what is open."""
    known = sorted(
        {*packs.years(settings.PROGRAMME), *queries.budget_years(settings.PROGRAMME)}, reverse=True
    )
    filters = BudgetFilters(request.GET, known)
    chosen = filters.cleaned_data.get("jahr") if filters.is_valid() else ""
    year = int(chosen) if chosen else known[0]
    money, authority, due = queries.budget_of(settings.PROGRAMME, year)
    if exports.file_format(request):
        return export(request, year, (money, authority, due))
    context = {
        "filters": BudgetFilters({"jahr": str(year)}, known),
        "year": year,
        "money": told(money),
        "authority": told(authority),
        "due": told(due),
        "frames": [
            (one, programmes.purpose(one.fund), books_address(one))
            for one in queries.frames_and_free(settings.PROGRAMME)
        ],
        "unredeemed": programmes.unredeemed(settings.PROGRAMME),
        "gaps": [
            (one, programmes.purpose(one.fund)) for one in programmes.gaps(settings.PROGRAMME)
        ],
        "uncovered": [
            (key, programmes.purpose(key.fund), cents)
            for key, cents in queries.uncovered_anywhere(settings.PROGRAMME)
        ],
        "verbs": VERBS if not permissions.role_refusal(request.user, "budget.book") else {},
        "booked": booked(request),
    }
    return render(request, "budget/budget.html", context)


def booked(request: Request) -> str:
    """The file number of what was booked just now, if the address names one there is."""
    case = request.GET.get("akte", "")[:30]
    if not case:
        return ""
    found = ledger.transfers(request.user, ledger.Selection(case=case))
    return case if found.exists() else ""


def books_address(frame: queries.Frame) -> str:
    query = {"programmjahr": frame.fund.year, "zweck": frame.fund.earmark or ledger.NONE}
    return f"{reverse('ledger:places')}?{urlencode(query)}"


def told(table: BudgetTable) -> dict[str, Any]:
    """A table with the words for its lines."""
    rows = [(heading, *words(heading), cents) for heading, cents in table.rows]
    return {"places": table.places, "rows": rows, "totals": table.totals}


def words(heading: Heading) -> tuple[str, str]:
    """Where a line's money comes from and what it is for, as the rules of its year say."""
    has_rules = (settings.PROGRAMME, heading.budget_year) in packs.available()
    rules = packs.load(settings.PROGRAMME, heading.budget_year) if has_rules else None
    sources = {one.code: one.label for one in rules.money_sources} if rules else {}
    of = sources.get(heading.source, heading.source)
    fund = Fund(settings.PROGRAMME, heading.budget_year, heading.earmark)
    return of, programmes.purpose(fund)


def export(request: Request, year: int, tables: Sequence[BudgetTable]) -> HttpResponse:
    """One row for each line and place; what is authority says so, and nothing is summed."""
    language = get_language() or "de"
    headings = [
        *(gettext("Haushaltsjahr"), gettext("Haushaltsstelle"), gettext("Mittelherkunft")),
        *(gettext("Zweckbindung"), gettext("Programmjahr"), gettext("Fälligkeitsjahr")),
        *(gettext("Ort"), gettext("Betrag"), gettext("Art")),
    ]
    kinds = (gettext("Mittel"), gettext("Verpflichtungsermächtigung"))
    rows = (
        [
            *(heading.budget_year, heading.budget_line, *words(heading), heading.programme_year),
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
    """Enter one thing that happens to the budget; asks once more before it books."""
    if verb not in VERBS:
        raise Http404
    one = VERBS[verb]
    sent = request.method == "POST"
    form = one.form(request.POST if sent else None, initial=from_address(request))

    def do() -> Sequence[Transfer]:
        return one.action(request.user, form.command(), at=timezone.now())

    return asked(request, form, do, {"label": one.label, "does": one.does})


def from_address(request: Request) -> dict[str, Any]:
    """What a link from the table already says of the line."""
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
    left = [
        (heading, cents, left_label(heading, cents))
        for heading, cents in queries.left_of(settings.PROGRAMME, year)
    ]
    sent = request.method == "POST"
    form = CloseForm(request.POST if sent else None, left)

    def do() -> Sequence[Transfer]:
        said = (form.consents(), form.cleaned_data["basis"])
        return actions.close_year(request.user, settings.PROGRAMME, year, *said, at=timezone.now())

    return asked(request, form, do, {"label": CLOSE.label, "does": CLOSE.does, "closing": year})


def left_label(heading: Heading, cents: Cents) -> str:
    _, of = words(heading)
    said = {"line": heading.budget_line, "purpose": of, "year": heading.programme_year}
    left = value_text(cents, get_language() or "de")
    label = gettext("Übertragen aus {line}, {purpose}, Programmjahr {year} (noch da: {left})")
    return label.format(**said, left=left)


def asked(
    request: Request,
    form: forms.Form,
    do: Callable[[], Sequence[Transfer]],
    context: dict[str, Any],
) -> HttpResponse:
    """Form, then what it would book, then the booking: only what was shown is booked."""
    context |= {"form": form, "year": request.GET.get("jahr", "")}
    if request.method == "POST" and form.is_valid() and "aendern" not in request.POST:
        try:
            return _shown_or_done(request, form, do, context)
        except Refused as refused:
            for why in refused.refusals:
                form.add_error(None, sentence(why, get_language() or "de"))
    status = 422 if form.errors else 200
    return render(request, "budget/budget_entry.html", context, status=status)


def _shown_or_done(
    request: Request,
    form: forms.Form,
    do: Callable[[], Sequence[Transfer]],
    context: dict[str, Any],
) -> HttpResponse:
    seen = request.POST.get("gezeigt", "")
    with transaction.atomic():  # what was not shown is undone before anybody else sees it
        made = list(do())
        digest = actions.digest_of(made)
        transaction.set_rollback(seen != digest)
    if seen == digest:
        year = made[0].target.budget_year or made[0].source.budget_year
        query = urlencode({"jahr": year, "akte": made[0].case})
        return redirect(f"{reverse('budget:budget')}?{query}")
    context |= {
        "transfers": made,
        "digest": digest,
        "is_other": bool(seen),
        "given": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "budget/budget_confirm.html", context)
