"""Deliveries of measures: entering and ending them, and finding measures without one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German
from zielwerk.measures import queries
from zielwerk.measures.actions import Ending, NewDelivery
from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.ui.filters import SearchFilter
from zielwerk.ui.forms import DayField

ITSELF = "selbst"


class DeliveryForm(forms.Form):
    """A party of the measure's body, or the body itself, and how the work is passed on."""

    party = forms.ChoiceField(label=_("Wer führt durch"))
    passing_on = forms.ChoiceField(label=_("Art der Weitergabe"))
    valid_from = DayField(label=_("Ab"))
    valid_until = DayField(label=_("Bis"), required=False, help_text=_("leer: Ende offen"))

    def __init__(self, measure: Measure, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            data, initial={"valid_from": packs.first_day(measure.programme, measure.year)}
        )
        relations = programmes.relations(measure.programme, measure.ags)
        self.parties = {str(relation.party.pk): relation.party for relation in relations}
        party: Any = self.fields["party"]
        party.choices = [
            ("", _("Bitte wählen")),
            (ITSELF, _("die Gebietskörperschaft selbst")),
            *(
                (key, German(f"{party_option.name} ({_(party_option.get_kind_display())})"))
                for key, party_option in self.parties.items()
            ),
        ]
        passing_on: Any = self.fields["passing_on"]
        kinds = packs.load(measure.programme, measure.year).passing_on
        passing_on.choices = [("", _("Bitte wählen")), *((kind.code, kind.label) for kind in kinds)]

    def command(self) -> NewDelivery:
        values = self.cleaned_data
        return NewDelivery(
            passing_on=values["passing_on"],
            valid_from=values["valid_from"],
            valid_until=values["valid_until"],
            party=self.parties.get(values["party"]),
        )


class EndingForm(forms.Form):
    """The last day, or the mark that the delivery was entered by mistake."""

    conditions: ClassVar = {"last_day": _("nötig, wenn der Eintrag richtig war")}

    last_day = DayField(label=_("Letzter Tag"), required=False)
    is_mistake = forms.BooleanField(
        label=_("Irrtümlich eingetragen: Es war nie so."), required=False
    )

    def __init__(self, delivery: Delivery, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"last_day": delivery.valid_until})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("last_day")) == bool(data.get("is_mistake")):
            raise forms.ValidationError(
                _("Bitte entweder den letzten Tag angeben oder dass es nie so war.")
            )
        return data

    def ending(self) -> Ending:
        return Ending(self.cleaned_data["last_day"])


class MeasureFilters(SearchFilter):
    """The filters of the list of measures."""

    field_order = ("suche", "jahr", "ags", "offen")
    jahr = forms.TypedChoiceField(label=_("Programmjahr"), required=False, coerce=int)
    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False)
    offen = forms.BooleanField(label=_("nur ohne Durchführung"), required=False)

    def __init__(
        self, data: Mapping[str, Any], years: list[int], bodies: Mapping[str, str], today: date
    ) -> None:
        super().__init__(data)
        self.today = today
        year: Any = self.fields["jahr"]
        year.choices = [("", _("alle")), *((choice, choice) for choice in years)]
        body: Any = self.fields["ags"]
        body.choices = [("", _("alle")), *bodies.items()]
        if len(bodies) == 1:  # a person who acts for one body has no choice
            del self.fields["ags"]
        self.full_clean()

    def matching(self, measures: QuerySet[Measure]) -> QuerySet[Measure]:
        """The filtered measures; a filter with a fault is left out."""
        values = self.cleaned_data
        measures = self.searched(measures)
        if values.get("jahr"):
            measures = measures.filter(year=values["jahr"])
        if values.get("ags"):
            measures = measures.filter(ags=values["ags"])
        if values.get("offen"):
            measures = measures.exclude(pk__in=queries.delivered_measures(self.today))
        return measures
