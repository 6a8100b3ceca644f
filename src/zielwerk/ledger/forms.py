"""Which part of the books a person wants to see, from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.core.ui import DayField
from zielwerk.ledger.models import Book, Place
from zielwerk.ledger.queries import Selection


class BookFilters(forms.Form):
    """Filters of the books, with their two times: when it counted, when it was known."""

    programmjahr = forms.IntegerField(
        label=_("Programmjahr"), required=False, min_value=2000, max_value=2100
    )
    ags = forms.RegexField(
        label=_("Gebietskörperschaft (AGS)"),
        required=False,
        regex=r"^[0-9]{5}$",
        help_text=_("fünf Ziffern, zum Beispiel 06435"),
    )
    stand = DayField(
        label=_("Wie es zählte am"), required=False, help_text=_("Wertstellung bis zu diesem Tag")
    )
    bekannt = DayField(
        label=_("Wie es bekannt war am"), required=False, help_text=_("erfasst bis zu diesem Tag")
    )

    def times(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"counted_on": given.get("stand"), "known_on": given.get("bekannt")}

    def selection(self) -> Selection:
        """What to look at; a filter with a fault is left out and says so at its field."""
        self.full_clean()
        given = self.cleaned_data
        return Selection(
            programme_year=given.get("programmjahr"),
            ags=given.get("ags") or "",
            book=given.get("buch") or "",
            place=given.get("ort") or "",
        )


class TransferFilters(BookFilters):
    """The same, narrowed to one book and place."""

    buch = forms.ChoiceField(
        label=_("Buch"),
        required=False,
        choices=[("", _("alle")), *((key, _(label)) for key, label in Book.choices)],
    )
    ort = forms.ChoiceField(
        label=_("Ort"),
        required=False,
        choices=[("", _("alle")), *((key, _(label)) for key, label in Place.choices)],
    )
