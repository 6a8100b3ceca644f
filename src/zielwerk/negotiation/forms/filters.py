"""Filters of the list of drafts."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs.phrases import SIDES
from zielwerk.ui.filters import CaseFilter


class DraftFilter(CaseFilter):
    """Words, year, state, and who owes the next move."""

    field_order = ("suche", "jahr", "stand", "zug")
    zug = forms.ChoiceField(label=_("Am Zug"), required=False)

    def full_clean(self) -> None:
        sides = [(code, gettext(label)) for code, label in SIDES.items()]
        self.fields["zug"].choices = [("", _("alle")), *sides]  # type: ignore[attr-defined]
        super().full_clean()

    def matching(self, rows: QuerySet[DraftDocument]) -> QuerySet[DraftDocument]:  # type: ignore[override]
        """The drafts among ``rows`` that the filter keeps."""
        rows = super().matching(rows)
        side = self.cleaned_data.get("zug")
        return rows.filter(turn=side) if side else rows
