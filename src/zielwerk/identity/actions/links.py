"""One-time links: by one a person sets how she signs in, herself and alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries
from zielwerk.identity.models import OneTimeLink, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

IN_DEMO = Refusal(
    "identity.in_demo",
    msg("In einer Vorführung wird niemand eingeladen: Dort meldet man sich ohne Passwort an."),
)
DEMO_PERSON = Refusal(
    "identity.demo_person",
    msg("Das ist eine Person der Vorführung. Sie bekommt keinen Zugang."),
)
NOT_ACTIVE = Refusal("identity.not_active", msg("Diese Person darf sich nicht mehr anmelden."))
LINK_GONE = Refusal("identity.link_gone", msg("Dieser Link gilt nicht oder nicht mehr."))


@dataclass(frozen=True)
class NewPassword:
    """The password that a person chose under a one-time link, already hashed."""

    person: User
    key: str
    hashed: str


@action("identity.invite")
def invite(actor: Actor, person: User, *, at: datetime) -> str:
    """Make a link by which the person, once, sets how she signs in; returns its address here.

    Any earlier link of hers is void from now on. Of the link only a digest is kept: whoever
    loses it is given a new one.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if settings.DEMO:
        raise Refused(IN_DEMO)
    if person.is_demo:
        raise Refused(DEMO_PERSON)
    if not person.is_active:
        raise Refused(NOT_ACTIVE)
    key = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        person=person,
        digest=queries.link_digest(key),
        made_at=at,
        expires_at=at + timedelta(days=settings.LINK_DAYS),
    )
    seal(link)
    return f"{reverse('identity:invitation')}?{queries.LINK_KEY}={key}"


@action("identity.redeem")
def redeem(actor: Actor, new: NewPassword, *, at: datetime) -> User:
    """Use a one-time link up: the password that the person chose is hers from now on."""
    person = User.objects.select_for_update().get(pk=new.person.pk)
    link = queries.open_link(new.key, at)
    if link is None or link.person_id != person.pk:
        raise Refused(LINK_GONE)
    person.password = new.hashed
    person.save()
    link.used_at = at
    link.save()
    seal(link)
    return queries.let_in(person, localdate(at))
