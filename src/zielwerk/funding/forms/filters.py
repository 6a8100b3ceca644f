"""Filters of the list of applications."""

from zielwerk.ui.filters import CaseFilter


class ApplicationFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")
