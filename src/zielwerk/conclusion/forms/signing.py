"""What is entered of a signature, a resolution, a signed file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zielwerk.conclusion.actions import NewFile, NewResolution, NewSignature
from zielwerk.conclusion.models import Conclusion
from zielwerk.conclusion.queries import Before
from zielwerk.core import uploads
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.rulebook.signatures import FORMS, FORMS_OF, WAYS, Form, Place
from zielwerk.ui.forms import DayField, TextField
from zielwerk.ui.tags.values import said

AS_BEFORE = msg("Wie zuletzt in {number}; bitte mit dem Unterschriebenen vergleichen.")
ORGAN_BEFORE = msg("Wie zuletzt in {number}.")
ACTING = ("", "i. V.", "i. A.")


def entered_forms(conclusion: Conclusion, place: Place) -> list[str]:
    """The forms in which a signature of a place is entered; electronic ones come with the file."""
    allowed = [form for form in place.forms if form in FORMS_OF[conclusion.way]]
    return [form for form in allowed if form != Form.QUALIFIED]


class BeginForm(forms.Form):
    """On which way the signatures are got."""

    weg = forms.ChoiceField(label=_("Wie wird unterschrieben?"), widget=forms.RadioSelect)

    def __init__(self, ways: Iterable[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["weg"].choices = [(way, _(WAYS[way])) for way in ways]  # type: ignore[attr-defined]


class SignatureForm(forms.Form):
    """A signature of one place, as the paper or the file shows it."""

    name = TextField(label=_("Wer hat unterschrieben?"), max_length=120)
    amt = TextField(label=_("Amt"), max_length=120)
    vertretung = forms.ChoiceField(
        label=_("In Vertretung"),
        required=False,
        choices=[(each, each or _("nein")) for each in ACTING],
    )
    am = DayField(label=_("Unterschrieben am"))
    ort = TextField(label=_("Ort"), max_length=120, required=False)
    form = forms.ChoiceField(label=_("Form"))
    siegel = forms.BooleanField(label=_("mit Dienstsiegel"), required=False)

    def __init__(
        self, conclusion: Conclusion, place: Place, before: Before | None, data: Any = None
    ) -> None:
        """``before`` is who signed last at the place: it stands there, with where it is from."""
        known = {"name": before.name, "amt": before.office, "ort": before.town} if before else {}
        super().__init__(data, initial=known)
        allowed = entered_forms(conclusion, place)
        choices = [(form, _(FORMS[form])) for form in allowed]
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        self.fields["amt"].help_text = place.office
        if before:
            self.fields["name"].help_text = _(AS_BEFORE).format(number=before.number)
        self.conclusion, self.place = conclusion, place

    def signature(self) -> NewSignature:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        return NewSignature(
            self.conclusion,
            self.place.id,
            values["name"],
            values["amt"],
            values["am"],
            values["form"],
            values["ort"],
            values["vertretung"],
            values["siegel"],
        )


class StrikeForm(forms.Form):
    """Why a signature counts no longer."""

    grund = TextField(label=_("Grund"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ResolutionForm(forms.Form):
    """Who resolved when, under which number."""

    organ = TextField(label=_("Wer hat beschlossen?"), max_length=120)
    am = DayField(label=_("Beschlossen am"))
    nummer = TextField(label=_("Nummer des Beschlusses"), max_length=60)

    def __init__(self, before: tuple[str, str] | None, data: Any = None) -> None:
        """``before`` is the organ that resolved last, and where that stands."""
        super().__init__(data, initial={"organ": before[0]} if before else {})
        if before:
            self.fields["organ"].help_text = _(ORGAN_BEFORE).format(number=before[1])

    def resolution(self, conclusion: Conclusion) -> NewResolution:
        """The command; call only when the form is valid."""
        values = self.cleaned_data
        return NewResolution(conclusion, values["organ"], values["am"], values["nummer"])


class FileForm(forms.Form):
    """The signed copy, as a scan or with electronic signatures in it."""

    datei = forms.FileField(
        label=_("Unterschriebenes Exemplar (PDF)"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_datei(self) -> tuple[str, bytes]:
        file: UploadedFile[Any] = self.cleaned_data["datei"]
        try:
            content = uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(one) for one in refused.refusals]) from refused
        return file.name or str(_("Unterschriebenes Exemplar")), content

    def file(self, conclusion: Conclusion) -> NewFile:
        """The command; call only when the form is valid."""
        name, content = self.cleaned_data["datei"]
        return NewFile(conclusion, name, content)


class ScanForm(FileForm):
    """The scan of what was signed by hand; why it is kept is asked where something stops."""

    datei = forms.FileField(
        label=_("Scan des unterschriebenen Exemplars"),
        help_text=_("PDF, TIFF, PNG oder JPEG, am besten in Grau mit 200 dpi."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.tif,.tiff,.png,.jpg,.jpeg"}),
    )
    grund = TextField(
        label=_("Warum soll es so abgelegt werden?"),
        help_text=_("Das lesen beide Seiten, auch wer prüft und abschließt."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
