"""Pages of agreements and of recording them."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import actions, queries
from zielwerk.agreements.cases import INTAKES
from zielwerk.agreements.forms import ReviewForm, UploadForm
from zielwerk.agreements.models import Intake
from zielwerk.agreements.panels import contents, marked
from zielwerk.agreements.panels import lists as panels
from zielwerk.core import cases, permissions
from zielwerk.core.words import body_of
from zielwerk.documents import queries as documents
from zielwerk.language import German
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.recording import IntakeState, within_number
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

BEGUN = msg("Eingelesen: {number}, {name} {year}.")
KEPT = msg("Gespeichert: {number}, {name} {year}, offene Zweifel: {doubts}.")

agreements = lists.door(panels.AGREEMENTS)


def may_begin(request: Request, listed: Listed) -> dict[str, Any]:
    return {"may_begin": not permissions.role_refusal(request.user, "agreements.begin")}


intakes = lists.of_cases(INTAKES, panels.INTAKES, "agreements/intakes.html", may_begin)


@may("agreements.begin")
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Send in a text; the same file again leads to where it already is."""
    is_post = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_post else UploadForm()
    if is_post and form.is_valid():
        received = replace(form.cleaned_data["received"], is_trial=request.user.is_demo)
        earlier_intake = queries.intake_of(documents.by_content(received.content))
        if earlier_intake:
            return render(request, "agreements/known.html", {"intake": earlier_intake})
        return acts.done(
            request,
            lambda: actions.begin(request.user, received, at=timezone.now()),
            lambda intake: steps.begun(request, intake, BEGUN),
        )
    status = 422 if form.errors else 200
    return render(request, "agreements/upload.html", {"form": form}, status=status)


@may("agreements.look_at_intake")
@require_safe
def intake(request: Request, pk: int) -> HttpResponse:
    """The page of a recording; leads to the review or the comparison while it is open."""
    intake = INTAKES.find(request.user, settings.PROGRAMME, pk)
    reviewing = not permissions.refusal(request.user, "agreements.review", intake)
    is_other = intake.state == IntakeState.REVIEW and not intake.amends_id
    if is_other and within_number(queries.facts_of(intake)):
        return redirect("agreements:compare", pk)
    if intake.state == IntakeState.REVIEW and reviewing:
        return redirect("agreements:review", pk)
    context = {
        "page": case_page(request, intake),
        "intake": intake,
        "terms": intake.content.without_blanks(),
        "measures": contents.measures_by_type(intake, get_language() or "de"),
        "signed_for": contents.signed_for(intake),
        "alike": queries.alike(intake),
        "earmarks": contents.earmarks(intake),
        "corrections": contents.corrected(intake, get_language() or "de"),
        "findings": contents.findings(intake, get_language() or "de"),
    }
    return render(request, "agreements/intake.html", context)


def case_page(request: Request, intake: Intake, title: str = "") -> steps.CasePage:
    title = title or gettext("Erfassung {number}: {name} {year}")
    slots = {"number": intake.file_number, "name": German(body_of(intake)), "year": intake.year}
    return steps.case_page(request, intake, format_html(title, **slots))


@may("agreements.review")
@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """The text beside what was read; every value correctable, every doubt to be settled."""
    intake = INTAKES.find(request.user, settings.PROGRAMME, pk)
    if intake.state != IntakeState.REVIEW:
        return redirect("agreements:intake", pk)
    is_post = request.method == "POST"
    today = timezone.localdate()
    form = ReviewForm(intake, request.POST if is_post else None, user=request.user, today=today)
    refusals: list[str] = []
    if is_post and form.is_valid():
        try:
            return kept(request, intake, form)
        except cases.ChangedMeanwhile:
            raise
        except NotAccepted as refused:
            # What was typed is saved; the form goes on from that revision.
            refusals, form = (
                list(steps.sentences(refused.refusals)),
                ReviewForm(refused.intake, user=request.user, today=today),
            )
        except Refused as refused:
            refusals = list(steps.sentences(refused.refusals))
    status = 409 if refusals else 422 if form.errors else 200
    page = case_page(request, intake, gettext("Prüfung: {name} {year}"))
    # The form itself keeps and accepts, unless accepting asks for a text of its own.
    accepting = acceptance(intake)
    own = {"discard", "accept"} if accepting.notes else {"discard"}
    buttons = tuple(button for button in page.buttons if button.step.taken_by in own)
    context = {
        **context_of(intake, form, refusals),
        "page": replace(page, buttons=buttons),
        "accepting": accepting,
    }
    return render(request, "agreements/review.html", context, status=status)


