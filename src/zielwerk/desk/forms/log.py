"""Filters of the audit log."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.desk.queries import log
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.ui.forms import DayField, QuickSelect


class LogFilters(forms.Form):
    """Days, and what an entry is about."""

    gegenstand = forms.ChoiceField(label=_("Gegenstand"), required=False, widget=QuickSelect)
    von = DayField(label=_("Von"), required=False)
    bis = DayField(label=_("Bis"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [(name, log.kind_label(model)) for name, model in audit.SEALED.items()]
        ordered = sorted(kinds, key=lambda kind: sort_key(kind[1]))
        self.fields["gegenstand"].choices = [("", gettext("alle")), *ordered]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries among these that the filters keep."""
        values = self.cleaned_data
        if values.get("gegenstand"):
            entries = entries.filter(subject__startswith=f"{values['gegenstand']}:")
        if values.get("von"):
            entries = entries.filter(at__date__gte=values["von"])
        return entries.filter(at__date__lte=values["bis"]) if values.get("bis") else entries
