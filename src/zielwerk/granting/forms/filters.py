"""Filters of the lists of notices and acts."""

from zielwerk.ui.filters import CaseFilter


class NoticeFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")


class ActFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")
