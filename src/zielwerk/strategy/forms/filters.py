"""Filters of the list of strategies."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zielwerk.core.cases import Kind
from zielwerk.strategy.models import Strategy
from zielwerk.strategy.queries.holding import in_force_on, not_ended
from zielwerk.ui.filters import CaseFilter

TODAY, LATER, EARLIER = "heute", "spaeter", "frueher"


class StrategyFilter(CaseFilter):
    """Words, year, state, and whether a version holds today, later or held before."""

    field_order = ("suche", "jahr", "stand", "gilt")
    gilt = forms.ChoiceField(
        label=_("Gilt"),
        required=False,
        choices=[
            ("", _("alle")),
            (TODAY, _("heute")),
            (LATER, _("erst später")),
            (EARLIER, _("nicht mehr")),
        ],
    )

    def __init__(self, data: Any, years: list[int], kind: Kind[Any]) -> None:
        self.today = timezone.localdate()
        super().__init__(data, years, kind)

    def matching(self, rows: QuerySet[Strategy]) -> QuerySet[Strategy]:  # type: ignore[override]
        """The versions among ``rows`` that the filter keeps."""
        rows = super().matching(rows)
        begun = Q(in_force_at__isnull=False)
        conditions = {
            TODAY: in_force_on(self.today),
            LATER: begun & Q(valid_from__gt=self.today) & not_ended(self.today),
            EARLIER: begun & (Q(valid_until__lt=self.today) | Q(ended_on__lte=self.today)),
        }
        wish = self.cleaned_data.get("gilt")
        return rows.filter(conditions[wish]) if wish else rows
