"""Filters that stand in the address: the programme year."""

from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core.cases import Case, Kind

C = TypeVar("C", bound=Case)
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


class CaseFilter(YearFilter):
    """One programme year and one state of a kind of case, or all of them."""

    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, data: Any, known: list[int], kind: Kind[Any]) -> None:
        self.states = [(state, gettext(label)) for state, label in kind.labels.items()]
        super().__init__(data, known)

    def full_clean(self) -> None:
        self.fields["stand"].choices = [("", gettext("alle")), *self.states]  # type: ignore[attr-defined]
        super().full_clean()

    def chosen(self, found: QuerySet[C]) -> QuerySet[C]:
        """The cases that are asked for."""
        if self.year:
            found = found.filter(year=self.year)
        state = self.cleaned_data.get("stand")
        return found.filter(state=state) if state else found
