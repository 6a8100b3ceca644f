"""How a person wants to be told."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.messaging import actions
from zielwerk.messaging.forms import ChoiceForm
from zielwerk.messaging.queries import calendar, people
from zielwerk.messaging.views.calendar import herself
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, may

CHOSEN = msg("Gespeichert: So werden Sie jetzt benachrichtigt.")


@may("messaging.look")
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Choose how one is told by mail; the calendar's address stands below."""
    who = herself(request)
    is_post = request.method == "POST"
    form = ChoiceForm(people.choice_of(who), request.POST if is_post else None)
    if form.is_valid():
        return acts.done(
            request,
            lambda: actions.choose(request.user, form.choice(who), at=timezone.now()),
            lambda _: acts.Answer(reverse("messaging:choose"), Said(CHOSEN)),
        )
    context = {
        "form": form,
        "who": who,
        "calendar": calendar.address_of(who),
        "mail": settings.MAIL,
    }
    return render(request, "messaging/choose.html", context, status=422 if form.errors else 200)
