"""Verifications: begun by a button, done in the background, kept with their result."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zielwerk.auditing import actions, queries
from zielwerk.auditing.panels import VERIFICATIONS
from zielwerk.core import audit
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import acts, lists
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may, shown_at

BEGUN = msg("Begonnen: Protokoll und Bücher werden geprüft.")
verifications = lists.door(VERIFICATIONS, "auditing/verifications.html")


@may("auditing.verify")
@shown_at("auditing:verifications")
@require_POST
def begin_verification(request: Request) -> HttpResponse:
    """Start a verification; the page of the job shows how it goes and leads to the result."""
    wish = actions.Wish(audit.Seal.parse(request.POST.get("siegel", "")))
    return acts.done(
        request,
        lambda: actions.begin_verification(request.user, wish, at=timezone.now()),
        lambda begun: acts.Answer(reverse("ui:job", args=[begun.job_id]), acts.Said(BEGUN)),
    )


@may("auditing.look")
@require_safe
def verification(request: Request, pk: int) -> HttpResponse:
    """One verification: scope, counts, when, by whom, result, and every fault."""
    found = queries.verification(pk)
    context = {
        "verification": found,
        "who": JOINED.names_for(request, [found.begun_by])[found.begun_by],
        "counts": queries.said_counts(found),
        "result": queries.result(found),
        "faults": found.said_faults,
        "is_own": bool(found.job and found.job.started_by == request.user.audit_name),
        "compare_url": f"{reverse('auditing:compare')}?siegel={found.seal}",
    }
    return render(request, "auditing/verification.html", context)
