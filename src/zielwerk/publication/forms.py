"""Filters of the public list, from the address."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.core.words import matching
from zielwerk.publication import queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui import bodies
from zielwerk.ui.forms import QuickSelect, TextField
from zielwerk.ui.tags.values import said

SIZES = (20, 50, 100)
# With these parameters and values an answer is kept; nobody's own words are among them.
KEPT = {
    "jahr": r"20\d\d|",
    "art": "|".join([*(re.escape(label) for label, _label in bodies.kinds()), ""]),
    "massnahmeart": "",
    "zeilen": "50|100|",
    "suche": "",
    "sortierung": "-?(gebietskoerperschaft|art|jahr|massnahmen|vereinbarter-betrag)",
    "seite": "letzte",
    "export": "csv|xlsx",
}


class PdfForm(forms.Form):
    """A PDF whose signatures are to be checked."""

    datei = forms.FileField(
        label=_("PDF-Datei"), widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"})
    )

    def clean_datei(self) -> bytes:
        file: UploadedFile[Any] = self.cleaned_data["datei"]
        try:
            return uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused


class Filters(forms.Form):
    """The filters of the public list; a filter with a fault shows it at its field."""

    suche = TextField(
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
            ("art", dict(bodies.kinds())),
            ("massnahmeart", types),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [any_choice, *choices.items()]
        self.full_clean()

    def matching(self, editions: QuerySet[Edition]) -> QuerySet[Edition]:
        """The editions that the filters keep; one with a fault is left out."""
        values = self.cleaned_data
        if values.get("suche"):
            editions = matching(editions, values["suche"], text="public_text")
        if values.get("jahr"):
            editions = editions.filter(year=values["jahr"])
        if values.get("art"):
            editions = editions.filter(body_kind=values["art"])
        code = values.get("massnahmeart")
        return queries.with_measure_type(editions, code) if code else editions

    @property
    def page_length(self) -> int:
        return int(self.cleaned_data.get("zeilen") or SIZES[0])
