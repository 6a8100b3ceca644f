"""One-time links: by one a person sets how she signs in, herself and alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core import audit, events, permissions
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries
from zielwerk.identity.actions.factors import DEMO_PERSON, NewPasskey, keep_passkey, void
from zielwerk.identity.models import OneTimeLink, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

IN_DEMO = Refusal(
    "identity.in_demo",
    msg("In einer Vorführung wird niemand eingeladen: Dort meldet man sich ohne Passwort an."),
)
NOT_ACTIVE = Refusal("identity.not_active", msg("Diese Person darf sich nicht mehr anmelden."))
LINK_GONE = Refusal("identity.link_gone", msg("Dieser Link gilt nicht oder nicht mehr."))


OTHER_SUBJECT = Refusal(
    "identity.other_subject",
    msg("Diese Person ist beim Anmeldedienst schon unter einem anderen Konto bekannt."),
)


@dataclass(frozen=True)
class KnownSubject:
    """A person as the sign-in service knows her."""

    person: User
    subject: str


@dataclass(frozen=True)
class NewAccess:
    """What a person chose under a one-time link: a password, already hashed, or a passkey."""

    person: User
    key: str
    hashed: str = ""
    passkey: NewPasskey | None = None


@dataclass(frozen=True)
class Invited:
    """A person was invited by a link that is to be sent to her: its number, and its address."""

    person: User
    link: int
    path: str


@dataclass(frozen=True)
class Recovered:
    """The access of a person was recovered: what was secretly hers before is void."""

    person: User


@action("identity.invite")
def invite(actor: Actor, person: User, by_mail: bool = False, *, at: datetime) -> str:
    """Make a link by which the person, once, sets how she signs in; returns its address here.

    Any earlier link of hers is void from now on. Of the link only a digest is kept: whoever
    loses it is given a new one. ``by_mail`` has it sent to her by whoever sends mail here.
    """
    person = _invitable(person)
    permissions.require(actor, "identity.invite", person)  # she may have come in meanwhile
    path = _link(actor, person, at)
    if by_mail:
        link = OneTimeLink.objects.filter(person=person).latest("pk")
        events.publish(actor, Invited(person, link.pk, path), at=at)
    return path


@action("identity.recover")
def recover(actor: Actor, person: User, *, at: datetime) -> str:
    """Void all by which a person came in, end her sessions, and make a one-time link for her.

    For somebody who lost what she signs in with; she is told of it when she next does.
    """
    person = _invitable(person)
    void(person)
    events.publish(actor, Recovered(person), at=at)
    return _link(actor, person, at, recovers=True)


@action("identity.redeem")
def redeem(actor: Actor, new: NewAccess, *, at: datetime) -> User:
    """Use a one-time link up: what the person chose is hers from now on."""
    person = User.objects.select_for_update().get(pk=new.person.pk)
    link = queries.open_link(new.key, at)
    if link is None or link.person_id != person.pk:
        raise Refused(LINK_GONE)
    if new.passkey:
        keep_passkey(new.passkey, at)
    else:
        person.password = new.hashed
        person.save()
    link.used_at = at
    link.save()
    seal(link)
    return queries.let_in(person, localdate(at))


@action("identity.link_subject")
def link_subject(actor: Actor, known: KnownSubject, *, at: datetime) -> User:
    """Know a person from now on by her subject of the sign-in service, whatever her address."""
    person = User.objects.select_for_update().get(pk=known.person.pk)
    if queries.subjects(person).exists():
        raise Refused(OTHER_SUBJECT)
    SocialAccount.objects.create(user=person, provider=queries.PROVIDER, uid=known.subject)
    # Whoever still has one would come in as her, and she would not know.
    seal(*_void(OneTimeLink.objects.filter(person=person), at))
    return person


def void_links(at: datetime) -> list[tuple[str, str]]:
    """Let every open link end now; returns the seals of the links, for the entry of whoever asks.

    After a restore: a link that was used since the backup would be good once more.
    """
    return [audit.sealed(link) for link in _void(OneTimeLink.objects.all(), at)]


def _void(links: QuerySet[OneTimeLink], at: datetime) -> list[OneTimeLink]:
    """Let those of these links that are open end now."""
    still_open = links.select_for_update().filter(used_at=None, expires_at__gt=at)
    voided = list(still_open)
    still_open.update(expires_at=at)
    for link in voided:
        link.expires_at = at
    return voided


def _invitable(person: User) -> User:
    """The person, locked, if she may be given a link."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if settings.DEMO:
        raise Refused(IN_DEMO)
    if person.is_demo:
        raise Refused(DEMO_PERSON)
    if not person.is_active:
        raise Refused(NOT_ACTIVE)
    return person


def _link(actor: Actor, person: User, at: datetime, recovers: bool = False) -> str:
    key = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        person=person,
        digest=queries.link_digest(key),
        made_by=actor.audit_name,
        recovers=recovers,
        made_at=at,
        expires_at=at + timedelta(days=settings.LINK_DAYS),
    )
    seal(link)
    return f"{reverse('identity:invitation')}?{queries.LINK_KEY}={key}"
