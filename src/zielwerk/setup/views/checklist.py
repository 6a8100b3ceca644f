"""What is still missing, and the steps of the setup for who administers people."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.setup import panels
from zielwerk.setup.forms import FIELDS, form_of
from zielwerk.setup.models import SetupStep
from zielwerk.setup.views import taking
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

Step = SetupStep.Step
LATER = tuple(step for step in panels.SLUGS if step != Step.ADMINISTRATOR)
TAKEN = msg("Erledigt: {step}.")


@may("setup.look")
@require_safe
def checklist(request: Request) -> HttpResponse:
    """Everything that must be there until the first agreement can be made."""
    items = [] if settings.DEMO else panels.items(request.user, timezone.localdate())
    number = sum(not item.row.is_done for item in items)
    context = {"items": items, "number": number, "is_demo": settings.DEMO}
    return render(request, "setup/checklist.html", context)


@may("setup.take")
@require_http_methods(["GET", "POST"])
def step(request: Request, slug: str) -> HttpResponse:
    """One step, taken later than at the beginning, or once more."""
    code = panels.STEPS.get(slug, "")
    if code not in LATER:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = form_of(code, data, taking.initial(code))
    page = panels.page(code, LATER, timezone.localdate())
    if form.is_valid():
        try:
            verb = taking.verb(request.user, code, form)
            said = acts.Said(TAKEN, {"step": page.title})
            return acts.done(request, verb, lambda _: acts.Answer(reverse("setup:checklist"), said))
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    context = {"page": page, "form": form, "here": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "setup/step.html", context, status=422 if form.errors else 200)
