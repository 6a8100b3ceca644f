"""Entering what happened with a notice or an act."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewEvent
from zielwerk.granting.forms import EventForm
from zielwerk.granting.models import GrantAct, Issuing
from zielwerk.granting.views.acts import find_act
from zielwerk.granting.views.notices import find
from zielwerk.rulebook.grant.events import EVENTS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

ENTERED = msg("Eingetragen zu {number}: {event}. Die Tage, die daraus folgen, stehen dort.")


@may("granting.enter")
@require_http_methods(["GET", "POST"])
def enter(request: Request, pk: int, kind: str) -> HttpResponse:
    """Enter an event of a notice."""
    return _enter(request, find(request, pk), kind)


@may("granting.enter")
@require_http_methods(["GET", "POST"])
def enter_of_act(request: Request, pk: int, kind: str) -> HttpResponse:
    """Enter an event of an act."""
    return _enter(request, find_act(request, pk), kind)


def _enter(request: Request, case: Issuing, kind: str) -> HttpResponse:
    permissions.require(request.user, "granting.enter", case)
    if kind not in EVENTS:
        raise Http404
    page = "granting:act" if isinstance(case, GrantAct) else "granting:notice"
    page_url = reverse(page, args=[case.pk])
    there = [each for each in queries.events_of(case) if each.kind == kind]
    last = there[-1] if there else None
    initial: dict[str, Any] = {"tag": last.day if last else timezone.localdate()}
    if last and last.way:
        initial["weg"] = last.way
    data = request.POST if request.method == "POST" else None
    form = EventForm(kind, bool(last and last.day), data, initial=initial)
    if form.is_valid():
        case.revision = steps.revision_seen(request)
        values = form.cleaned_data
        new = NewEvent(
            case,
            kind,
            values["tag"],
            values.get("weg", ""),
            values.get("rechtsbehelf", ""),
            values["vermerk"],
        )
        said = Said(ENTERED, {"number": case.file_number, "event": Label(EVENTS[kind])})
        try:
            return acts.done(
                request,
                lambda: actions.enter(request.user, new, at=timezone.now()),
                lambda _: acts.Answer(page_url, said),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    context = {
        "case": case,
        "form": form,
        "event": EVENTS[kind],
        "page_url": page_url,
        "list_url": reverse(f"{page}s"),
        "entered": there,
    }
    return render(request, "granting/enter.html", context, status=422 if form.errors else 200)


FIELDS = {
    "grant.no_day": "tag",
    "grant.before_issued": "tag",
    "grant.day_to_come": "tag",
    "grant.before_sent": "tag",
    "grant.no_note": "vermerk",
    "grant.corrected": "vermerk",
}
