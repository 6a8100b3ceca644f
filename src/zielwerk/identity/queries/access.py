"""Reads of how persons come in: second factors, subjects, attempts."""

from collections.abc import Iterator
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from zielwerk.core import roles
from zielwerk.identity.models import OneTimeLink, SignInEvent, User
from zielwerk.identity.queries.posts import let_in
from zielwerk.rulebook.throttle import OF_NETWORK, OF_PERSON, held_until

PROVIDER = "openid_connect"
SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
Kind = SignInEvent.Kind


def recoveries(person: User) -> QuerySet[OneTimeLink]:
    """How often, when and by whom the access of a person was recovered."""
    return OneTimeLink.objects.filter(person=person, recovers=True)


def needs_second_factor(person: User) -> bool:
    """Whether one of her roles asks for more than a password."""
    return not person.is_demo and not person.roles.isdisjoint(settings.SECOND_FACTOR_ROLES)


def ever_needs_second_factor(person: User) -> bool:
    """Whether any role asks for it that she has or will have, in whatever organisation."""
    posts = person.posts.filter(ended_at=None)
    held = roles.held(frozenset(posts.values_list("role", flat=True)))
    return not person.is_demo and not held.isdisjoint(settings.SECOND_FACTOR_ROLES)


def may_enter(person: User, day: date) -> bool:
    """Whether somebody who showed what she signs in with is let in: she has a post on the day."""
    is_one = person.is_active and (settings.DEMO or not person.is_demo)
    return is_one and let_in(person, day).acting is not None


def factors(person: User) -> QuerySet[Authenticator]:
    """What a person may show beside her password, and the codes for the case of its loss."""
    return Authenticator.objects.filter(user_id=person.pk).order_by("pk")


def has_second_factor(person: User) -> bool:
    return factors(person).filter(type__in=SECOND).exists()


def comes_in(person: User) -> bool:
    """Whether a person has anything by which she alone signs in."""
    has_passkey = factors(person).filter(type=Authenticator.Type.WEBAUTHN).exists()
    return person.has_usable_password() or has_passkey or subjects(person).exists()


def subjects(person: User) -> QuerySet[SocialAccount]:
    """By which subject of the sign-in service a person is known."""
    return SocialAccount.objects.filter(user_id=person.pk, provider=PROVIDER)


def of_subject(subject: str) -> User | None:
    """The person who is known by this subject of the sign-in service."""
    found = SocialAccount.objects.filter(provider=PROVIDER, uid=subject).first()
    return User.objects.get(pk=found.user_id) if found else None


def events(person: User) -> QuerySet[SignInEvent]:
    """Attempts to sign in as a person and what became of them, the newest first."""
    return SignInEvent.objects.filter(person=person)


def counted(text: str) -> str:
    """An address or a network as attempts are counted by it: a keyed digest."""
    return salted_hmac("zielwerk.sign_in", text, algorithm="sha256").hexdigest() if text else ""


def held_off(attempt: SignInEvent) -> datetime | None:
    """Until when an attempt is held off by those before it; None where it is let through."""
    ends = (
        held_until(_failures(attempt, "address"), attempt.at, OF_PERSON),
        held_until(_failures(attempt, "person"), attempt.at, OF_PERSON),
        held_until(_failures(attempt, "network"), attempt.at, OF_NETWORK),
    )
    return max((end for end in ends if end), default=None)


def _failures(attempt: SignInEvent, by: str) -> Iterator[datetime]:
    """Other wrong attempts since the last right one; of a network all of them.

    Also those noted in the same moment or by a clock that is ahead: they count as of now. Of many
    attempts at once the last to be noted sees all others, so no more than the limit pass.
    """
    value = getattr(attempt, by)
    if not value:
        return
    others = SignInEvent.objects.filter(**{by: value}).exclude(pk=attempt.pk)
    if by != "network":
        others = others.filter(way=attempt.way)
        right = others.filter(kind=Kind.PASSED).order_by("pk").last()
        others = others.filter(pk__gt=right.pk) if right else others
    reach = max(OF_PERSON.within, OF_NETWORK.within)
    others = others.filter(kind=Kind.FAILED, at__gt=attempt.at - reach, at__lt=attempt.at + reach)
    yield from (min(at, attempt.at) for at in others.values_list("at", flat=True))
