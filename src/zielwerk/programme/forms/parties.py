"""Entering a party and how it belongs to bodies."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core.words import matching
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.programme.models.parties import PartyKind
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui import bodies
from zielwerk.ui.forms import DayField, QuickSelect, TextField, add_refusals, in_group

Choices = list[tuple[str, Any]]
FIELDS = {  # what a refusal is about
    "programme.no_name": "name",
    "programme.party_known": "name",
    "programme.no_such_body": "ags",
    "programme.no_such_passing_on": "passing_on",
    "programme.not_in_order": "valid_until",
}


def kind_choices() -> Choices:
    return [(code, _(label)) for code, label in PartyKind.choices]


def body_choices() -> Choices:
    """All bodies of the programme."""
    return bodies.choices()


def passing_on_choices() -> Choices:
    """Every kind of passing on in any year's rules, labelled as in its newest year."""
    years = [year for code, year in packs.available() if code == settings.PROGRAMME]
    labels = {
        kind.code: kind.label
        for year in years
        for kind in packs.load(settings.PROGRAMME, year).passing_on
    }
    return list(labels.items())


class PartyFilters(forms.Form):
    """Which parties to list."""

    suche = TextField(label=_("Name"), required=False, max_length=80)
    art = forms.ChoiceField(label=_("Art"), required=False)
    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False, widget=QuickSelect)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        any_choice: Choices = [("", _("alle"))]
        self.fields["art"].choices = [*any_choice, *kind_choices()]  # type: ignore[attr-defined]
        self.fields["ags"].choices = [*any_choice, *body_choices()]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, parties: QuerySet[Any]) -> QuerySet[Any]:
        """The parties among these that the filters keep."""
        values = self.cleaned_data
        parties = matching(parties, values.get("suche") or "")
        if values.get("art"):
            parties = parties.filter(kind=values["art"])
        return parties.filter(ags=values["ags"]) if values.get("ags") else parties


class PartyForm(forms.Form):
    """Who the party is."""

    name = TextField(label=_("Name der Organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("Art"), widget=forms.RadioSelect)
    is_invented = forms.BooleanField(label=_("für die Vorführung erfunden"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def party(self, relations: list[NewRelation]) -> NewParty:
        values = self.cleaned_data
        return NewParty(
            settings.PROGRAMME, values["name"], values["kind"], relations, values["is_invented"]
        )


class RelationForm(forms.Form):
    """One body that the party belongs to; empty for none."""

    conditions: ClassVar = {"ags": _("nötig, wenn hier sonst etwas angegeben ist")}

    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False, widget=QuickSelect)
    passing_on = forms.ChoiceField(
        label=_("Art der Weitergabe"),
        required=False,
        help_text=_("Leer, wenn die Gebietskörperschaft nichts weitergibt."),
    )
    valid_from = DayField(label=_("gilt ab"), required=False)
    valid_until = DayField(label=_("gilt bis"), required=False)

    def __init__(self, number: int, *args: Any, **options: Any) -> None:
        """``number`` counts the bodies of the form, the first is 0."""
        super().__init__(*args, **options)
        self.legend = gettext("Gebietskörperschaft {number}").format(number=number + 1)
        for field in self.fields.values():
            in_group(field, self.legend)
        blank: Choices = [("", "–")]
        self.fields["ags"].choices = [*blank, *body_choices()]  # type: ignore[attr-defined]
        self.fields["passing_on"].choices = [  # type: ignore[attr-defined]
            *blank,
            *passing_on_choices(),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("ags") and any(values.get(name) for name in self.fields if name != "ags"):
            self.add_error("ags", _("Bitte die Gebietskörperschaft auswählen."))
        return values

    def relation(self) -> NewRelation | None:
        values = self.cleaned_data
        if not values.get("ags"):
            return None
        return NewRelation(
            values["ags"], values["passing_on"], values["valid_from"], values["valid_until"]
        )


class PartyEntry:
    """The party and up to three bodies it belongs to, in one form of the page."""

    BODIES = 3

    def __init__(self, data: Any = None, party: Party | None = None) -> None:
        names = ("name", "kind", "is_invented")
        initial = {name: getattr(party, name) for name in names} if party else None
        self.party = PartyForm(data, initial=initial)
        self.relations = [
            RelationForm(number, data, prefix=f"koerperschaft{number}")
            for number in range(self.BODIES)
        ]

    def is_valid(self) -> bool:
        faulty = [form for form in (self.party, *self.relations) if not form.is_valid()]
        return not faulty

    def command(self) -> NewParty:
        relations = [form.relation() for form in self.relations]
        return self.party.party([relation for relation in relations if relation])

    def refuse(self, refused: Refused) -> None:
        """Say why at the party, or at the body whose relation a refusal is about."""
        given = [form for form in self.relations if form.relation()]
        for refusal in refused.refusals:
            place = refusal.params.get("place")
            form = given[place] if isinstance(place, int) else self.party
            add_refusals(form, Refused(refusal), FIELDS)
