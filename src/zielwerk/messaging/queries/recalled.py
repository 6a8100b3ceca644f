"""Days of which rooms above remind people, though no step of a case waits for anybody.

A room declares on its shelf ``panels`` as ``RECALLING`` what comes near. Of one record everybody
is reminded once at each of its stages, such as 90 and 30 days before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from zielwerk.core import capacity
from zielwerk.core.permissions import Actor, may_see, role_refusal
from zielwerk.messaging.models import Recalled
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Said
from zielwerk.rulebook.reminding import owed_until


@dataclass(frozen=True)
class Recall:
    """What comes near: the name of its record in the audit chain, and the stage of the reminder.

    ``what`` and ``number`` say what it is, ``said`` what will be on its ``day``; of which body
    (``ags``) it is stays out of mail. ``to`` are those who are reminded: each the permission that
    they have, and their side.

    Of a move that is owed (``is_move``) the ``day`` is the one from which on people are reminded
    of it, the ``stage`` says which move of the record it is; nobody is reminded of it who took
    an earlier stage and must not take this one (``done_by``, names in the chain).
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
    is_move: bool = False
    done_by: tuple[str, ...] = ()

    def is_for(self, user: Actor) -> bool:
        """Whether the person is one of those who are reminded."""
        asked = any(
            user.side == side and not role_refusal(user, permission) for permission, side in self.to
        )
        moved = any(capacity.did(user, name) for name in self.done_by)
        return asked and not moved and may_see(user, self.ags)


Recalling = Callable[[str, date], Iterable[Recall]]
"""What comes near in a programme on a day."""
RECALLING: list[Recalling] = []


def declare_recalling(*sources: Recalling) -> None:
    """Add what a room reminds of, once."""
    RECALLING.extend(source for source in sources if source not in RECALLING)


def recalls(today: date) -> Iterator[Recall]:
    """All that comes near on a day or has been owed for long, the nearest first."""
    found = [one for one in _known(today) if not one.is_move or one.day <= today]
    yield from sorted(found, key=lambda one: (one.day, one.number))


def moves_of(user: Actor, today: date) -> list[Recall]:
    """The moves that a person's side owes, also those that nobody is reminded of yet."""
    return [one for one in _known(today) if one.is_move and one.is_for(user)]


def _known(today: date) -> Iterator[Recall]:
    for source in RECALLING:
        yield from source(settings.PROGRAMME, today)


def move_number(since: date) -> int:
    """Which move of a record it is: by the day on which it fell due, so that each is told once."""
    return (since - FIRST_DAY).days


FIRST_DAY = date(2000, 1, 1)


def move_day(programme: str, year: int, since: date) -> date | None:
    """The day from which on one is reminded of a move of a year's case; None where one is not."""
    if year not in packs.years(programme):
        return None
    days = packs.load(programme, year).move_reminder_days
    return owed_until(since, days, packs.programme(programme).holidays)


def recalls_of(user: Actor, subjects: Collection[str], today: date) -> list[Recall]:
    """What of some records still comes near and concerns a person."""
    return [one for one in recalls(today) if one.subject in subjects and one.is_for(user)]


def told_already(persons: Collection[int]) -> set[tuple[int, str, int]]:
    """Of what some people were reminded: person, record and stage."""
    rows = Recalled.objects.filter(person__in=persons)
    return set(rows.values_list("person", "subject", "stage"))
