"""Planning many measures at once by a table that was copied from a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.language import German
from zielwerk.measures import actions, tables
from zielwerk.measures.actions import Pasted
from zielwerk.measures.forms import PasteForm
from zielwerk.measures.models import PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.measures.tables import PastedTable
from zielwerk.measures.views.place import Place, place_of
from zielwerk.measures.views.planned import asked_for
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

MOST_SHOWN = 100  # faults and measures on one page; it says how many there are
TAKEN = msg("Eingefügt für {name} {year}. Maßnahmen: {count}.")


@may("measures.paste")
@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """Preview a pasted table with every fault at its cell, then write it as a whole."""
    place = place_of(request)
    if place is None:
        return asked_for(request, msg("Tabelle einfügen"))
    form = PasteForm(request.POST if request.method == "POST" else None)
    table, status = None, 200
    if form.is_valid():
        try:
            text = form.cleaned_data["tabelle"]
            table = tables.read_plans(place.programme, place.year, place.ags, text)
            if "write" in request.POST and not table.faults:
                return _written(request, place, table)
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, {each.rule: "tabelle" for each in refused.refusals})
    status = 422 if form.errors or (table and table.faults) else 200
    context = {"form": form, "place": place, "columns": columns(place), **_preview(place, table)}
    return render(request, "measures/paste.html", context, status=status)


def _written(request: Request, place: Place, table: PastedTable) -> HttpResponse:
    plans = [plan for _line, plan in table.plans]
    pasted = Pasted(place.programme, place.year, place.ags, plans)
    return acts.done(
        request,
        lambda: actions.paste(request.user, pasted, at=timezone.now()),
        lambda made: answer(place, made),
    )


def answer(place: Place, made: Sequence[PlannedMeasure]) -> acts.Answer:
    slots = {"name": place.name, "year": str(place.year), "count": len(made)}
    return acts.Answer(place.list_url, Said(TAKEN, slots))


def _preview(place: Place, table: PastedTable | None) -> dict[str, Any]:
    if table is None:
        return {"table": None}
    words = Words(place.programme, place.year)
    return {
        "table": table,
        "faults": table.faults[:MOST_SHOWN],
        "fault_count": len(table.faults),
        "rows": [_row(line, plan, words) for line, plan in table.plans[:MOST_SHOWN]],
        "row_count": len(table.plans),
        "most": MOST_SHOWN,
    }


def _row(line: int, plan: Plan, words: Words) -> dict[str, object]:
    return {
        "line": line,
        "title": German(plan.title),
        "type": words.said("measure_types", plan.type) if plan.type else "",
        "seats": plan.seats,
        "costs": len(plan.costs),
        "cost_cents": None if plan.cost_cents is None else Cents(plan.cost_cents),
    }


def columns(place: Place) -> list[tuple[str, str]]:
    """The headings that are known, and the words that a cell may hold."""
    words = Words(place.programme, place.year)
    known = {
        "type": "measure_types",
        "target_groups": "target_groups",
        "legal_areas": "legal_areas",
        "earmark": "earmarks",
        "frameworks": "frameworks",
        "category": "cost_categories",
        "source": "cost_sources",
    }
    own = tables.known_of(place.programme, place.year, place.ags)
    of_body = {"carrier": own.carriers, "priorities": own.priorities}
    rows = []
    for column in tables.COLUMNS:
        table = known.get(column.code)
        options = "; ".join(str(word) for word in words.of(table).values()) if table else ""
        if column.code == "legal_areas":
            options = "; ".join(words.of("legal_areas"))
        if column.code in of_body:
            options = "; ".join(of_body[column.code])
        if column.code in ("part_time", "language"):
            options = "ja; nein"
        rows.append((column.title, options))
    return rows
