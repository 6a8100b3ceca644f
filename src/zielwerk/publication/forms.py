"""Filters of the public list, from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.core.ui import QuickSelect
from zielwerk.publication.queries import SORTS, Wanted

SIZES = (20, 50, 100)
SORT = "sortierung"


class Filters(forms.Form):
    """What a visitor may filter by; an address that makes no sense is told so at the field."""

    suche = forms.CharField(
        label=_("Suche"),
        required=False,
        max_length=200,
        help_text=_("Name, Schlüssel, Maßnahme"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    jahr = forms.TypedChoiceField(
        label=_("Programmjahr"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=QuickSelect,
    )
    art = forms.ChoiceField(
        label=_("Art"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("alle")),
            ("Landkreis", _("Landkreis")),
            ("kreisfreie Stadt", _("kreisfreie Stadt")),
        ],
    )
    massnahmeart = forms.ChoiceField(label=_("Maßnahmeart"), required=False, widget=QuickSelect)
    zeilen = forms.ChoiceField(
        label=_("Zeilen"),
        required=False,
        widget=QuickSelect,
        choices=[("", "20"), ("50", "50"), ("100", "100")],
    )

    def __init__(self, address: Any, years: list[int], types: dict[str, str]) -> None:
        super().__init__(address)
        everything = ("", _("alle"))
        for name, known in (("jahr", {str(y): str(y) for y in years}), ("massnahmeart", types)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *known.items()]
        sort = address.get(SORT, "")
        self.sort = sort if sort in SORTS else ""

    def wanted(self) -> Wanted:
        """What to look for; a filter with a fault is left out."""
        self.full_clean()
        given = self.cleaned_data
        return Wanted(
            words=given.get("suche") or "",
            year=given.get("jahr"),
            kind=given.get("art") or "",
            measure_type=given.get("massnahmeart") or "",
            sort=self.sort or "-jahr",
        )

    def page_size(self) -> int:
        return int(self.cleaned_data.get("zeilen") or SIZES[0])
