"""Writing a note."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zielwerk.core import uploads
from zielwerk.core.cases import Case
from zielwerk.notes.actions import MAX_LENGTH, Attachment, NewNote
from zielwerk.rulebook.note import NOTE, NoteState
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.forms import TextField
from zielwerk.ui.tags.values import said


class NoteForm(forms.Form):
    """The readers come first, so that nobody writes before she knows for whom."""

    leser = forms.ChoiceField(
        label=_("Wer darf ihn lesen?"),
        widget=forms.RadioSelect,
        choices=[
            (state.value, _(NOTE.labels[state])) for state in (NoteState.INTERNAL, NoteState.SHARED)
        ],
        initial=NoteState.INTERNAL.value,
    )
    text = TextField(
        label=_("Text"), max_length=MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 6})
    )
    anlage = forms.FileField(
        label=_("Anlage"), required=False, help_text=_("Eine Datei bis zehn Megabyte.")
    )

    def clean_anlage(self) -> Attachment | None:
        file: UploadedFile[Any] | None = self.cleaned_data["anlage"]
        if not file:
            return None
        try:
            content = uploads.content(file, settings.UPLOAD_LIMIT)
        except Refused as refused:
            sentences = [said(refusal) for refusal in refused.refusals]
            raise forms.ValidationError(sentences) from refused
        return Attachment(file.name or str(_("Anlage")), content)

    def new_note(self, case: Case) -> NewNote:
        values = self.cleaned_data
        is_shared = values["leser"] == NoteState.SHARED
        return NewNote(case, values["text"], is_shared, values["anlage"])
