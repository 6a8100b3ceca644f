"""Filters of the lists of notices and acts, and of what was issued together."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.granting.queries import IssuedEntry
from zielwerk.ui.filters import CaseFilter
from zielwerk.ui.forms import TextField


class NoticeFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")


class ActFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")


class TogetherFilter(forms.Form):
    """One list, by its check code."""

    pruefzeichen = TextField(
        label=_("Prüfzeichen der Liste"),
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def matching(self, rows: Sequence[IssuedEntry]) -> list[IssuedEntry]:
        """The rows of the list, or all."""
        code = self.cleaned_data.get("pruefzeichen")
        return [row for row in rows if not code or row.code == code]