def acceptance(intake: Intake) -> Step:
    """The stage that accepts a recording, under the programme's name for it."""
    table = INTAKES.lifecycle(intake)
    return next(step for step in table.steps if step.taken_by == "accept")


class NotAccepted(Refused):
    """Kept, but not accepted; ``intake`` is the recording as it was kept."""

    def __init__(self, intake: Intake, *refusals: Refusal) -> None:
        super().__init__(*refusals)
        self.intake = intake


def kept(request: Request, intake: Intake, form: ReviewForm) -> HttpResponse:
    """Keep what was typed, and accept it where the person wants so; raises Refused."""
    corrected = form.review()
    intake.revision = corrected.revision

    def keep() -> Intake:
        return actions.review(request.user, intake, corrected, at=timezone.now())

    def accept() -> Intake:
        return actions.accept(request.user, keep(), at=timezone.now())

    if "accept" not in request.POST:
        return acts.done(request, keep, answer)
    try:
        return acts.done(request, accept, lambda taken: steps.taken(taken, acceptance(taken).verb))
    except Refused as refused:
        raise NotAccepted(keep(), *refused.refusals) from refused


def answer(intake: Intake) -> acts.Answer:
    """What is said when a review was kept, and how much is left of it."""
    slots = {**INTAKES.facts_said(intake), "doubts": len(intake.open_doubts())}
    return acts.Answer(reverse("agreements:review", args=[intake.pk]), acts.Said(KEPT, slots))


def context_of(intake: Intake, form: ReviewForm, refusals: list[str]) -> dict[str, Any]:
    open_groups = form.open_groups()
    doubts = sum(1 for group in form.groups() if group.doubts)
    text = marked.source_text(intake)
    proposals = intake.reading.get("proposals", [])
    marks = [
        *marked.marks(form.groups(), intake.settled),
        *marked.proposed(proposals, form.choices, form.groups()),
        *marked.mended(text, queries.words_corrected(intake), form.groups()),
    ]
    corrected = [choice for choice in form.choices if not choice.word.is_proposal]
    findings = contents.findings(intake, get_language() or "de")
    for question in form.questions:
        question.sentence = findings[question.index]["sentence"]
    for part in form.parts:
        part.text = marked.drawn(text, marks, part.start, part.end)
    return {
        "intake": intake,
        "form": form,
        "refusals": refusals,
        "open_groups": open_groups,
        "doubts": doubts,
        "settled": doubts - len(open_groups),
        "has_text": bool(text),
        "open_words": [choice for choice in corrected if not choice.bound.value()],
        "words": len(corrected),
        "decided": sum(1 for choice in corrected if choice.bound.value()),
        "needed": [one for one in form.questions if one.is_needed and not one.answer.value()],
        "answered": sum(1 for finding in findings if finding["answer"]),
        "compared": None if intake.amends_id else queries.nearest(intake),
        "alike": queries.alike(intake),
        "overtaken": overtaken(intake),
    }


def overtaken(intake: Intake) -> tuple[str, ...]:
    """Why a change can no longer be recorded, since what it changes does not hold any more."""
    if not intake.amends_id:
        return ()
    return steps.sentences(within_number(queries.facts_of(intake)))


@may("agreements.review")
@require_safe
def compare(request: Request, pk: int) -> HttpResponse:
    """A text beside the agreement that is already recorded: every difference."""
    intake = INTAKES.find(request.user, settings.PROGRAMME, pk)
    recorded = queries.nearest(intake)
    if recorded is None or intake.state != IntakeState.REVIEW:
        return redirect("agreements:intake", pk)
    page = case_page(request, intake, gettext("Vergleich: {name} {year}"))
    buttons = tuple(button for button in page.buttons if button.step.taken_by != "accept")
    context = {
        "intake": intake,
        "agreement": recorded,
        "compared": contents.compared(
            recorded.content,
            intake.content,
            queries.rules_of(intake),
            get_language() or "de",
            intake.open_doubts(),
        ),
        "page": replace(page, buttons=buttons),
    }
    return render(request, "agreements/compare.html", context)


@may("agreements.look_at_intake")
@require_safe
def source_text(request: Request, pk: int) -> HttpResponse:
    """The text as it was received, byte for byte."""
    intake = INTAKES.find(request.user, settings.PROGRAMME, pk)
    if intake.source is None:
        return redirect("agreements:intake", pk)
    response = HttpResponse(
        documents.text_of(intake.source), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
