"""The filters of a year's seasons."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.desk.queries import BodySeason, SeasonYear
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.ui import bodies
from zielwerk.ui.filters import BodyFilter
from zielwerk.ui.forms import DayField
from zielwerk.ui.tags.values import said

ORDERS = {
    "name": lambda row: sort_key(bodies.short(row.body_year.body)),
    "wartet": lambda row: row.waited,
}


class SeasonFilters(BodyFilter):
    """Filters of the season; a filter with a fault is left out and shows it at its field.

    ``on`` is the day the page is for, ``found`` the seasons as they were then, ``sides`` what
    each side was called. Whose own season it is (``is_own``) chooses the day alone.
    """

    stand = DayField(
        label=_("Stand am"), required=False, help_text=_("leer: heute; zum Beispiel 24.12.2025")
    )
    stufe = forms.ChoiceField(label=_("Steht bei"), required=False)
    am_zug = forms.ChoiceField(label=_("Am Zug"), required=False)
    spaet = forms.BooleanField(label=_("nur Überfälliges"), required=False)

    def __init__(
        self,
        address: Mapping[str, Any],
        today: date,
        read: Callable[[date], tuple[SeasonYear, Mapping[str, str]]],
        *,
        is_own: bool,
    ) -> None:
        super().__init__(address)
        self.today = today
        self.on = self._day()
        self.found, self.sides = read(self.on)
        stages: Any = self.fields["stufe"]
        stages.choices = [
            ("", _("alle")),
            *((code, said(label)) for code, label in self.found.labels.items()),
        ]
        turns: Any = self.fields["am_zug"]
        turns.choices = [("", _("alle")), *((side, self.sides[side]) for side in self.found.sides)]
        self.order_fields(["stand", "stufe", "am_zug", "art", *self.facts, "spaet"])
        if is_own:
            self.fields = {"stand": self.fields["stand"]}
        self.full_clean()

    def _day(self) -> date:
        with suppress(forms.ValidationError):
            day: date = self.fields["stand"].clean(self.data.get("stand", "")) or self.today
            return min(day, self.today)
        return self.today

    def clean_stand(self) -> date | None:
        """The day; of one that is still to come nothing is recorded."""
        day: date | None = self.cleaned_data["stand"]
        if day and day > self.today:
            raise forms.ValidationError(_("Von einem Tag, der noch kommt, ist nichts bekannt."))
        return day

    def matching(self, rows: Iterable[BodySeason], order: str) -> list[BodySeason]:
        """The filtered rows, in the order that the address asks for, else the urgent ones first."""
        values = self.cleaned_data
        matching = [
            row
            for row in rows
            if values.get("stufe") in ("", None, row.stage)
            and (not values.get("am_zug") or values["am_zug"] in row.owed)
            and self.fits(row.body_year.body)
            and (not values.get("spaet") or row.is_late)
        ]
        if key := ORDERS.get(order.removeprefix("-")):
            matching.sort(key=key, reverse=order.startswith("-"))
        return matching
