"""Enrolling persons, and erasing what says who somebody was."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core import installation
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import WHOLE, Actor, Perimeter
from zielwerk.core.roles import SIDE_LABELS, expanded, side_of
from zielwerk.identity import queries
from zielwerk.identity.actions import posts
from zielwerk.identity.actions.factors import void
from zielwerk.identity.actions.posts import NewPost
from zielwerk.identity.models import EMAIL_TAKEN, House, User
from zielwerk.identity.queries import OPERATOR
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Operator:
    """Whoever works at the installation's command line, e.g. ``cli:demo``.

    For a side that is among the ``roles`` she acts in all its roles.
    """

    audit_name: str
    roles: frozenset[str] = frozenset({OPERATOR})
    ags: str = ""
    organisation_code: str = ""
    party: int = 0
    is_demo: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", self.roles | expanded(self.roles))

    @property
    def side(self) -> str:
        return next(iter(self.roles & SIDE_LABELS.keys()), "")

    @property
    def perimeter(self) -> Perimeter:
        return Perimeter(frozenset({self.ags})) if self.ags else WHOLE


@dataclass(frozen=True)
class Enrolment:
    """The data of a new person with her first post, see :class:`~zielwerk.identity.models.Post`."""

    email: str
    name: str
    function: str
    role: str
    organisation: str
    ags: str = ""
    organisation_code: str = ""
    party: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    is_demo: bool = False

    @property
    def house(self) -> House:
        return House(side_of(self.role), self.organisation_code, self.ags, self.party)


@action("identity.enrol")
def enrol(actor: Actor, person: Enrolment, *, at: datetime) -> User:
    """Add a person with a post; an address that is taken is refused, and a code nobody has.

    Whoever is added to a demo is one of its people, and to a real installation none ever is.
    """
    holds = installation.kind()
    if person.is_demo and holds == installation.Kind.REAL:
        raise Refused(installation.IS_REAL)
    if queries.of_address(person.email):
        raise Refused(EMAIL_TAKEN)
    user = User(
        email=person.email.lower(),
        name=person.name,
        function=person.function,
        is_demo=person.is_demo or actor.is_demo or holds == installation.Kind.DEMO,
        seal_key=secrets.token_hex(32),
    )
    user.set_unusable_password()
    user.save()
    seal(user)
    first_post = NewPost(
        user,
        person.role,
        person.organisation,
        person.house,
        person.valid_from,
        person.valid_until,
    )
    posts.grant(actor, first_post, at=at)
    return queries.let_in(user, localdate(at))


@action("identity.erase")
def erase(actor: Actor, person: User, *, at: datetime) -> User:
    """Erase a person's name, address and function, for good; she no longer signs in.

    With them goes the key of her seal, so that the chain holds and tells nothing of her. For
    which organisation and in which role somebody acted stays: acts rest on it.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        raise Refused(ERASED)
    void(person)
    ending = posts.open_posts(person)
    posts.keep_administered(ending, at)
    posts.end(ending, at)
    person.email = f"{person.pk}@{NOWHERE}"
    person.name, person.function, person.seal_key = "", "", ""
    person.is_active, person.last_login = False, None
    person.save()
    seal(person)
    return person


NOWHERE = "erased.invalid"
ERASED = Refusal("identity.erased", msg("Die Daten dieser Person sind schon gelöscht."))
