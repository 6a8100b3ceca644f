"""Notices beside other things: an application, a body's page, a number, calendars."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import may_see
from zielwerk.funding.models import Application
from zielwerk.granting import actions, queries
from zielwerk.granting.models import GrantAct, Issuing
from zielwerk.messaging.queries import Dated, Dating
from zielwerk.rulebook.application import ApplicationState
from zielwerk.rulebook.grant.events import Event
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.joined import Record
from zielwerk.ui.views import Request

MOST = 10
FINAL, REMEDY = "final", "remedy_until"


def of_application(request: HttpRequest, case: Case) -> str:
    """The notices about an application on its page, and the door to draft one."""
    user = request.user
    if not isinstance(case, Application) or permissions.role_refusal(user, "granting.look"):  # type: ignore[arg-type]
        return ""
    found = queries.notice_of(user, case)  # type: ignore[arg-type]
    is_open = case.state == ApplicationState.ASSESSED and not actions.why_not_drafted(case)
    may_draft = is_open and not permissions.refusal(user, "granting.draft", case)  # type: ignore[arg-type]
    if not found and not may_draft:
        return ""
    context = {"application": case, "notices": found, "may_draft": may_draft}
    return render_to_string("granting/of_application.html", context, request=request)


def of_body(request: HttpRequest, ags: str) -> str:
    """The notices of a body on its page."""
    user = request.user
    if permissions.role_refusal(user, "granting.look") or not may_see(user, ags):  # type: ignore[arg-type]
        return ""
    rows = queries.notices(user, settings.PROGRAMME).filter(ags=ags)  # type: ignore[arg-type]
    found = list(rows.order_by("-year", "-pk")[:MOST])
    if not found:
        return ""
    return render_to_string("granting/of_body.html", {"notices": found}, request=request)


def on_the_desk(request: Request) -> str:
    """What was issued and is still to be sent, for whoever enters that."""
    user = request.user
    if permissions.role_refusal(user, "granting.enter"):
        return ""
    found = queries.unsent(user, settings.PROGRAMME)
    if not found:
        return ""
    rows = [(case, _enter(case)) for case in found[:MOST]]
    context = {"rows": rows, "is_more": len(found) > MOST}
    return render_to_string("granting/on_the_desk.html", context, request=request)


def _enter(case: Issuing) -> str:
    """Where the sending of a notice or an act is entered."""
    door = "granting:enter_of_act" if isinstance(case, GrantAct) else "granting:enter"
    return reverse(door, args=[case.pk, Event.SENT])


def record_of(request: HttpRequest, number: str) -> Record | None:
    """The notice or the act of a number, if the person may see it."""
    user = request.user
    for label, rows, page in (
        (msg("Bescheid"), queries.notices, "granting:notice"),
        (msg("Änderung eines Bescheids"), queries.acts, "granting:act"),
    ):
        found = rows(user, settings.PROGRAMME).filter(file_number=number).first()  # type: ignore[arg-type]
        if found:
            return Record(label, number, reverse(page, args=[found.pk]))
    return None


def days(programme: str, since: date) -> Iterator[Dated]:
    """The last day of the remedy and the day of final force of each notice that was sent."""
    for case, found in queries.days_of_all(programme):
        for each in found:
            if each.code in (REMEDY, FINAL) and each.day >= since:
                yield Dated(reference(case), each.code, each.day, case.ags)


DESK_PARTS = (on_the_desk,)
PARTS = (of_application,)
BODY_PARTS = (of_body,)
RECORDS = (record_of,)
DATING = (
    Dating(
        "granting.look",
        {
            REMEDY: msg("{number}: letzter Tag des Rechtsbehelfs"),
            FINAL: msg("{number}: bestandskräftig"),
        },
        days,
    ),
)
