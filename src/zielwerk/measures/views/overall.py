"""Targets of a body's whole agreement of a year: the list, one of them, its form."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.permissions import Actor
from zielwerk.measures import actions, panels, queries
from zielwerk.measures.actions import NewTarget
from zielwerk.measures.cases import OVERALL_TARGETS
from zielwerk.measures.forms import OverallFilter, TargetForm
from zielwerk.measures.models import OverallTarget
from zielwerk.measures.queries.words import Words
from zielwerk.measures.views.place import Place, open_years, place_of
from zielwerk.measures.views.planned import asked_for, seen, told_versions
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.overall import LABELS
from zielwerk.rulebook.planned import PlannedState
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.rulebook.target import Target
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, shown_at

SET = msg("Gesetzt: Ziel {place}, {name} {year} ({number}).")
KEPT = msg("Gespeichert: Ziel {place}, {name} {year} ({number}).")
UNCHANGED = msg("Nichts geändert: Ziel {place}, {name} {year} ({number}).")
TICKED = msg("Geprüft: {field} von Ziel {place} ({number}).")


def filters(parameters: QueryDict, user: Actor) -> OverallFilter:
    return OverallFilter(parameters, user)


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The door to a further target, for the body and year that are looked at."""
    chosen: Any = listed.filters
    year, ags = chosen.year, chosen.ags
    if permissions.role_refusal(request.user, "measures.set_target"):
        return {"door": ""}
    if not (ags and year in open_years() and queries.is_body_of(settings.PROGRAMME, year, ags)):
        return {"door": reverse("measures:set_target")}
    return {"door": Place(settings.PROGRAMME, year, ags).url("measures:set_target")}


overall_targets = lists.of_cases(
    OVERALL_TARGETS,
    panels.OVERALL,
    "measures/overall_targets.html",
    beside,
    name=msg("Übergreifende Ziele"),
    filters=filters,
    order=("-year", "body_key", "position", "pk"),
)


@may("measures.set_target")
@require_http_methods(["GET", "POST"])
def set_target(request: Request) -> HttpResponse:
    """Set a target for a body's whole year."""
    place = place_of(request)
    if place is None:
        return asked_for(request, msg("Übergreifendes Ziel setzen"))
    target = Target(queries.next_position(*place.key))
    form = _form_of(place, target, request)
    if form.is_valid():
        new = NewTarget(*place.key, form.made())
        try:
            return acts.done(
                request,
                lambda: actions.set_target(request.user, new, at=timezone.now()),
                lambda made: steps.begun(request, made, SET),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused)
    return _page(request, form, place)


@may("measures.look")
@require_safe
def overall_target(request: Request, pk: int) -> HttpResponse:
    """One target: what it says, what of it is to be reviewed, what it said before."""
    overall = OVERALL_TARGETS.find(request.user, settings.PROGRAMME, pk)
    words = Words(overall.programme, overall.year)
    may_change = not permissions.refusal(request.user, "measures.revise_target", overall)
    versions = queries.target_versions(overall)
    was = panels.target_rows([version.target for version in versions], words)
    context = {
        "page": steps.case_page(request, overall, panels.heading(overall)),
        "overall": overall,
        "place": Place(overall.programme, overall.year, overall.ags),
        "row": next(panels.target_rows([overall.target], words)),
        "reviews": panels.reviews(overall, LABELS) if overall.state != PlannedState.DROPPED else [],
        "may_change": may_change and overall.state == PlannedState.DRAFT,
        "carried_from": seen(request, OVERALL_TARGETS, overall.carried_from_id),
        "versions": list(zip(told_versions(request, versions), was, strict=True)),
    }
    return render(request, "measures/overall_target.html", context)


@may("measures.revise_target")
@require_http_methods(["GET", "POST"])
def edit_target(request: Request, pk: int) -> HttpResponse:
    """Change a target; whoever edits an older one than there is sees both."""
    overall = OVERALL_TARGETS.find(request.user, settings.PROGRAMME, pk)
    permissions.require(request.user, "measures.revise_target", overall)
    if overall.state != PlannedState.DRAFT and request.method != "POST":
        return redirect("measures:overall_target", pk)
    place, version = Place(overall.programme, overall.year, overall.ags), overall.version
    form = _form_of(place, overall.target, request)
    if form.is_valid():
        overall.revision = steps.revision_seen(request)
        try:
            return acts.done(
                request,
                lambda: actions.revise_target(
                    request.user, overall, form.made(), at=timezone.now()
                ),
                lambda saved: steps.begun(
                    request, saved, KEPT if saved.version > version else UNCHANGED
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused)
    return _page(request, form, place, overall)


def _form_of(place: Place, target: Target, request: Request) -> TargetForm:
    data = request.POST.dict() if request.method == "POST" else None
    months = queries.target_rules(place.programme, place.year).months
    own = (month for month, _value in target.curve)
    words = Words(place.programme, place.year)
    return TargetForm(words, tuple(dict.fromkeys([*months, *own])), target, data)


def _page(
    request: Request, form: TargetForm, place: Place, overall: OverallTarget | None = None
) -> HttpResponse:
    context = {"form": form, "place": place, "overall": overall}
    status = 422 if form.errors else 200
    return render(request, "measures/overall_form.html", context, status=status)


@may("measures.tick_target")
@shown_at("measures:overall_target")
@require_POST
def tick_target(request: Request, pk: int) -> HttpResponse:
    """Say of one detail that was taken over that it still holds."""
    overall = OVERALL_TARGETS.find(request.user, settings.PROGRAMME, pk)
    name = request.POST.get("angabe", "")
    said = {
        "field": Label(LABELS.get(name, name)),
        "place": overall.position,
        "number": overall.file_number,
    }
    url = reverse("measures:overall_target", args=[pk])
    return acts.done(
        request,
        lambda: actions.tick_target(request.user, overall, name, at=timezone.now()),
        lambda _: acts.Answer(url, acts.Said(TICKED, said)),
    )
