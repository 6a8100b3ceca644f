"""The one notion of what waits: a row says what, why, since when, until when, and where to act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core import cases
from zielwerk.core.models import Outcome, Turn
from zielwerk.core.turns import who
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook import calendar
from zielwerk.rulebook.tasks import came_too_late, is_late


@dataclass(frozen=True)
class Row:
    """One thing that waits, or that was decided.

    ``what`` is the task where the rows around it are of several kinds. ``due`` is the last day
    on which it is in time, ``days`` are the working days from today to it, below zero those gone
    since; ``waited`` are those since it came up. ``reason`` is why it was given back, ``who`` are
    the roles that are asked, where others are.
    """

    title: str
    url: str
    since: date | None
    what: str = ""
    due: date | None = None
    days: int = 0
    waited: int = 0
    is_today: bool = False
    is_late: bool = False
    came_too_late: bool = False
    is_assumed: bool = False
    is_returned: bool = False
    is_new: bool = False
    reason: str = ""
    who: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether more is said after the day since when it waits."""
        return self.due is not None or bool(self.waited)

    @property
    def gone(self) -> int:
        """The working days that are gone since it was due."""
        return -self.days


@dataclass(frozen=True)
class Group:
    """All that waits of one kind of work: how many, how many late or new, the first rows.

    ``url`` leads to all of them, ``at_once`` to the pages on which they are done together: labels
    and addresses. Work of a house is open for so many ``bodies``, since and until ``when``;
    ``is_kept_elsewhere`` says that there is no page here on which it is done.
    """

    number: int
    text: str
    url: str
    rows: Sequence[Row] = ()
    late: int = 0
    new: int = 0
    at_once: Sequence[tuple[str, str]] = ()
    is_of_house: bool = False
    bodies: int = 0
    when: Row | None = None
    is_kept_elsewhere: bool = False

    @property
    def is_of_many(self) -> bool:
        """Whether there is more to it than the rows that are shown."""
        return self.number > len(self.rows)

    @property
    def says_more(self) -> bool:
        return self.is_of_house or bool(self.late and self.is_of_many)


def of_turn(
    turn: Turn,
    today: date,
    seen: datetime | None = None,
    what: str = "",
    *,
    is_of_others: bool = False,
) -> Row:
    """The row of a step that waits; what came up after ``seen`` is new."""
    return Row(
        title=German(turn.title),
        url=page_url(turn.about) if is_of_others else step_url(turn),
        since=turn.since_on,
        what=what,
        due=turn.due,
        days=working_days(today, turn.due) if turn.due else 0,
        waited=working_days(turn.since_on, today),
        is_today=turn.due == today,
        is_late=is_late(turn.due, turn.since_on, today),
        came_too_late=came_too_late(turn.due, turn.since_on),
        is_assumed=turn.due is not None and turn.is_due_assumed,
        is_returned=bool(turn.returned_by),
        is_new=seen is not None and turn.since > seen,
        reason=turn.reason,
        who=who(turn) if is_of_others else (),
    )


def of_day(title: str, url: str, since: date | None, today: date, due: date | None = None) -> Row:
    """The row of what is no step of a case."""
    return Row(
        title=title,
        url=url,
        since=since,
        waited=working_days(since, today) if since else 0,
        due=due,
        days=working_days(today, due) if due else 0,
        is_today=due == today,
        is_late=is_late(due, since, today),
        came_too_late=came_too_late(due, since),
    )


def of_outcome(outcome: Outcome, seen: datetime | None) -> Row:
    """The row of what was decided, in the person's language."""
    return Row(
        title=German(outcome.title),
        url=page_url(outcome.about),
        since=localdate(outcome.at),
        what=German(outcome.label, outcome.label_en),
        is_new=seen is not None,
        reason=outcome.note,
    )


def page_url(about: str) -> str:
    """The page of the case of this name."""
    parsed = cases.parse(about)
    return reverse(parsed[0].page, args=[parsed[1]]) if parsed else ""


def step_url(turn: Turn) -> str:
    """The very place to act: the page that asks for the step where it asks, else the case."""
    address = _asking_addresses(settings.PROGRAMME).get((turn.kind, turn.verb))
    number = turn.about.partition(":")[2]
    kind = cases.KINDS[turn.kind]
    if not address:
        return reverse(kind.page, args=[number])
    return reverse(f"{kind.page}_step", args=[number, address])


@cache
def _asking_addresses(programme: str) -> dict[tuple[str, str], str]:
    """The steps that ask on a page of their own: their addresses, by kind and verb."""
    return {
        (kind.name, step.verb): step.address
        for kind in cases.KINDS.values()
        for table in kind.known_tables
        for step in table.steps
        if step.asks or step.notes
    }


def working_days(first: date, last: date) -> int:
    """Working days after one day, up to another, by the holidays of the programme's state."""
    state = packs.programme(settings.PROGRAMME).holidays
    return calendar.working_days(first, last, state)
