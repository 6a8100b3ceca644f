"""A seal to compare with, and what a proof shall hold."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.auditing import queries
from zielwerk.core import audit
from zielwerk.ui.forms import TextField
from zielwerk.ui.tags.values import said

MOST_BYTES = 10_000  # a file with a seal in it has a hundred


class SealForm(forms.Form):
    """A seal as it was kept: pasted, or the file in which it stands."""

    conditions: ClassVar = {"siegel": _("Siegel oder Datei"), "datei": _("Siegel oder Datei")}

    siegel = TextField(
        label=_("Siegel"),
        required=False,
        max_length=1000,
        help_text=_("Nummer:Prüfsumme, zum Beispiel 1024:9f86d081…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    datei = forms.FileField(
        label=_("Datei mit dem Siegel"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        text, file = values.get("siegel", ""), values.get("datei")
        name = "siegel"
        if not text and file:
            name, text = "datei", _text(file)
        if self.errors:
            return values
        self.kept, fault = queries.stray(text)
        if fault:
            self.add_error(name, said(fault))
        return values

    kept: audit.Seal | None = None


def _text(file: UploadedFile[Any]) -> str:
    """What stands in a small file of text; of anything else a little, which is no seal."""
    content: bytes = file.read(MOST_BYTES)
    return content.decode("utf-8", errors="replace")


class ProofForm(forms.Form):
    """Of what a proof is taken along: the whole log, or one case by its file number."""

    akte = TextField(
        label=_("Aktenzeichen"),
        required=False,
        max_length=40,
        help_text=_("Leer: das ganze Protokoll."),
    )

    def clean_akte(self) -> str:
        number: str = self.cleaned_data["akte"]
        about = queries.of_records(queries.entries(), queries.NUMBER, number)
        if number and not about.exists():
            nothing = gettext("Zu diesem Aktenzeichen steht im Protokoll nichts.")
            raise forms.ValidationError(nothing)
        return number
