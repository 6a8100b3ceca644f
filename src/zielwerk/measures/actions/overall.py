"""Targets of a body's whole agreement: setting and changing them, being ready, giving up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.measures import queries
from zielwerk.measures.actions.planning import NOTHING_TO_TICK, require_body
from zielwerk.measures.models import Origin, OverallTarget, OverallVersion
from zielwerk.rulebook.overall import OVERALL, reviewed
from zielwerk.rulebook.planned import PlannedFacts, PlannedState, Review
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.target import Target

SERIES = "GZ"
"""What file numbers of overall targets begin with: no programme declares stages for them."""


@dataclass(frozen=True)
class NewTarget:
    """A target that a body sets for its whole agreement of a programme year."""

    programme: str
    year: int
    ags: str
    target: Target


@action("measures.set_target")
def set_target(actor: Actor, new: NewTarget, *, at: datetime) -> OverallTarget:
    """Set a target for a whole year; whatever is still missing. It gets the next number."""
    require_body(actor, new, at)
    return set_first(actor, new, Origin.TYPED, at)


@action("measures.revise_target")
def revise_target(
    actor: Actor, overall: OverallTarget, target: Target, *, at: datetime
) -> OverallTarget:
    """Change a target; whoever saw an older stand of it is refused and sees both."""
    overall = _in_work(overall)
    before = overall.target
    target = replace(target, number=overall.position)
    if target == before:
        return overall
    _set_reviews(overall, reviewed(overall.reviews, before, target))
    overall.version += 1
    _fill(overall, target)
    saved = save_case(overall)
    _keep_version(saved, Origin.TYPED, actor, at)
    return saved


@action("measures.tick_target")
def tick_target(actor: Actor, overall: OverallTarget, name: str, *, at: datetime) -> OverallTarget:
    """Say of a detail that was taken over that it was looked at and still holds."""
    overall = _in_work(overall)
    left = tuple(review for review in overall.reviews if review.field != name)
    if len(left) == len(overall.reviews):
        raise Refused(Refusal("measures.nothing_to_tick", NOTHING_TO_TICK))
    _set_reviews(overall, left)
    return save_case(overall)


@step(OVERALL)
def finish_target(
    actor: Actor, overall: OverallTarget, facts: PlannedFacts, *, at: datetime
) -> None:
    """Say that the target stands."""


@step(OVERALL)
def reopen_target(actor: Actor, overall: OverallTarget, facts: None, *, at: datetime) -> None:
    """Take a ready target back into work."""


@step(OVERALL)
def drop_target(
    actor: Actor, overall: OverallTarget, facts: None, note: str = "", *, at: datetime
) -> None:
    """Pursue the target no further, for a reason."""


@step(OVERALL)
def restore_target(actor: Actor, overall: OverallTarget, facts: None, *, at: datetime) -> None:
    """Plan a target again that was given up."""


def set_first(
    actor: Actor,
    new: NewTarget,
    origin: Origin,
    at: datetime,
    source: OverallTarget | None = None,
    reviews: Sequence[Review] = (),
) -> OverallTarget:
    """A target with its first version; ``source`` is what it was taken over from."""
    position = queries.next_position(new.programme, new.year, new.ags)
    empty = OverallTarget(position=position)
    _fill(empty, replace(new.target, number=position))
    _set_reviews(empty, reviews)
    overall = new_case(
        OverallTarget,
        f"{SERIES}-{new.year}",
        at=at,
        programme=new.programme,
        year=new.year,
        ags=new.ags,
        carried_from=source,
        **{name: getattr(empty, name) for name in MADE},
    )
    _keep_version(overall, origin, actor, at)
    return overall


MADE = (
    *("position", "kind", "indicator", "subgroup", "value", "wording", "content"),
    *("to_review", "review_count"),
)


def _fill(overall: OverallTarget, target: Target) -> None:
    """Set what a target says, and the columns that lists find it by."""
    overall.content = target.to_json()
    overall.kind, overall.indicator = target.kind, target.indicator
    overall.subgroup, overall.value = target.subgroup, target.value
    overall.wording = target.words


def _set_reviews(overall: OverallTarget, reviews: Sequence[Review]) -> None:
    overall.to_review = [asdict(review) for review in reviews]
    overall.review_count = len(reviews)


def _keep_version(overall: OverallTarget, origin: Origin, actor: Actor, at: datetime) -> None:
    version = OverallVersion.objects.create(
        overall=overall,
        number=overall.version,
        origin=origin,
        content=overall.content,
        changed_by=actor.audit_name,
        changed_at=at,
    )
    seal(version)


def _in_work(overall: OverallTarget) -> OverallTarget:
    """The target, locked; refused where it is not in work, with the way back."""
    current = locked(overall)
    if current.state != PlannedState.DRAFT:
        raise Refused(NOT_IN_WORK if current.state == PlannedState.READY else GIVEN_UP)
    return current


NOT_IN_WORK = Refusal(
    "measures.target_ready",
    msg("Das Ziel ist fertig geplant. Zum Ändern bitte erst „Weiter bearbeiten“ wählen."),
)
GIVEN_UP = Refusal(
    "measures.target_dropped",
    msg("Das Ziel wird nicht weiter geplant. Zum Ändern bitte erst „Wieder planen“ wählen."),
)
