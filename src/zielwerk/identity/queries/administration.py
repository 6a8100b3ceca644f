"""Who administers whom: the posts that a person may give and end, and the people she sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from zielwerk.core import roles
from zielwerk.core.capacity import stands_in_for_another
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import House, Post, User
from zielwerk.identity.queries.people import authorities
from zielwerk.packs import loading as packs

OPERATOR = "operator"  # whoever has the command line of the installation
MINISTRY, AUTHORITY, BODY, PROVIDER = (
    "ministry_administrator",
    "authority_administrator",
    "body_administrator",
    "provider_administrator",
)


@dataclass(frozen=True)
class Provider:
    """A Träger as people are given posts there: its number, name, and the bodies it works for."""

    number: int
    name: str
    bodies: frozenset[str]


_providers: list[Callable[[str], Iterable[Provider]]] = []


def declare_providers(source: Callable[[str], Iterable[Provider]]) -> None:
    """Say where the Träger of a programme are found; the room that has them stands above."""
    _providers.append(source)


def providers() -> list[Provider]:
    """The Träger of the programme of this installation."""
    return [one for source in _providers for one in source(settings.PROGRAMME)]


def house_of(actor: Actor) -> House:
    """The organisation for which somebody acts."""
    return House(actor.side or _side(actor), actor.organisation_code, actor.ags, actor.party)


def _side(actor: Actor) -> str:
    return next((roles.side_of(role) for role in actor.roles), "")


def administers(
    actor: Actor, role: str, house: House, known: Iterable[Provider] | None = None
) -> bool:
    """Whether a post of this role in this organisation is the actor's to give and to end.

    Every administrator has her own organisation. Those of the ministry have the authorities and
    the auditors, too, and of the bodies their administrators; those of a body have the Träger
    that work for it: the ``known`` ones, asked for where nobody gives them. Nobody administers
    people in another's place.
    """
    if OPERATOR in actor.roles:
        return True
    if not actor.roles & roles.ADMINISTRATORS or stands_in_for_another(actor.audit_name):
        return False
    if house == house_of(actor):
        return True
    if MINISTRY in actor.roles:
        return house.side in (roles.AUTHORITY, roles.AUDITOR) or role == BODY
    if BODY in actor.roles and house.side == roles.PROVIDER:
        there = providers() if known is None else known
        return any(one.number == house.party and actor.ags in one.bodies for one in there)
    return False


def organisations(actor: Actor) -> list[tuple[House, str]]:
    """The organisations in which the actor may give posts, with their names."""
    known = [(House(roles.MINISTRY), ministry()), (House(roles.AUDITOR), auditors())]
    known += [(House(roles.AUTHORITY, code), name) for code, name in authorities().items()]
    bodies = {body.ags: body.name for body in packs.bodies(settings.PROGRAMME)}
    known += [(House(roles.BODY, ags=ags), name) for ags, name in bodies.items()]
    there = providers()
    known += [(House(roles.PROVIDER, party=one.number), one.name) for one in there]
    return [
        (house, name)
        for house, name in known
        if any(administers(actor, role, house, there) for role in roles_of(house))
    ]


def roles_of(house: House) -> list[str]:
    """The roles that there are in an organisation."""
    return [role.name for role in roles.ROLES.values() if role.side == house.side]


def ministry() -> str:
    """The name of the ministry: as people have it, else the newest of the programme."""
    organisations = packs.organisations(settings.PROGRAMME)
    named = [one.name for one in organisations if one.role == "ministry"]
    return (
        _known(House(roles.MINISTRY)) or (named or [gettext(roles.SIDE_LABELS[roles.MINISTRY])])[-1]
    )


def auditors() -> str:
    return _known(House(roles.AUDITOR)) or gettext(roles.SIDE_LABELS[roles.AUDITOR])


def _known(house: House) -> str:
    """The name under which people act for an organisation; empty where nobody does."""
    newest = Post.objects.filter(of_house(house)).order_by("-pk").first()
    return newest.organisation if newest else ""


def of_house(house: House, through: str = "") -> Q:
    """The condition that a post is in an organisation."""
    of_side = roles_of(house)
    columns = {"organisation_code": house.organisation_code, "ags": house.ags, "party": house.party}
    wanted = {"role__in": of_side, **columns}
    return Q(**{through + name: value for name, value in wanted.items()})


def seen_posts(user: Actor) -> QuerySet[Post]:
    """The posts that a person sees: of her organisation and those she administers; audits all."""
    every = Post.objects.select_related("person")
    if roles.AUDITOR in user.roles or OPERATOR in user.roles:
        return every
    seen = of_house(house_of(user))
    if MINISTRY in user.roles:
        seen |= Q(role__startswith="authority_") | Q(role=roles.AUDITOR) | Q(role=BODY)
    if BODY in user.roles:
        ags = house_of(user).ags
        numbers = [one.number for one in providers() if ags in one.bodies]
        seen |= Q(role__startswith="provider_", party__in=numbers)
    return every.filter(seen)


def people(user: Actor) -> QuerySet[User]:
    """The persons of whom a person sees a post, or herself; those erased are nobody any more."""
    seen = User.objects.filter(pk__in=seen_posts(user).values("person")).exclude(name="")
    return seen.prefetch_related("posts")


def open_posts(person: User) -> list[Post]:
    """The posts of a person that are not ended, those to come with them."""
    return list(person.posts.filter(ended_at__isnull=True).order_by("pk"))


def successors(person: User, day: date) -> list[User]:
    """Who may take over from a person: whoever has each role in which she works, or a colleague
    where she only administers people.
    """
    posts = open_posts(person)
    wanted = {(one.role, one.house) for one in posts if one.role not in roles.ADMINISTRATORS}
    candidates = {one.pk: one for post in posts for one in colleagues(post, day)}
    held: dict[int, set[tuple[str, House]]] = {}
    for post in Post.objects.filter(person__in=candidates, ended_at__isnull=True):
        if post.holds_on(day):
            held.setdefault(post.person_id, set()).add((post.role, post.house))
    return [one for pk, one in candidates.items() if wanted <= held.get(pk, set())]


def colleagues(post: Post, day: date) -> list[User]:
    """Who may stand in on a post: the others who hold one in the same organisation."""
    posts = Post.objects.filter(of_house(post.house), ended_at__isnull=True)
    held = posts.select_related("person").order_by("person__name_key", "pk")
    people = {one.person_id: one.person for one in held if one.holds_on(day)}
    people.pop(post.person_id, None)
    return [one for one in people.values() if one.is_active]
