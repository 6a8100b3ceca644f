"""Records beside cases of which people are told: their posts, who stands in, and what rooms add.

A case needs no word of its own here. Another record is declared by its room on the shelf
``panels`` as ``TELLING``: who is concerned when a verb seals it, and how it is said.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from zielwerk.core.models import Sealed
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import Deputyship, Handover, Post
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg


@dataclass(frozen=True)
class Told:
    """A kind of record of which people are told when a verb seals it.

    ``persons`` are the numbers of those concerned, ``body`` is the key of a body whose people
    are told if they may ``look``. ``seen`` are the records that a person may see, ``said`` says
    one, and ``url`` is where it is shown. ``brief`` is what mail says of it: no name, no amount.

    A kind of case may be declared too, for people who see its record and not the case itself.
    """

    model: type[Sealed]
    seen: Callable[[Actor, str], QuerySet[Any]]
    said: Callable[[Any, str], Said]  # a record, and the verb that was done
    url: Callable[[Any], str]
    brief: Callable[[Any], object]
    persons: Callable[[Any], Collection[int]] = lambda record: ()
    body: Callable[[Any], str] = lambda record: ""
    look: str = ""

    @property
    def name(self) -> str:
        return self.model.seal_name


TOLD: dict[str, Told] = {}  # by the name in the audit chain


def declare(*kinds: Told) -> None:
    """Add a room's kinds; a name is declared once."""
    for kind in kinds:
        if TOLD.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"{kind.name} is told of twice")


def _number(user: Actor) -> int:
    return int(getattr(user, "pk", 0) or 0)


def posts(user: Actor, programme: str) -> QuerySet[Post]:
    return Post.objects.filter(person=_number(user))


def deputyships(user: Actor, programme: str) -> QuerySet[Deputyship]:
    own = Q(deputy=_number(user)) | Q(post__person=_number(user))
    return Deputyship.objects.filter(own).select_related("post__person", "deputy")


def handovers(user: Actor, programme: str) -> QuerySet[Handover]:
    return Handover.objects.filter(successor=_number(user)).select_related("person")


POST_SAID = {
    "identity.enrol": msg("Sie haben jetzt eine Stelle: {role}, {organisation}."),
    "identity.grant": msg("Sie haben jetzt eine Stelle: {role}, {organisation}."),
    "identity.limit": msg("Ihre Stelle gilt jetzt bis zu einem anderen Tag: {role}."),
}
YOUR_POST = msg("Ihre Stelle")
POST_ENDED = msg("Ihre Stelle ist beendet: {role}, {organisation}.")


def said_of_post(post: Post, verb: str) -> Said:
    params = {"role": Label(post.label), "organisation": post.organisation}
    return Said(POST_SAID.get(verb, POST_ENDED), params)


def said_of_deputyship(deputyship: Deputyship, verb: str) -> Said:
    params = {"deputy": deputyship.deputy.name, "name": deputyship.post.person.name}
    if deputyship.ended_at:
        return Said(msg("Die Vertretung ist beendet: {deputy} für {name}."), params)
    days = {"first": deputyship.valid_from, "last": deputyship.valid_until}
    return Said(msg("{deputy} vertritt {name} vom {first} bis {last}."), {**params, **days})


def said_of_handover(handover: Handover, verb: str) -> Said:
    return Said(
        msg("Von {name} kam an Sie, was offen war: {number} Vorgänge."),
        {"name": handover.person.name, "number": len(handover.cases)},
    )


def account(record: Model) -> str:
    return reverse("identity:account")


declare(
    Told(
        Post,
        posts,
        said_of_post,
        account,
        lambda post: Label(YOUR_POST),
        lambda post: {post.person_id},
    ),
    Told(
        Deputyship,
        deputyships,
        said_of_deputyship,
        account,
        lambda one: Label(msg("eine Vertretung")),
        lambda one: {one.deputy_id, one.post.person_id},
    ),
    Told(
        Handover,
        handovers,
        said_of_handover,
        account,
        lambda one: Label(msg("Übernommenes")),
        lambda one: {one.successor_id},
    ),
)


def seen(user: Actor, kind: Told, numbers: Collection[int]) -> dict[str, Any]:
    """The records of a kind, of some, that a person may see; by their names in the chain."""
    rows = kind.seen(user, settings.PROGRAMME).filter(pk__in=numbers)
    return {f"{kind.name}:{row.pk}": row for row in rows}
