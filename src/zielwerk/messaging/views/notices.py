"""The pages of what one is told."""

from itertools import islice

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zielwerk.messaging import queries
from zielwerk.messaging.actions import mark_read as mark
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, may, shown_at

SHOWN = 100  # of each kind on the page; the desk and the cases themselves have them all
MARKED = {
    0: msg("Es war nichts ungelesen."),
    1: msg("Eine Mitteilung ist jetzt gelesen."),
}
MARKED_MANY = msg("{number} Mitteilungen sind jetzt gelesen.")


@may("messaging.look")
@require_safe
def notices(request: Request) -> HttpResponse:
    """What waits for a person, and what she was told of, newest first."""
    user, today = request.user, timezone.localdate()
    told = queries.information(user, queries.own(user)[:SHOWN])
    waiting = list(islice(queries.waiting(user, settings.PROGRAMME), SHOWN + 1))
    context = {
        "actions": queries.actions_of(waiting[:SHOWN], today),
        "has_more": len(waiting) > SHOWN,
        "unread": [one for one in told if not one.is_read],
        "read": [one for one in told if one.is_read],
    }
    return render(request, "messaging/notices.html", context)


@may("messaging.look")
@shown_at("messaging:notices")
@require_POST
def mark_read(request: Request) -> HttpResponse:
    """Mark one notice as read (``mitteilung``), or all of them."""
    said = request.POST.get("mitteilung", "")
    is_number = said.isascii() and said.isdecimal() and len(said) < len(str(2**63))
    pks = [queries.own_notice(request.user, int(said)).pk] if is_number else None
    to = "desk:home" if request.POST.get("zurueck") == "arbeitsplatz" else "messaging:notices"
    return acts.done(
        request,
        lambda: mark(request.user, pks, at=timezone.now()),
        lambda number: acts.Answer(
            reverse(to), Said(MARKED.get(number, MARKED_MANY), {"number": number})
        ),
    )
