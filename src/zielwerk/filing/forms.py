"""Filtering a file, offering it, entering the archive's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from zielwerk.filing.models import ArchiveOffer
from zielwerk.filing.queries import Row, SortOf
from zielwerk.ui.forms import DayField, TextField

_ = gettext_lazy


class SortFilter(forms.Form):
    """One sort of entries, or all of them."""

    art = forms.ChoiceField(label=_("Art des Eintrags"), required=False)

    def __init__(self, data: Any, sorts: list[SortOf]) -> None:
        super().__init__(data)
        found = [(one.sort.value, f"{gettext(one.label)} ({one.count})") for one in sorts]
        self.fields["art"].choices = [("", gettext("alle")), *found]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, rows: list[Row]) -> list[Row]:
        """The entries of the sort that was chosen; all where there is no such."""
        sort = self.cleaned_data.get("art")
        return [row for row in rows if not sort or row.entry.sort == sort]


class OfferForm(forms.Form):
    """To which archive a file is offered."""

    archiv = TextField(
        label=_("Archiv"), max_length=200, help_text=_("Name des zuständigen Archivs")
    )


class AnswerForm(forms.Form):
    """What the archive answered."""

    antwort = forms.ChoiceField(
        label=_("Das Archiv"),
        widget=forms.RadioSelect,
        choices=[(one.value, gettext_lazy(str(one.label))) for one in ArchiveOffer.Answer],
    )
    tag = DayField(label=_("Datum des Schreibens"))
    zeichen = TextField(label=_("Zeichen des Archivs"), max_length=60, required=False)
