"""Who looked at data of persons: asked with a purpose, released by a second person, then shown."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.auditing import actions, queries
from zielwerk.auditing.forms import InquiryForm
from zielwerk.auditing.panels import INQUIRIES, OPENED
from zielwerk.core import looks as kept
from zielwerk.core import permissions
from zielwerk.core.capacity import did
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import acts, lists
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, shown_at

ASKED = msg("Beantragt: Einsicht {number}. Jetzt gibt sie eine zweite Person frei.")
RELEASED = msg("Freigegeben: Einsicht {number}, vierzehn Tage lang.")


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    return {"kept_days": kept.kept_for().days}


inquiries = lists.door(INQUIRIES, "auditing/inquiries.html", beside)
looks = lists.door(OPENED, "auditing/looks.html", beside)


@may("auditing.inquire")
@require_http_methods(["GET", "POST"])
def inquire(request: Request) -> HttpResponse:
    """Ask to know who looked, and say for what."""
    form = InquiryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return acts.done(
            request,
            lambda: actions.inquire(request.user, form.question(), at=timezone.now()),
            lambda made: acts.Answer(
                reverse("auditing:inquiry", args=[made.pk]),
                acts.Said(ASKED, {"number": made.pk}),
            ),
        )
    kept.shown(one.pk for one in form.persons)
    status = 422 if form.errors else 200
    return render(request, "auditing/inquire.html", {"form": form}, status=status)


@may("auditing.inquire")
@require_safe
def inquiry(request: Request, pk: int) -> HttpResponse:
    """One inquiry: what, for what, who released it, and the way to what it opens."""
    found = queries.inquiry(pk, timezone.now())
    kept.shown([found.person_id])
    names = JOINED.names_for(request, {found.asked_by, found.released_by} - {""})
    missing = permissions.refusal(request.user, "auditing.release", found)
    context = {
        "inquiry": found,
        "person": found.person.name or identity.erased(found.person_id),
        "state": queries.STATES[found.state],  # type: ignore[attr-defined]  # as the query says it
        "asked_by": names[found.asked_by],
        "released_by": names.get(found.released_by, ""),
        "is_own": did(request.user, found.asked_by),
        "missing": missing,
    }
    return render(request, "auditing/inquiry.html", context)


@may("auditing.release")
@shown_at("auditing:inquiry")
@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """Release somebody else's inquiry."""
    found = queries.inquiry(pk, timezone.now())
    return acts.done(
        request,
        lambda: actions.release(request.user, found, at=timezone.now()),
        lambda released: acts.Answer(
            reverse("auditing:inquiry", args=[released.pk]),
            acts.Said(RELEASED, {"number": released.pk}),
        ),
    )
