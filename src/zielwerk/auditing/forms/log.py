"""Filters of the audit log."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.auditing import queries
from zielwerk.auditing.queries import BODY, NUMBER, YEAR
from zielwerk.core import actions, audit, permissions
from zielwerk.core.models import AuditEntry
from zielwerk.identity import queries as identity
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies
from zielwerk.ui.filters import year_choices
from zielwerk.ui.forms import DayField, QuickSelect, TextField

OPERATION = "betrieb"  # who acts at the command line
FINANCIAL = {"ja": msg("mit Buchung"), "nein": msg("ohne Buchung")}
Choices = list[tuple[str, Any]]


class LogFilters(forms.Form):
    """Who, what, about what and when; all chosen from what is known."""

    akte = TextField(
        label=_("Aktenzeichen"), required=False, max_length=40, help_text=_("vollständig")
    )
    person = forms.ChoiceField(label=_("Wer"), required=False, widget=QuickSelect)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False, widget=QuickSelect)
    handlung = forms.ChoiceField(label=_("Handlung"), required=False, widget=QuickSelect)
    gegenstand = forms.ChoiceField(label=_("Gegenstand"), required=False, widget=QuickSelect)
    koerperschaft = forms.ChoiceField(
        label=_("Gebietskörperschaft"), required=False, widget=QuickSelect
    )
    jahr = forms.ChoiceField(label=_("Programmjahr"), required=False)
    buchung = forms.ChoiceField(label=_("Buchung"), required=False)
    von = DayField(label=_("Von"), required=False)
    bis = DayField(label=_("Bis"), required=False)
    seit = forms.IntegerField(label=_("Nach Eintrag"), required=False, min_value=0)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        people = identity.actors()
        self.persons = [number for number, _ in people]
        named = [(str(number), name) for number, name in people]
        known: dict[str, Choices] = {
            "person": [(OPERATION, gettext("Betrieb (Kommandozeile, Einrichtung)")), *named],
            "organisation": [(name, German(name)) for name in identity.all_houses()],
            "handlung": _sorted((verb, permissions.label(verb)) for verb in actions.VERBS),
            "gegenstand": _sorted(
                (name, queries.kind_label(model)) for name, model in audit.SEALED.items()
            ),
            "koerperschaft": bodies.choices(),
            "jahr": year_choices(packs.years(settings.PROGRAMME)),
            "buchung": [(code, gettext(label)) for code, label in FINANCIAL.items()],
        }
        for name, choices in known.items():
            self.fields[name].choices = [("", gettext("alle")), *choices]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries among these that the filters keep."""
        values = self.cleaned_data
        entries = self._about(self._by(entries))
        if values.get("handlung"):
            entries = entries.filter(verb=values["handlung"])
        if values.get("buchung"):
            entries = queries.with_booking(entries, is_wanted=values["buchung"] == "ja")
        if values.get("von"):
            entries = entries.filter(at__date__gte=values["von"])
        if values.get("bis"):
            entries = entries.filter(at__date__lte=values["bis"])
        return entries.filter(pk__gt=values["seit"]) if values.get("seit") else entries

    def _by(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """By whom, and for which organisation."""
        values = self.cleaned_data
        if values.get("person") == OPERATION:
            entries = entries.filter(actor__startswith="cli:")
        elif values.get("person"):
            entries = entries.filter(actor__in=identity.acting_names(int(values["person"])))
        if values.get("organisation"):
            entries = entries.filter(actor__in=identity.names_of_house(values["organisation"]))
        return entries

    def _about(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """About what: what an entry names, or seals beside it."""
        values = self.cleaned_data
        if values.get("gegenstand"):
            entries = entries.filter(subject__startswith=f"{values['gegenstand']}:")
        for name, columns in (("akte", NUMBER), ("koerperschaft", BODY), ("jahr", YEAR)):
            if values.get(name):
                entries = queries.of_records(entries, columns, values[name])
        return entries


def _sorted(choices: Any) -> Choices:
    said = [(code, gettext(label)) for code, label in choices]
    return sorted(said, key=lambda choice: sort_key(choice[1]))
