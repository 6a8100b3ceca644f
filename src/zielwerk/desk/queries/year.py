"""A programme year at a glance: each body's progress, its next tasks, its late ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate, make_aware

from zielwerk.adjustments import queries as adjustments
from zielwerk.agreements import queries as agreements
from zielwerk.allocation import queries as allocations
from zielwerk.core import cases, permissions
from zielwerk.core.permissions import Actor, may_see
from zielwerk.core.queries import within
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.measures import queries as measures
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.due import days_of
from zielwerk.packs.model import Body, Source
from zielwerk.publication import queries as publication
from zielwerk.publication.models import Edition
from zielwerk.rulebook import tasks as rules
from zielwerk.rulebook.adjustment import AdjustmentKind, AdjustmentState
from zielwerk.rulebook.recording import NOT_COUNTED, IntakeState
from zielwerk.rulebook.tasks import Asked, BodyFacts, Charge, Deadlines, Progress, Task, Work
from zielwerk.strategy import queries as regional
from zielwerk.strategy.queries import Missing
from zielwerk.succession import queries as successions

AMOUNTS = {
    Place.ALLOCATED: "allocated_cents",
    Place.AGREED: "agreed_cents",
    Place.UNCOVERED: "uncovered_cents",
}


@dataclass(frozen=True)
class BodyYear:
    """One body's facts and tasks in a programme year.

    ``carried_out`` of its ``measures`` have a carrier; ``edition`` is the number of the
    published edition, 0 without one and where there are several
    ``documents``; ``intake`` the key of the open recording, 0 without one.
    ``since`` says from which day on a piece of work waits, where that is known.
    """

    body: Body
    facts: BodyFacts
    tasks: tuple[Task, ...]
    measures: int = 0
    carried_out: int = 0
    documents: int = 0
    edition: int = 0
    is_demo: bool = False
    intake: int = 0
    since: Mapping[Work, date] = field(default_factory=dict)

    @property
    def progress(self) -> Progress:
        return rules.progress(self.facts)

    @property
    def is_late(self) -> bool:
        return any(task.is_late for task in self.tasks)

    @property
    def asked(self) -> frozenset[Asked]:
        """Every organisation that is asked for a task."""
        return frozenset(organisation for task in self.tasks for organisation in task.asked)

    def is_late_for(self, organisation: Asked) -> bool:
        return any(task.is_late and organisation in task.asked for task in self.tasks)

    @property
    def due(self) -> date | None:
        """The first deadline of a task, a past one too."""
        return min((task.due for task in self.tasks if task.due), default=None)


@dataclass(frozen=True)
class DeadlineDay:
    """A deadline of the programme year with its date; ``days_left`` are the days until then."""

    purpose: str
    label: str
    day: date
    days_left: int
    source: Source


@dataclass(frozen=True)
class Summary:
    """The number of bodies at each stage of progress, and their sums in cents."""

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


def days(programme: str, year: int, on: date) -> list[DeadlineDay]:
    """The deadlines of a programme year in order of their dates.

    Periods after an event of one body are told with that body's cases; those after the end of the
    programme year are days of the year.
    """
    dated_deadlines = list(days_of(packs.load(programme, year)))
    return sorted(
        (
            DeadlineDay(deadline.purpose, deadline.label, day, (day - on).days, deadline.source)
            for deadline, day in dated_deadlines
        ),
        key=lambda deadline: deadline.day,
    )


def body_years(
    user: Actor, programme: str, year: int, on: date, *, is_past: bool = False
) -> list[BodyYear]:
    """The bodies of a programme year within the person's perimeter, by name.

    Lateness is judged on the day ``on``; with ``is_past`` every fact is the one known at the
    end of that day. The number of queries does not grow with the bodies.
    """
    known_on = on if is_past else None
    amounts = _amounts(user, programme, year, known_on)
    agreed = _agreed(user, programme, year, known_on)
    recordings = _recordings(user, programme, year, known_on)
    given = _given(user, programme, year, known_on)
    editions = _editions(user, programme, year, known_on)
    delivery_counts = measures.delivery_counts(user, programme, year, on)
    waived = _waived(user, programme, year, known_on)
    deadlines = Deadlines.of(
        {deadline.purpose: deadline.day for deadline in days(programme, year, on)}
    )
    charges = _charges(programme, year)
    per_year = packs.programme(programme).document.per_year
    passed = successions.in_year(programme, year, on, known_on)
    rows = []
    for body in bodies(user, programme, year):
        recording, recorded = recordings.get(body.ags), agreed.get(body.ags)
        published = editions.get(body.ags, [])
        facts = BodyFacts(
            **amounts.get(body.ags, {}),
            waived_cents=waived.get(body.ags, 0),
            recording=recording.work if recording else None,
            is_recorded=recorded is not None,
            is_published=recorded is not None and len(published) >= recorded.number,
            takes_more=recorded is not None and _takes_more(per_year, recorded.number),
            succeeded_cents=passed.agreed_cents.get(body.ags, 0),
            is_gone=body.valid_until is not None and body.valid_until < on,
            is_awaited=body.ags in passed.awaited,
        )
        measure_count, carried_out = (
            delivery_counts.get(body.ags, (0, 0)) if facts.is_recorded else (0, 0)
        )
        since = _since(recording, recorded, given.get(body.ags) or passed.days.get(body.ags))
        rows.append(
            BodyYear(
                body,
                facts,
                rules.tasks(facts, deadlines, on, since, charges),
                measures=measure_count,
                carried_out=carried_out,
                documents=recorded.number if recorded else 0,
                edition=published[0] if len(published) == 1 else 0,
                is_demo=recorded is not None and recorded.is_demo,
                intake=recording.pk if recording else 0,
                since=since,
            )
        )
    return rows


def strategies(
    user: Actor, programme: str, bodies: Iterable[Body], on: date, *, is_past: bool = False
) -> dict[str, Missing]:
    """What bodies lack of their strategies on a day, by AGS; two queries, however many they are.

    Nothing where the programme asks for none, or this person does not look at them.
    """
    if permissions.role_refusal(user, "strategy.look"):
        return {}
    keys = [body.ags for body in bodies if may_see(user, body.ags)]
    return regional.missing_of(programme, keys, on, end_of(on) if is_past else None)


def _takes_more(per_year: int, number: int) -> bool:
    return not per_year or number < per_year


STAGE_OF = {
    Work.ALLOCATE: ("allocation", -1),
    Work.RECORD: ("recording", 0),
    Work.REVIEW: ("recording", 0),
    Work.CONFIRM: ("recording", -1),
    Work.PUBLISH: ("publication", 0),
}
"""The stage by which a piece of work is done: its procedure, and the first or the last of it."""


def _charges(programme: str, year: int) -> dict[Work, Charge]:
    """Who does the work of the year's stages, and until when."""
    of_year = packs.load(programme, year)
    due = {each.code: day for each, day in days_of(of_year)}
    stages = {work: of_year.procedure(name)[place] for work, (name, place) in STAGE_OF.items()}
    charges = {
        work: Charge((Asked(stage.side),), due.get(stage.deadline))
        for work, stage in stages.items()
    }
    return {**charges, Work.DISCARD: replace(charges[Work.REVIEW], due=None)}


