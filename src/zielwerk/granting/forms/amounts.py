"""Amounts by measure and budget year as fields of a form; what is left empty is nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext

from zielwerk.language import German
from zielwerk.rulebook.grant.amounts import Place
from zielwerk.ui.forms import MoneyField


def amount_name(place: Place) -> str:
    """The name of a field: "betrag_2_2026"."""
    return f"betrag_{place[0]}_{place[1]}"


def add_amounts(
    form: forms.BaseForm, places: Iterable[Place], titles: Mapping[str, str], label: str
) -> None:
    """A field for each place, named by what it is of, for whoever hears it alone."""
    for measure, year in places:
        name = amount_name((measure, year))
        title = German(titles.get(measure) or measure)
        said = format_html("{}: {}, {}", gettext(label), title, year)
        form.fields[name] = MoneyField(label=said, required=False, help_text="")


def amounts_in(values: Mapping[str, Any], places: Iterable[Place]) -> dict[Place, int]:
    """The amounts that were typed, 0 where nothing was."""
    return {place: int(values.get(amount_name(place)) or 0) for place in places}


def initial_amounts(amounts: Mapping[Place, int]) -> dict[str, int]:
    """The amounts as they stand; nothing stands where nothing is granted."""
    return {amount_name(place): cents for place, cents in amounts.items() if cents}
