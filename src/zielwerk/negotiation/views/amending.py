"""Changing what was agreed: one agreement, the two between which money moves, all after a cut."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.agreements import queries as agreements
from zielwerk.core import permissions
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import DraftYear
from zielwerk.negotiation.forms.amending import AfterCutForm, AmendForm, PairForm
from zielwerk.negotiation.views.drafts import open_years
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.ui import acts, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

BEGUN = msg("Angelegt: {number}, {name}. Die erste Fassung ist die Abschrift dessen, was gilt.")
BOTH = msg("Angelegt: {number} und das Gegenstück dazu.")
STARTED = msg("Begonnen: die Änderungen für {year}.")
FIELDS = {
    "negotiation.no_basis": "grundlage",
    "negotiation.no_form": "art",
    "negotiation.no_pair": "erhaelt",
    "negotiation.nothing_moves": "betrag",
    "negotiation.too_much": "betrag",
    "amendment.not_of_amendments": "betrag",
}
Made = Callable[[Any], acts.Answer]


@may("negotiation.amend")
@require_http_methods(["GET", "POST"])
def amend(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Begin to change an agreement: with the copy of what holds, its amount perhaps another."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    permissions.require(request.user, "negotiation.amend", agreement)
    form = AmendForm(agreement, _sent(request))
    reasons = queries.why_not_amended(agreement)
    context = {
        "agreement": agreement,
        "back": reverse("desk:case", args=agreement.address),
        "reasons": steps.sentences(reasons),
    }
    return _page(
        request,
        form,
        "negotiation/amend.html",
        context,
        lambda: actions.amend(request.user, form.wish(), at=timezone.now()),
        lambda made: steps.begun(request, made, BEGUN),
    )


@may("negotiation.amend_pair")
@require_http_methods(["GET", "POST"])
def amend_pair(request: Request, year: int) -> HttpResponse:
    """Draft the two changes by which one body gives and another gets."""
    reasons = _closed(year)
    permissions.require(request.user, "negotiation.amend_pair", _of(year))
    held = queries.amendable(request.user, settings.PROGRAMME, year)
    form = PairForm(settings.PROGRAMME, year, held, _sent(request))
    context = {
        "year": year,
        "back": reverse("negotiation:drafts"),
        "number": len(held),
        "reasons": reasons,
    }
    return _page(
        request,
        form,
        "negotiation/pair.html",
        context,
        lambda: actions.amend_pair(request.user, form.wish(), at=timezone.now()),
        lambda made: acts.Answer(
            reverse("negotiation:draft", args=[made.pk]),
            Said(BOTH, {"number": made.file_number}),
        ),
    )


@may("negotiation.amend_after_cut")
@require_http_methods(["GET", "POST"])
def amend_after_cut(request: Request, year: int) -> HttpResponse:
    """All agreements of which something is uncovered, and one button that drafts their changes."""
    reasons = _closed(year)
    permissions.require(request.user, "negotiation.amend_after_cut", _of(year))
    hits = queries.hit_by_cut(request.user, settings.PROGRAMME, year)
    form = AfterCutForm(settings.PROGRAMME, year, _sent(request))
    context = {
        "year": year,
        "hits": hits,
        "reasons": reasons,
        "missing": sum(hit.draft is None for hit in hits),
        "back": reverse("adjustments:adjustments"),
    }
    return _page(
        request,
        form,
        "negotiation/after_cut.html",
        context,
        lambda: actions.amend_after_cut(request.user, form.wish(), at=timezone.now()),
        lambda job: acts.Answer(
            reverse("ui:job", args=[job.pk]), Said(STARTED, {"year": str(year)})
        ),
    )


def _page(
    request: Request,
    form: forms.Form,
    template: str,
    context: dict[str, Any],
    act: Callable[[], Any],
    answer: Made,
) -> HttpResponse:
    """The page of a form, or what follows from it; what is refused stands beside its field."""
    status = 200
    if form.is_valid():
        try:
            return acts.done(request, act, answer)
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    status = 422 if form.errors and status == 200 else status
    return render(request, template, {**context, "form": form}, status=status)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _closed(year: int) -> Sequence[str]:
    """Why nothing is drafted in a year, in sentences; 404 where the programme has no such year."""
    if year not in packs.years(settings.PROGRAMME):
        raise Http404
    refusal = Refusal("negotiation.no_procedure", actions.NO_PROCEDURE, {"year": str(year)})
    return [] if year in open_years() else steps.sentences([refusal])


def _of(year: int) -> DraftYear:
    """What a permission about a whole year is asked for."""
    return DraftYear(settings.PROGRAMME, year)
