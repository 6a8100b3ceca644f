"""Recovering the access of somebody who lost what she signs in with: asked, done, handed over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import looks, permissions
from zielwerk.identity import actions
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts
from zielwerk.ui.acts import Question
from zielwerk.ui.views import Request, may

QUESTION = msg("Zugang wiederherstellen?")
BUTTON = msg("Zugang wiederherstellen")
EFFECTS = (
    msg(
        "Passwort, Passkeys, App, Wiederherstellungscodes, das Konto des Anmeldedienstes und die "
        "Kalenderadresse dieser Person gelten nicht mehr, und ihre Sitzungen enden."
    ),
    msg(
        "Sie bekommen einen Einmal-Link, den Sie ihr persönlich oder auf einem sicheren Weg geben. "
        "Überzeugen Sie sich vorher, dass sie es ist, die darum bittet."
    ),
)


@may("identity.recover")
@require_http_methods(["GET", "POST"])
def recover(request: Request, pk: int) -> HttpResponse:
    """Ask, then void what the person signs in with and show a one-time link, this once."""
    who = get_object_or_404(User, pk=pk, is_active=True)
    permissions.require(request.user, "identity.recover", who)
    looks.shown([pk])
    if request.method == "POST":
        path = actions.recover(request.user, who, at=timezone.now())
        context = {"who": who, "link": request.build_absolute_uri(path)}
        return render(request, "identity/link.html", context)
    back = reverse("identity:person", args=[who.pk])
    facts = ((msg("Person"), who.name), (msg("E-Mail-Adresse"), who.email))
    question = Question(QUESTION, BUTTON, back, tuple(map(Said, EFFECTS)), facts)
    return acts.ask(request, question)
