"""The season of each body: from money to a published document, and who owes the next move."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from zielwerk.agreements import queries as agreements
from zielwerk.allocation import queries as allocations
from zielwerk.conclusion import queries as conclusion
from zielwerk.core import cases, due_days, permissions
from zielwerk.core.cases import Case
from zielwerk.core.queries import within
from zielwerk.desk.queries.year import (
    BodyYear,
    bodies,
    body_years,
    editions_on,
    end_of,
    strategies,
)
from zielwerk.language import German
from zielwerk.measures import queries as measures
from zielwerk.negotiation import queries as negotiation
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.conclusion import CONCLUSION, ConclusionState
from zielwerk.rulebook.negotiation import NEGOTIATION, DraftState
from zielwerk.rulebook.planned import PlannedState
from zielwerk.rulebook.procedure import Frame
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.season import Change, Owed, Path, Season, longest, season, urgency
from zielwerk.rulebook.tasks import (
    PROGRESS_LABELS,
    Asked,
    BodyFacts,
    Progress,
    Task,
    Work,
    is_late,
)
from zielwerk.strategy.queries import Missing

ALLOCATED, STRATEGY, PLANNED = "allocated", "strategy", "planned"
PUBLISHED, RECORDING = "published", "recording"
CONCLUDED = f"conclusion.{ConclusionState.CONCLUDED}"
SETTLED = f"negotiation.{DraftState.SETTLED}"
NOTHING = "nothing"
"""What the stage before the first is called in addresses."""
OUT = (DraftState.ENDED, DraftState.DISCARDED, ConclusionState.ABANDONED)
"""Where a case counts no longer: nothing that a season comes to."""
Word = str | Said
"""What a stage is called: the code's own words, the programme's, or both."""
JUDGED = (Work.ALLOCATE, Work.CONFIRM, Work.REVIEW, Work.RECORD, Work.PUBLISH)
"""The work of a year by whose days a season is judged."""


@dataclass(frozen=True)
class Recorded:
    """From what an agreement was recorded that was concluded elsewhere.

    ``note`` is what its recording says of that, ``intake`` the key of the recording; ``has_text``
    says that the text itself is kept with it.
    """

    note: str
    intake: int
    has_text: bool


@dataclass(frozen=True)
class BodySeason:
    """A body's season: its year, its stages, until when the move is due, and the case it is in.

    ``due`` is None where the programme names no day; ``is_assumed`` says that no source does,
    ``is_late`` judges by it.
    ``case`` is the draft or conclusion that waits, if there is one. ``recorded`` says from what
    its agreement was recorded, where it was concluded elsewhere.
    """

    body_year: BodyYear
    season: Season
    due: date | None = None
    is_late: bool = False
    is_assumed: bool = False
    case: Case | None = None
    missing: Missing | None = None
    recorded: Recorded | None = None

    @property
    def since(self) -> date | None:
        return self.season.since

    @property
    def waited(self) -> int:
        return self.season.waited

    @property
    def owed(self) -> Owed:
        return self.season.owed

    @property
    def stage(self) -> str:
        """The code of its stage, also of the one before the first."""
        return self.season.stage or NOTHING


@dataclass(frozen=True)
class SeasonYear:
    """The seasons of a programme year's bodies, and the words of their stages in order.

    ``longest`` is for how many working days what waits longest without a due day has waited.
    """

    rows: Sequence[BodySeason]
    labels: Mapping[str, Word]
    sides: Sequence[str]
    longest: int = 0

    @property
    def stages(self) -> Mapping[str, int]:
        """How many bodies are at each stage; together all of them."""
        codes = [row.stage for row in self.rows]
        return {code: codes.count(code) for code in self.labels}

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @property
    def asked(self) -> Mapping[str, int]:
        """Of how many bodies each side owes the move."""
        return {side: sum(side in row.owed for row in self.rows) for side in self.sides}


@dataclass(frozen=True)
class _Facts:
    """What is read of a year, by body."""

    allocated: Mapping[str, date] = field(default_factory=dict)
    planned: Mapping[str, date] = field(default_factory=dict)
    published: Mapping[str, date] = field(default_factory=dict)
    drafts: Mapping[str, negotiation.Course] = field(default_factory=dict)
    conclusions: Mapping[str, conclusion.Course] = field(default_factory=dict)
    recorded: Mapping[str, Recorded] = field(default_factory=dict)


def season_year(
    user: Any, programme: str, year: int, on: date, *, is_past: bool = False
) -> SeasonYear:
    """The seasons of the bodies within a person's perimeter; the queries do not grow with them.

    With ``is_past`` they are as they were at the end of the day ``on``.
    """
    rules, land = packs.load(programme, year), packs.programme(programme).holidays
    of_year = bodies(user, programme, year)
    missing = strategies(user, programme, of_year, on, is_past=is_past)
    facts = _facts(user, programme, year, on if is_past else None)
    labels = _labels(rules, facts)
    path = _path(rules, labels)
    rows = []
    for body_year in body_years(user, programme, year, on, is_past=is_past):
        ags = body_year.body.ags
        changes = list(_changes(body_year, facts, missing.get(ags)))
        found = _without_move(season(changes, path, on, land), body_year.facts)
        case = _case(found, facts, ags)
        if case and is_past:
            case = _as_then(case, found)
        rows.append(
            BodySeason(
                body_year,
                found,
                *_due(found, case, body_year.tasks, on),
                case=case,
                missing=missing.get(ags),
                recorded=facts.recorded.get(ags) if body_year.facts.is_recorded else None,
            )
        )
    rows.sort(key=urgency)
    reached = {stage for row in rows for stage in (row.stage, *row.season.days_in)}
    shown = {
        code: label
        for code, label in labels.items()
        if code in reached or not _is_beside(code, rules)
    }
    named = {side for owed in (*path.owed.values(), *(row.owed for row in rows)) for side in owed}
    return SeasonYear(rows, shown, [side for side in Asked if side in named], longest(rows))


# --- the stages ---------------------------------------------------------------------------


def _labels(rules: Year, facts: _Facts) -> dict[str, Word]:
    """The words of all stages, in order; those of procedures are the programme's own."""
    labels: dict[str, Word] = {NOTHING: PROGRESS_LABELS[Progress.NOTHING]}
    labels[ALLOCATED] = PROGRESS_LABELS[Progress.ALLOCATED]
    if charter := rules.programme.strategy:
        labels[STRATEGY] = Said(IN_FORCE, {"short": German(charter.short, charter.short_en)})
    labels[PLANNED] = msg("Maßnahmen geplant")
    labels |= _declared(rules, NEGOTIATION) | _walked(facts.drafts)
    labels[RECORDING] = PROGRESS_LABELS[Progress.RECORDING]
    concluding = _declared(rules, CONCLUSION) | _walked(facts.conclusions)
    concluded = concluding.pop(CONCLUDED, PROGRESS_LABELS[Progress.RECORDED])
    labels |= concluding
    return {**labels, CONCLUDED: concluded, PUBLISHED: PROGRESS_LABELS[Progress.PUBLISHED]}


