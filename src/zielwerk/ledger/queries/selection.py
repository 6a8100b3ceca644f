"""Which part of the books is looked at, and by whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zielwerk.core.permissions import Actor

NONE = "-"  # asks for what has no value in a dimension, where "" asks for all


@dataclass(frozen=True)
class Selection:
    """Which part of the books is looked at; what is not given is not restricted.

    A text dimension may be :data:`NONE`, a year 0: that which has none. ``other_place`` narrows
    transfers to those between it and ``place``, to or fro. ``is_authority`` tells commitment
    authority (accounts with a due year) from money.
    """

    programme: str = ""
    programme_year: int | None = None
    budget_year: int | None = None
    ags: str = ""
    earmark: str = ""
    source: str = ""
    budget_line: str = ""
    measure: str = ""
    book: str = ""
    place: str = ""
    other_place: str = ""
    is_authority: bool | None = None
    case: str = ""


EVERYTHING = Selection()
_TEXTS = ("programme", "ags", "earmark", "source", "budget_line", "measure", "book")
_YEARS = ("programme_year", "budget_year")


def of_account(prefix: str, user: Actor, chosen: Selection) -> Q:
    """The accounts (behind ``prefix``) of a selection, within the person's perimeter."""
    found = of_dimensions(prefix, user, chosen)
    return found & Q(**{f"{prefix}place": chosen.place}) if chosen.place else found


def of_dimensions(prefix: str, user: Actor, chosen: Selection) -> Q:
    """The same, whatever the place."""
    given = {name: getattr(chosen, name) for name in _TEXTS}
    wanted = {name: "" if value == NONE else value for name, value in given.items() if value}
    years = {name: getattr(chosen, name) for name in _YEARS}
    wanted |= {name: year for name, year in years.items() if year is not None}
    if chosen.is_authority is not None:
        wanted["due_year__gt" if chosen.is_authority else "due_year"] = 0
    found = Q(**{prefix + name: value for name, value in wanted.items()})
    # `found` names what was asked for; the person's own perimeter always comes on top.
    return found & Q(**{f"{prefix}ags": user.ags}) if user.ags else found


def until(counted_on: date | None, known_on: date | None) -> Q:
    """What counts on a day at the latest, and what was recorded on a day at the latest."""
    found = Q()
    if counted_on is not None:
        found &= Q(value_date__lte=counted_on)
    if known_on is not None:
        found &= Q(recorded_on__lte=known_on)
    return found