def bodies(user: Actor, programme: str, year: int) -> list[Body]:
    """The bodies that exist on any day of the year, within the person's perimeter, by name."""
    in_year = [body for body in packs.bodies_in(programme, year) if may_see(user, body.ags)]
    return sorted(in_year, key=lambda body: naming.names(programme)[body.ags].key)


def summary(rows: Sequence[BodyYear]) -> Summary:
    def number(flags: Iterable[bool]) -> int:
        return sum(flags)

    return Summary(
        bodies=len(rows),
        allocated=number(row.facts.given_cents > 0 for row in rows),
        recording=number(row.progress == Progress.RECORDING for row in rows),
        recorded=number(row.facts.is_recorded for row in rows),
        published=number(row.facts.is_published for row in rows),
        late=number(row.is_late for row in rows),
        asked={
            organisation: number(organisation in row.asked for row in rows)
            for organisation in Asked
        },
        given_cents=sum(row.facts.given_cents for row in rows),
        agreed_cents=sum(row.facts.agreed_cents for row in rows),
        difference_cents=sum(row.facts.difference_cents for row in rows),
        uncovered_cents=sum(row.facts.uncovered_cents for row in rows),
    )


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _amounts(
    user: Actor, programme: str, year: int, known_on: date | None
) -> dict[str, dict[str, int]]:
    selection = ledger.Selection(programme=programme, programme_year=year, book=Book.PLANNING)
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for standing in ledger.places(user, selection, "ags", known_on=known_on):
        if standing.place in AMOUNTS:  # a promise is a promise: money, and authority for later
            amounts[str(standing.group)][AMOUNTS[standing.place]] += standing.balance_cents
    return amounts


