"""An overall target (übergreifendes Ziel): one of a body's whole agreement of a year.

Beside the targets of single measures a whole agreement may have its own, by all of which later
rooms judge. It is planned as measures are: it may lack anything while it is in work, is taken
over from last year, and is ready when :func:`~zielwerk.rulebook.target.faults` finds nothing.
"""

from collections.abc import Iterator

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Lifecycle, Look, Step
from zielwerk.rulebook.planned.path import PLANNED, PlannedState, is_reviewed, is_sound
from zielwerk.rulebook.planned.takeover import Review
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import Target, TargetKind, TargetRules

LABELS = {
    "indicator": msg("Messgröße"),
    "subgroup": msg("Zielgruppe"),
    "value": msg("Zielwert, Annahme und Planverlauf"),
    "baseline": msg("Ausgangswert"),
}
"""What is reviewed of a target that was taken over, and what each is called."""
ANSWERS = {
    "indicator": ("indicator",),
    "subgroup": ("subgroup",),
    "value": ("value", "assumption", "curve"),
    "baseline": ("baseline", "has_no_baseline"),
}
"""What belongs to each: whoever changes one of them has looked at it."""


def to_review(target: Target, rules: TargetRules) -> tuple[Review, ...]:
    """What of a target that was taken over no longer holds, or holds for last year only.

    Words hold on, as does that there is no baseline.
    """
    return tuple(_reviews(target, rules))


def _reviews(target: Target, rules: TargetRules) -> Iterator[Review]:
    if target.indicator and target.indicator not in rules.indicators:
        yield Review("indicator", msg("Diese Messgröße gibt es im Programmjahr nicht mehr."))
    if target.subgroup and target.subgroup not in rules.groups:
        yield Review("subgroup", msg("Diese Zielgruppe gibt es im Programmjahr nicht mehr."))
    if target.kind == TargetKind.VALUE:
        yield Review("value", msg("Sie sind die vom Vorjahr."))
    if target.baseline:
        yield Review("baseline", msg("Er ist der vom Vorjahr."))


def reviewed(open_: tuple[Review, ...], before: Target, after: Target) -> tuple[Review, ...]:
    """What is still open after a change."""
    return tuple(
        review
        for review in open_
        if all(getattr(before, name) == getattr(after, name) for name in ANSWERS[review.field])
        and before.kind == after.kind
    )


OVERALL = Lifecycle(
    "overall_target",
    {PlannedState.DRAFT},
    PLANNED.labels,
    (
        Step(
            verb="finish_target",
            sources={PlannedState.DRAFT},
            target=PlannedState.READY,
            by="measures.finish_target",
            label=msg("Fertig planen"),
            address="fertig",
            basis=OWN_RULE,
            done=msg("Fertig geplant: Ziel {place}, {name} {year} ({number})."),
            guards=(is_sound, is_reviewed),
            look=Look.PRIMARY,
        ),
        Step(
            verb="reopen_target",
            sources={PlannedState.READY},
            target=PlannedState.DRAFT,
            by="measures.reopen_target",
            label=msg("Weiter bearbeiten"),
            address="weiter-bearbeiten",
            basis=OWN_RULE,
            done=msg("Wieder in Arbeit: Ziel {place}, {name} {year} ({number})."),
            is_taking_back=True,
        ),
        Step(
            verb="drop_target",
            sources={PlannedState.DRAFT, PlannedState.READY},
            target=PlannedState.DROPPED,
            by="measures.drop_target",
            label=msg("Nicht weiter planen"),
            address="aufgeben",
            basis=OWN_RULE,
            done=msg("Nicht weiter geplant: Ziel {place}, {name} {year} ({number})."),
            notes=REASON,
            look=Look.TERTIARY,
        ),
        Step(
            verb="restore_target",
            sources={PlannedState.DROPPED},
            target=PlannedState.DRAFT,
            by="measures.restore_target",
            label=msg("Wieder planen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wieder in Arbeit: Ziel {place}, {name} {year} ({number})."),
            is_undoing=True,
        ),
    ),
)
