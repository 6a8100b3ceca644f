"""What waits for a person, what she waits for, what was decided: found by kept turns.

However much is open in the house, the number of queries is the same, and each is led by an index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from zielwerk.core import capacity, cases, looks, turns
from zielwerk.core.models import Turn
from zielwerk.desk.models import Look
from zielwerk.desk.queries import house
from zielwerk.desk.queries.bulk import at_once
from zielwerk.desk.queries.rows import Group, Row, of_outcome, of_turn
from zielwerk.identity import queries as identity

SHOWN = 3
"""So many cases of one kind of work are named on the desk; the list has them all."""
LISTED = 10
"""So many of what came back, of what waits for others, and of what was decided."""
IN_ORDER = ("order_on", "since")


@dataclass(frozen=True)
class ForMe:
    """All that waits for a person, by kind of work; ``returned`` is what came back to her.

    ``own`` is what she may do herself, ``of_house`` what a programme year asks of her house, by
    the ``facts`` of the house; ``own_house`` of her steps were put forward by her house itself.
    ``number`` counts every single thing of her own, ``late`` and ``new`` those among them.
    """

    own: Sequence[Group]
    of_house: Sequence[Group]
    returned: Sequence[Row]
    facts: house.HouseFacts
    own_house: int

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.of_house)

    @property
    def number(self) -> int:
        return sum(group.number for group in self.own)

    @property
    def late(self) -> int:
        return sum(group.late for group in self.own)

    @property
    def new(self) -> int:
        return sum(group.new for group in self.own)


@dataclass(frozen=True)
class Some:
    """The first rows of several, and how many there are in all."""

    rows: Sequence[Row]
    number: int

    @property
    def others(self) -> int:
        return self.number - len(self.rows)


@dataclass(frozen=True)
class StandIn:
    """How much waits for an absent person for whom one stands in, and on which post."""

    post: int
    name: str
    role: str
    number: int


def seen_until(user: Any) -> datetime | None:
    """Up to which moment a person said that she had seen her desk; None: never."""
    return Look.objects.filter(person=user.pk).values_list("seen_until", flat=True).first()


def for_me(user: Any, today: date, seen: datetime | None) -> ForMe:
    """What this person or her role must do: her steps of cases, and the work of her house."""
    counts = list(_counted(user, today, seen))
    rows = list(_first(user, counts))
    facts = house.facts(user, today)
    before, after = house.groups(user, facts, today)
    back = [turn for turn in rows if turn.returned_by and capacity.did(user, turn.put_forward_by)]
    returned = [of_turn(turn, today, seen, _said(turn.task, 1)) for turn in back]
    others = [turn for turn in rows if turn not in back]
    stepwise = [_group(one, others, today, seen) for one in counts]
    own = [*before, *stepwise, *after]
    of_house = house.askings(user, facts, today)
    return ForMe(own, of_house, returned, facts, sum(one["own_house"] for one in counts))


def _counted(user: Any, today: date, seen: datetime | None) -> Any:
    """How much waits of each kind of work, the one that is due first in front.

    ``returned`` of it came back to this person, ``own_house`` was put forward by her house.
    """
    is_late = Q(order_on__lt=today, since_on__lte=F("order_on"))
    is_new = Q(since__gt=seen) if seen else Q(pk=None)
    is_seen = Q(house=capacity.house(user), kind__in=turns.seen_kinds(user))
    counts = turns.asked(user, settings.PROGRAMME).order_by().values("kind", "task")
    return counts.annotate(
        number=Count("pk"),
        late=Count("pk", filter=is_late),
        new=Count("pk", filter=is_new),
        returned=Count("pk", filter=~Q(returned_by="") & turns.is_of(user)),
        own_house=Count("pk", filter=is_seen),
        state=Min("state"),
        verb=Min("verb"),
        first=Min("order_on"),
    ).order_by("first", "kind", "task")


def _first(user: Any, counts: Sequence[dict[str, Any]]) -> Iterator[Turn]:
    """The most urgent of each kind of work, and what came back to this person; one query."""
    if not counts:
        return
    urgent = turns.asked(user, settings.PROGRAMME).order_by(*IN_ORDER)
    wanted = Q(pk=None)
    if any(one["returned"] for one in counts):
        back = urgent.filter(turns.is_of(user)).exclude(returned_by="")
        wanted |= Q(pk__in=back.values("pk")[:LISTED])
    for one in counts:
        of_kind = urgent.filter(kind=one["kind"], task=one["task"])
        wanted |= Q(pk__in=of_kind.values("pk")[:SHOWN])
    yield from Turn.objects.filter(wanted).order_by(*IN_ORDER)


def _group(one: dict[str, Any], rows: Sequence[Turn], today: date, seen: datetime | None) -> Group:
    kind, number = cases.KINDS[one["kind"]], one["number"]
    same = [turn for turn in rows if (turn.kind, turn.task) == (one["kind"], one["task"])]
    return Group(
        number,
        _said(one["task"], number),
        f"{reverse(kind.list_page)}?stand={one['state']}",
        [of_turn(turn, today, seen) for turn in same[:SHOWN]],
        one["late"],
        one["new"],
        at_once(kind, one["verb"], number),
    )


def _said(task: str, number: int) -> str:
    return ngettext(task, turns.several(task), number)


def of_others(user: Any, mine: ForMe, today: date, seen: datetime | None) -> Some:
    """What this person's house put forward and others are asked to do, longest waiting first.

    How many they are is what the house put forward without what is ``mine``: so the first few
    are looked for only where there are any.
    """
    of_house = Turn.objects.filter(
        programme=settings.PROGRAMME,
        house=capacity.house(user),
        kind__in=turns.seen_kinds(user),
    )
    number = of_house.count() - mine.own_house
    if number <= 0:
        return Some((), 0)
    found = turns.of_others(user, settings.PROGRAMME).order_by("since", "about")[:LISTED]
    rows = [of_turn(turn, today, seen, _said(turn.task, 1), is_of_others=True) for turn in found]
    return Some(rows, number)


def decided(user: Any, seen: datetime | None) -> Some:
    """What others decided since the last look, of what she put forward or about her body.

    How many there are is said as far as they are listed, and that there are more.
    """
    found = turns.outcomes(user, settings.PROGRAMME)
    if seen:
        found = found.filter(at__gt=seen)
    first = [of_outcome(each, seen) for each in found[: LISTED + 1]]
    return Some(first[:LISTED], len(first))


def standing_in(user: Any, today: date) -> list[StandIn]:
    """What waits for those for whom this person stands in; none while she does so already."""
    absent = [] if user.absent else identity.standing_in(user, today)
    if not absent:
        return []
    posts = [deputy.let_in.posts[0] for deputy in absent]
    looks.shown(post.person_id for post in posts)
    counts = Turn.objects.filter(programme=settings.PROGRAMME).aggregate(
        **{
            f"of_{post.pk}": Count("pk", filter=turns.is_asked(deputy))
            for post, deputy in zip(posts, absent, strict=True)
        }
    )
    return [
        StandIn(post.pk, post.person.name, post.label, counts[f"of_{post.pk}"]) for post in posts
    ]
