"""Filters of the list of conclusions."""

from zielwerk.ui.filters import CaseFilter


class ConclusionFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")
