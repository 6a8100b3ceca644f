"""Who is asked and who is told: people by their posts on a day, and who stands in for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from zielwerk.core import capacity, permissions, roles
from zielwerk.identity import queries as identity
from zielwerk.identity.models import Deputyship, Handover, Post, User
from zielwerk.messaging.models import MailChoice


class Asking:
    """The people who have permissions on a day, or act for a body; each looked up once.

    A deputy is asked beside the absent person, as whom she then acts.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.found: dict[str, list[User]] = {}

    @cached_property
    def posts(self) -> dict[str, list[Post]]:
        """The posts that are held on the day, by the key of the body."""
        found: dict[str, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(ended_at=None, person__is_active=True).exclude(ags=""):
            if post.holds_on(self.day):
                found[post.ags].append(post)
        return found

    @cached_property
    def active(self) -> frozenset[int]:
        """The numbers of all who may sign in."""
        return frozenset(User.objects.filter(is_active=True).values_list("pk", flat=True))

    def colleagues(self, ags: str, permission: str) -> set[int]:
        """The numbers of those who act for a body and have a permission."""
        wanted = roles.expanded(permissions.roles(permission))
        return {post.person_id for post in self.posts[ags] if post.role in wanted}

    def able(self, permission: str) -> list[User]:
        if permission not in self.found:
            self.found[permission] = [
                *identity.able(permission, self.day),
                *_deputies(permission, self.day),
            ]
        return self.found[permission]


def _deputies(permission: str, day: date) -> Iterator[User]:
    """Who stands in on a day on posts that have a permission, as she then acts."""
    wanted = sorted(roles.expanded(permissions.roles(permission)))
    rows = Deputyship.objects.filter(
        ended_at=None,
        valid_from__lte=day,
        valid_until__gte=day,
        post__role__in=wanted,
        deputy__is_active=True,
    )
    for one in rows.select_related("deputy").prefetch_related("deputy__posts").order_by("pk"):
        deputy = identity.let_in(one.deputy, day, one.post_id)
        if deputy.acting and deputy.absent:
            yield deputy


def capacities(person: User, day: date) -> list[User]:
    """A person as she acts on a day: once for each organisation, and for each absent person.

    Her own first; nobody where she has no post any more.
    """
    own = [post for post in person.posts.order_by("pk") if post.holds_on(day)]
    first = list({post.house: post.pk for post in reversed(own)}.values())[::-1]
    others = [one.post_id for one in identity.deputyships(person) if one.holds_on(day)]
    found = [
        identity.let_in(User.objects.get(pk=person.pk), day, post) for post in (*first, *others)
    ]
    return [user for user in found if user.acting and user.acting.posts]


def having_part(actors: Iterable[str], passed_on: dict[int, set[int]]) -> set[int]:
    """The numbers of those who acted, and of those to whom their open cases went."""
    found = {number for name in actors for number in capacity.numbers(name)}
    waiting = list(found)
    while waiting:
        further = passed_on.get(waiting.pop(), set()) - found
        found |= further
        waiting += further
    return found


def passed_on() -> dict[int, set[int]]:
    """To whom the open cases of those who left went."""
    found: dict[int, set[int]] = defaultdict(set)
    for person, successor in Handover.objects.values_list("person", "successor"):
        found[person].add(successor)
    return found


def choice_of(person: User) -> MailChoice:
    """How a person wants to be told, as she chose or as it is for whoever chose nothing."""
    found = MailChoice.objects.filter(person=person.pk).first()
    return found or MailChoice(person_id=person.pk)


def at_once(column: str) -> set[int]:
    """The numbers of those who want to be told at once, by the column of what."""
    rows = MailChoice.objects.filter(**{column: MailChoice.Way.AT_ONCE})
    return set(rows.values_list("person", flat=True))
