"""The first page of an empty installation, for whoever has the code; it ends for good.

Nobody is signed in yet, so the browser that the code let in is known by its session alone. What
is typed stays in it when one goes back or on without taking the step.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zielwerk.identity.actions import Operator
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.setup import actions, panels, queries
from zielwerk.setup.forms import FIELDS, CodeForm, form_of
from zielwerk.setup.models import SetupStep
from zielwerk.setup.views import taking
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import may

Step = SetupStep.Step
ORDER = tuple(panels.SLUGS)
OPERATOR = Operator("setup:page")
TOKEN, DRAFTS = "setup", "setup_drafts"  # in the session of the browser that the code let in
BACK, LATER = "zurueck", "spaeter"  # buttons that go on without taking the step
WRONG = msg("Das ist nicht der Code, der zuletzt ausgegeben wurde, oder er ist schon benutzt.")
STARTS = ("/", "/anmelden")


class FirstPage:
    """Leads whoever comes to an empty installation to its first page."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in STARTS and self._is_to_begin():
            return redirect("setup:begin")
        return self.handler(request)

    def _is_to_begin(self) -> bool:
        """Asked anew each time, with one query: a restored backup may be empty again."""
        try:
            return queries.is_open()
        except DatabaseError:  # the page that was asked for says so
            return False


@may("setup.begin")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the code; for the browser that it let in, the steps and how far they are."""
    if not queries.is_open():
        return gone(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        token = actions.redeem_code(form.cleaned_data["code"])
        if token:
            request.session.cycle_key()
            request.session[TOKEN] = token
            return redirect("setup:first_step", panels.SLUGS[ORDER[0]])
        form.add_error("code", gettext(WRONG))
    if queries.opens(request.session.get(TOKEN, "")):
        return render(request, "setup/overview.html", {"steps": _overview()})
    status = 422 if form.errors else 200
    return render(request, "setup/begin.html", {"form": form}, status=status)


def _overview() -> list[tuple[str, str, SetupStep | None]]:
    """Each step: title, address part, and how it was taken."""
    taken = queries.taken()
    return [(str(Step(step).label), slug, taken.get(step)) for step, slug in panels.SLUGS.items()]


@may("setup.begin")
@require_http_methods(["GET", "HEAD", "POST"])
def first_step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step on one screen."""
    if not queries.is_open():
        return gone(request)
    if slug not in panels.STEPS:
        raise Http404
    if not queries.opens(request.session.get(TOKEN, "")):
        return redirect("setup:begin")
    step = panels.STEPS[slug]
    if request.method == "POST" and (BACK in request.POST or LATER in request.POST):
        return _go(request, step, -1 if BACK in request.POST else 1)
    form = form_of(step, *_typed(request, step))
    if form.is_bound and form.is_valid():
        try:
            return _taken(request, step, form)
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    return _shown(request, step, form)


def _typed(request: HttpRequest, step: str) -> tuple[Any, dict[str, Any]]:
    """What a form is bound to, and what it begins with: what was typed before, else the pack's."""
    drafts = request.session.get(DRAFTS, {}).get(step, {})
    data = request.POST if request.method == "POST" else None
    return data, {**taking.initial(step), **drafts}


def _shown(request: HttpRequest, step: str, form: forms.Form) -> HttpResponse:
    place = ORDER.index(step)
    context = {
        "page": panels.page(step, ORDER, timezone.localdate()),
        "form": form,
        "is_first": True,
        "here": request.build_absolute_uri("/").rstrip("/"),
        "has_before": place > 0,
        "has_after": place + 1 < len(ORDER),
    }
    return render(request, "setup/step.html", context, status=422 if form.errors else 200)


def _go(request: HttpRequest, step: str, by: int) -> HttpResponse:
    """Go back or on; what was typed waits."""
    form = form_of(step)
    typed = {name: request.POST.get(name, "")[:300] for name in form.fields}
    drafts = request.session.get(DRAFTS, {})
    request.session[DRAFTS] = {**drafts, step: typed}
    place = min(max(ORDER.index(step) + by, 0), len(ORDER) - 1)
    return redirect("setup:first_step", panels.SLUGS[ORDER[place]])


def _taken(request: HttpRequest, step: str, form: forms.Form) -> HttpResponse:
    """Take a step and lead to the next; the last one shows the link and ends it all."""
    if step != Step.ADMINISTRATOR:
        taking.verb(OPERATOR, step, form)()
        request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), step: {}}
        return redirect("setup:first_step", panels.SLUGS[ORDER[ORDER.index(step) + 1]])
    now = timezone.now()
    appointment = form.appointment(queries.ministry(timezone.localdate(now)))  # type: ignore[attr-defined]
    person, path = actions.appoint(OPERATOR, appointment, at=now)
    request.session.flush()
    context = {"person": person, "link": request.build_absolute_uri(path)}
    return render(request, "setup/done.html", context)


def gone(request: HttpRequest) -> HttpResponse:
    """The same page whatever was asked: it tells nothing of anybody."""
    return render(request, "setup/gone.html", status=410)
