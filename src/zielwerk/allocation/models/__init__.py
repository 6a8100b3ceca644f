"""Tables of allocation: needs, scenarios, decided allocations."""

from zielwerk.allocation.models.needs import IndicatorData
from zielwerk.allocation.models.scenario import BodyAllocation, Scenario, end_of
from zielwerk.core.guards import append_only
from zielwerk.rulebook.refusal import Refusal, msg

__all__ = ["BodyAllocation", "IndicatorData", "Scenario", "end_of"]

GUARDS = (
    *append_only("allocation_indicatordata"),
    *append_only("allocation_bodyallocation"),
)
RACES = {
    "scenario_four_eyes": Refusal(
        "allocation.four_eyes",
        msg("Vorgelegt und entschieden wird von zwei verschiedenen Personen."),
    ),
}
