"""Marking as seen what stood on the desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone


class SeenForm(forms.Form):
    """The moment at which the desk was opened, as the page says it."""

    augenblick = forms.Field()

    def clean_augenblick(self) -> datetime:
        said: Any = self.cleaned_data["augenblick"]
        try:
            moment = datetime.fromisoformat(str(said))
        except ValueError as error:
            raise forms.ValidationError("") from error
        if timezone.is_naive(moment):
            raise forms.ValidationError("")
        return moment
