"""Entering a signature, striking one out, noting a resolution."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.actions import NewStrike
from zielwerk.conclusion.cases import CONCLUSIONS
from zielwerk.conclusion.forms import ResolutionForm, SignatureForm, StrikeForm
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.signatures import places_of
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

ENTERED = msg("Eingetragen: Unterschrift von {name} zu {number}.")
STRUCK = msg("Gestrichen: Unterschrift von {name} zu {number}.")
RESOLVED = msg("Vermerkt: Beschluss zu {number}.")
FIELDS = {
    "conclusion.verdict": "datei",
    "conclusion.other_file": "datei",
    "conclusion.older_file": "datei",
    "conclusion.signed_older_file": "datei",
    "conclusion.nothing_new": "datei",
    "conclusion.file_added_much": "datei",
    "conclusion.wrong_form": "form",
    "conclusion.signs_twice": "name",
    "conclusion.no_name": "name",
    "conclusion.in_future": "am",
    "conclusion.before_text": "am",
    "conclusion.no_reason": "grund",
    "conclusion.resolved_in_future": "am",
    "conclusion.no_resolution_said": "organ",
}


def find(request: Request, pk: int) -> Conclusion:
    """The conclusion of an address, if it is there for the person."""
    found: Conclusion = CONCLUSIONS.find(request.user, settings.PROGRAMME, pk)
    return found


def taken(
    request: Request,
    form: forms.Form,
    verb: Callable[[], Any],
    said: Callable[[Any], Said],
    back: str,
) -> HttpResponse | None:
    """Take the verb that a form asks for; None where it is to be drawn again with its reasons."""
    if not form.is_valid():
        return None
    try:
        return acts.done(request, verb, lambda made: acts.Answer(back, said(made)))
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refused:
        add_refusals(form, refused, FIELDS)
    return None


@may("conclusion.look")
@require_http_methods(["GET", "POST"])
def enter(request: Request, pk: int) -> HttpResponse:
    """Enter a signature of a place: of one's own side, or of the other that came by post."""
    case = find(request, pk)
    place = places_of(case.sides).get(request.GET.get("stelle", ""))
    if place is None:
        raise Http404
    is_own = place.side == request.user.side
    permission = "conclusion.enter" if is_own else "conclusion.enter_for"
    permissions.require(request.user, permission, case)
    verb = actions.enter if is_own else actions.enter_for
    back = reverse("conclusion:conclusion", args=[pk])
    before = queries.signed_before(case, place)
    form = SignatureForm(case, place, before, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        answer = taken(
            request,
            form,
            lambda: verb(request.user, form.signature(), at=timezone.now()),
            lambda made: Said(ENTERED, {"name": made.name, "number": case.file_number}),
            back,
        )
        if answer:
            return answer
    side = next(each for each in case.sides if each.side == place.side)
    context = {
        "conclusion": case,
        "form": form,
        "place": place,
        "side": side,
        "is_own": is_own,
        "back": back,
    }
    return render(request, "conclusion/enter.html", context, status=422 if form.errors else 200)


@may("conclusion.strike")
@require_http_methods(["GET", "POST"])
def strike(request: Request, pk: int, number: int) -> HttpResponse:
    """Strike a signature out, for a reason."""
    case = find(request, pk)
    signature = get_object_or_404(Signature, conclusion=case, pk=number)
    signature.conclusion = case
    permissions.require(request.user, "conclusion.strike", signature)
    back = reverse("conclusion:conclusion", args=[pk])
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        answer = taken(
            request,
            form,
            lambda: actions.strike(
                request.user, NewStrike(signature, form.cleaned_data["grund"]), at=timezone.now()
            ),
            lambda made: Said(STRUCK, {"name": signature.name, "number": case.file_number}),
            back,
        )
        if answer:
            return answer
    context = {"conclusion": case, "form": form, "signature": signature, "back": back}
    return render(request, "conclusion/strike.html", context, status=422 if form.errors else 200)


@may("conclusion.resolve")
@require_http_methods(["GET", "POST"])
def resolve(request: Request, pk: int) -> HttpResponse:
    """Note the resolution that a side rests on."""
    case = find(request, pk)
    permissions.require(request.user, "conclusion.resolve", case)
    back = reverse("conclusion:conclusion", args=[pk])
    before = queries.resolved_before(case)
    form = ResolutionForm(before, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        answer = taken(
            request,
            form,
            lambda: actions.resolve(request.user, form.resolution(case), at=timezone.now()),
            lambda made: Said(RESOLVED, {"number": case.file_number}),
            back,
        )
        if answer:
            return answer
    context = {"conclusion": case, "form": form, "back": back}
    return render(request, "conclusion/resolve.html", context, status=422 if form.errors else 200)
