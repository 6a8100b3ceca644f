"""Granting posts, changing until when they hold, and ending them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.core.roles import ROLES
from zielwerk.identity import queries
from zielwerk.identity.models import House, Post, User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

NO_SUCH_AUTHORITY = msg(
    "Eine Bewilligungsbehörde mit dem Code „{code}“ kennt das Programm nicht. Vorhanden: {codes}."
)
NO_SUCH_ROLE = msg("Eine Rolle „{role}“ gibt es nicht.")


@dataclass(frozen=True)
class NewPost:
    """A post for a person; without a day it holds from today on."""

    person: User
    role: str
    organisation: str
    house: House
    valid_from: date | None = None
    valid_until: date | None = None


@action("identity.grant")
def grant(actor: Actor, new: NewPost, *, at: datetime) -> Post:
    """Give a person a post."""
    house = new.house
    if new.role not in ROLES:
        raise Refused(Refusal("identity.no_such_role", NO_SUCH_ROLE, {"role": new.role}))
    if house.organisation_code and house.organisation_code not in queries.authorities():
        codes = ", ".join(queries.authorities()) or "–"
        params = {"code": house.organisation_code, "codes": codes}
        raise Refused(Refusal("identity.no_such_authority", NO_SUCH_AUTHORITY, params))
    post = Post.objects.create(
        person=new.person,
        role=new.role,
        organisation=new.organisation,
        organisation_code=house.organisation_code,
        ags=house.ags,
        party=house.party,
        valid_from=new.valid_from or localdate(at),
        valid_until=new.valid_until,
    )
    seal(post)
    return post
