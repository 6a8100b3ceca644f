"""A person's calendar, read by programs under its secret address, and that address."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from zielwerk.identity.models import User
from zielwerk.messaging import actions, letters
from zielwerk.messaging.queries import calendar as calendars
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, may, quiet, shown_at

REVOKED = msg("Widerrufen: Die Kalenderadresse gilt nicht mehr.")


@may("messaging.read_calendar")
@quiet
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of whoever's secret address this is; 304 to a program that has it as it is."""
    now = timezone.now()
    found = calendars.owner(request.GET.get(calendars.KEY, ""), timezone.localdate(now))
    if found is None:
        raise Http404
    person, address = found
    content = letters.feed(person, address.language, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="fristen.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer


@may("messaging.look")
@shown_at("messaging:choose")
@require_POST
def renew_calendar(request: Request) -> HttpResponse:
    """Make a secret address and show it, this once: it is kept nowhere."""
    new = actions.NewAddress(herself(request), (get_language() or "de")[:2])
    path = actions.renew_address(request.user, new, at=timezone.now())
    context = {"link": request.build_absolute_uri(path)}
    return render(request, "messaging/calendar_address.html", context)


@may("messaging.look")
@shown_at("messaging:choose")
@require_POST
def revoke_calendar(request: Request) -> HttpResponse:
    person = herself(request)
    return acts.done(
        request,
        lambda: actions.revoke_address(request.user, person, at=timezone.now()),
        lambda _: acts.Answer(reverse("messaging:choose"), Said(REVOKED)),
    )


def herself(request: Request) -> User:
    """The person signed in, whoever she stands in for."""
    user: Any = request.user
    return User.objects.get(pk=user.pk)
