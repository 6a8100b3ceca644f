"""Planned measures: the list with a body's sums, one measure, its form, what changed of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile, Kind
from zielwerk.core.permissions import Actor
from zielwerk.measures import actions, panels, queries
from zielwerk.measures.actions import Conflicting, NewPlan, Revision
from zielwerk.measures.cases import PLANNED_MEASURES
from zielwerk.measures.forms import PlanForm, PlannedFilter, form_of
from zielwerk.measures.models import Origin, PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.measures.views.place import Place, choices, open_years, place_of
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import LABELS, Plan, PlannedState
from zielwerk.rulebook.planned import changes as changes_of
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.filters import BodyYearForm
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, shown_at

BEGUN = msg("Angelegt: „{title}“, {name} {year} ({number}).")
KEPT = msg("Gespeichert: „{title}“, {name} {year} ({number}).")
UNCHANGED = msg("Nichts geändert: „{title}“, {name} {year} ({number}).")
TICKED = msg("Geprüft: {field} von „{title}“ ({number}).")


def filters(parameters: QueryDict, user: Actor) -> PlannedFilter:
    return PlannedFilter(parameters, user)


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """What stands above the list: the sums where one body and year is looked at, and the doors."""
    chosen: Any = listed.filters
    place = _place(chosen)
    return {
        "place": place,
        "sums": _sums(place) if place else None,
        "targets": list(panels.overall_rows(*place.key)) if place else [],
        "doors": list(doors(request, place)),
    }


def _place(chosen: PlannedFilter) -> Place | None:
    year, ags = chosen.year, chosen.ags
    if not year or not ags or not queries.is_body_of(settings.PROGRAMME, year, ags):
        return None
    return Place(settings.PROGRAMME, year, ags)


def _sums(place: Place) -> dict[str, Any]:
    """The sums of a body's year by source and budget year, and against the allocation."""
    sums = queries.sums_of(place.programme, place.year, place.ags)
    words = Words(place.programme, place.year)
    rows = [
        (
            words.said("cost_sources", source),
            [Cents(years[year]) if year in years else None for year in sums.years],
            Cents(sum(years.values())),
        )
        for source, years in sums.by_source.items()
    ]
    left = sums.left_cents
    return {
        "count": sums.count,
        "years": sums.years,
        "rows": rows,
        "programme_cents": sums.programme_cents,
        "allocated_cents": sums.allocated_cents,
        "left_cents": left,
        "is_over": left is not None and left < 0,
        "over_cents": -left if left is not None and left < 0 else None,
    }


def doors(request: Request, place: Place | None) -> Any:
    """What may be done: plan a measure, paste a table, take over from last year."""
    for label, route, permission in DOORS:
        if permissions.role_refusal(request.user, permission):
            continue
        if place and place.year not in open_years():
            continue
        yield label, (place.url(route) if place else reverse(route))


DOORS = (
    (msg("Maßnahme planen"), "measures:begin", "measures.plan"),
    (msg("Tabelle einfügen"), "measures:paste", "measures.paste"),
    (msg("Aus dem Vorjahr übernehmen"), "measures:carry", "measures.take_over"),
    (msg("Übergreifendes Ziel setzen"), "measures:set_target", "measures.set_target"),
)
planned_measures = lists.of_cases(
    PLANNED_MEASURES,
    panels.PLANNED,
    "measures/planned_measures.html",
    beside,
    name=msg("Geplante Maßnahmen"),
    filters=filters,
    order=("-year", "body_key", "title_key", "pk"),
    rows=lambda user: queries.planned_and_pursued(user, settings.PROGRAMME),
    apart=("year", "is_pursued"),  # what was given up is no part of a year's sum
)


def asked_for(request: Request, title: str) -> HttpResponse:
    """The page that asks for which body and year, before anything else."""
    form = BodyYearForm(open_years(), choices(request), None, initial=request.GET.dict())
    context = {"form": form, "title": title}
    return render(request, "measures/for_whom.html", context)


