"""Applications on the desk, on the page of a body, behind a number, in calendars."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.permissions import may_see
from zielwerk.funding import queries
from zielwerk.funding.models import Application, Question
from zielwerk.messaging.queries import Dated, Dating
from zielwerk.rulebook.application.path import NOT_EXAMINED
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.joined import Record
from zielwerk.ui.views import Request

LISTED = 10  # questions that a desk names; each application has all of them
ANSWER_BY = "answer_by"


def on_the_desk(request: Request) -> str:
    """The questions that the body has to answer, most urgent first; nothing where none is."""
    user = request.user
    if not user.ags or permissions.role_refusal(user, "funding.answer"):
        return ""
    rows = list(queries.open_questions_of(user, settings.PROGRAMME)[: LISTED + 1])
    if not rows:
        return ""
    context = {"questions": rows[:LISTED], "is_more": len(rows) > LISTED}
    return render_to_string("funding/on_the_desk.html", context, request=request)


def of_body(request: HttpRequest, ags: str) -> str:
    """The applications of a body, as a part of its page; nothing where one may not look."""
    user = request.user
    if permissions.role_refusal(user, "funding.look") or not may_see(user, ags):  # type: ignore[arg-type]
        return ""
    rows = Application.objects.filter(programme=settings.PROGRAMME, ags=ags).order_by("-year", "pk")
    if not rows:
        return ""
    return render_to_string("funding/of_body.html", {"applications": rows}, request=request)


def record_of(request: HttpRequest, number: str) -> Record | None:
    """The application of a number, if the person may see it."""
    rows = queries.applications(request.user, settings.PROGRAMME)  # type: ignore[arg-type]
    found = rows.filter(file_number=number).first()
    if found is None:
        return None
    return Record(msg("Antrag"), number, reverse("funding:application", args=[found.pk]))


def days(programme: str, since: date) -> Iterator[Dated]:
    """Until when open questions are to be answered; one query."""
    rows = Question.objects.filter(application__programme=programme, closing__isnull=True)
    rows = rows.exclude(application__state__in=NOT_EXAMINED)
    for one in rows.filter(answer_by__gte=since).select_related("application").order_by("pk"):
        application = one.application
        yield Dated(reference(application), ANSWER_BY, one.answer_by, application.ags)


DESK_PARTS = (on_the_desk,)
BODY_PARTS = (of_body,)
RECORDS = (record_of,)
DATING = (Dating("funding.look", {ANSWER_BY: msg("Antwort zu {number} fällig")}, days),)
