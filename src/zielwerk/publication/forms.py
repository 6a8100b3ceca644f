"""Filters of the public list, from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.core.ui import QuickSelect
from zielwerk.publication.queries import SORTS, Criteria

SIZES = (20, 50, 100)
SORT = "sortierung"
# With these parameters and values an answer is kept; nobody's own words are among them.
KEPT = {
    "jahr": r"20\d\d|",
    "art": "Landkreis|kreisfreie Stadt|",
    "massnahmeart": "",
    "zeilen": "50|100|",
    "suche": "",
    SORT: "|".join(f"-?{name}" for name in ("name", "betrag", "jahr", "massnahmen")),
    "seite": r"[1-9]\d?",
    "export": "csv|xlsx",
}


class Filters(forms.Form):
    """The filters of the public list; a filter with a fault shows it at its field."""

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
        any_choice = ("", _("alle"))
        for name, choices in (
            ("jahr", {str(year): str(year) for year in years}),
            ("massnahmeart", types),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [any_choice, *choices.items()]
        sort = address.get(SORT, "")
        self.sort = sort if sort in SORTS else ""

    def criteria(self) -> Criteria:
        """The search; a filter with a fault is left out."""
        self.full_clean()
        values = self.cleaned_data
        return Criteria(
            words=values.get("suche") or "",
            year=values.get("jahr"),
            kind=values.get("art") or "",
            measure_type=values.get("massnahmeart") or "",
            sort=self.sort or "-jahr",
        )

    def page_size(self) -> int:
        return int(self.cleaned_data.get("zeilen") or SIZES[0])
