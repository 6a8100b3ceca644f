"""Selections of the books, within a person's perimeter."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import perimeter

NONE = "-"  # asks for what has no value in a dimension, where "" asks for all


@dataclass(frozen=True)
class Selection:
    """A part of the books; an empty field restricts nothing.

    A text dimension may be :data:`NONE`, a year 0: that which has none. ``other_place`` narrows
    transfers to those between it and ``place``, to or fro; ``is_one_way`` to those to it.
    ``is_crossing`` narrows them to those with but one side in the selection. ``is_authority``
    tells commitment authority (accounts with a due year) from money.
    """

    programme: str = ""
    programme_year: int | None = None
    budget_year: int | None = None
    due_year: int | None = None
    ags: str = ""
    earmark: str = ""
    source: str = ""
    budget_line: str = ""
    measure: str = ""
    book: str = ""
    place: str = ""
    other_place: str = ""
    is_one_way: bool = False
    is_crossing: bool = False
    is_authority: bool | None = None
    case: str = ""


EVERYTHING = Selection()
_TEXTS = ("programme", "ags", "earmark", "source", "budget_line", "measure", "book")
_YEARS = ("programme_year", "budget_year", "due_year")


def of_account(prefix: str, user: Actor, selection: Selection) -> Q:
    """The accounts (behind ``prefix``) of a selection, within the person's perimeter."""
    condition = of_dimensions(prefix, user, selection)
    return condition & Q(**{f"{prefix}place": selection.place}) if selection.place else condition


def of_dimensions(prefix: str, user: Actor, selection: Selection) -> Q:
    """The same, whatever the place."""
    texts = {name: getattr(selection, name) for name in _TEXTS}
    conditions = {name: "" if value == NONE else value for name, value in texts.items() if value}
    years = {name: getattr(selection, name) for name in _YEARS}
    conditions |= {name: year for name, year in years.items() if year is not None}
    if selection.is_authority is not None:
        conditions["due_year__gt" if selection.is_authority else "due_year"] = 0
    condition = Q(**{prefix + name: value for name, value in conditions.items()})
    # The condition names what was asked for; the person's perimeter always comes on top.
    return condition & perimeter(user, f"{prefix}ags")


def until(counted_on: date | None, known_on: date | None) -> Q:
    """Value dates up to ``counted_on``, recordings up to ``known_on``; None restricts nothing."""
    condition = Q()
    if counted_on is not None:
        condition &= Q(value_date__lte=counted_on)
    if known_on is not None:
        condition &= Q(recorded_on__lte=known_on)
    return condition
