"""What other pages show of conclusions: a draft's page, a body's page, the desk."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.core import permissions
from zielwerk.core.cases import Case
from zielwerk.core.permissions import may_see
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.ui import steps

MOST = 5


def of_draft(request: HttpRequest, case: Case) -> str:
    """The conclusions of a draft on its page, and the door to begin one."""
    user: Any = request.user
    if not isinstance(case, DraftDocument) or permissions.role_refusal(user, "conclusion.look"):
        return ""
    found = list(queries.of_draft(case))
    is_open = case.state == DraftState.SETTLED and not queries.resting_on(case)
    may_begin = is_open and not permissions.refusal(user, "conclusion.begin", case)
    reasons = queries.why_not_begun(case, timezone.localdate()) if may_begin else []
    if not found and not may_begin:
        return ""
    context = {
        "draft": case,
        "conclusions": found,
        "may_begin": may_begin,
        "reasons": steps.sentences(reasons),
    }
    return render_to_string("conclusion/of_draft.html", context, request=request)


def of_body(request: HttpRequest, ags: str) -> str:
    """The conclusions of a body on its page, and how it signs."""
    user: Any = request.user
    if permissions.role_refusal(user, "conclusion.look") or not may_see(user, ags):
        return ""
    rows = queries.conclusions(user, settings.PROGRAMME).filter(ags=ags)
    conclusions = list(rows.order_by("-year", "-pk")[:MOST])
    signs = queries.may_decide_of(settings.PROGRAMME)
    if not conclusions and not signs:
        return ""
    context = {"conclusions": conclusions, "ags": ags, "signs": signs}
    return render_to_string("conclusion/of_body.html", context, request=request)


def on_the_desk(request: HttpRequest) -> str:
    """Where signatures of one's own side are missing."""
    user: Any = request.user
    if not user.side or permissions.role_refusal(user, "conclusion.enter"):
        return ""
    rows = queries.conclusions(user, settings.PROGRAMME).filter(state=ConclusionState.SIGNING)
    conclusions = list(rows.order_by("state_since", "pk"))
    signed = queries.signatures_of(conclusions)
    waiting: list[Conclusion] = [
        each
        for each in conclusions
        if any(place.side == user.side for place in queries.unsigned(each, signed.get(each.pk, [])))
    ]
    if not waiting:
        return ""
    context = {"conclusions": waiting[:MOST], "number": len(waiting)}
    return render_to_string("conclusion/on_the_desk.html", context, request=request)


PARTS = (of_draft,)
BODY_PARTS = (of_body,)
DESK_PARTS = (on_the_desk,)
