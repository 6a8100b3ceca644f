"""Filters of the public list, from the address; what is asked before something is published."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.core.words import matching
from zielwerk.packs import naming
from zielwerk.publication import letters, queries
from zielwerk.publication.actions import Wishes
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui import bodies
from zielwerk.ui.forms import DayField, QuickSelect, TextField
from zielwerk.ui.tags.values import said

SIZES = (20, 50, 100)
# With these parameters and values an answer is kept; nobody's own words are among them.
KEPT = {
    "jahr": r"20\d\d|",
    "art": "|".join([*(re.escape(label) for label, _label in bodies.kinds()), ""]),
    "koerperschaft": "|".join([*map(re.escape, naming.names(settings.PROGRAMME)), ""]),
    "massnahmeart": "",
    "zweckbindung": "",
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
    koerperschaft = forms.ChoiceField(
        label=_("Gebietskörperschaft"), required=False, widget=QuickSelect
    )
    massnahmeart = forms.ChoiceField(label=_("Maßnahmeart"), required=False, widget=QuickSelect)
    zweckbindung = forms.ChoiceField(label=_("Zweckbindung"), required=False, widget=QuickSelect)
    zeilen = forms.ChoiceField(
        label=_("Zeilen"),
        required=False,
        widget=QuickSelect,
        choices=[("", "20"), ("50", "50"), ("100", "100")],
    )

    def __init__(
        self, address: Any, years: list[int], types: dict[str, str], earmarks: dict[str, str]
    ) -> None:
        super().__init__(address)
        any_choice = ("", _("alle"))
        for name, choices in (
            ("jahr", {str(year): str(year) for year in years}),
            ("art", dict(bodies.kinds())),
            ("koerperschaft", dict(bodies.choices())),
            ("massnahmeart", types),
            ("zweckbindung", earmarks),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [any_choice, *choices.items()]
        if not earmarks:  # a programme without purposes has nothing to choose from
            del self.fields["zweckbindung"]
        self.full_clean()

    @property
    def year(self) -> int | None:
        year: int | None = self.cleaned_data.get("jahr")
        return year

    def matching(self, editions: QuerySet[Edition]) -> QuerySet[Edition]:
        """The editions that the filters keep; one with a fault is left out."""
        editions = self.matching_in_any_year(editions)
        return editions.filter(year=self.year) if self.year else editions

    def matching_in_any_year(self, editions: QuerySet[Edition]) -> QuerySet[Edition]:
        values = self.cleaned_data
        if values.get("suche"):
            editions = matching(editions, values["suche"], text="public_text")
        if values.get("art"):
            editions = editions.filter(body_kind=values["art"])
        if values.get("koerperschaft"):
            editions = editions.filter(ags=values["koerperschaft"])
        if code := values.get("zweckbindung"):
            editions = queries.with_earmark(editions, code)
        code = values.get("massnahmeart")
        return queries.with_measure_type(editions, code) if code else editions

    @property
    def page_length(self) -> int:
        return int(self.cleaned_data.get("zeilen") or SIZES[0])


BLACK, KEPT_PUBLIC = "schwaerzen", "belassen"
CHOICES = [(BLACK, _("schwärzen")), (KEPT_PUBLIC, _("veröffentlichen, mit Begründung"))]


class ReleaseForm(forms.Form):
    """What is asked before something is put forward or published.

    The text that the stage asks for, the embargo where somebody releases it later, and of each
    place that may tell of a person whether it is published, and why.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        places: Sequence[letters.Place] = (),
        note: str = "",
        is_embargoed: bool = False,
    ) -> None:
        super().__init__(data)
        self.places = {str(number): place for number, place in enumerate(places, 1)}
        if note:
            self.fields["note"] = TextField(
                label=said(note), max_length=1000, widget=forms.Textarea({"rows": 4})
            )
        if is_embargoed:
            self.fields["sperrfrist"] = DayField(
                label=_("Sperrfrist: öffentlich frühestens ab"), required=False
            )
        for number, place in self.places.items():
            # By its number: one text may stand at two places.
            what = f"{number}. {said(place.where)}: {said(place.kind)} „{place.found.text}“"
            self.fields[f"stelle-{number}"] = forms.ChoiceField(
                label=what,
                help_text=f"… {place.before}{place.found.text}{place.after} …",
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial=BLACK,
            )
            self.fields[f"grund-{number}"] = TextField(
                label=gettext("Begründung zu {number}. „{text}“").format(
                    number=number, text=place.found.text
                ),
                help_text=_("Nur wenn die Stelle veröffentlicht wird"),
                required=False,
                max_length=300,
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for number in self.places:
            is_kept = values.get(f"stelle-{number}") == KEPT_PUBLIC
            if is_kept and not values.get(f"grund-{number}"):
                self.add_error(
                    f"grund-{number}", gettext("Bitte sagen Sie, warum das öffentlich werden darf.")
                )
        return values

    def arguments(self) -> dict[str, str]:
        return {"note": self.cleaned_data["note"]} if "note" in self.fields else {}

    def wishes(self) -> Wishes:
        values = self.cleaned_data
        reasons = {
            place.key: values[f"grund-{number}"]
            for number, place in self.places.items()
            if values[f"stelle-{number}"] == KEPT_PUBLIC
        }
        decisions = letters.chosen(self.places.values(), reasons)
        return Wishes(decisions, values.get("sperrfrist"))
