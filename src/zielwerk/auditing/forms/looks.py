"""Asking who looked at data of persons, and which of the looks to list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.auditing import queries
from zielwerk.auditing.actions import Question
from zielwerk.auditing.models import Inquiry
from zielwerk.core import looks
from zielwerk.core.models import PersonalLook
from zielwerk.identity import queries as identity
from zielwerk.identity.models import User
from zielwerk.ui.forms import DayField, QuickSelect, TextField


class InquiryForm(forms.Form):
    """Whose looks, or whose data, and for what."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    gegenstand = forms.ChoiceField(label=_("Was zu sehen sein soll"), widget=forms.RadioSelect)
    zweck = TextField(
        label=_("Zweck"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wozu müssen Sie das wissen? Wer freigibt, liest es."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.persons = identity.known_persons()
        self.fields["person"].queryset = self.persons  # type: ignore[attr-defined]
        about = [(one.value, gettext(one.label)) for one in Inquiry.About]
        self.fields["gegenstand"].choices = about  # type: ignore[attr-defined]

    def question(self) -> Question:
        values = self.cleaned_data
        return Question(values["person"], values["gegenstand"], values["zweck"])


class LookFilters(forms.Form):
    """Which inquiry, which page, which days."""

    antrag = forms.ChoiceField(label=_("Antrag"), required=False)
    wo = forms.ChoiceField(label=_("Seite"), required=False, widget=QuickSelect)
    von = DayField(label=_("Von"), required=False)
    bis = DayField(label=_("Bis"), required=False)

    def __init__(self, data: Any, opened: Sequence[Inquiry]) -> None:
        super().__init__(data)
        self.opened = {str(one.pk): one for one in opened}
        chosen = [
            (pk, f"{pk}: {one.person.name or identity.erased(one.person)}")
            for pk, one in self.opened.items()
        ]
        looks.shown(one.person_id for one in opened)
        pages = sorted((gettext(label), route) for route, label in looks.PAGES.items())
        every = ("", gettext("alle"))
        self.fields["antrag"].choices = [every, *chosen]  # type: ignore[attr-defined]
        self.fields["wo"].choices = [every, *((code, name) for name, code in pages)]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, rows: QuerySet[PersonalLook]) -> QuerySet[PersonalLook]:
        """The looks among these that the filters keep."""
        values = self.cleaned_data
        if values.get("antrag"):
            about = queries.looks_of([self.opened[values["antrag"]]])
            rows = rows.filter(pk__in=about.order_by().values("pk"))
        if values.get("wo"):
            rows = rows.filter(route=values["wo"])
        if values.get("von"):
            rows = rows.filter(at__date__gte=values["von"])
        return rows.filter(at__date__lte=values["bis"]) if values.get("bis") else rows
