"""The first page of an empty installation, for whoever has the code; it ends for good.

Nobody is signed in yet, so the browser that the code let in is known by its session alone. What
is typed stays in it when one goes back or on, or to the other language, without taking the step.
A step that is sent twice as it was is taken once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from zielwerk.core import kept, once
from zielwerk.core.sessions import SessionStore
from zielwerk.identity import queries as identity
from zielwerk.identity.actions import Operator, invite
from zielwerk.identity.models import User
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
APPOINTED = "setup_appointed"  # in the same session: who was appointed, and until when
APPOINTED_SECONDS = 600  # so long a lost answer is given once more
BACK, LATER = "zurueck", "spaeter"  # buttons that go on without taking the step
LANGUAGE = "language"
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
        return _again(request, panels.STEPS.get(slug, "")) or gone(request)
    if slug not in panels.STEPS:
        raise Http404
    if not queries.opens(request.session.get(TOKEN, "")):
        return _again(request, panels.STEPS[slug]) or redirect("setup:begin")
    step = panels.STEPS[slug]
    if request.method == "POST" and LANGUAGE in request.POST:
        return _speak(request, step)
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
        "once_field": once.FIELD,
        "once_token": once.draw(OPERATOR, request.path),
        "here": request.build_absolute_uri("/").rstrip("/"),
        "has_before": place > 0,
        "has_after": place + 1 < len(ORDER),
    }
    return render(request, "setup/step.html", context, status=422 if form.errors else 200)


def _go(request: HttpRequest, step: str, by: int) -> HttpResponse:
    """Go back or on; what was typed waits."""
    _keep(request, step)
    place = min(max(ORDER.index(step) + by, 0), len(ORDER) - 1)
    return redirect("setup:first_step", panels.SLUGS[ORDER[place]])


def _speak(request: HttpRequest, step: str) -> HttpResponse:
    """The same step in the other language, with what was typed."""
    _keep(request, step)
    response: HttpResponse = set_language(request)
    response["Location"] = request.path
    return response


def _keep(request: HttpRequest, step: str) -> None:
    typed = {name: request.POST.get(name, "")[:300] for name in form_of(step).fields}
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), step: typed}


def _taken(request: HttpRequest, step: str, form: forms.Form) -> HttpResponse:
    """Take a step and lead to the next; the last one shows the link and ends it all."""
    if step == Step.ADMINISTRATOR:
        return _appointed(request, form)
    after = redirect("setup:first_step", panels.SLUGS[ORDER[ORDER.index(step) + 1]])
    sending = _sending(request)
    if sending and once.first(sending):
        return after
    verb = taking.verb(OPERATOR, step, form)
    try:
        with transaction.atomic():
            if sending:
                once.take(sending, timezone.now())
            verb()
    except once.Repeated:
        return after
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), step: {}}
    return after


def _sending(request: HttpRequest) -> once.Sending | None:
    """The form that was sent, None where it does not say which; corrected, it is another one."""
    contents = kept.contents(request)
    token = request.POST.get(once.FIELD, "")
    try:
        sending = once.read(OPERATOR, request.path, token, contents)
    except once.Foreign:
        return None
    return replace(sending, number=kept.digest(f"{sending.number} {contents}")[:40])


def _appointed(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """Appoint the first person, which ends the first page, and show her link."""
    now = timezone.now()
    appointment = form.appointment(queries.ministry(timezone.localdate(now)))  # type: ignore[attr-defined]
    try:
        with transaction.atomic():  # whoever comes second finds the session of the first
            person, path = actions.appoint(OPERATOR, appointment, at=now)
            _remember(request, person, now)
    except Refused:  # it may have been sent twice, and the first be done
        if answer := _again(request, Step.ADMINISTRATOR):
            return answer
        raise
    return _link(request, person, path)


def _remember(request: HttpRequest, person: User, at: datetime) -> None:
    """Keep in this browser's session that it is done, at once: the same may be on its way again."""
    for name in (TOKEN, DRAFTS):
        request.session.pop(name, None)
    request.session[APPOINTED] = [person.pk, at.timestamp() + APPOINTED_SECONDS]
    request.session.save()


def _again(request: HttpRequest, step: str) -> HttpResponse | None:
    """The answer once more for the browser that had the first person added, if it was lost.

    The link is kept nowhere: another one is made, and the one before is void.
    """
    if request.method != "POST" or step != Step.ADMINISTRATOR:
        return None
    stored = SessionStore(request.session.session_key).get(APPOINTED)
    number, until = stored or (0, 0)
    now = timezone.now()
    if not now.timestamp() < until:
        return None
    person = User.objects.get(pk=number)
    if identity.comes_in(person) or not person.is_active:
        return None
    return _link(request, person, invite(OPERATOR, person, at=now))


def _link(request: HttpRequest, person: User, path: str) -> HttpResponse:
    context = {"person": person, "link": request.build_absolute_uri(path)}
    return render(request, "setup/done.html", context)


def gone(request: HttpRequest) -> HttpResponse:
    """The same page whatever was asked: it tells nothing of anybody."""
    return render(request, "setup/gone.html", status=410)
