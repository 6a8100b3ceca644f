"""The path of a planned measure (geplante Maßnahme): in work, ready, or dropped."""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg


class PlannedState(StrEnum):
    """States of a planned measure."""

    DRAFT = "draft"
    READY = "ready"
    DROPPED = "dropped"


@dataclass(frozen=True)
class PlannedFacts:
    """What is missing of the plan or contradicts itself, and how much is still to be reviewed."""

    faults: tuple[Refusal, ...]
    to_review: int


def is_sound(facts: PlannedFacts) -> tuple[Refusal, ...]:
    """Ready is a measure of which nothing is missing and nothing contradicts itself."""
    return facts.faults


def is_reviewed(facts: PlannedFacts) -> tuple[Refusal, ...]:
    """What was taken over and no longer holds is looked at before."""
    if not facts.to_review:
        return ()
    return (Refusal("measures.to_review", TO_REVIEW, {"count": facts.to_review}),)


TO_REVIEW = msg("Übernommene Angaben sind noch zu prüfen: {count}.")
PLANNED = Lifecycle(
    "planned_measure",
    {PlannedState.DRAFT},
    {
        PlannedState.DRAFT: msg("in Arbeit"),
        PlannedState.READY: msg("fertig geplant"),
        PlannedState.DROPPED: msg("nicht weiter geplant"),
    },
    (
        Step(
            verb="finish",
            sources={PlannedState.DRAFT},
            target=PlannedState.READY,
            by="measures.finish",
            label=msg("Fertig planen"),
            address="fertig",
            basis=OWN_RULE,
            done=msg("Fertig geplant: „{title}“, {name} {year} ({number})."),
            guards=(is_sound, is_reviewed),
            look=Look.PRIMARY,
        ),
        Step(
            verb="reopen",
            sources={PlannedState.READY},
            target=PlannedState.DRAFT,
            by="measures.reopen",
            label=msg("Weiter bearbeiten"),
            address="weiter-bearbeiten",
            basis=OWN_RULE,
            done=msg("Wieder in Arbeit: „{title}“, {name} {year} ({number})."),
            is_taking_back=True,
        ),
        Step(
            verb="drop",
            sources={PlannedState.DRAFT, PlannedState.READY},
            target=PlannedState.DROPPED,
            by="measures.drop",
            label=msg("Nicht weiter planen"),
            address="aufgeben",
            basis=OWN_RULE,
            done=msg("Nicht weiter geplant: „{title}“, {name} {year} ({number})."),
            notes=REASON,
            look=Look.TERTIARY,
        ),
        Step(
            verb="restore",
            sources={PlannedState.DROPPED},
            target=PlannedState.DRAFT,
            by="measures.restore",
            label=msg("Wieder planen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wieder in Arbeit: „{title}“, {name} {year} ({number})."),
            is_undoing=True,
        ),
    ),
)
