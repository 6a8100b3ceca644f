"""Asking the body, answering, settling an aspect, sending a paper."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.rulebook.application import OUTCOMES
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.forms import DayField, TextField
from zielwerk.ui.tags.values import said


class QuestionForm(forms.Form):
    """A question: about which places, what is asked, until when it is to be answered."""

    wonach = TextField(label=_("Frage"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    stellen = forms.MultipleChoiceField(
        label=_("Welche Angaben sie betrifft"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Genau diese Angaben kann die Gebietskörperschaft bis zur Antwort ändern."),
        error_messages={"required": _("Bitte mindestens eine Angabe wählen.")},
    )
    bis = DayField(label=_("Antwort bis"))

    def __init__(self, places: Sequence[tuple[str, Any]], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["stellen"].choices = places  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The body's answer to a question."""

    antwort = TextField(
        label=_("Antwort"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawalForm(forms.Form):
    """Why a question is withdrawn."""

    grund = TextField(label=_("Grund"), max_length=1000)


class SettleForm(forms.Form):
    """How far the authority is with an aspect, and why."""

    conditions: ClassVar = {"begruendung": _("nötig, wo etwas nicht angenommen wird")}
    ergebnis = forms.ChoiceField(
        label=_("Ergebnis"),
        choices=[(code, _(label)) for code, label in OUTCOMES.items()],
        widget=forms.RadioSelect,
    )
    begruendung = TextField(
        label=_("Begründung"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PaperForm(forms.Form):
    """A paper, and what it is."""

    art = forms.ChoiceField(label=_("Was es ist"))
    datei = forms.FileField(label=_("Datei"), help_text=_("PDF, Bild oder Dokument bis 10 MB."))

    def __init__(
        self, kinds: Sequence[tuple[str, Any]], data: Any = None, files: Any = None, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        self.fields["art"].choices = kinds  # type: ignore[attr-defined]

    def clean_datei(self) -> tuple[str, bytes]:
        file: UploadedFile[Any] = self.cleaned_data["datei"]
        try:
            content = uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused
        return file.name or "", content
