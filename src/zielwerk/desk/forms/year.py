"""The filters of a programme year's bodies, and the day they are seen on."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zielwerk.desk.queries import BodyYear
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.tasks import LABELS, Asked, Progress
from zielwerk.strategy import queries as regional
from zielwerk.strategy.queries import Missing
from zielwerk.ui import bodies
from zielwerk.ui.filters import BodyFilter
from zielwerk.ui.forms import DayField
from zielwerk.ui.tags.values import said

ORDERS = {
    "name": lambda row: sort_key(bodies.short(row.body)),
    "stand": lambda row: list(Progress).index(row.progress),
    "zugewiesen": lambda row: row.facts.given_cents,
    "vereinbart": lambda row: row.facts.agreed_cents,
    "differenz": lambda row: row.facts.difference_cents,
    "massnahmen": lambda row: row.measures,
    "frist": lambda row: row.due or date.max,
}


class YearFilters(BodyFilter):
    """Filters of the overview; a filter with a fault is left out and shows it at its field."""

    stand = DayField(
        label=_("Stand am"), required=False, help_text=_("leer: heute; zum Beispiel 24.12.2025")
    )
    gefragt = forms.ChoiceField(label=_("Wer ist gefragt"), required=False)
    was = forms.ChoiceField(label=_("Was ansteht"), required=False)
    spaet = forms.BooleanField(label=_("nur Überfälliges"), required=False)
    strategie = forms.BooleanField(label=_("nur wo bei der Strategie etwas fehlt"), required=False)

    def __init__(
        self,
        address: Mapping[str, Any],
        today: date,
        organisations: Callable[[date], Mapping[Asked, str]],
    ) -> None:
        super().__init__(address)
        self.on = self._day(today)
        self.organisations = organisations(self.on)
        organisation: Any = self.fields["gefragt"]
        organisation.choices = [
            ("", _("alle")),
            *((value.value, self.organisations[value]) for value in Asked),
        ]
        work: Any = self.fields["was"]
        work.choices = [
            ("", _("alle")),
            *((work.value, said(label)) for work, label in LABELS.items()),
        ]
        if not regional.asks_for(settings.PROGRAMME):
            del self.fields["strategie"]
        self.order_fields(["stand", "gefragt", "was", "art", *self.facts, "spaet", "strategie"])
        self.full_clean()

    def _day(self, today: date) -> date:
        """The day the page is for: lateness is judged on it, and who is asked."""
        with suppress(forms.ValidationError):
            return self.fields["stand"].clean(self.data.get("stand", "")) or today
        return today

    def matching(
        self, rows: Iterable[BodyYear], order: str, strategies: Mapping[str, Missing]
    ) -> list[BodyYear]:
        """The filtered rows, in the order that the address asks for.

        ``strategies`` are what bodies lack of theirs, by AGS.
        """
        values = self.cleaned_data
        matching = [
            row
            for row in rows
            if (not values.get("gefragt") or values["gefragt"] in row.asked)
            and (not values.get("was") or any(task.work == values["was"] for task in row.tasks))
            and self.fits(row.body)
            and (not values.get("spaet") or row.is_late)
            and (not values.get("strategie") or _lacks(strategies.get(row.body.ags)))
        ]
        if key := ORDERS.get(order.removeprefix("-")):
            matching.sort(key=key, reverse=order.startswith("-"))
        return matching


def _lacks(missing: Missing | None) -> bool:
    return missing is not None and not missing.is_complete
