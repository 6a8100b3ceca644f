"""Pages of what corrections taught the reader: the table, an entry more, one withdrawn."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zielwerk.agreements import actions, queries
from zielwerk.agreements.forms import LessonForm
from zielwerk.agreements.models import Lesson
from zielwerk.agreements.panels import lists as panels
from zielwerk.core import permissions
from zielwerk.language import German
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

TAUGHT = msg("Aufgenommen: {lesson}. Das nächste Einlesen verwendet es.")
WITHDRAWN = msg("Zurückgezogen: {lesson}. Das nächste Einlesen verwendet es nicht mehr.")
NO_LONGER = msg("Kein Einlesen verwendet ihn mehr, und keine Berichtigung bringt ihn zurück.")
STAYS = msg("In der Tabelle bleibt er sichtbar. Wer ihn wieder braucht, nimmt ihn neu auf.")
FIELDS = {
    "agreements.lesson_no_word": "gelesen",
    "agreements.lesson_german": "gelesen",
    "agreements.lesson_own": "gelesen",
    "agreements.lesson_unlike": "gemeint",
    "agreements.lesson_known": "gelesen",
    "agreements.lesson_two": "gelesen",
}


def may_teach(request: Request, listed: Listed) -> dict[str, Any]:
    return {"may_teach": not permissions.role_refusal(request.user, "agreements.teach")}


lessons = lists.door(panels.LESSONS, "agreements/lessons.html", may_teach)


@may("agreements.teach")
@require_http_methods(["GET", "POST"])
def teach(request: Request) -> HttpResponse:
    """Enter a confusion of recognition, or a name."""
    form = LessonForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            return acts.done(
                request,
                lambda: actions.teach(request.user, form.new(), at=timezone.now()),
                lambda lesson: told(lesson, TAUGHT),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    status = 422 if form.errors and status == 200 else status
    return render(request, "agreements/teach.html", {"form": form}, status=status)


@may("agreements.withdraw_lesson")
@require_http_methods(["GET", "POST"])
def withdraw_lesson(request: Request, pk: int) -> HttpResponse:
    """Take an entry out of use; asks before."""
    lesson = get_object_or_404(queries.lessons(settings.PROGRAMME), pk=pk)
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.withdraw_lesson(request.user, lesson, at=timezone.now()),
            lambda done: told(done, WITHDRAWN),
        )
    return acts.ask(request, question(lesson))


def question(lesson: Lesson) -> acts.Question:
    """The question before an entry is withdrawn."""
    return acts.Question(
        title=gettext("Eintrag zurückziehen"),
        button=msg("Zurückziehen"),
        look="danger",
        back=reverse("agreements:lessons"),
        about=German(str(lesson)),
        effects=[acts.Said(NO_LONGER), acts.Said(STAYS)],
        facts=[
            (msg("So wird es erkannt"), lesson.read),
            (msg("Das ist gemeint"), lesson.meant),
            (msg("Gelernt aus"), lesson.origin),
        ],
        reasons=[actions.LESSON_WITHDRAWN] if lesson.withdrawn_at else [],
    )


def told(lesson: Lesson, sentence: str) -> acts.Answer:
    return acts.Answer(
        reverse("agreements:lessons"), acts.Said(sentence, {"lesson": German(str(lesson))})
    )
