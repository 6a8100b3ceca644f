"""The end of a budget year: what closing it would do, with which consents, and doing it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from zielwerk.budget import actions, queries
from zielwerk.budget.forms import CloseForm
from zielwerk.budget.panels import closing as panels
from zielwerk.budget.panels import line_labels
from zielwerk.budget.views.entering import Verb, confirmed_booking
from zielwerk.core import exports
from zielwerk.language import value_text
from zielwerk.ledger.models import Place, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import steps
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request, may, refused

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
def close_year(request: Request, year: int) -> HttpResponseBase:
    """What closing would do, and closing it with the consents to carry money over."""
    today = timezone.localdate()
    years = queries.years_to_choose(settings.PROGRAMME, today)
    if year not in years:
        return refused(request, [queries.no_such_year(year, years)], status=400)
    foreseen = actions.foreseen_closing(settings.PROGRAMME, year)
    if exports.file_format(request):
        return export(request, foreseen)
    remainders = [(end, remainder_label(end)) for end in foreseen.ends if end.left_cents]
    is_post = request.method == "POST"
    form = CloseForm(request.POST if is_post else None, remainders)

    def book() -> Sequence[Transfer]:
        arguments = (form.consents(), form.cleaned_data["basis"])
        return actions.close_year(
            request.user, settings.PROGRAMME, year, *arguments, at=timezone.now()
        )

    refusals = actions.why_not_closed(settings.PROGRAMME, year, today.year)
    if not refusals or not foreseen.is_nothing:
        refusals += foreseen.refusals
    context = {
        "label": CLOSE.label,
        "effect": CLOSE.effect,
        "closing": year,
        "line_word": queries.line_word(settings.PROGRAMME),
        "reasons": steps.sentences(refusals),
        "orders": panels.orders_said(year, "year_end", "cover"),
        **shown(request, foreseen),
    }
    return confirmed_booking(request, form, book, context, "budget/closing.html")


def shown(request: Request, foreseen: actions.Foreseen) -> dict[str, Any]:
    """What the page shows before anything is closed: where money goes, what stays open."""
    promises = actions.promises(settings.PROGRAMME, foreseen)
    return {
        "rows": list(panels.closing_rows(foreseen)),
        "promises": [
            (each, programmes.purpose(each.fund), programmes.tranche(each.tranche))
            for each in promises
        ],
        "places": {place.value: place for place in (Place.FREE, Place.ALLOCATED, Place.AGREED)},
        "is_unpaid": not foreseen.is_nothing and not any(end.spent_cents for end in foreseen.ends),
        "unsettled": panels.unsettled(foreseen),
        "open_cases": panels.open_cases(request.user, foreseen.budget_year),
    }


def export(request: Request, foreseen: actions.Foreseen) -> HttpResponseBase:
    """The rows of the page, before any consent; nothing is summed, authority is named as such."""
    language = get_language() or "de"
    line_word = words(queries.line_word(settings.PROGRAMME))
    headings = [
        *(gettext("Haushaltsjahr"), line_word, gettext("Mittelherkunft")),
        *(gettext("Zweckbindung"), gettext("Programmjahr"), gettext("Fälligkeitsjahr")),
        *(gettext("Art"), gettext("Ort"), gettext("vorhanden"), gettext("deckt Ungedecktes")),
        *(gettext("wird verausgabt"), gettext("verfällt")),
    ]
    rows = (
        [
            *(row.line.budget_year, row.line.budget_line, row.source, row.purpose),
            *(row.programme_year, row.due_year or None, value_text(row.kind, language)),
            value_text(row.place, language) if row.place else "",
            *(row.held_cents, row.covered_cents, row.spent_cents),
            row.lapsed_cents,
        ]
        for row in panels.closing_rows(foreseen)
    )
    name = f"Abschluss {foreseen.budget_year}"
    return exports.response(request, name, headings, rows, at=timezone.now())


def remainder_label(end: actions.LineEnd) -> str:
    _, purpose = line_labels(end.line)
    year, purpose = end.programme_year, words(purpose)
    params = {"line": end.line.budget_line, "purpose": purpose, "year": year}
    amount = value_text(Cents(end.left_cents), get_language() or "de")
    label = gettext("Ausgaberest aus {line}, {purpose}, Programmjahr {year} (noch da: {left})")
    return label.format(**params, left=amount)
