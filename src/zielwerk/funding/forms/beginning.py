"""For which programme year an application is begun."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.ui.filters import year_choices


class BeginForm(forms.Form):
    """The programme year that is applied for."""

    jahr = forms.TypedChoiceField(label=_("Programmjahr"), coerce=int)

    def __init__(self, years: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = year_choices(list(years))  # type: ignore[attr-defined]
