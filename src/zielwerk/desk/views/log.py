"""The audit log and its proof."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from zielwerk.core import audit
from zielwerk.desk import actions
from zielwerk.desk.panels.log import ENTRIES
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import acts, lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

BEGUN = msg("Begonnen: Protokoll und Bücher werden geprüft.")


def seal(request: Request, listed: Listed) -> dict[str, Any]:
    """The seal to keep elsewhere."""
    return {"seal": str(audit.seal())}


audit_log = lists.door(ENTRIES, "desk/audit_log.html", seal)


@may("desk.look_at_audit")
@require_POST
def prove(request: Request) -> HttpResponse:
    """Start the proof; the page of the job shows how it goes and what it found."""
    return acts.done(
        request,
        lambda: actions.begin_proof(request.user, None, at=timezone.now()),
        lambda job: acts.Answer(reverse("ui:job", args=[job.pk]), acts.Said(BEGUN)),
    )
