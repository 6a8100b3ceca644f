"""Proposing the rules of a programme year for release."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.programme.actions import NewRelease
from zielwerk.ui.forms import TextField


class ReleaseForm(forms.Form):
    """What whoever decides should know; the version is the one on the page."""

    bemerkung = TextField(
        label=_("Bemerkung für die zweite Person"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
    fassung = TextField(widget=forms.HiddenInput)

    def new(self, programme: str, year: int) -> NewRelease:
        cleaned = self.cleaned_data
        return NewRelease(programme, year, cleaned["fassung"], cleaned["bemerkung"])
