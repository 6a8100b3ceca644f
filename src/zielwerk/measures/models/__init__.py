"""Tables of measures: as they are planned, as agreements name them, and who carries them out.

And of the targets that a body sets for a whole year.
"""

from zielwerk.measures.models import measures, overall, planned
from zielwerk.measures.models.measures import KNOWN_ALREADY, Delivery, Measure
from zielwerk.measures.models.overall import OverallTarget, OverallVersion
from zielwerk.measures.models.planned import Origin, PlannedMeasure, PlannedVersion

GUARDS = (*measures.GUARDS, *planned.GUARDS, *overall.GUARDS)
RACES = {**measures.RACES, **planned.RACES, **overall.RACES}

__all__ = [
    "GUARDS",
    "KNOWN_ALREADY",
    "RACES",
    "Delivery",
    "Measure",
    "Origin",
    "OverallTarget",
    "OverallVersion",
    "PlannedMeasure",
    "PlannedVersion",
]
