"""Days of which rooms above remind people, though no step of a case waits for anybody.

A room declares on its shelf ``panels`` as ``RECALLING`` what comes near. Of one record everybody
is reminded once at each of its stages, such as 90 and 30 days before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from zielwerk.core.permissions import Actor, may_see, role_refusal
from zielwerk.messaging.models import Recalled
from zielwerk.rulebook.refusal import Said


@dataclass(frozen=True)
class Recall:
    """What comes near: the name of its record in the audit chain, and the stage of the reminder.

    ``what`` and ``number`` say what it is, ``said`` what will be on its ``day``; of which body
    (``ags``) it is stays out of mail. ``to`` are those who are reminded: each the permission that
    they have, and their side.
    """

    subject: str
    stage: int
    day: date
    what: str
    number: str
    said: Said
    url: str
    ags: str
    to: tuple[tuple[str, str], ...]

    def is_for(self, user: Actor) -> bool:
        """Whether the person is one of those who are reminded."""
        asked = any(
            user.side == side and not role_refusal(user, permission) for permission, side in self.to
        )
        return asked and may_see(user, self.ags)


Recalling = Callable[[str, date], Iterable[Recall]]
"""What comes near in a programme on a day."""
RECALLING: list[Recalling] = []


def declare_recalling(*sources: Recalling) -> None:
    """Add what a room reminds of, once."""
    RECALLING.extend(source for source in sources if source not in RECALLING)


def recalls(today: date) -> Iterator[Recall]:
    """All that comes near on a day, the nearest first."""
    found = [one for source in RECALLING for one in source(settings.PROGRAMME, today)]
    yield from sorted(found, key=lambda one: (one.day, one.number))


def recalls_of(user: Actor, subjects: Collection[str], today: date) -> list[Recall]:
    """What of some records still comes near and concerns a person."""
    return [one for one in recalls(today) if one.subject in subjects and one.is_for(user)]


def told_already(persons: Collection[int]) -> set[tuple[int, str, int]]:
    """Of what some people were reminded: person, record and stage."""
    rows = Recalled.objects.filter(person__in=persons)
    return set(rows.values_list("person", "subject", "stage"))
