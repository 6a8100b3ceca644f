"""A programme year at a glance: where each body stands, what comes next, what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import make_aware

from zielwerk.agreements import queries as agreements
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.measures import queries as measures
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Source
from zielwerk.publication.models import Edition
from zielwerk.rulebook import tasks as rules
from zielwerk.rulebook.agreement import IntakeState
from zielwerk.rulebook.calendar import is_valid
from zielwerk.rulebook.tasks import Asked, BodyFacts, Deadlines, Progress, Task

AMOUNTS = {
    Place.ALLOCATED: "allocated_cents",
    Place.AGREED: "agreed_cents",
    Place.UNCOVERED: "uncovered_cents",
}


@dataclass(frozen=True)
class BodyYear:
    """Where one body stands in a programme year, and what comes next for it.

    ``carried_out`` of its ``measures`` are known to be carried out by somebody; ``edition``
    is the number of the published edition, 0 without one.
    """

    body: Body
    facts: BodyFacts
    tasks: tuple[Task, ...]
    measures: int = 0
    carried_out: int = 0
    edition: int = 0
    is_demo: bool = False

    @property
    def progress(self) -> Progress:
        return rules.progress(self.facts)

    @property
    def is_late(self) -> bool:
        return any(task.is_late for task in self.tasks)

    @property
    def asked(self) -> frozenset[Asked]:
        """Every organisation that is asked for something."""
        return frozenset(one for task in self.tasks for one in task.asked)

    def is_late_for(self, asked: Asked) -> bool:
        return any(task.is_late and asked in task.asked for task in self.tasks)

    @property
    def due(self) -> date | None:
        """The first day until which something is to be done, a past one too."""
        return min((task.due for task in self.tasks if task.due), default=None)


@dataclass(frozen=True)
class Day:
    """A deadline of the programme year with its real date; ``left`` is the days until then."""

    code: str
    label: str
    day: date
    left: int
    source: Source


@dataclass(frozen=True)
class Summary:
    """How many bodies of how many have come how far, and what their money comes to in cents."""

    bodies: int
    allocated: int
    recording: int
    recorded: int
    published: int
    late: int
    asked: Mapping[Asked, int]
    given_cents: int
    agreed_cents: int
    difference_cents: int
    uncovered_cents: int


def running_year(programme: str, today: date) -> int:
    """The programme year to begin with: this one, else the newest before it, else the first."""
    known = packs.years(programme)
    return next((year for year in known if year <= today.year), known[-1])


def days(programme: str, year: int, on: date) -> list[Day]:
    """The deadlines of a programme year in order of their dates.

    As the pack names them: whether one moves off a weekend (§ 31 Abs. 3 VwVfG) its sources do
    not say.
    """
    found = [
        (one, date(year + one.year_offset, one.month, one.day))
        for one in packs.load(programme, year).deadlines
    ]
    return sorted(
        (Day(one.code, one.label, day, (day - on).days, one.source) for one, day in found),
        key=lambda one: one.day,
    )


def body_years(
    user: Actor, programme: str, year: int, on: date, *, is_past: bool = False
) -> list[BodyYear]:
    """The bodies of a programme year within the person's perimeter, by AGS.

    What is late is judged on the day ``on``; with ``is_past`` everything is told as it was known
    at the end of that day. The number of queries does not grow with the bodies.
    """
    known_on = on if is_past else None
    amounts = _amounts(user, programme, year, known_on)
    agreed = _agreed(user, programme, year, known_on)
    recordings = _recordings(user, programme, year, known_on)
    editions = _editions(user, programme, year, known_on)
    counted = measures.delivery_counts(user, programme, year, on)
    deadlines = Deadlines.of({one.code: one.day for one in days(programme, year, on)})
    rows = []
    for body in bodies(user, programme, year):
        facts = BodyFacts(
            **amounts.get(body.ags, {}),
            recording=recordings.get(body.ags),
            is_recorded=body.ags in agreed,
            is_published=body.ags in editions,
        )
        number, carried_out = counted.get(body.ags, (0, 0)) if facts.is_recorded else (0, 0)
        rows.append(
            BodyYear(
                body,
                facts,
                rules.tasks(facts, deadlines, on),
                measures=number,
                carried_out=carried_out,
                edition=editions.get(body.ags, 0),
                is_demo=agreed.get(body.ags, False),
            )
        )
    return rows


def bodies(user: Actor, programme: str, year: int) -> list[Body]:
    """The bodies that exist on any day of the year, within the person's perimeter."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [
        body
        for body in packs.bodies(programme)
        if is_valid(body.valid_from, None, last)
        and is_valid(None, body.valid_until, first)
        and user.ags in ("", body.ags)
    ]


