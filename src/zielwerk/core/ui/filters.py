"""Filters that stand in the address: the programme year."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, Any]]


def year_choices(known: list[int]) -> Choices:
    return [(str(year), str(year)) for year in known]


class YearFilter(forms.Form):
    """One programme year of those ``known``, or all of them."""

    jahr = forms.ChoiceField(label=_("Programmjahr"), required=False)

    def __init__(self, data: Any, known: list[int]) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = [("", gettext("alle")), *year_choices(known)]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def year(self) -> int | None:
        given = self.cleaned_data.get("jahr")
        return int(given) if given else None
