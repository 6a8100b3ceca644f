"""Files whose time is over: the list, the offer to the archive, the archive's answer."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.filing import actions, panels, queries
from zielwerk.filing.actions import Answering, Offering
from zielwerk.filing.forms import AnswerForm, OfferForm
from zielwerk.filing.views.files import find
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.retention import OFFER_BEFORE
from zielwerk.ui import acts
from zielwerk.ui.acts import Answer, Said
from zielwerk.ui.views import Request, may

OFFERED = msg("Dem Archiv angeboten: Akte {number}. Jetzt wird auf seine Antwort gewartet.")
ENTERED = msg("Eingetragen: Antwort des Archivs zur Akte {number}. Gelöscht wird nichts.")
EFFECT = msg(
    "Die Akte {number} gilt danach als angeboten. Gelöscht wird nichts: Was das Archiv "
    "antwortet, trägt eine zweite Person ein."
)
ANSWER_EFFECT = msg(
    "Die Antwort steht danach in der Akte {number} und wird nicht mehr geändert. Gelöscht wird "
    "hier nichts, auch nicht, was das Archiv nicht übernimmt."
)


@may("filing.look_over")
@require_safe
def over(request: Request) -> HttpResponse:
    """The files whose time of keeping is over today."""
    rows = queries.over(request.user, timezone.localdate())
    context = {"rows": [(row, panels.url_of(row.case)) for row in rows], "basis": OFFER_BEFORE}
    return render(request, "filing/over.html", context)


@may("filing.offer")
@require_http_methods(["GET", "POST"])
def offer(request: Request, kind: str, pk: int) -> HttpResponse:
    """Offer a file to the archive, after a question."""
    case = find(request, kind, pk)
    number, back = case.file_number, panels.url_of(case)
    keeping = queries.keeping_of(case)
    form = OfferForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        offering = Offering(case, form.cleaned_data["archiv"])
        return acts.done(
            request,
            lambda: actions.offer(request.user, offering, at=timezone.now()),
            lambda made: Answer(back, Said(OFFERED, {"number": made.about_number})),
        )
    question = acts.Question(
        msg("Dem Archiv anbieten"),
        msg("Anbieten"),
        back,
        (Said(EFFECT, {"number": number}),),
        facts=((msg("Aufzubewahren bis"), keeping.until or "–"),),
        reasons=keeping.refusals(number, timezone.localdate()),
        form=form,
        about=number,
    )
    return acts.ask(request, question, 422 if form.errors else 200)


@may("filing.answer")
@require_http_methods(["GET", "POST"])
def answer(request: Request, kind: str, pk: int) -> HttpResponse:
    """Enter what the archive answered, after a question."""
    case = find(request, kind, pk)
    made = queries.offer_of(case)
    if made is None:
        raise Http404
    permissions.require(request.user, "filing.answer", Answering(case, made, "", made.kept_until))
    number, back = case.file_number, panels.url_of(case)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        answering = Answering(case, made, said["antwort"], said["tag"], said["zeichen"])
        return acts.done(
            request,
            lambda: actions.answer(request.user, answering, at=timezone.now()),
            lambda kept: Answer(back, Said(ENTERED, {"number": kept.about_number})),
        )
    question = acts.Question(
        msg("Antwort des Archivs eintragen"),
        msg("Eintragen"),
        back,
        (Said(ANSWER_EFFECT, {"number": number}),),
        facts=((msg("Archiv"), made.archive), (msg("Angeboten"), made.offered_at)),
        form=form,
        about=number,
    )
    return acts.ask(request, question, 422 if form.errors else 200)
