"""The outbox, for whoever sees to it that mail goes out."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import looks
from zielwerk.identity import queries as identity
from zielwerk.messaging import actions, panels
from zielwerk.messaging.forms import DropForm
from zielwerk.messaging.models import Mail
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may, shown_at

AGAIN = msg("Wird gleich noch einmal versucht.")
DROPPED = msg("Verworfen: Diese E-Mail wird nicht gesendet.")


def way(request: Request, listed: Listed) -> dict[str, object]:
    """Where mail goes, and how much of it waits or failed."""
    return {"mail": settings.MAIL, "counts": panels.counts()}


outbox = lists.door(panels.OUTBOX, "messaging/outbox.html", way)


def found(pk: int) -> Mail:
    mail = Mail.objects.select_related("person").filter(pk=pk).first()
    if mail is None:
        raise Http404
    looks.shown([mail.person_id])
    return mail


@may("messaging.look_at_outbox")
@require_safe
def mail(request: Request, pk: int) -> HttpResponse:
    """One mail: to whom, what became of it and why. Its text is nobody else's business."""
    one = found(pk)
    dropped_by = identity.labels({one.dropped_by}, request.user).get(one.dropped_by, "")
    context = {
        "mail": one,
        "dropped_by": dropped_by,
        "may_try": one.state in actions.TRIED_AGAIN,
        "may_drop": one.state in actions.DROPPED,
    }
    return render(request, "messaging/mail.html", context)


@may("messaging.try_again")
@shown_at("messaging:mail")
@require_POST
def try_again(request: Request, pk: int) -> HttpResponse:
    one = found(pk)
    return acts.done(
        request,
        lambda: actions.try_again(request.user, one, at=timezone.now()),
        lambda _: acts.Answer(reverse("messaging:mail", args=[pk]), Said(AGAIN)),
    )


@may("messaging.drop")
@require_http_methods(["GET", "POST"])
def drop(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, then give the mail up."""
    one, is_post = found(pk), request.method == "POST"
    form = DropForm(request.POST if is_post else None)
    if form.is_valid():
        dropping = actions.Dropping(one, form.cleaned_data["grund"])
        return acts.done(
            request,
            lambda: actions.drop(request.user, dropping, at=timezone.now()),
            lambda _: acts.Answer(reverse("messaging:mail", args=[pk]), Said(DROPPED)),
        )
    context = {"form": form, "mail": one}
    return render(request, "messaging/drop.html", context, status=422 if form.errors else 200)
