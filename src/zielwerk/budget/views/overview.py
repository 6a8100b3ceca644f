"""The state's budget: the places of its money and authority, line by line."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from zielwerk.budget import queries
from zielwerk.budget.forms import BudgetFilters, consumed_code
from zielwerk.budget.panels import line_labels
from zielwerk.budget.panels.free_money import free_rows, years_over
from zielwerk.budget.queries import BudgetTable
from zielwerk.budget.views.entering import VERBS
from zielwerk.core import exports, permissions
from zielwerk.language import translate
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey
from zielwerk.programme import queries as programmes
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request, may, refused


@may("budget.look")
@require_safe
def budget(request: Request) -> HttpResponseBase:
    """One budget year line by line, the frames of all programme years, and open problems."""
    today = timezone.localdate()
    years = queries.years_to_choose(settings.PROGRAMME, today)
    filters = BudgetFilters(request.GET, years)
    if not filters.is_valid():
        wrong = [queries.no_such_year(request.GET.get("jahr", ""), years)]
        return refused(request, wrong, status=400)
    year = int(filters.cleaned_data["jahr"] or today.year)
    money, authority, due = queries.budget_of(settings.PROGRAMME, year)
    if exports.file_format(request):
        return export(request, year, (money, authority, due))
    free = list(free_rows(settings.PROGRAMME, today))
    context = {
        "filters": BudgetFilters({"jahr": str(year)}, years),
        "year": year,
        "line_word": queries.line_word(settings.PROGRAMME),
        "money": with_labels(money),
        "authority": with_labels(authority),
        "due": with_labels(due),
        "frames": [(row, books_address(row.frame)) for row in free],
        "years_over": years_over(request.user, free),
        "unredeemed": [
            (key, cents, redemption_address(key))
            for key, cents in programmes.unredeemed(settings.PROGRAMME)
        ],
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


def redemption_address(key: AccountKey) -> str:
    """The door to decide which line pays for consumed authority."""
    query = {"verpflichtung": consumed_code(key)}
    return f"{reverse('budget:enter', args=['einloesen'])}?{urlencode(query)}"


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
        "faelligkeitsjahr": frame.tranche.due_year,
        "herkunft": frame.tranche.source or ledger.NONE,
    }
    return f"{reverse('ledger:places')}?{urlencode(query)}"


def with_labels(table: BudgetTable) -> dict[str, Any]:
    """A table with the labels of its lines."""
    rows = [(heading, *line_labels(heading), cents) for heading, cents in table.rows]
    return {"places": table.places, "rows": rows, "totals": table.totals}


def export(request: Request, year: int, tables: Sequence[BudgetTable]) -> HttpResponseBase:
    """One row for each line and place; authority is named as such, and nothing is summed."""
    language = get_language() or "de"
    line_word = words(queries.line_word(settings.PROGRAMME))
    headings = [
        *(gettext("Haushaltsjahr"), line_word, gettext("Mittelherkunft")),
        *(gettext("Zweckbindung"), gettext("Programmjahr"), gettext("Fälligkeitsjahr")),
        *(gettext("Ort"), gettext("Betrag"), gettext("Art")),
    ]
    kinds = (gettext("Barmittel"), gettext("Verpflichtungsermächtigung"))
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
