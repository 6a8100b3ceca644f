"""What people are told of questions: the body that it is asked, whoever asked that it answered."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from zielwerk.core import capacity
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.funding.models import Closing, Question
from zielwerk.messaging.queries import Told
from zielwerk.rulebook.refusal import Said, msg

ASKED = msg("Frage {question} zu {number}: Antwort erbeten bis {day}.")
ANSWERED = msg("Frage {question} zu {number} ist beantwortet.")
WITHDRAWN = msg("Frage {question} zu {number} ist zurückgezogen.")


def questions(user: Actor, programme: str) -> QuerySet[Question]:
    rows = Question.objects.filter(application__programme=programme)
    return within(user, rows.select_related("application"), "application__ags")


def closings(user: Actor, programme: str) -> QuerySet[Closing]:
    rows = Closing.objects.filter(question__application__programme=programme)
    rows = rows.select_related("question__application")
    return within(user, rows, "question__application__ags")


def asked(question: Question, verb: str) -> Said:
    return Said(ASKED, {**_named(question), "day": question.answer_by})


def ended(closing: Closing, verb: str) -> Said:
    return Said(ANSWERED if closing.is_answer else WITHDRAWN, _named(closing.question))


def _named(question: Question) -> dict[str, object]:
    return {"question": question.number, "number": question.application.file_number}


def who_asked(closing: Closing) -> Collection[int]:
    """Whoever asked, where the body answered: who withdraws it knows."""
    return capacity.numbers(closing.question.entered_by) if closing.is_answer else ()


TELLING = (
    Told(
        Question,
        questions,
        asked,
        lambda one: reverse("funding:answer", args=[one.application_id, one.number]),
        lambda one: one.application.file_number,
        body=lambda one: one.ags,
        look="funding.answer",
    ),
    Told(
        Closing,
        closings,
        ended,
        lambda one: reverse("funding:application", args=[one.question.application_id]),
        lambda one: one.question.application.file_number,
        persons=who_asked,
    ),
)