IN_FORCE = msg("{short} in Kraft")


def _declared(rules: Year, frame: Frame) -> dict[str, Word]:
    """The stages of a procedure of the year: what is beside the path after its first stage."""
    declared = rules.procedure(frame.name)
    if not declared:
        return {}
    labels = frame.lifecycle(declared).labels
    on_path = [state for state in labels if state == frame.initial or state not in frame.labels]
    beside = [state for state in labels if state not in on_path and state not in OUT]
    states = [*on_path[:2], *beside, *on_path[2:]]
    return {f"{frame.name}.{state}": labels[state] for state in states}


def _walked(courses: Mapping[str, negotiation.Course | conclusion.Course]) -> dict[str, Word]:
    """The stages of the paths that cases follow, also under earlier rules."""
    found = {code: label for each in courses.values() for code, label in each.labels.items()}
    return {code: label for code, label in found.items() if code}


def _is_beside(code: str, rules: Year) -> bool:
    """Whether a stage is shown only where a body was at it."""
    declared = {
        f"{frame.name}.{state}"
        for frame in (NEGOTIATION, CONCLUSION)
        for state in (frame.initial, *(stage.code for stage in rules.procedure(frame.name)))
    }
    return ("." not in code and code == RECORDING) or (
        "." in code and code not in {*declared, SETTLED, CONCLUDED}
    )


def _path(rules: Year, labels: Mapping[str, Word]) -> Path:
    """The order of the stages, and who owes the move where no case says it."""
    programme, year = rules.programme.code, rules.year
    sides = negotiation.sides(programme, year)
    records = rules.procedure("recording")[0].side
    drafts = sides.drafting or records
    plans = "body" if "body" in (*conclusion.signs(programme), sides.answering) else drafts
    owed = {
        "": rules.procedure("allocation")[-1].side,
        ALLOCATED: "body" if STRATEGY in labels else plans,
        STRATEGY: plans,
        PLANNED: drafts,
        SETTLED: conclusion.concluding_side(programme, year) or records,
        CONCLUDED: rules.procedure("publication")[0].side,
    }
    early = tuple(code for code in (ALLOCATED, STRATEGY, PLANNED) if code in labels)
    return Path(
        tuple(code for code in labels if code != NOTHING),
        early,
        (NEGOTIATION.name, CONCLUSION.name, PUBLISHED),
        {stage: (side,) for stage, side in owed.items()},
    )


# --- what happened ------------------------------------------------------------------------


def _facts(user: Any, programme: str, year: int, known_on: date | None) -> _Facts:
    """What is read of a year, and of no later day than ``known_on``, if that is past.

    What drafts and conclusions went through is dated, and cut where it is counted.
    """

    def sees(permission: str) -> bool:
        return not permissions.role_refusal(user, permission)

    given = allocations.allocations(user, programme, year)
    planned = measures.planned_measures(user, programme).filter(year=year)
    dropped = Q(state=PlannedState.DROPPED)
    if known_on:
        end = end_of(known_on)
        given = given.filter(decided_at__lt=end)
        planned = planned.filter(versions__changed_at__lt=end)
        dropped &= Q(state_since__lt=end)
    published = editions_on(known_on).filter(programme=programme, year=year)
    return _Facts(
        _days(given, Min("decided_at")),
        _days(planned.exclude(dropped), Min("versions__changed_at"))
        if sees("measures.look")
        else {},
        _days(within(user, published), Max("published_at")),
        negotiation.courses(user, programme, year) if sees("negotiation.look") else {},
        conclusion.courses(user, programme, year) if sees("conclusion.look") else {},
        _recorded(user, programme, year, known_on) if sees("agreements.look") else {},
    )


