"""The filters of a year's seasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zielwerk.desk.queries import BodySeason, SeasonYear
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.ui import bodies
from zielwerk.ui.filters import BodyFilter
from zielwerk.ui.tags.values import said

ORDERS = {
    "name": lambda row: sort_key(bodies.short(row.body_year.body)),
    "wartet": lambda row: row.waited,
}


class SeasonFilters(BodyFilter):
    """Filters of the season; a filter with a fault is left out and shows it at its field."""

    stufe = forms.ChoiceField(label=_("Steht bei"), required=False)
    am_zug = forms.ChoiceField(label=_("Am Zug"), required=False)
    spaet = forms.BooleanField(label=_("nur Überfälliges"), required=False)

    def __init__(
        self, address: Mapping[str, Any], found: SeasonYear, sides: Mapping[str, str]
    ) -> None:
        super().__init__(address)
        stages: Any = self.fields["stufe"]
        stages.choices = [
            ("", _("alle")),
            *((code, said(label)) for code, label in found.labels.items()),
        ]
        turns: Any = self.fields["am_zug"]
        turns.choices = [("", _("alle")), *((side, sides[side]) for side in found.sides)]
        self.order_fields(["stufe", "am_zug", "art", *self.facts, "spaet"])
        self.full_clean()

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