def _waived(user: Actor, programme: str, year: int, known_on: date | None) -> dict[str, int]:
    """What each body gave back by a decided waiver, by AGS."""
    waivers = adjustments.adjustments(user, programme, year).filter(
        kind=AdjustmentKind.WAIVER, state=AdjustmentState.ORDERED
    )
    if known_on:
        waivers = waivers.filter(decided_at__lt=end_of(known_on))
    return dict(waivers.order_by().values_list("ags").annotate(Sum("amount_cents")))


@dataclass(frozen=True)
class _Recorded:
    """A body's recorded documents: how many, the last since when, and if any is the demo's."""

    since: date
    is_demo: bool
    number: int = 1


@dataclass(frozen=True)
class _Recording:
    """An open recording: its key, the work on it and since when it waits."""

    pk: int
    work: Work
    since: date


def _since(
    recording: _Recording | None, recorded: _Recorded | None, given: date | None
) -> dict[Work, date]:
    days = {Work.RECORD: given} if given else {}
    if recording:
        days |= {Work.REVIEW: recording.since, Work.CONFIRM: recording.since}
    if recorded:
        days[Work.PUBLISH] = recorded.since
    return days


def _given(user: Actor, programme: str, year: int, known_on: date | None) -> dict[str, date]:
    """The day of the last decision on each body's money, by AGS."""
    decided = allocations.allocations(user, programme, year)
    if known_on:
        decided = decided.filter(decided_at__lt=end_of(known_on))
    rows = decided.order_by("decided_at").values_list("ags", "decided_at")
    return {ags: localdate(decided_at) for ags, decided_at in rows}


def _agreed(user: Actor, programme: str, year: int, known_on: date | None) -> dict[str, _Recorded]:
    """The recorded agreements by AGS."""
    known_before = end_of(known_on) if known_on else None
    recorded = agreements.agreements(user, known_before).filter(programme=programme, year=year)
    of_body: dict[str, _Recorded] = {}
    rows = recorded.order_by("ags", "ordinal")
    for ags, at, *flags in rows.values_list("ags", "recorded_at", "is_invented", "is_trial"):
        earlier = of_body.get(ags)
        is_demo, number = (earlier.is_demo, earlier.number) if earlier else (False, 0)
        of_body[ags] = _Recorded(localdate(at), any(flags) or is_demo, number + 1)
    return of_body


def _recordings(
    user: Actor, programme: str, year: int, known_on: date | None
) -> dict[str, _Recording]:
    """The open recording that has come furthest, by AGS; bodies see none.

    A recording that was later discarded or kept as a source does not count, at no time.
    """
    discarded = (IntakeState.DISCARDED, IntakeState.KEPT)
    intakes = agreements.intakes(user, programme).filter(year=year)
    if known_on:
        end = end_of(known_on)
        intakes = intakes.exclude(state__in=discarded).filter(begun_at__lt=end)
        intakes = intakes.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=end))
    else:
        end = None
        under_way = set(cases.KINDS["intake"].labels) - NOT_COUNTED
        intakes = intakes.filter(state__in=sorted(under_way))
    intakes = intakes.select_related(None).order_by("ags", "-pk")
    intakes = intakes.annotate(rests_on_nothing=agreements.base_annulled(end))
    rows = intakes.values_list("ags", "pk", "begun_at", "accepted_at", "rests_on_nothing")
    furthest, overtaken = {}, {}
    for ags, pk, begun_at, accepted_at, rests_on_nothing in rows:
        if rests_on_nothing:
            overtaken[ags] = pk, Work.DISCARD, begun_at
        elif accepted_at and (end is None or accepted_at < end):
            furthest[ags] = pk, Work.CONFIRM, accepted_at
        else:
            furthest.setdefault(ags, (pk, Work.REVIEW, begun_at))
    return {
        ags: _Recording(pk, work, localdate(since))
        for ags, (pk, work, since) in {**overtaken, **furthest}.items()
    }


def _editions(
    user: Actor, programme: str, year: int, known_on: date | None
) -> dict[str, list[int]]:
    """Numbers of the editions that are, or were on that day, public, by AGS."""
    of_time = agreements.standing(end_of(known_on) if known_on else None)
    # Of a change that is recorded and not published the public reads what held before.
    editions = editions_on(known_on).filter(agreement__in=of_time.values("pk"))
    editions = within(user, editions.filter(programme=programme, year=year))
    numbers: dict[str, list[int]] = defaultdict(list)
    for ags, number in editions.order_by("ags", "ordinal").values_list("ags", "number"):
        numbers[ags].append(number or 0)
    return numbers


def editions_on(known_on: date | None) -> QuerySet[Edition]:
    """The editions that are public, or were at the end of a day."""
    if known_on is None:
        return publication.current_editions()
    return publication.public_at(end_of(known_on))