def _recorded(user: Any, programme: str, year: int, known_on: date | None) -> dict[str, Recorded]:
    """From what the agreements of a year were recorded, the first of each body; one query."""
    standing = agreements.agreements(user, end_of(known_on) if known_on else None)
    rows = standing.filter(programme=programme, year=year, intakes__confirmed_by__gt="")
    columns = ("ags", "intakes__source_note", "intakes", "intakes__source")
    found: dict[str, Recorded] = {}
    in_order = rows.order_by("ags", "ordinal", "intakes")
    for ags, note, intake, source in in_order.values_list(*columns):
        found.setdefault(ags, Recorded(note, intake, source is not None))
    return found


def _days(rows: QuerySet[Any], moment: Min | Max) -> dict[str, date]:
    """The first or the last day on which something was so, by body; one query."""
    found = rows.order_by().values("ags").annotate(moment=moment).values_list("ags", "moment")
    return {ags: localdate(at) for ags, at in found}


def _changes(body_year: BodyYear, of: _Facts, missing: Missing | None) -> Iterator[Change]:
    """All that happened to a body, in the order in which it counts on one day."""
    ags, facts, since = body_year.body.ags, body_year.facts, body_year.since
    given = of.allocated.get(ags) or since.get(Work.RECORD)
    if given and facts.given_cents > 0:
        yield Change(given, ALLOCATED, ALLOCATED)
    if missing and (version := missing.in_force):
        laid_down = version.in_force_at or version.state_since
        day = max(version.valid_from, localdate(laid_down))
        yield Change(day, STRATEGY, STRATEGY, stands=True)
    if ags in of.planned:
        yield Change(of.planned[ags], PLANNED, PLANNED)
    if ags in of.drafts:
        yield from of.drafts[ags].changes
    yield from _concluded(body_year, of.conclusions.get(ags))
    if facts.is_published and ags in of.published:
        yield Change(of.published[ags], PUBLISHED, PUBLISHED)


def _concluded(body_year: BodyYear, course: conclusion.Course | None) -> Iterator[Change]:
    """What leads to an agreement: a conclusion, or the recording of a signed paper.

    A conclusion whose agreement was annulled says nothing any more.
    """
    facts, since, track = body_year.facts, body_year.since, CONCLUSION.name
    changes = list(course.changes) if course else []
    for change in changes:
        yield (
            change if facts.is_recorded or change.stage != CONCLUDED else replace(change, stage="")
        )
    if facts.is_recorded and not any(change.stage == CONCLUDED for change in changes):
        yield Change(since[Work.PUBLISH], track, CONCLUDED)
    elif facts.is_recording and facts.recording in since:
        task = next(task for task in body_year.tasks if task.work == facts.recording)
        yield Change(since[task.work], track, RECORDING, tuple(map(str, task.asked)))
    elif facts.is_agreed_before and Work.RECORD in since:
        yield Change(since[Work.RECORD], track, CONCLUDED)


def _without_move(found: Season, facts: BodyFacts) -> Season:
    """The season of a body that nothing is asked for any more: nobody owes a move."""
    is_over = facts.has_nothing_to_come and not facts.is_recorded
    is_agreed = facts.is_agreed_before and not facts.is_recorded
    return replace(found, owed=()) if is_over or is_agreed else found


def _case(found: Season, facts: _Facts, ags: str) -> Case | None:
    """The draft or the conclusion that a body's season is in."""
    track = found.stage.partition(".")[0]
    if track == NEGOTIATION.name:
        return facts.drafts[ags].last
    if track == CONCLUSION.name and ags in facts.conclusions:
        return facts.conclusions[ags].last
    return None


def _as_then(case: Case, found: Season) -> Case:
    """A case in the state in which a past season has it, to ask it for its deadline then."""
    then, since = copy(case), found.held.get(found.stage)
    then.state = found.stage.partition(".")[2]
    if since:
        then.state_since = make_aware(datetime.combine(since, time.min))
    return then


def _due(
    found: Season, case: Case | None, tasks: Iterable[Task], today: date
) -> tuple[date | None, bool, bool]:
    """Until when the move is due, whether it is late, and whether the day is an assumption.

    A day of the stage itself goes before that of the work of the year.
    """
    if not found.owed:
        return None, False, False
    if case:
        for step in cases.kind_of(case).open_steps(case):
            if step.task and (day := due_days.due_day(case, step)):
                return day, is_late(day, found.since, today), due_days.is_due_assumed(case, step)
    task = next((task for task in tasks if task.work in JUDGED and task.due), None)
    return (task.due, task.is_late, task.is_assumed) if task else (None, False, False)
