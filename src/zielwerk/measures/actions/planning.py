"""Planning measures: one, a table of them; changing, being ready, giving up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Protocol

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.measures import queries
from zielwerk.measures.models import Measure, Origin, PlannedMeasure, PlannedVersion
from zielwerk.measures.queries.planned import programme_cents
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.planned import (
    LABELS,
    PLANNED,
    Conflict,
    Plan,
    PlannedFacts,
    PlannedState,
    Review,
    by_source_and_year,
    merged,
    reviewed,
)
from zielwerk.rulebook.refusal import Refusal, Refused, msg

SERIES = "GM"
"""What file numbers of planned measures begin with: no programme declares stages for them."""


@dataclass(frozen=True)
class NewPlan:
    """A measure that a body begins to plan for a programme year."""

    programme: str
    year: int
    ags: str
    plan: Plan


@dataclass(frozen=True)
class Pasted:
    """Measures of a body that came in by a table, all or none."""

    programme: str
    year: int
    ags: str
    plans: Sequence[Plan]


@dataclass(frozen=True)
class Revision:
    """A changed plan, made from the version ``base``.

    ``chosen`` says ``mine`` or ``theirs`` for fields that somebody else changed meanwhile, too.
    """

    base: int
    plan: Plan
    chosen: Mapping[str, str] = field(default_factory=dict)


class Conflicting(Refused):
    """Two people changed the same fields: the later one sees both and chooses."""

    def __init__(self, measure: PlannedMeasure, plan: Plan, conflicts: Sequence[Conflict]) -> None:
        names = tuple(Label(LABELS[conflict.field]) for conflict in conflicts)
        super().__init__(Refusal("measures.conflict", CONFLICT, {"fields": names}))
        self.measure, self.plan, self.conflicts = measure, plan, conflicts


@action("measures.plan")
def plan(actor: Actor, new: NewPlan, *, at: datetime) -> PlannedMeasure:
    """Begin to plan a measure; whatever is still missing."""
    require_body(actor, new, at)
    return begun(actor, new, new.plan, Origin.TYPED, at)


@action("measures.paste")
def paste(actor: Actor, pasted: Pasted, *, at: datetime) -> list[PlannedMeasure]:
    """Begin to plan all measures of a table."""
    require_body(actor, pasted, at)
    return [begun(actor, pasted, each, Origin.PASTED, at) for each in pasted.plans]


@action("measures.revise")
def revise(
    actor: Actor, measure: PlannedMeasure, revision: Revision, *, at: datetime
) -> PlannedMeasure:
    """Keep what was changed of a plan, and only that: other fields stay as others left them.

    Raises :class:`Conflicting` where somebody else changed the same fields since its base.
    """
    measure = _in_work(measure)
    before, base = measure.plan, queries.base_plan(measure, revision.base)
    changed, conflicts = merged(base, before, revision.plan, revision.chosen)
    if conflicts:
        raise Conflicting(measure, changed, conflicts)
    if changed == before:
        return measure
    _set_reviews(measure, reviewed(measure.reviews, before, changed))
    measure.version += 1
    _fill(measure, changed)
    saved = save_case(measure)
    _keep_version(saved, Origin.TYPED, actor, at)
    return saved


@action("measures.tick")
def tick(actor: Actor, measure: PlannedMeasure, name: str, *, at: datetime) -> PlannedMeasure:
    """Say of a detail that was taken over that it was looked at and still holds."""
    measure = _in_work(measure)
    left = tuple(review for review in measure.reviews if review.field != name)
    if len(left) == len(measure.reviews):
        raise Refused(Refusal("measures.nothing_to_tick", NOTHING_TO_TICK))
    _set_reviews(measure, left)
    return save_case(measure)


@step(PLANNED)
def finish(actor: Actor, measure: PlannedMeasure, facts: PlannedFacts, *, at: datetime) -> None:
    """Say that the measure is planned and ready."""


@step(PLANNED)
def reopen(actor: Actor, measure: PlannedMeasure, facts: None, *, at: datetime) -> None:
    """Take a ready measure back into work."""


@step(PLANNED)
def drop(
    actor: Actor, measure: PlannedMeasure, facts: None, note: str = "", *, at: datetime
) -> None:
    """Plan the measure no further, for a reason."""


@step(PLANNED)
def restore(actor: Actor, measure: PlannedMeasure, facts: None, *, at: datetime) -> None:
    """Plan a measure again that was given up."""


class OfYear(Protocol):
    """A command about a body in a programme year."""

    @property
    def programme(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def ags(self) -> str: ...


def require_body(actor: Actor, new: OfYear, at: datetime) -> None:
    """Refuse what is planned for a body or a year that there is not, or under draft rules."""
    keep_rules(actor, new.programme, new.year, at=at)
    if not queries.is_body_of(new.programme, new.year, new.ags):
        body = naming.short(new.programme, new.ags)
        params = {"body": body, "year": str(new.year)}
        raise Refused(Refusal("measures.no_such_body", NO_SUCH_BODY, params))


def begun(
    actor: Actor,
    new: NewPlan | Pasted,
    content: Plan,
    origin: Origin,
    at: datetime,
    source: PlannedMeasure | Measure | None = None,
    reviews: Sequence[Review] = (),
) -> PlannedMeasure:
    """A planned measure with its first version; ``source`` is what it was taken over from."""
    empty = PlannedMeasure(programme=new.programme, year=new.year, ags=new.ags)
    _fill(empty, content)
    _set_reviews(empty, reviews)
    measure = new_case(
        PlannedMeasure,
        f"{SERIES}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        carried_from=source if isinstance(source, PlannedMeasure) else None,
        carried_measure=source if isinstance(source, Measure) else None,
        **{name: getattr(empty, name) for name in (*MADE, "to_review", "review_count")},
    )
    _keep_version(measure, origin, actor, at)
    return measure


MADE = (
    *("title", "type", "earmark", "seats"),
    *("cost_cents", "programme_cents", "costs_by", "content"),
)


def _fill(measure: PlannedMeasure, content: Plan) -> None:
    """Set the content of a plan, and the columns that lists find it by."""
    rules = packs.load(measure.programme, measure.year)
    measure.content = content.to_json()
    measure.title, measure.type, measure.earmark = content.title, content.type, content.earmark
    measure.seats, measure.cost_cents = content.seats, content.cost_cents
    measure.programme_cents = programme_cents(content, rules)
    measure.costs_by = by_source_and_year(content.costs)


def _set_reviews(measure: PlannedMeasure, reviews: Sequence[Review]) -> None:
    measure.to_review = [asdict(review) for review in reviews]
    measure.review_count = len(reviews)


def _keep_version(measure: PlannedMeasure, origin: Origin, actor: Actor, at: datetime) -> None:
    version = PlannedVersion.objects.create(
        measure=measure,
        number=measure.version,
        origin=origin,
        content=measure.content,
        changed_by=actor.audit_name,
        changed_at=at,
    )
    seal(version)


def _in_work(measure: PlannedMeasure) -> PlannedMeasure:
    """The measure, locked; refused where it is not in work, with the way back."""
    current = locked(measure)
    if current.state != PlannedState.DRAFT:
        raise Refused(NOT_IN_WORK if current.state == PlannedState.READY else GIVEN_UP)
    return current


CONFLICT = msg(
    "Jemand anderes hat inzwischen dieselben Angaben geändert: {fields}. Bitte wählen Sie bei"
    " jeder, was gelten soll; alles andere bleibt, wie Sie es eingegeben haben."
)
NO_SUCH_BODY = msg("{body}: Diese Körperschaft gibt es im Programmjahr {year} nicht.")
NOTHING_TO_TICK = msg("Diese Angabe ist schon geprüft.")
NOT_IN_WORK = Refusal(
    "measures.ready",
    msg("Die Maßnahme ist fertig geplant. Zum Ändern bitte erst „Weiter bearbeiten“ wählen."),
)
GIVEN_UP = Refusal(
    "measures.dropped",
    msg("Die Maßnahme wird nicht weiter geplant. Zum Ändern bitte erst „Wieder planen“ wählen."),
)
