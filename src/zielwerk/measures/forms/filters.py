"""What the lists of planned measures and overall targets can be narrowed to."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.language import German
from zielwerk.measures import queries
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planned import PLANNED
from zielwerk.rulebook.target import KINDS
from zielwerk.ui import bodies
from zielwerk.ui.filters import Choices, SearchYearFilter
from zielwerk.ui.forms import QuickSelect

WITHOUT = "ohne"


class PlanningFilter(SearchYearFilter):
    """Words, year, body, state, and whether something is to be reviewed."""

    columns: tuple[tuple[str, str], ...] = (("koerperschaft", "ags"), ("stand", "state"))
    koerperschaft = forms.ChoiceField(
        label=_("Gebietskörperschaft"), required=False, widget=QuickSelect
    )
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    zu_pruefen = forms.BooleanField(label=_("nur mit Angaben zu prüfen"), required=False)

    def __init__(self, data: Any, user: Actor) -> None:
        self.user = user
        super().__init__(data, packs.years(settings.PROGRAMME))

    def full_clean(self) -> None:
        for name, choices in self.options().items():
            self.fields[name].choices = [("", gettext("alle")), *choices]  # type: ignore[attr-defined]
        super().full_clean()

    def options(self) -> dict[str, Choices]:
        """What can be chosen of each, beside all."""
        seen = {body.ags for body in packs.bodies(settings.PROGRAMME)}
        keys = [ags for ags in seen if permissions.may_see(self.user, ags)]
        return {
            "koerperschaft": bodies.choices(keys),
            "stand": [(state, gettext(label)) for state, label in PLANNED.labels.items()],
        }

    @property
    def ags(self) -> str:
        """The one body that is looked at: the person's own, or the one that she chose."""
        return self.user.ags or str(self.cleaned_data.get("koerperschaft") or "")

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows, values = super().matching(rows), self.cleaned_data
        for name, column in self.columns:
            if values.get(name):
                rows = rows.filter(**{column: values[name]})
        return queries.with_reviews(rows) if values.get("zu_pruefen") else rows


class PlannedFilter(PlanningFilter):
    """The same by type and earmark, too."""

    field_order = ("suche", "jahr", "koerperschaft", "art", "zweck", "stand", "zu_pruefen")
    columns = (*PlanningFilter.columns, ("art", "type"))
    art = forms.ChoiceField(label=_("Maßnahmeart"), required=False)
    zweck = forms.ChoiceField(label=_("Zweckbindung"), required=False)

    def options(self) -> dict[str, Choices]:
        without = (WITHOUT, gettext("ohne Zweckbindung"))
        return super().options() | {
            "art": _words("measure_types"),
            "zweck": [without, *_words("earmarks")],
        }

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().matching(rows)
        if purpose := self.cleaned_data.get("zweck"):
            rows = rows.filter(earmark="" if purpose == WITHOUT else purpose)
        return rows


class OverallFilter(PlanningFilter):
    """The same by the kind of target and its indicator."""

    field_order = ("suche", "jahr", "koerperschaft", "art", "messgroesse", "stand", "zu_pruefen")
    columns = (*PlanningFilter.columns, ("art", "kind"), ("messgroesse", "indicator"))
    art = forms.ChoiceField(label=_("Art des Ziels"), required=False)
    messgroesse = forms.ChoiceField(label=_("Messgröße"), required=False)

    def options(self) -> dict[str, Choices]:
        return super().options() | {
            "art": [(kind.value, gettext(label)) for kind, label in KINDS.items()],
            "messgroesse": _words("target_indicators"),
        }


def _words(table: str) -> Choices:
    """The words of a table over all years, each code once, by its newest word."""
    found: dict[str, German] = {}
    for year in packs.years(settings.PROGRAMME):
        for entry in getattr(packs.load(settings.PROGRAMME, year), table):
            found.setdefault(entry.code, entry.label)
    return list(found.items())
