"""A planned measure beside what the agreement says of it, line by line.

What was concluded here knows its plans by their numbers. An agreement that was recorded from
paper knows none: there they are told to be the same by their title within the body and year. What
was given up is none that anybody agreed to by its title.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement
from zielwerk.core import permissions
from zielwerk.core.cases import Case
from zielwerk.language import translate, value_text
from zielwerk.measures.models import PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Measure
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import PlannedState, folded
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import language
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class Line:
    """One thing that is known of both, or of one: what, as planned, as agreed."""

    what: str
    planned: str
    agreed: str


def part(request: Request, case: Case) -> str:
    """The two side by side on the page of a planned measure; nothing where nothing is agreed."""
    is_seen = not permissions.role_refusal(request.user, "agreements.look")
    if not isinstance(case, PlannedMeasure) or not is_seen or not case.title:
        return ""
    if case.state == PlannedState.DROPPED:
        return ""
    found = agreed(request, case)
    if found is None:
        return ""
    agreement, measure = found
    where = [agreement.year, agreement.ags, agreement.ordinal]
    context = {"lines": list(lines(case, measure)), "url": reverse("desk:case", args=where)}
    return render_to_string("agreements/planned.html", context, request)


def agreed(request: Request, planned: PlannedMeasure) -> tuple[Agreement, Measure] | None:
    """The measure of the same title in an agreement of the body and year as it holds.

    One that names the plan by its number comes first; two queries.
    """
    of_year = queries.agreements(request.user).filter(
        programme=planned.programme, year=planned.year, ags=planned.ags
    )
    by_number = of_year.prefetch_related("agreed")
    for agreement in by_number:
        # Rows are made in the order of the text; their position is the place of an account.
        rows = sorted(agreement.agreed.all(), key=lambda row: row.pk)
        for row, measure in zip(rows, agreement.content.measures, strict=True):
            if row.planned == planned.file_number:
                return agreement, measure
    for agreement in by_number:
        for measure in agreement.content.measures:
            if folded(measure.title) == folded(planned.title):
                return agreement, measure
    return None


def lines(planned: PlannedMeasure, measure: Measure) -> Iterator[Line]:
    """What both say, in the order of the form; what neither says has no line."""
    kinds = packs.load(planned.programme, planned.year).labels(
        "measure_types", packs.first_day(planned.programme, planned.year)
    )
    pairs: tuple[tuple[str, object, object], ...] = (
        (msg("Titel"), planned.title, measure.title),
        (
            msg("Maßnahmeart"),
            kinds.get(planned.type, planned.type),
            kinds.get(measure.type, measure.type),
        ),
        (msg("Plätze"), planned.seats, measure.seats),
        (msg("Aus dem Programm"), _cents(planned.programme_cents), _cents(measure.amount_cents)),
        (msg("Ort"), None, measure.place),
    )
    for what, before, after in pairs:
        if before not in (None, "") or after not in (None, ""):
            yield Line(translate(what, language()), _said(before), _said(after))


def _cents(amount: int | None) -> Cents | None:
    return None if amount is None else Cents(amount)


def _said(value: object) -> str:
    return "" if value is None else value_text(value, language())


PARTS = (part,)
