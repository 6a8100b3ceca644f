"""Sending in a table, with the facts that its rows do not hold."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.imports.actions import Incoming
from zielwerk.imports.queries import LIMITS, TableKind
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refusal, Refused
from zielwerk.ui.filters import year_choices
from zielwerk.ui.forms import DayField, TextField
from zielwerk.ui.tags.values import said


class ImportForm(forms.Form):
    """A file, and options by kind of table."""

    year = forms.TypedChoiceField(label=_("Programmjahr"), coerce=int)
    source = TextField(
        label=_("Quelle der Werte"),
        max_length=200,
        help_text=_("Wer hat die Werte veröffentlicht, in welcher Statistik?"),
    )
    reference_date = DayField(label=_("Stichtag"))
    value_date = DayField(
        label=_("Wertstellung"), help_text=_("Ab wann die Beträge zählen; z. B. 01.01.2026")
    )
    basis = TextField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel das Haushaltsgesetz mit Fundstelle oder der Erlass mit Datum."),
    )
    is_invented = forms.BooleanField(
        label=_("Die Angaben sind für die Vorführung erfunden"), required=False
    )
    file = forms.FileField(
        label=_("Tabelle"),
        allow_empty_file=True,
        help_text=_("CSV oder Excel (XLSX) ohne Formeln und Makros, bis zehn Megabyte."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def __init__(self, kind: TableKind, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["year"].choices = year_choices(packs.years(settings.PROGRAMME))  # type: ignore[attr-defined]
        for name in ("source", "reference_date", "value_date", "basis", "is_invented"):
            if name not in kind.options:
                del self.fields[name]
        if not kind.is_of_year:
            # The rows say their own years; the newest rules explain the columns.
            del self.fields["year"]

    def clean_file(self) -> tuple[str, bytes]:
        """The file's name and all of its bytes, or why it is too large."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            return file.name or str(_("Tabelle")), uploads.content(file, LIMITS.file_bytes)
        except Refused as refused:
            sentences = [said(refusal) for refusal in refused.refusals]
            raise forms.ValidationError(sentences) from refused

    def refuse(self, refusals: tuple[Refusal, ...]) -> None:
        """Show at the file why it is refused as a whole."""
        for refusal in refusals:
            self.add_error("file", said(refusal))

    def incoming(self) -> Incoming:
        values = self.cleaned_data
        name, content = values["file"]
        options = {
            name: values[name].isoformat() if isinstance(values[name], date) else values[name]
            for name in self.kind.options
        }
        return Incoming(
            self.kind.code,
            settings.PROGRAMME,
            values.get("year") or packs.years(settings.PROGRAMME)[0],
            name,
            content,
            options,
        )
