"""As what and for whom a person acts on a day."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from zielwerk.core import permissions, roles
from zielwerk.core.permissions import WHOLE, Perimeter
from zielwerk.identity.models import Capacity, Deputyship, House, Post, User
from zielwerk.packs import competence
from zielwerk.packs import loading as packs

NOTHING = Perimeter(frozenset())


def signed_in(number: int, day: date, post: int | None = None) -> User | None:
    """Whoever is signed in, in her capacity on a day; None where there is nobody.

    Whoever has no post any more is nobody.
    """
    posts = Post.objects.filter(person=number).select_related("person").order_by("pk")
    found = list(posts)
    if not found:
        return None
    person = found[0].person
    person.acting = _capacity(person, found, day, post)
    return person if person.acting else None


def let_in(person: User, day: date, post: int | None = None) -> User:
    """The person in her capacity on a day: for the organisation of a post, else for her first.

    ``post`` may be another's, for which she stands in. Where she has no post on that day she
    can do nothing, and is told so wherever she asks.
    """
    held = sorted(person.posts.all(), key=lambda post: post.pk)
    person.acting = _capacity(person, held, day, post)
    return person


def _capacity(
    person: User, held: Sequence[Post], day: date, chosen: int | None = None
) -> Capacity | None:
    """The posts that she holds on a day in the organisation of the one that she chose."""
    valid = [post for post in held if post.holds_on(day)]
    own = next((post for post in valid if post.pk == chosen), None)
    if chosen and own is None and (found := stands_in(person, chosen, day)):
        post = found.post
        return Capacity(person, (post,), _reach(post.house, day), post.person, is_first=False)
    first = own or next(iter(valid), None)
    if first is None:
        return None
    together = tuple(post for post in valid if post.house == first.house)
    is_first = held[0].house == first.house
    return Capacity(person, together, _reach(first.house, day), is_first=is_first)


def able(name: str, day: date) -> list[User]:
    """The people who have a permission by a post of their own on a day, let in there.

    In the order of enrolment, once for each organisation; two queries.
    """
    wanted = roles.expanded(permissions.roles(name))
    posts = Post.objects.filter(role__in=sorted(wanted), ended_at=None, person__is_active=True)
    found: dict[tuple[int, House], User] = {}
    in_order = posts.select_related("person").prefetch_related("person__posts")
    for post in in_order.order_by("person", "pk"):
        if post.holds_on(day):
            found.setdefault((post.person_id, post.house), let_in(post.person, day, post.pk))
    return list(found.values())


def stands_in(person: User, post: int, day: date) -> Deputyship | None:
    """By what she stands in on another's post on a day; nobody is represented who left."""
    for found in deputyships(person):
        is_held = found.post.holds_on(day) and found.post.person.is_active
        if found.post_id == post and found.holds_on(day) and is_held:
            return found
    return None


def standing_in(person: User, day: date) -> list[User]:
    """The person as she would act in each absent one's place on a day; one query."""
    found = []
    for one in deputyships(person):
        post = one.post
        if one.holds_on(day) and post.holds_on(day) and post.person.is_active:
            deputy = User(pk=person.pk, name=person.name, email=person.email)
            reach = _reach(post.house, day)
            deputy.acting = Capacity(deputy, (post,), reach, post.person, is_first=False)
            found.append(deputy)
    return found


def deputyships(person: User) -> list[Deputyship]:
    """Where a person stands in for others, not yet ended."""
    open_ones = Deputyship.objects.filter(deputy=person, ended_at__isnull=True)
    return list(open_ones.select_related("post__person").order_by("valid_from", "pk"))


def _reach(house: House, day: date) -> Perimeter:
    """The bodies whose affairs are an organisation's on a day."""
    if house.side == roles.BODY:
        return Perimeter(frozenset({house.ags}))
    if house.side == roles.PROVIDER:
        return NOTHING
    if house.side != roles.AUTHORITY:
        return WHOLE
    organisations = packs.organisations(settings.PROGRAMME)
    bodies = packs.bodies(settings.PROGRAMME)
    code = house.organisation_code
    return Perimeter(competence.reach(organisations, "authority", code, day, bodies))
