"""Reads about persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext

from zielwerk.core import capacity, looks, roles
from zielwerk.identity.models import Deputyship, Post, User
from zielwerk.identity.queries import posts
from zielwerk.packs import loading as packs
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.refusal import Refusal, Refused, msg

NOT_ANY_MORE = Refusal(
    "identity.not_any_more",
    msg("Wer das begonnen hat, hat die Stelle nicht mehr. Bitte beginnen Sie es selbst neu."),
)


def authorities() -> dict[str, str]:
    """The codes of the programme's granting authorities at any time, with the latest name."""
    organisations = packs.organisations(settings.PROGRAMME)
    return {each.code: each.name for each in organisations if each.role == "authority"}


def demo_people() -> list[User]:
    """The demo persons in the order of the roles; empty where the demo is off."""
    if not settings.DEMO:
        return []
    day = localdate()
    people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    return [posts.let_in(one, day) for one in people.prefetch_related("posts")]


def demo_person(pk: int) -> User | None:
    if not settings.DEMO:
        return None
    return User.objects.filter(pk=pk, is_demo=True, is_active=True).first()


def anybody() -> bool:
    return User.objects.exists()


def labels(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    """The actors' names as ``user`` may see them, by names in the audit chain; one query.

    Whoever sees the whole programme sees the person's name. A body or a Träger sees the
    organisation, and persons' names of its own organisation only.
    """
    return {
        name: _together(shown.name if shown.is_known else shown.organisation for shown in acted)
        for name, acted in _named(audit_names, user).items()
    }


def acted(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    """The actors in a case's timeline: the organisation, and the person where visible."""
    return {
        name: _together(
            f"{shown.organisation}, {shown.name}" if shown.is_known else shown.organisation
            for shown in acted
        )
        for name, acted in _named(audit_names, user).items()
    }


@dataclass(frozen=True)
class _Shown:
    """Who stands under a name in the chain, and whether the person that looks may know her name."""

    number: int
    name: str
    organisation: str
    is_known: bool


def _named(audit_names: Iterable[str], user: Any) -> dict[str, list[_Shown]]:
    """The same, for an answer that names them."""
    found = _shown(audit_names, user)
    looks.shown(one.number for acted in found.values() for one in acted if one.is_known)
    return found


def _shown(audit_names: Iterable[str], user: Any) -> dict[str, list[_Shown]]:
    """Who acted by names in the chain, and for whom she stood in; one query."""
    numbers = {name: found for name in audit_names if (found := capacity.numbers(name))}
    wanted = {number for found in numbers.values() for number in found}
    posts = Post.objects.filter(person__in=wanted).select_related("person").order_by("pk")
    first: dict[int, Post] = {}
    for post in (by_number := {post.pk: post for post in posts}).values():
        first.setdefault(post.person_id, post)
    shown = {}
    for name, found in numbers.items():
        if missing := set(found) - first.keys():  # nobody of whom this database knows
            numbers[name] = tuple(one for one in found if one not in missing)
        at = by_number.get(capacity.post_of(name) or 0)
        acted = [(first[one].person, at or first[one]) for one in numbers[name]]
        shown[name] = [
            _Shown(person.pk, _said(person.name), post.organisation, _may_know(user, post))
            for person, post in acted
        ]
    return {name: acted for name, acted in shown.items() if acted}


def _together(shown: Iterable[str]) -> str:
    """Who acted, and for whom; an organisation that is both is said once."""
    acted, *absent = dict.fromkeys(shown)
    if not absent:
        return acted
    return gettext("{deputy} in Vertretung für {absent}").format(deputy=acted, absent=absent[0])


def _said(name: str) -> str:
    return name or gettext("gelöschte Person")


def _may_know(user: Any, post: Post) -> bool:
    return user.side not in (roles.BODY, roles.PROVIDER) or user.house == post.house


def of_address(address: str) -> User | None:
    """The person with this e-mail address."""
    return User.objects.filter(email=address.lower()).first()


def person(audit_name: str, day: date) -> User:
    """The person behind a name in the chain, in that capacity and no other.

    Raises User.DoesNotExist, and Refused where she has it no more.
    """
    user = User.objects.get(pk=capacity.numbers(audit_name)[0])
    posts.let_in(user, day, capacity.post_of(audit_name))
    if not user.acting or not user.is_active or user.audit_name != audit_name:
        raise Refused(NOT_ANY_MORE)
    return user


def houses(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    """The organisations for which the actors acted, by names in the audit chain; one query."""
    return {name: str(acted[0].organisation) for name, acted in _shown(audit_names, user).items()}


def acting_names(person: int) -> list[str]:
    """All names in the audit chain under which a person may stand, an absent one included."""
    posts = Post.objects.filter(person=person).values_list("pk", flat=True)
    own = [capacity.name(person), *(capacity.name(person, post) for post in posts)]
    return [*own, *_in_place(Q(deputy=person) | Q(post__person=person))]


def names_of_house(house: str) -> list[str]:
    """All names in the audit chain under which somebody acted for an organisation, by its name."""
    posts = list(Post.objects.filter(organisation=house).values_list("person", "pk"))
    first = Post.objects.order_by("person", "pk").values_list("person", "pk")
    began = dict(reversed(list(first)))
    own = [capacity.name(person, post) for person, post in posts]
    own += [capacity.name(person) for person, post in posts if began[person] == post]
    return [*own, *_in_place(Q(post__organisation=house))]


def _in_place(condition: Q) -> list[str]:
    """The names under which deputies stand in."""
    found = Deputyship.objects.filter(condition).values_list("deputy", "post", "post__person")
    return [capacity.name(deputy, post, absent) for deputy, post, absent in found]


def actors() -> list[tuple[int, str]]:
    """Everybody who may have acted, by number, in the order of their names."""
    people = User.objects.order_by("name_key", "pk").values_list("pk", "name")
    return [(pk, name or erased(pk)) for pk, name in people]


def all_houses() -> list[str]:
    """The names of all organisations for which somebody ever had a post."""
    found = Post.objects.order_by().values_list("organisation", flat=True).distinct()
    return sorted(map(str, found), key=sort_key)


def known_persons() -> QuerySet[User]:
    """Everybody who is not erased, in the order of their names."""
    return User.objects.exclude(name="").order_by("name_key", "pk")


def erased(person: User | int) -> str:
    """What is said in place of the name of an erased person."""
    return f"{_said('')} ({person if isinstance(person, int) else person.pk})"


def number_of(user: Any) -> int:
    """The number of the person who is signed in, whoever she stands in for."""
    return int(user.pk)
