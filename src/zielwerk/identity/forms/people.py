"""Adding persons, giving and limiting posts, naming deputies, leaving."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.core import roles
from zielwerk.core.permissions import Actor
from zielwerk.core.words import matching
from zielwerk.identity import queries
from zielwerk.identity.actions import Enrolment, NewDeputy, NewPost
from zielwerk.identity.models import House, Post, User
from zielwerk.ui.forms import DayField, QuickSelect, TextField

Choices = list[tuple[str, Any]]
FIELDS = {  # what a refusal is about
    "identity.email_taken": "email",
    "identity.no_such_role": "rolle",
    "identity.held": "rolle",
    "identity.not_in_order": "bis",
    "identity.in_the_past": "bis",
    "identity.last_administrator": "bis",
    "identity.deputy_not_in_order": "bis",
    "identity.deputy_over": "bis",
    "identity.no_colleague": "vertretung",
    "identity.deputises": "vertretung",
    "identity.not_of_role": "nachfolge",
}


class PeopleFilters(forms.Form):
    """Which posts to list."""

    suche = TextField(label=_("Name, Adresse oder Funktion"), required=False, max_length=80)
    rolle = forms.ChoiceField(label=_("Rolle"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data)
        self.today = today
        every = [("", gettext("alle"))]
        names = [(name, gettext(role.label)) for name, role in roles.ROLES.items()]
        self.fields["rolle"].choices = [*every, *names]  # type: ignore[attr-defined]
        states = [("", gettext("gültig oder künftig")), ("beendet", gettext("beendet"))]
        self.fields["stand"].choices = [*states, ("alle", gettext("alle"))]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, posts: QuerySet[Post]) -> QuerySet[Post]:
        values = self.cleaned_data
        if values.get("suche"):
            posts = posts.filter(person__in=matching(User.objects.all(), values["suche"]))
        if values.get("rolle"):
            posts = posts.filter(role=values["rolle"])
        is_over = Q(ended_at__isnull=False) | Q(valid_until__lt=self.today)
        if values.get("stand") == "beendet":
            return posts.filter(is_over)
        return posts if values.get("stand") else posts.exclude(is_over)


class PostForm(forms.Form):
    """A post: in which organisation, in which role, from when and until when."""

    organisation = forms.ChoiceField(label=_("Organisation"), widget=QuickSelect)
    rolle = forms.ChoiceField(label=_("Rolle"))
    ab = DayField(label=_("gilt ab"), required=False, help_text=_("Leer: ab heute."))
    bis = DayField(label=_("gilt bis"), required=False, help_text=_("Leer: ohne Ende."))

    def __init__(self, user: Actor, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user = user
        self.known = {_key(house): (house, name) for house, name in queries.organisations(user)}
        organisations = [(key, name) for key, (_house, name) in self.known.items()]
        first = [] if len(organisations) == 1 else [("", "–")]
        self.fields["organisation"].choices = [*first, *organisations]  # type: ignore[attr-defined]
        self.fields["rolle"].choices = [("", "–"), *self._roles()]  # type: ignore[attr-defined]

    def _roles(self) -> Choices:
        """The roles that the person may give somewhere."""
        there = queries.providers()
        given = {
            role
            for house, _name in self.known.values()
            for role in queries.roles_of(house)
            if queries.administers(self.user, role, house, there)
        }
        return [(role, gettext(roles.LABELS[role])) for role in roles.ROLES if role in given]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role, house = values.get("rolle"), self.house
        if role and house and not queries.administers(self.user, role, house):
            self.add_error("rolle", _("Diese Rolle vergeben Sie in dieser Organisation nicht."))
        return values

    @property
    def house(self) -> House | None:
        chosen = self.known.get(self.cleaned_data.get("organisation", ""))
        return chosen[0] if chosen else None

    def post(self, person: User) -> NewPost:
        values = self.cleaned_data
        house, name = self.known[values["organisation"]]
        return NewPost(person, values["rolle"], name, house, values["ab"], values["bis"])


def _key(house: House) -> str:
    """How the address of a form names an organisation."""
    return ":".join([house.side, house.organisation_code or house.ags or str(house.party or "")])


class PersonForm(PostForm):
    """A new person with her first post."""

    name = TextField(label=_("Name"), max_length=120)
    email = TextField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        validators=[validate_email],
        widget=forms.EmailInput,
    )
    funktion = TextField(label=_("Funktion"), max_length=120, required=False)

    field_order = ("name", "email", "funktion", "organisation", "rolle", "ab", "bis")

    def enrolment(self) -> Enrolment:
        values = self.cleaned_data
        house, name = self.known[values["organisation"]]
        return Enrolment(
            values["email"],
            values["name"],
            values["funktion"],
            values["rolle"],
            name,
            house.ags,
            house.organisation_code,
            house.party,
            values["ab"],
            values["bis"],
        )


class LimitForm(forms.Form):
    """Until when a post holds."""

    bis = DayField(label=_("gilt bis"), required=False, help_text=_("Leer: ohne Ende."))


class DeputyForm(forms.Form):
    """Who stands in, from when and until when."""

    vertretung = forms.ChoiceField(label=_("Wer vertritt"))
    ab = DayField(label=_("vom"))
    bis = DayField(label=_("bis zum"), help_text=_("Der letzte Tag gehört dazu."))

    def __init__(self, candidates: list[User], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.candidates = {str(one.pk): one for one in candidates}
        self.fields["vertretung"].choices = _people(candidates)  # type: ignore[attr-defined]

    def deputy(self, post: Post) -> NewDeputy:
        values = self.cleaned_data
        who = self.candidates[values["vertretung"]]
        return NewDeputy(post, who, values["ab"], values["bis"])


class LeavingForm(forms.Form):
    """Who takes over."""

    nachfolge = forms.ChoiceField(label=_("Wer übernimmt"))

    def __init__(self, candidates: list[User], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.candidates = {str(one.pk): one for one in candidates}
        self.fields["nachfolge"].choices = _people(candidates)  # type: ignore[attr-defined]

    @property
    def successor(self) -> User:
        return self.candidates[self.cleaned_data["nachfolge"]]


def _people(candidates: list[User]) -> Choices:
    named = [(str(one.pk), one.name) for one in candidates]
    return [("", "–"), *named]
