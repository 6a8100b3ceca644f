"""Entries into the state's budget: amounts, authority, the end of a year."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zielwerk.budget.actions import Authority, Consent, Entry, Line
from zielwerk.budget.queries import Heading
from zielwerk.packs import loading as packs
from zielwerk.rulebook.budget import LATER_YEARS
from zielwerk.rulebook.money import Cents
from zielwerk.ui.filters import Choices, year_choices
from zielwerk.ui.forms import DayField, MoneyField, TextField


class BudgetFilters(forms.Form):
    """The budget year to look at."""

    jahr = forms.ChoiceField(label=_("Haushaltsjahr"), required=False)

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        self.fields["jahr"].choices = year_choices(years)  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """An amount of one budget line, its value date and its basis."""

    year = forms.TypedChoiceField(label=_("Haushaltsjahr"), coerce=int)
    budget_line = TextField(
        label=_("Haushaltsstelle"),
        max_length=60,
        help_text=_("So, wie der Haushaltsplan sie schreibt."),
    )
    source = forms.ChoiceField(label=_("Mittelherkunft"))
    earmark = forms.ChoiceField(
        label=_("Zweckbindung"),
        required=False,
        help_text=_("Leer für Mittel ohne Zweckbindung."),
    )
    amount = MoneyField(label=_("Betrag"))
    value_date = DayField(label=_("Wertstellung"))
    basis = TextField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel das Haushaltsgesetz mit Fundstelle oder der Erlass mit Datum."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        all_rules = [
            packs.load(settings.PROGRAMME, year)
            for year in reversed(packs.years(settings.PROGRAMME))
        ]
        sources = {
            source.code: source.label for rules in all_rules for source in rules.money_sources
        }
        earmarks = {
            earmark.code: earmark.label for rules in all_rules for earmark in rules.earmarks
        }
        blank: Choices = [("", "–")]
        self._choices("year", year_choices(packs.years(settings.PROGRAMME)))
        self._choices("source", list(sources.items()))
        self._choices("earmark", [*blank, *earmarks.items()])

    def _choices(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def line(self) -> Line:
        values = self.cleaned_data
        return Line(
            settings.PROGRAMME,
            values["year"],
            values["budget_line"],
            values["source"],
            values["earmark"],
        )

    def command(self) -> Entry | Authority:
        values = self.cleaned_data
        return Entry(self.line(), values["amount"], values["value_date"], values["basis"])


class AuthorityForm(EntryForm):
    """Commitment authority: an amount that may be promised, and the year it falls due."""

    due_year = forms.TypedChoiceField(label=_("Fälligkeitsjahr"), coerce=int)
    field_order = ("year", "budget_line", "source", "earmark", "due_year")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = packs.years(settings.PROGRAMME)
        due_years = range(min(years) + 1, max(years) + LATER_YEARS + 1)
        self._choices("due_year", year_choices(list(due_years)))

    def command(self) -> Entry | Authority:
        values = self.cleaned_data
        return Authority(
            self.line(), values["due_year"], values["amount"], values["value_date"], values["basis"]
        )


class CloseForm(forms.Form):
    """The consents with which a budget year ends: one amount for each line that holds money."""

    basis = TextField(
        label=_("Grundlage"),
        max_length=500,
        help_text=_("Zum Beispiel der Erlass zum Jahresabschluss mit Datum."),
    )

    def __init__(
        self, data: Any, remainders: list[tuple[Heading, Cents, str]], **options: Any
    ) -> None:
        """``remainders``: the money each line still holds, with the line's label."""
        super().__init__(data, **options)
        self.remainders = remainders
        for number, (_heading, _cents, label) in enumerate(remainders):
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
            for number, (heading, _, _) in enumerate(self.remainders)
            if (cents := self.cleaned_data[f"consent{number}"])
        ]
