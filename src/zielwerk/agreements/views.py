"""Pages of agreements and of recording them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.agreements import actions, letters, queries
from zielwerk.agreements.forms import ReviewForm, UploadForm
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.core import exports, permissions
from zielwerk.core.views import Request, may
from zielwerk.documents import queries as documents
from zielwerk.identity import queries as identity
from zielwerk.language import sentence, translate
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import INTAKE, Difference, IntakeState
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused
from zielwerk.tables import Cell

PAGE = 50


@may("agreements.look")
@require_safe
def agreements(request: Request) -> HttpResponse:
    found = queries.agreements(request.user)
    if exports.wanted(request):
        return export_agreements(request, found.defer("terms").iterator())
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    return render(request, "agreements/agreements.html", {"page": page})


def export_agreements(request: Request, found: Iterator[Any]) -> HttpResponse:
    """``found`` are agreements with the number of their measures."""
    headings = ["AGS", gettext("Gebietskörperschaft"), gettext("Jahr"), gettext("Aktenzeichen")]
    headings += [gettext("Maßnahmen"), gettext("Vereinbarter Betrag"), gettext("Erfasst am")]
    headings += [gettext("Hinweis")]
    rows = (
        [
            *(one.ags, one.body_name, one.year, one.file_number),
            *(one.measure_count, Cents(one.amount_cents), one.recorded_at, origin(one)),
        ]
        for one in found
    )
    at = timezone.now()
    return exports.response(request, "vereinbarungen", headings, rows, at=at)


def origin(one: Agreement | Intake) -> str:
    """The label that what was made up or only tried out carries everywhere."""
    if one.is_invented:
        return gettext("erfunden")
    return gettext("Vorführung") if one.is_trial else ""


@may("agreements.look_at_intake")
@require_safe
def intakes(request: Request) -> HttpResponse:
    state = request.GET.get("stand", "")
    state = state if state in INTAKE.labels else ""
    found = queries.intakes(request.user, state)
    if exports.wanted(request):
        return export_intakes(request, found.iterator())
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "state": state,
        "states": INTAKE.labels,
        "may_begin": not permissions.role_refusal(request.user, "agreements.begin"),
    }
    return render(request, "agreements/intakes.html", context)


def export_intakes(request: Request, found: Iterator[Intake]) -> HttpResponse:
    language = get_language() or "de"
    headings = [gettext("Aktenzeichen"), "AGS", gettext("Gebietskörperschaft"), gettext("Jahr")]
    headings += [gettext("Stand"), gettext("Begonnen"), gettext("Hinweis")]
    rows: Iterator[list[Cell]] = (
        [
            *(one.file_number, one.ags, one.body_name, one.year),
            *(translate(one.get_state_display(), language), one.begun_at, origin(one)),
        ]
        for one in found
    )
    return exports.response(request, "erfassungen", headings, rows, at=timezone.now())


@may("agreements.begin")
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Send in a text; the same file again leads to where it already is."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        received = replace(form.cleaned_data["received"], is_trial=request.user.is_demo)
        known = queries.intake_of(documents.by_content(received.content))
        if known:
            return render(request, "agreements/known.html", {"intake": known})
        intake = actions.begin(request.user, None, received, at=timezone.now())
        return redirect("agreements:intake", intake.pk)
    status = 422 if form.errors else 200
    return render(request, "agreements/upload.html", {"form": form}, status=status)


@may("agreements.look_at_intake")
@require_safe
def intake(request: Request, pk: int) -> HttpResponse:
    """Where a recording stands; leads to the review or the comparison while it is open."""
    one = queries.intake(request.user, pk)
    recorded = queries.recorded(one.programme, one.year, one.ags)
    reviewing = not permissions.refusal(request.user, "agreements.review", one)
    if one.state == IntakeState.REVIEW and recorded:
        return redirect("agreements:compare", pk)
    if one.state == IntakeState.REVIEW and reviewing:
        return redirect("agreements:review", pk)
    names = identity.labels({one.begun_by, one.accepted_by, one.confirmed_by}, request.user)
    context = {
        "intake": one,
        "terms": one.said().without_blanks(),
        "measures": letters.measures_by_type(one),
        "earmarks": letters.earmarks(one),
        "steps": possible(request, one),
        "begun_by": names.get(one.begun_by, one.begun_by),
        "accepted_by": names.get(one.accepted_by, ""),
        "confirmed_by": names.get(one.confirmed_by, ""),
        "corrections": said_rows(one, letters.corrections(one)),
        "findings": letters.findings(one, get_language() or "de"),
    }
    return render(request, "agreements/intake.html", context)


def said_rows(intake: Intake, found: Sequence[Difference]) -> list[tuple[str, str, str]]:
    year = packs.load(intake.programme, intake.year)
    return letters.rows(found, year, get_language() or "de")


@dataclass(frozen=True)
class Possible:
    """A step that leads on from here, with the reason where this person may not take it."""

    step: Step
    url: str
    reason: str
    is_worth_saying: bool


def possible(request: Request, intake: Intake) -> list[Possible]:
    steps = []
    facts = actions.facts_of(intake)
    for step in INTAKE.possible(intake.state):
        if permissions.role_refusal(request.user, step.by):
            continue
        reasons: list[Refusal] = list(INTAKE.refusals(intake.state, step.verb, facts))
        if missing := permissions.refusal(request.user, step.by, intake):
            reasons.append(missing)
        said = " ".join(sentence(why, get_language() or "de") for why in reasons)
        # That a text cannot be kept where there is nothing to keep it with goes without saying.
        worth = step.verb != "keep" and not (reasons and reasons[0].rule == "agreements.exists")
        url = reverse(f"agreements:{step.verb}", args=[intake.pk])
        steps.append(Possible(step, url, said, worth))
    return steps


@may("agreements.review")
@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """The text beside what was read; every value correctable, every doubt to be settled."""
    one = queries.intake(request.user, pk)
    if one.state != IntakeState.REVIEW:
        return redirect("agreements:intake", pk)
    sent = request.method == "POST"
    form = ReviewForm(one, request.POST if sent else None)
    refusals: list[str] = []
    if sent and form.is_valid():
        try:
            checked = form.review()
            one.revision = checked.revision
            one = actions.review(request.user, one, checked, at=timezone.now())
            if "accept" in request.POST:
                actions.accept(request.user, one, at=timezone.now())
                return redirect("agreements:intake", pk)
            return redirect("agreements:review", pk)
        except Refused as refused:
            language = get_language() or "de"
            refusals = [sentence(why, language) for why in refused.refusals]
            if one.revision != form.cleaned_data["revision"]:
                # What was typed is saved; the form goes on from that stand.
                form = ReviewForm(one)
    status = 409 if refusals else 422 if form.errors else 200
    return render(request, "agreements/review.html", context_of(one, form, refusals), status=status)


def context_of(intake: Intake, form: ReviewForm, refusals: list[str]) -> dict[str, Any]:
    open_groups = form.open_groups()
    return {
        "intake": intake,
        "form": form,
        "refusals": refusals,
        "open_groups": open_groups,
        "doubts": sum(1 for group in form.groups() if group.doubts),
        "text": letters.marked_text(intake, list(form.groups())),
        "findings": letters.findings(intake, get_language() or "de"),
        "compared": queries.recorded(intake.programme, intake.year, intake.ags),
    }


@may("agreements.review")
@require_safe
def compare(request: Request, pk: int) -> HttpResponse:
    """A text beside the agreement that is already recorded: every difference."""
    one = queries.intake(request.user, pk)
    recorded = queries.recorded(one.programme, one.year, one.ags)
    if recorded is None or one.state != IntakeState.REVIEW:
        return redirect("agreements:intake", pk)
    context = {
        "intake": one,
        "agreement": recorded,
        "differences": said_rows(one, queries.compared(recorded, one.said())),
        "steps": [step for step in possible(request, one) if step.step.verb != "accept"],
    }
    return render(request, "agreements/compare.html", context)


@may("agreements.look_at_intake")
@require_safe
def source_text(request: Request, pk: int) -> HttpResponse:
    """The text as it was received, byte for byte."""
    one = queries.intake(request.user, pk)
    if one.source is None:
        return redirect("agreements:intake", pk)
    response = HttpResponse(documents.text_of(one.source), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def step(verb: Callable[..., Intake], permission: str) -> Callable[[Request, int], HttpResponse]:
    """A door for one step of the lifecycle: press, do, show where it stands."""

    @may(permission)
    @require_POST
    def take(request: Request, pk: int) -> HttpResponse:
        one = queries.intake(request.user, pk)
        one.revision = seen(request)
        verb(request.user, one, at=timezone.now())
        return redirect("agreements:intake", pk)

    return take


def seen(request: Request) -> int:
    """The stand of a recording that was on the person's page; 0 where it says none."""
    number = request.POST.get("revision", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0


accept = step(actions.accept, "agreements.accept")
confirm = step(actions.confirm, "agreements.confirm")
send_back = step(actions.send_back, "agreements.send_back")
keep = step(actions.keep, "agreements.keep")
discard = step(actions.discard, "agreements.discard")
