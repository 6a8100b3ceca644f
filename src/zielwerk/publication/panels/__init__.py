"""What the public sees as lists, pictures and years; and what insiders see of publications."""

from zielwerk.publication.panels.history import history
from zielwerk.publication.panels.lists import (
    EDITIONS,
    FORETOLD,
    GONE,
    HELD,
    PUBLICATIONS,
    TELLING,
    Publishing,
    decisions,
    earmarks,
    filters_of,
    gone_said,
    list_name,
    measure_types,
    publishing,
    withdrawn_said,
)
from zielwerk.publication.panels.operations import OPERATIONS, operations
from zielwerk.publication.panels.pictures import pictures
from zielwerk.publication.panels.years import years_of

__all__ = [
    "EDITIONS",
    "FORETOLD",
    "GONE",
    "HELD",
    "OPERATIONS",
    "PUBLICATIONS",
    "TELLING",
    "Publishing",
    "decisions",
    "earmarks",
    "filters_of",
    "gone_said",
    "history",
    "list_name",
    "measure_types",
    "operations",
    "pictures",
    "publishing",
    "withdrawn_said",
    "years_of",
]