@may("measures.plan")
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Begin to plan a measure."""
    place = place_of(request)
    if place is None:
        return asked_for(request, msg("Maßnahme planen"))
    empty = Plan(first_day=place.rules.begins, last_day=place.rules.ends)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(place.programme, place.year, place.ags, empty, data)
    if form.is_valid():
        new = NewPlan(place.programme, place.year, place.ags, form.plan())
        try:
            return acts.done(
                request,
                lambda: actions.plan(request.user, new, at=timezone.now()),
                lambda made: steps.begun(request, made, BEGUN),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused)
    context = {"form": form, "place": place, "sections": list(form.sections())}
    return render(request, "measures/begin.html", context, status=422 if form.errors else 200)


@may("measures.look")
@require_safe
def planned(request: Request, pk: int) -> HttpResponse:
    """One planned measure: its facts, costs, targets, and what is to be reviewed."""
    measure = PLANNED_MEASURES.find(request.user, settings.PROGRAMME, pk)
    plan, words = measure.plan, Words(measure.programme, measure.year)
    may_change = not permissions.refusal(request.user, "measures.revise", measure)
    is_in_work = measure.state == PlannedState.DRAFT
    context = {
        "page": steps.case_page(request, measure, measure.title or measure.file_number),
        "measure": measure,
        "place": Place(measure.programme, measure.year, measure.ags),
        "facts": panels.fact_rows(plan, words),
        "costs": panels.cost_table(plan, words),
        "targets": list(panels.target_rows(plan.targets, words)),
        "reviews": panels.reviews(measure) if measure.state != PlannedState.DROPPED else [],
        "may_change": may_change and is_in_work,
        "carried_from": seen(request, PLANNED_MEASURES, measure.carried_from_id),
        "versions": list(told_versions(request, queries.versions(measure))),
    }
    return render(request, "measures/planned.html", context)


def seen(request: Request, kind: Kind[Any], pk: int | None) -> Any:
    """The case of this key that the person may see; None where there is none."""
    if pk is None:
        return None
    return kind.seen(request.user, settings.PROGRAMME).filter(pk=pk).first()


def told_versions(request: Request, versions: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """Each version: its number, how it came about, by whom and when."""
    rows = list(versions.defer("content"))
    names = JOINED.names_for(request, {row.changed_by for row in rows})
    for row in rows:
        yield row.number, Origin(row.origin).label, names[row.changed_by], row.changed_at


@may("measures.revise")
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a plan: whatever is missing, it is kept; two people at once overwrite nothing."""
    measure = PLANNED_MEASURES.find(request.user, settings.PROGRAMME, pk)
    permissions.require(request.user, "measures.revise", measure)
    if measure.state != PlannedState.DRAFT and request.method != "POST":
        return redirect("measures:planned", pk)  # there it says how to go on
    if request.method != "POST":
        return _form(request, measure, form_of(measure))
    base = base_of(request.POST, measure)
    form = form_of(measure, request.POST, plan=queries.base_plan(measure, base), base=base)
    if not form.is_valid():
        return _form(request, measure, form, status=422)
    revision = Revision(base, form.plan(), form.chosen())
    try:
        if unsettled := form.unsettled(measure.plan):
            raise Conflicting(measure, revision.plan, unsettled)
        return acts.done(
            request,
            lambda: actions.revise(request.user, measure, revision, at=timezone.now()),
            lambda saved: steps.begun(request, saved, kept_sentence(measure, saved)),
        )
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Conflicting as conflict:
        again = form_of(conflict.measure, plan=conflict.plan, conflicts=conflict.conflicts)
        return _form(request, measure, again, refused=conflict, status=409)
    except Refused as refused:
        add_refusals(form, refused)
        return _form(request, measure, form, status=409)


def kept_sentence(before: PlannedMeasure, saved: PlannedMeasure) -> str:
    return UNCHANGED if saved.version == before.version else KEPT


def base_of(data: Mapping[str, Any], measure: PlannedMeasure) -> int:
    """The version that the form was drawn from; the present one where it does not say."""
    text = str(data.get("fassung", ""))
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number else measure.version


def _form(
    request: Request,
    measure: PlannedMeasure,
    form: PlanForm,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "measure": measure,
        "sections": list(form.sections()),
        "refusals": refused.refusals if refused else (),
        "place": Place(measure.programme, measure.year, measure.ags),
    }
    return render(request, "measures/edit.html", context, status=status)


@may("measures.tick")
@shown_at("measures:planned")
@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Say of one detail that was taken over that it still holds."""
    measure = PLANNED_MEASURES.find(request.user, settings.PROGRAMME, pk)
    name = request.POST.get("angabe", "")
    said = {
        "field": Label(LABELS.get(name, name)),
        "title": measure.title,
        "number": measure.file_number,
    }
    return acts.done(
        request,
        lambda: actions.tick(request.user, measure, name, at=timezone.now()),
        lambda _: acts.Answer(reverse("measures:planned", args=[pk]), acts.Said(TICKED, said)),
    )


@may("measures.look")
@require_safe
def changes(request: Request, pk: int) -> HttpResponse:
    """What changed of a plan between two of its versions, line by line."""
    measure = PLANNED_MEASURES.find(request.user, settings.PROGRAMME, pk)
    known = {version.number: version for version in queries.versions(measure)}
    first, last = (
        _number(request.GET.get(name, ""), known, default)
        for name, default in (("von", max(1, measure.version - 1)), ("bis", measure.version))
    )
    words = Words(measure.programme, measure.year)
    found = changes_of(known[first].plan, known[last].plan)
    rows = [(version.number, version.changed_at) for version in reversed(known.values())]
    context = {
        "measure": measure,
        "title": gettext("Was sich geändert hat"),
        "first": first,
        "last": last,
        "versions": rows,
        "changes": panels.changed(found, words),
    }
    return render(request, "measures/changes.html", context)


def _number(text: str, known: Mapping[int, object], default: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number and int(text) in known else default
