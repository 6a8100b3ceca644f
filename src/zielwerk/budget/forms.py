"""What is entered into the state's budget: amounts, authority, the end of a year."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zielwerk.budget.actions import Authority, Consent, Entry, Line
from zielwerk.budget.queries import Heading
from zielwerk.core.ui import DayField, MoneyField
from zielwerk.core.ui.filters import Choices, year_choices
from zielwerk.packs import loading as packs
from zielwerk.rulebook.budget import LATER_YEARS
from zielwerk.rulebook.money import Cents


class BudgetFilters(forms.Form):
    """Which budget year to look at."""

    jahr = forms.ChoiceField(label=_("Haushaltsjahr"), required=False)

    def __init__(self, data: Any, known: list[int]) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = year_choices(known)  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """An amount of one budget line, the day it counts from, and what it rests on."""

    year = forms.TypedChoiceField(label=_("Haushaltsjahr"), coerce=int)
    budget_line = forms.CharField(
        label=_("Haushaltsstelle"),
        max_length=60,
        help_text=_("So, wie der Haushaltsplan des Landes sie schreibt."),
    )
    source = forms.ChoiceField(label=_("Mittelherkunft"))
    earmark = forms.ChoiceField(
        label=_("Zweckbindung"),
        required=False,
        help_text=_("Leer für Mittel ohne Zweckbindung."),
    )
    amount = MoneyField(label=_("Betrag"))
    value_date = DayField(label=_("Wertstellung"))
    basis = forms.CharField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel das Haushaltsgesetz mit Fundstelle oder der Erlass mit Datum."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [
            packs.load(settings.PROGRAMME, year)
            for year in reversed(packs.years(settings.PROGRAMME))
        ]
        sources = {one.code: one.label for year in known for one in year.money_sources}
        earmarks = {one.code: one.label for year in known for one in year.earmarks}
        without: Choices = [("", "–")]
        self._choices("year", year_choices(packs.years(settings.PROGRAMME)))
        self._choices("source", list(sources.items()))
        self._choices("earmark", [*without, *earmarks.items()])

    def _choices(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def line(self) -> Line:
        said = self.cleaned_data
        return Line(
            settings.PROGRAMME, said["year"], said["budget_line"], said["source"], said["earmark"]
        )

    def command(self) -> Entry | Authority:
        said = self.cleaned_data
        return Entry(self.line(), said["amount"], said["value_date"], said["basis"])


class AuthorityForm(EntryForm):
    """Commitment authority: an amount that may be promised, and when it falls due."""

    due_year = forms.TypedChoiceField(label=_("Fälligkeitsjahr"), coerce=int)
    field_order = ("year", "budget_line", "source", "earmark", "due_year")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = packs.years(settings.PROGRAMME)
        later = range(min(known) + 1, max(known) + LATER_YEARS + 1)
        self._choices("due_year", year_choices(list(later)))

    def command(self) -> Entry | Authority:
        said = self.cleaned_data
        return Authority(
            self.line(), said["due_year"], said["amount"], said["value_date"], said["basis"]
        )


class CloseForm(forms.Form):
    """The consents with which a budget year ends: one amount for each line that holds money."""

    basis = forms.CharField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel der Erlass zum Jahresabschluss mit Datum."),
    )

    def __init__(self, data: Any, left: list[tuple[Heading, Cents, str]], **options: Any) -> None:
        """``left`` is what each line still holds, with the words for the line."""
        super().__init__(data, **options)
        self.left = left
        for number, (_heading, _cents, label) in enumerate(left):
            self.fields[f"consent{number}"] = MoneyField(label=label, required=False)

    def consents(self) -> list[Consent]:
        return [
            Consent(
                Line(
                    settings.PROGRAMME,
                    heading.budget_year,
                    heading.budget_line,
                    heading.source,
                    heading.earmark,
                ),
                heading.programme_year,
                cents,
            )
            for number, (heading, _, _) in enumerate(self.left)
            if (cents := self.cleaned_data[f"consent{number}"])
        ]
