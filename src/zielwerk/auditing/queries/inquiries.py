"""Inquiries into who looked at data of persons, and the looks that they open."""

from datetime import datetime

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.http import Http404

from zielwerk.auditing.models import Inquiry
from zielwerk.core import looks
from zielwerk.core.capacity import did
from zielwerk.core.models import PersonalLook
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import msg

ASKED, OPEN, OVER = "asked", "open", "over"
STATES = {ASKED: msg("wartet auf Freigabe"), OPEN: msg("offen"), OVER: msg("abgelaufen")}


def inquiries(at: datetime) -> QuerySet[Inquiry]:
    """All inquiries as they stand at a moment, newest first."""
    state = Case(
        When(released_by="", then=Value(ASKED)),
        When(expires_at__gt=at, then=Value(OPEN)),
        default=Value(OVER),
        output_field=CharField(),
    )
    return Inquiry.objects.select_related("person").annotate(state=state).order_by("-pk")


def inquiry(pk: int, at: datetime) -> Inquiry:
    """One inquiry; else Http404."""
    found = inquiries(at).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def open_to(user: Actor, at: datetime) -> list[Inquiry]:
    """The inquiries that are released to a person, and not over."""
    released = inquiries(at).filter(expires_at__gt=at)
    return [one for one in released if did(user, one.asked_by)]


def looks_of(opened: list[Inquiry]) -> QuerySet[PersonalLook]:
    """The looks that some inquiries are about; none without one."""
    about = Q(pk__in=[])
    for one in opened:
        if one.about == Inquiry.About.SHOWN:
            about |= looks.showing(one.person_id)
        else:
            about |= Q(actor__in=identity.acting_names(one.person_id))
    return looks.looks().filter(about)
