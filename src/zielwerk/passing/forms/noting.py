"""Noting what was spent and which papers came; the filter of Monday's page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.packs import naming
from zielwerk.passing.queries import OPEN, SurveyRow
from zielwerk.rulebook.alphabet import holds, searchable
from zielwerk.rulebook.passing.ways import Paper
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui.filters import CaseFilter, year_choices
from zielwerk.ui.forms import DayField, MoneyField, TextField
from zielwerk.ui.tags.values import said

WHICH = {
    "": msg("alle"),
    "papers": msg("mit fehlenden Unterlagen"),
    "late": msg("mit überfälligem Nachweis"),
    OPEN: msg("noch nicht weitergegeben"),
    "over": msg("mehr weitergegeben als bewilligt"),
    "overspent": msg("mehr verausgabt als weitergegeben"),
}


class PassOnFilter(CaseFilter):
    """Words, year, state."""

    field_order = ("suche", "jahr", "stand")


class SpentForm(forms.Form):
    """What was spent of a budget year by a day."""

    conditions: ClassVar = {
        "verausgabt": _("leer, wenn ein früherer Eintrag nicht mehr gelten soll")
    }
    jahr = forms.TypedChoiceField(label=_("Haushaltsjahr"), coerce=int)
    tag = DayField(label=_("Stand vom"))
    verausgabt = MoneyField(
        label=_("Verausgabt"),
        required=False,
        help_text=_("Alles seit Beginn des Haushaltsjahrs, in Euro."),
    )
    belegt = forms.IntegerField(
        label=_("Belegte Plätze"), required=False, min_value=0, max_value=100_000
    )
    vermerk = TextField(label=_("Vermerk"), required=False, max_length=300)

    def __init__(self, years: Sequence[int], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["jahr"].choices = year_choices(list(years))  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A paper that is there, with its file where there is one."""

    conditions: ClassVar = {"datei": _("leer, wenn sie auf Papier vorliegt")}
    art = forms.ChoiceField(label=_("Unterlage"))
    datei = forms.FileField(
        label=_("Datei"),
        required=False,
        help_text=_("PDF, Bild oder Dokument bis 10 MB."),
    )

    def __init__(
        self, papers: Iterable[Paper], data: Any = None, files: Any = None, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        choices = [(paper.code, paper.label) for paper in papers]
        self.fields["art"].choices = choices  # type: ignore[attr-defined]

    def clean_datei(self) -> tuple[str, bytes]:
        file: UploadedFile[Any] | None = self.cleaned_data["datei"]
        if file is None:
            return "", b""
        try:
            content = uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused
        return file.name or "", content


class SurveyFilter(forms.Form):
    """Words, one of the running programme years, what to look at."""

    suche = TextField(
        label=_("Suche"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    jahr = forms.ChoiceField(label=_("Programmjahr"), required=False)
    auswahl = forms.ChoiceField(label=_("Nur"), required=False)

    def __init__(self, data: Any, years: list[int], on: date) -> None:
        super().__init__(data)
        self.on = on
        fields: Any = self.fields
        fields["jahr"].choices = [("", gettext("alle laufenden")), *year_choices(years)]
        fields["auswahl"].choices = [(code, said(label)) for code, label in WHICH.items()]
        self.full_clean()

    def matching(self, rows: Sequence[SurveyRow]) -> list[SurveyRow]:
        """The rows that the filter keeps."""
        values = self.cleaned_data
        wish, year = values.get("suche") or "", values.get("jahr")
        return [
            row
            for row in rows
            if (not year or row.year == int(year))
            and (not wish or holds(_searched(row), wish))
            and self._is_wanted(row, values.get("auswahl") or "")
        ]

    def _is_wanted(self, row: SurveyRow, which: str) -> bool:
        return {
            "": True,
            "papers": row.missing > 0,
            "late": row.due_day is not None and row.due_day < self.on,
            OPEN: (row.open_cents or 0) > 0,
            "over": (row.open_cents or 0) < 0,
            "overspent": row.is_overspent,
        }[which]


def _searched(row: SurveyRow) -> str:
    known = naming.names(settings.PROGRAMME).get(row.ags)
    names = (row.body_name, known.short if known else "")
    number = row.case.file_number if row.case else ""
    return searchable((*names, row.title, row.carrier, row.notice, number))
