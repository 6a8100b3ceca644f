"""Choosing how one is told, and the outbox."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.identity.models import User
from zielwerk.messaging.actions import Choice
from zielwerk.messaging.models import Mail, MailChoice
from zielwerk.ui.forms import TextField

HOURS = range(5, 21)


def ways() -> list[tuple[str, Any]]:
    return [(way.value, _(way.label)) for way in MailChoice.Way]


class ChoiceForm(forms.Form):
    """At once, collected or not at all, apart for what waits and for what happened."""

    handlungen = forms.ChoiceField(label=_("Wenn etwas auf Sie wartet"), widget=forms.RadioSelect)
    mitteilungen = forms.ChoiceField(
        label=_("Wenn etwas geschehen ist, das Sie betrifft"), widget=forms.RadioSelect
    )
    stunde = forms.TypedChoiceField(
        label=_("Gesammelte Nachricht um"),
        coerce=int,
        help_text=_("An Arbeitstagen, nach der Uhr in Deutschland."),
    )
    erinnern = forms.BooleanField(
        label=_("Vor Ablauf einer Frist erinnern, wenn noch etwas zu tun ist"), required=False
    )
    sprache = forms.ChoiceField(
        label=_("Sprache der E-Mails"), choices=[("de", "Deutsch"), ("en", "English")]
    )

    def __init__(self, present: MailChoice, data: Any) -> None:
        initial = {
            "handlungen": present.actions,
            "mitteilungen": present.information,
            "stunde": present.hour,
            "erinnern": present.has_reminders,
            "sprache": present.language,
        }
        super().__init__(data, initial=initial)
        for name in ("handlungen", "mitteilungen"):
            self.fields[name].choices = ways()  # type: ignore[attr-defined]
        hours = sorted({*HOURS, present.hour})
        self.fields["stunde"].choices = [(hour, _hour(hour)) for hour in hours]  # type: ignore[attr-defined]

    def choice(self, person: User) -> Choice:
        values = self.cleaned_data
        return Choice(
            person,
            values["handlungen"],
            values["mitteilungen"],
            values["erinnern"],
            values["stunde"],
            values["sprache"],
        )


def _hour(hour: int) -> str:
    return gettext("{hour} Uhr").format(hour=hour)


class OutboxFilters(forms.Form):
    """Which mails to list; without a word, all."""

    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        states = [(state.value, gettext(state.label)) for state in Mail.State]
        self.fields["stand"].choices = [("", gettext("alle")), *states]  # type: ignore[attr-defined]
        self.full_clean()

    def matching(self, mails: QuerySet[Mail]) -> QuerySet[Mail]:
        state = self.cleaned_data.get("stand")
        return mails.filter(state=state) if state else mails


class DropForm(forms.Form):
    """Why a mail is not to be sent."""

    grund = TextField(label=_("Grund"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
