"""What is done at the desk: marking what is new as seen."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core import capacity
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.desk.models import Look
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Seen:
    """Up to which moment somebody has seen her desk."""

    until: datetime


OWN_DESK = Refusal(
    "desk.own_desk", msg("„Gesehen“ sagt jede Person für sich, nicht in Vertretung.")
)


@action("desk.look")
def mark_seen(actor: Actor, seen: Seen, *, at: datetime) -> Look:
    """Mark as seen what had come up to a moment; the mark never goes back.

    It is of one's own desk: in another's place one looks at hers, and marks nothing.
    """
    if capacity.stands_in_for_another(actor.audit_name):
        raise Refused(OWN_DESK)
    (number, *_) = capacity.numbers(actor.audit_name)
    person = User.objects.select_for_update().get(pk=number)
    look = Look.objects.filter(person=person).first() or Look(person=person)
    if look.seen_until is None or look.seen_until < seen.until:
        look.seen_until = seen.until
    look.save()
    seal(look)
    return look
