"""Attempts to sign in: noted, counted, held off. Nobody decides anything by them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from zielwerk.identity import queries
from zielwerk.identity.models import SignInEvent, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.throttle import KEPT

Kind, Way = SignInEvent.Kind, SignInEvent.Way
MINUTE, RESOLUTION = timedelta(minutes=1), timedelta.resolution
HELD_OFF = msg("Zu viele Versuche. Bitte versuchen Sie es ab {until} Uhr wieder.")


@dataclass(frozen=True)
class Attempt:
    """Somebody shows a secret: which one, where from, as whom.

    ``address`` is what was typed, also where nobody has it; ``person`` who is known to try.
    """

    way: str
    network: str
    address: str = ""
    person: User | None = None


def try_secret(attempt: Attempt, at: datetime) -> SignInEvent:
    """Note an attempt before the secret is looked at; raises Refused where it is held off.

    It counts as failed until :func:`succeed` says otherwise, so that of many at the same moment
    no more are looked at than one after the other.
    """
    event = SignInEvent.objects.create(
        at=at,
        kind=Kind.FAILED,
        way=attempt.way,
        person=attempt.person,
        address=queries.counted(attempt.address),
        network=queries.counted(attempt.network),
    )
    if until := queries.held_off(event):
        event.kind = Kind.HELD_OFF
        event.save()
        raise Refused(Refusal("identity.held_off", HELD_OFF, {"until": _minute(until)}))
    return event


def _minute(until: datetime) -> str:
    """The first whole minute, by the clock on the wall, in which an attempt is let through."""
    return f"{localtime(until + MINUTE - RESOLUTION):%H:%M}"


def succeed(event: SignInEvent, person: User) -> None:
    """The secret was right."""
    event.kind, event.person = Kind.PASSED, person
    event.save()


def note(kind: str, way: str, person: User, network: str, at: datetime) -> None:
    """Note that somebody signed in or out."""
    SignInEvent.objects.create(
        at=at, kind=kind, way=way, person=person, network=queries.counted(network)
    )


def forget_old(at: datetime) -> None:
    """Remove what is told no longer."""
    SignInEvent.objects.filter(at__lte=at - KEPT).delete()