def summary(rows: Sequence[BodyYear]) -> Summary:
    def number(wanted: Iterable[bool]) -> int:
        return sum(wanted)

    return Summary(
        bodies=len(rows),
        allocated=number(row.facts.given_cents > 0 for row in rows),
        recording=number(row.progress == Progress.RECORDING for row in rows),
        recorded=number(row.facts.is_recorded for row in rows),
        published=number(row.facts.is_published for row in rows),
        late=number(row.is_late for row in rows),
        asked={one: number(one in row.asked for row in rows) for one in Asked},
        given_cents=sum(row.facts.given_cents for row in rows),
        agreed_cents=sum(row.facts.agreed_cents for row in rows),
        difference_cents=sum(row.facts.difference_cents for row in rows),
        uncovered_cents=sum(row.facts.uncovered_cents for row in rows),
    )


def _end_of(day: date) -> datetime:
    """The first moment after a day."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _own(user: Actor) -> dict[str, Any]:
    return {"ags": user.ags} if user.ags else {}


def _amounts(
    user: Actor, programme: str, year: int, known_on: date | None
) -> dict[str, dict[str, int]]:
    chosen = ledger.Selection(programme=programme, programme_year=year, book=Book.PLANNING)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in ledger.places(user, chosen, "ags", known_on=known_on):
        if one.place in AMOUNTS:
            found[str(one.group)][AMOUNTS[one.place]] = one.balance_cents
    return found


def _agreed(user: Actor, programme: str, year: int, known_on: date | None) -> dict[str, bool]:
    """Whose agreement is recorded, and whether it is one of the demo's, by AGS."""
    found = agreements.agreements(user).filter(programme=programme, year=year)
    if known_on:
        found = found.filter(recorded_at__lt=_end_of(known_on))
    rows = found.values_list("ags", "is_invented", "is_trial")
    return {ags: invented or trial for ags, invented, trial in rows}


def _recordings(
    user: Actor, programme: str, year: int, known_on: date | None
) -> dict[str, IntakeState]:
    """The open recording that has come furthest, by AGS; bodies see none.

    What was later given up or kept as a source does not count, at no time.
    """
    given_up = (IntakeState.DISCARDED, IntakeState.KEPT)
    found = agreements.intakes(user, programme).filter(year=year)
    if known_on:
        end = _end_of(known_on)
        found = found.exclude(state__in=given_up).filter(begun_at__lt=end)
        found = found.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=end))
    else:
        end = None
        found = found.filter(state__in=(IntakeState.REVIEW, IntakeState.ACCEPTED))
    states: dict[str, IntakeState] = {}
    for ags, accepted_at in found.select_related(None).values_list("ags", "accepted_at"):
        if accepted_at and (end is None or accepted_at < end):
            states[ags] = IntakeState.ACCEPTED
        else:
            states.setdefault(ags, IntakeState.REVIEW)
    return states


def _editions(user: Actor, programme: str, year: int, known_on: date | None) -> dict[str, int]:
    """Numbers of the editions that are, or were on that day, public, by AGS."""
    found = Edition.objects.filter(programme=programme, year=year, **_own(user))
    if known_on:
        end = _end_of(known_on)
        found = found.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end))
        found = found.filter(published_at__lt=end)
    else:
        found = found.filter(withdrawn_at__isnull=True)
    return dict(found.order_by().values_list("ags", "number"))
