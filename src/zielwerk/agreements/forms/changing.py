"""A change of what was agreed, and the wish to annul a mistaken record, as people state them."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.agreements.actions import NewChange
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.queries.changing import next_change, places
from zielwerk.core.uploads import content
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import FORMS, Form, forms_of
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.forms import TextField
from zielwerk.ui.tags.values import said


class ChangeForm(forms.Form):
    """How and on which basis an agreement was changed, and where that is written."""

    conditions: ClassVar = {
        "luecke": _("nötig, wenn Nummern fehlen"),
        "datei": _("Text oder Herkunft"),
        "herkunft": _("Text oder Herkunft"),
    }

    art = forms.ChoiceField(label=_("Art der Änderung"))
    nummer = forms.IntegerField(
        label=_("Nummer der Änderung"),
        min_value=1,
        max_value=99,
        help_text=_("Die wievielte Änderung es nach dem Schriftstück ist"),
    )
    luecke = TextField(
        label=_("Warum Nummern davor fehlen"),
        required=False,
        max_length=200,
        help_text=_("Nur, wenn frühere Änderungen nicht erfasst sind"),
    )
    grundlage = forms.ChoiceField(
        label=_("Beruht auf"), help_text=_("Die Stelle, die Änderungen zulässt")
    )
    datei = forms.FileField(
        label=_("Text der Änderung"),
        required=False,
        help_text=_("Eine Textdatei (.txt) bis zwei Megabyte; sie wird als Quelle aufbewahrt"),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    herkunft = TextField(label=_("Oder woher die Angaben stammen"), required=False, max_length=200)

    def __init__(self, agreement: Agreement, *data: Any) -> None:
        super().__init__(*data)
        self.fields["nummer"].initial = next_change(agreement)
        self.agreement = agreement
        sides = packs.programme(agreement.programme).document.sides
        self._choose("art", [(form.value, gettext(FORMS[form])) for form in forms_of(sides)])
        self._choose(
            "grundlage",
            [("", _("bitte wählen")), *((text, German(text)) for text in places(agreement))],
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_datei(self) -> bytes:
        file: UploadedFile[Any] | None = self.cleaned_data["datei"]
        if not file:
            return b""
        try:
            return content(file, settings.AGREEMENT_TEXT_LIMIT)
        except Refused as refused:
            raise forms.ValidationError([said(each) for each in refused.refusals]) from refused

    def change(self, *, is_trial: bool) -> NewChange:
        """The command; call only when the form is valid."""
        values, file = self.cleaned_data, self.files.get("datei")
        return NewChange(
            self.agreement,
            Form(values["art"]),
            values["grundlage"],
            values["nummer"],
            values["herkunft"],
            values["luecke"],
            name=(file.name if file else "") or "",
            content=values["datei"],
            is_invented=self.agreement.is_invented,
            is_trial=is_trial,
        )


class AnnulmentForm(forms.Form):
    """Why a record was a mistake."""

    begruendung = TextField(
        label=_("Begründung"),
        max_length=500,
        help_text=_("Was war falsch? Bitte keine Namen von Personen, die gefördert werden."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
