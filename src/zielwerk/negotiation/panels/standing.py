"""The drafts of a body, as a part of its page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from zielwerk.core import permissions
from zielwerk.core.permissions import may_see
from zielwerk.negotiation import queries
from zielwerk.negotiation.panels.turns import turn_line

MOST = 5


def of_body(request: HttpRequest, ags: str) -> str:
    """The drafts of a body, the newest year first; nothing where one may not look."""
    user: Any = request.user
    if permissions.role_refusal(user, "negotiation.look") or not may_see(user, ags):
        return ""
    rows = queries.drafts(user, settings.PROGRAMME).filter(ags=ags).order_by("-year", "-pk")
    today = timezone.localdate()
    drafts = [(draft, turn_line(draft, user, today)) for draft in rows[:MOST]]
    if not drafts:
        return ""
    return render_to_string("negotiation/of_body.html", {"drafts": drafts}, request=request)


BODY_PARTS = (of_body,)
