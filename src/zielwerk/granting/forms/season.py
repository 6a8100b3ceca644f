"""Filters of the list of all applications on their way to money."""

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.rulebook.grant.season import WAITS
from zielwerk.ui.filters import SearchYearFilter


class SeasonFilter(SearchYearFilter):
    """Words, year, and what an application waits for."""

    field_order = ("suche", "jahr", "wartet")
    wartet = forms.ChoiceField(label=_("Wartet auf"), required=False)

    def full_clean(self) -> None:
        choices = [("", gettext("alles")), *((code, gettext(text)) for code, text in WAITS.items())]
        self.fields["wartet"].choices = choices  # type: ignore[attr-defined]
        super().full_clean()

    def matching(self, rows: QuerySet[Model]) -> QuerySet[Model]:  # type: ignore[override]
        rows = super().matching(rows)
        waits = self.cleaned_data.get("wartet")
        return rows.filter(waits=waits) if waits else rows
