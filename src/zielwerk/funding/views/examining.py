"""Examining an application: asking the body, its answer, settling aspect by aspect."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.funding import actions, panels, queries
from zielwerk.funding.actions import NewAnswer, NewQuestion, Settling
from zielwerk.funding.forms import AnswerForm, QuestionForm, SettleForm, WithdrawalForm
from zielwerk.funding.models import Application, Question
from zielwerk.funding.queries.words import LABELS, UNTITLED, WHOLE
from zielwerk.funding.views.applications import find
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.application import ASPECTS
from zielwerk.rulebook.application.answers import HEAD
from zielwerk.rulebook.application.path import NOT_EXAMINED
from zielwerk.rulebook.calendar import add_working_days
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

ASKED = msg("Gefragt: Frage {question} zu {number}. Die Gebietskörperschaft kann jetzt antworten.")
ANSWERED = msg("Beantwortet: Frage {question} zu {number}.")
WITHDRAWN = msg("Zurückgezogen: Frage {question} zu {number}.")
SETTLED = msg("Festgehalten: {aspect} von {number}.")
ASKED_OF_MEASURE = ("cost", "income", "seats", "staff", "concept", "goals", "carrier")
ANSWER_DAYS = 10
"""Working days that a form offers for an answer; whoever asks sets the day."""
FIELDS = {
    "funding.no_text": "wonach",
    "funding.no_places": "stellen",
    "funding.too_soon": "bis",
    "funding.no_answer": "antwort",
    "funding.no_reason": "grund",
}


def _taken(
    request: Request, form: Any, verb: Any, said: Any, pk: int, fields: Any = None
) -> HttpResponse | None:
    """Take the verb that a form asks for; None where it is to be drawn again with its reasons."""
    if not form.is_valid():
        return None
    back = reverse("funding:application", args=[pk])
    try:
        return acts.done(request, verb, lambda made: acts.Answer(back, said(made)))
    except (permissions.NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refused:
        add_refusals(form, refused, fields or FIELDS)
    return None


@may("funding.ask")
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask the body about some of its answers."""
    case = find(request, pk)
    permissions.require(request.user, "funding.ask", case)
    today = timezone.localdate()
    holidays = packs.programme(case.programme).holidays
    initial: dict[str, Any] = {
        "bis": add_working_days(today, ANSWER_DAYS, holidays),
        "stellen": request.GET.getlist("stelle"),
    }
    places = list(_places(case))
    form = QuestionForm(places, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":

        def verb() -> Question:
            values = form.cleaned_data
            new = NewQuestion(case, tuple(values["stellen"]), values["wonach"], values["bis"])
            return actions.ask(request.user, new, at=timezone.now())

        answer = _taken(request, form, verb, lambda made: _said(ASKED, made), pk)
        if answer:
            return answer
    context = {"application": case, "form": form}
    return render(request, "funding/ask.html", context, status=422 if form.errors else 200)


def _places(case: Application) -> Iterator[tuple[str, Any]]:
    """The places that a question can be about: of the head by name, of each measure in a group."""
    judged = queries.judged_now(case, timezone.localdate())
    rules = queries.rules_of(case)
    words, titles = panels.words_of(rules), panels.titles_of(judged)
    for place in HEAD:
        if place != "late_reason":
            yield place, words(place, titles)
    for each in rules.declarations:
        yield f"declaration/{each.code}", words(f"declaration/{each.code}", titles)
    for paper in rules.application_attachments:
        yield f"attachment/{paper.code}", words(f"attachment/{paper.code}", titles)
    for key, title in titles.items():
        parts = [(f"m/{key}/{name}", gettext(LABELS[name])) for name in ASKED_OF_MEASURE]
        whole = (f"m/{key}", gettext(WHOLE))
        yield German(title) if title else gettext(UNTITLED), [whole, *parts]


def _said(sentence: str, question: Question) -> Said:
    number = question.application.file_number
    return Said(sentence, {"question": question.number, "number": number})


def question_of(request: Request, pk: int, number: int) -> Question:
    """An open question of an application that the person may see."""
    case = find(request, pk)
    rows = Question.objects.filter(application=case, number=number)
    found = rows.select_related("application", "closing").first()
    if found is None:
        raise Http404
    return found


@may("funding.answer")
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int, number: int) -> HttpResponse:
    """Answer a question; what was changed in the places it opened is handed in with the answer."""
    question = question_of(request, pk, number)
    permissions.require(request.user, "funding.answer", question)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        prepared = actions.ready(question.application, timezone.now())
        new = NewAnswer(question, form.cleaned_data["antwort"])
        done = _taken(
            request,
            form,
            lambda: actions.answer(request.user, new, prepared, at=timezone.now()),
            lambda _: _said(ANSWERED, question),
            pk,
        )
        if done:
            return done
    return _question_page(request, question, form, "funding/answer.html")


@may("funding.withdraw_question")
@require_http_methods(["GET", "POST"])
def withdraw_question(request: Request, pk: int, number: int) -> HttpResponse:
    """Withdraw a question, for a reason."""
    question = question_of(request, pk, number)
    permissions.require(request.user, "funding.withdraw_question", question)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["grund"]
        done = _taken(
            request,
            form,
            lambda: actions.withdraw_question(request.user, question, reason, at=timezone.now()),
            lambda _: _said(WITHDRAWN, question),
            pk,
        )
        if done:
            return done
    return _question_page(request, question, form, "funding/withdraw_question.html")


def _question_page(request: Request, question: Question, form: Any, page: str) -> HttpResponse:
    case = question.application
    judged = queries.judged_now(case, timezone.localdate())
    words, titles = panels.words_of(queries.rules_of(case)), panels.titles_of(judged)
    places = [(words(place, titles), panels.url_of(case, place)) for place in question.places]
    closed = hasattr(question, "closing")
    context = {
        "application": case,
        "question": question,
        "places": places,
        "form": form,
        "is_closed": closed,
        "is_examined": case.state not in NOT_EXAMINED,
    }
    return render(request, page, context, status=422 if form.errors else 200)


@may("funding.settle")
@require_http_methods(["GET", "POST"])
def settle(request: Request, pk: int, aspect: str) -> HttpResponse:
    """Say how far the authority is with an aspect of the application."""
    if aspect not in ASPECTS:
        raise Http404
    case = find(request, pk)
    permissions.require(request.user, "funding.settle", case)
    last = queries.settled(case, queries.settlements(case)).get(aspect)
    initial = {"ergebnis": last.outcome, "begruendung": last.note} if last else {}
    form = SettleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":

        def verb() -> Any:
            values = form.cleaned_data
            new = Settling(case, aspect, values["ergebnis"], values["begruendung"])
            return actions.settle(request.user, new, at=timezone.now())

        said = {"aspect": Label(ASPECTS[aspect]), "number": case.file_number}
        fields = {"funding.no_reason": "begruendung"}
        done = _taken(request, form, verb, lambda _: Said(SETTLED, said), pk, fields)
        if done:
            return done
    context = {
        "application": case,
        "form": form,
        "aspect": ASPECTS[aspect],
    }
    return render(request, "funding/settle.html", context, status=422 if form.errors else 200)
