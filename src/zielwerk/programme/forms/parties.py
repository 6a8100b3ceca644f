"""Entering a party and how it belongs to bodies."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zielwerk.core.ui import DayField, QuickSelect
from zielwerk.packs import loading as packs
from zielwerk.programme import queries
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.programme.models.parties import PartyKind

Choices = list[tuple[str, Any]]


def kind_choices() -> Choices:
    return [(code, _(label)) for code, label in PartyKind.choices]


def body_choices() -> Choices:
    """All bodies of the programme, told apart by their keys."""
    known = {one.ags: one for one in packs.bodies(settings.PROGRAMME)}
    return [(ags, f"{queries.body_title(one)}, {ags}") for ags, one in known.items()]


def passing_on_choices() -> Choices:
    """Every kind of passing on that any year's rules know, as its newest year calls it."""
    years = [year for code, year in packs.available() if code == settings.PROGRAMME]
    known = {
        one.code: one.label
        for year in years
        for one in packs.load(settings.PROGRAMME, year).passing_on
    }
    return list(known.items())


class PartyFilters(forms.Form):
    """Which parties to list."""

    suche = forms.CharField(label=_("Name"), required=False, max_length=80)
    art = forms.ChoiceField(label=_("Art"), required=False)
    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False, widget=QuickSelect)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every: Choices = [("", _("alle"))]
        self.fields["art"].choices = [*every, *kind_choices()]  # type: ignore[attr-defined]
        self.fields["ags"].choices = [*every, *body_choices()]  # type: ignore[attr-defined]


class PartyForm(forms.Form):
    """Who the party is."""

    name = forms.CharField(label=_("Name der Organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("Art"), widget=forms.RadioSelect)
    is_invented = forms.BooleanField(label=_("für die Vorführung erfunden"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def party(self, relations: list[NewRelation]) -> NewParty:
        said = self.cleaned_data
        return NewParty(
            settings.PROGRAMME, said["name"], said["kind"], relations, said["is_invented"]
        )


class RelationForm(forms.Form):
    """One body that the party belongs to; left empty, it says nothing."""

    ags = forms.ChoiceField(label=_("Gebietskörperschaft"), required=False, widget=QuickSelect)
    passing_on = forms.ChoiceField(
        label=_("Art der Weitergabe"),
        required=False,
        help_text=_("Leer, wenn die Gebietskörperschaft nichts weitergibt."),
    )
    valid_from = DayField(label=_("gilt ab"), required=False)
    valid_until = DayField(label=_("gilt bis"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        nothing: Choices = [("", "–")]
        self.fields["ags"].choices = [*nothing, *body_choices()]  # type: ignore[attr-defined]
        self.fields["passing_on"].choices = [  # type: ignore[attr-defined]
            *nothing,
            *passing_on_choices(),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("ags") and any(said.get(name) for name in self.fields if name != "ags"):
            self.add_error("ags", _("Bitte die Gebietskörperschaft auswählen."))
        return said

    def relation(self) -> NewRelation | None:
        said = self.cleaned_data
        if not said.get("ags"):
            return None
        return NewRelation(said["ags"], said["passing_on"], said["valid_from"], said["valid_until"])


class PartyEntry:
    """The party and up to three bodies it belongs to, in one form of the page."""

    BODIES = 3

    def __init__(self, data: Any = None, known: Party | None = None) -> None:
        names = ("name", "kind", "is_invented")
        said = {name: getattr(known, name) for name in names} if known else None
        self.party = PartyForm(data, initial=said)
        self.relations = [
            RelationForm(data, prefix=f"koerperschaft{number}") for number in range(self.BODIES)
        ]

    def is_valid(self) -> bool:
        faulty = [form for form in (self.party, *self.relations) if not form.is_valid()]
        return not faulty

    def command(self) -> NewParty:
        found = [form.relation() for form in self.relations]
        return self.party.party([one for one in found if one])
