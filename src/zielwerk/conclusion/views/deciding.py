"""How a body signs: by the rules of the year, as it was decided, and deciding it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.conclusion import actions, panels, queries
from zielwerk.conclusion.actions import NewSigning
from zielwerk.conclusion.forms import SigningForm
from zielwerk.conclusion.models import SigningDecision
from zielwerk.conclusion.views.signing import taken
from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.signatures import Signing
from zielwerk.ui import bodies
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may

DECIDED = msg("Festgelegt: wie {name} unterschreibt.")
NOTHING = Signing("body", (), ())


@may("conclusion.look")
@require_http_methods(["GET", "POST"])
def signing(request: Request, ags: str) -> HttpResponse:
    """How a body signs, and the form to decide it for whoever may."""
    programme, user = settings.PROGRAMME, request.user
    is_there = any(body.ags == ags for body in packs.bodies(programme))
    if not is_there or ags not in user.perimeter or not queries.may_decide_of(programme):
        raise Http404
    wish = NewSigning(programme, ags, NOTHING, "")
    may_decide = not permissions.refusal(user, "conclusion.decide_signing", wish)
    if request.method == "POST":
        permissions.require(user, "conclusion.decide_signing", wish)
    form = SigningForm(request.POST if request.method == "POST" else None)
    here = reverse("conclusion:signing", args=[ags])
    if request.method == "POST":
        answer = taken(
            request,
            form,
            lambda: actions.decide_signing(user, form.decision(programme, ags), at=timezone.now()),
            lambda made: Said(DECIDED, {"name": bodies.short(ags)}),
            here,
        )
        if answer:
            return answer
    today = timezone.localdate()
    year = programmes.running_year(programme, today)
    stated = queries.rule_of(programme, year, "body", ags, today) if year else None
    holding, *earlier = _decisions(request, programme, ags) or [None]
    context = {
        "ags": ags,
        "year": year,
        "stated": panels.rule_rows(stated) if stated else None,
        "holding": holding,
        "earlier": earlier,
        "form": form if may_decide else None,
    }
    return render(request, "conclusion/signing.html", context, status=422 if form.errors else 200)


def _decisions(request: Request, programme: str, ags: str) -> list[dict[str, Any] | None]:
    """What was decided of a body, the newest first: who, when, why, and how it signs since."""
    rows = list(SigningDecision.objects.filter(programme=programme, ags=ags).order_by("-pk"))
    names = JOINED.names_for(request, {each.decided_by for each in rows})
    return [
        {
            "by": names[each.decided_by],
            "at": each.decided_at,
            "reason": each.reason,
            "rule": panels.rule_rows(each.signing),
        }
        for each in rows
    ]
