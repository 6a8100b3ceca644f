"""One target of a planned measure: set, changed, struck."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.measures import actions, panels, queries
from zielwerk.measures.actions import Revision
from zielwerk.measures.cases import PLANNED_MEASURES
from zielwerk.measures.forms import TargetForm
from zielwerk.measures.models import PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.measures.views.place import Place
from zielwerk.measures.views.planned import KEPT, base_of
from zielwerk.rulebook.planned import Plan, PlannedState, months_of
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.target import Target
from zielwerk.ui import acts, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

NEW = 0
"""The number in the address of a target that is not there yet."""


@may("measures.revise")
@require_http_methods(["GET", "POST"])
def target(request: Request, pk: int, number: int) -> HttpResponse:
    """Set, change or strike a target of a planned measure."""
    measure = PLANNED_MEASURES.find(request.user, settings.PROGRAMME, pk)
    permissions.require(request.user, "measures.revise", measure)
    if measure.state != PlannedState.DRAFT and request.method != "POST":
        return redirect("measures:planned", pk)
    plan = measure.plan
    known = at(plan, number)
    data: dict[str, Any] | None = request.POST.dict() if request.method == "POST" else None
    if known is None and number != NEW and data is None:
        raise Http404
    shown = known or Target(number or queries.next_target_number(measure))
    base = base_of(data, measure) if data else measure.version
    is_overtaken = known != at(queries.base_plan(measure, base), number)
    if data and is_overtaken:  # sent once more, it is meant: both were seen by then
        data["fassung"] = str(measure.version)
    rules = queries.rules_of(measure.programme, measure.year, measure.ags, plan=plan)
    words = Words(measure.programme, measure.year)
    months = tuple(dict.fromkeys([*months_of(plan, rules), *(month for month, _ in shown.curve)]))
    form = TargetForm(words, months, shown, data, base=measure.version)
    is_struck = data is not None and "strike" in data
    is_kept = (is_struck or form.is_valid()) and not is_overtaken
    if is_kept:
        made = None if is_struck else form.made()
        if answer := _kept(request, measure, form, with_target(plan, shown.number, made)):
            return answer
    context = {
        "form": form,
        "measure": measure,
        "is_new": known is None,
        "overtaken": list(panels.target_rows((known,) if known else (), words))
        if is_overtaken
        else None,
        "is_overtaken": is_overtaken,
        "place": Place(measure.programme, measure.year, measure.ags),
    }
    status = 409 if is_overtaken else (422 if form.errors else 200)
    return render(request, "measures/target.html", context, status=status)


def at(plan: Plan, number: int) -> Target | None:
    """The target of this number."""
    return next((each for each in plan.targets if each.number == number), None)


def with_target(plan: Plan, number: int, made: Target | None) -> Plan:
    """The plan with a target set, changed, or without it (None)."""
    targets = {each.number: each for each in plan.targets}
    targets.pop(number, None)
    if made:
        targets[number] = made
    return replace(plan, targets=tuple(targets[each] for each in sorted(targets)))


def _kept(
    request: Request, measure: PlannedMeasure, form: TargetForm, plan: Plan
) -> HttpResponse | None:
    """Keep the plan; None where it is refused, and the form says why."""
    revision = Revision(measure.version, plan)
    try:
        return acts.done(
            request,
            lambda: actions.revise(request.user, measure, revision, at=timezone.now()),
            lambda saved: steps.begun(request, saved, KEPT),
        )
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refused:
        add_refusals(form, refused)
        return None
