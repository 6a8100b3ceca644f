"""What an actor says to a version, and whom to ask."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zielwerk.language import German
from zielwerk.rulebook.consent import Party
from zielwerk.strategy.actions import Answer, NewConsent, NewRequest
from zielwerk.strategy.actions.asking import MOST_DAYS
from zielwerk.strategy.models import ConsentRequest, Strategy
from zielwerk.ui.forms import DayField, TextField

GIVEN, REFUSED = "ja", "nein"
ANSWERS = [(GIVEN, _("Zustimmung")), (REFUSED, _("Keine Zustimmung"))]


class WhoForm(forms.Form):
    """Who said something, and what beside yes and no."""

    name = TextField(label=_("Name"), max_length=120)
    amt = TextField(label=_("Amt"), max_length=200, help_text=_("Zum Beispiel Leitung des Amts"))
    bemerkung = TextField(
        label=_("Bemerkung"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnsweringForm(WhoForm):
    """Yes or no; who says no says what stands against it."""

    antwort = forms.ChoiceField(label=_("Antwort"), choices=ANSWERS, widget=forms.RadioSelect)
    field_order = ("antwort", "am", "handelt", "name", "amt", "bemerkung")
    conditions: ClassVar = {"bemerkung": _("nötig ohne Zustimmung")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["bemerkung"].help_text = _("Ohne Zustimmung: was ihr entgegensteht.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_refused = values.get("antwort") == REFUSED
        if is_refused and not values.get("bemerkung") and "bemerkung" not in self.errors:
            self.add_error("bemerkung", _("Bitte sagen Sie, was der Zustimmung entgegensteht."))
        return values


class ConsentForm(AnsweringForm):
    """What was said outside this system, and on which day."""

    am = DayField(label=_("Gesagt am"))

    def consent(self, strategy: Strategy, party: Party) -> NewConsent:
        values = self.cleaned_data
        is_given = values["antwort"] == GIVEN
        return NewConsent(
            strategy,
            party,
            values["am"],
            values["name"],
            values["amt"],
            values["bemerkung"],
            is_given,
        )


class TakeBackForm(WhoForm):
    """That a consent was taken back, by whom and on which day."""

    am = DayField(label=_("Zurückgenommen am"))
    field_order = ("am", "name", "amt", "bemerkung")

    def consent(self, strategy: Strategy, party: Party) -> NewConsent:
        values = self.cleaned_data
        return NewConsent(
            strategy, party, values["am"], values["name"], values["amt"], values["bemerkung"]
        )


class AnswerForm(AnsweringForm):
    """What whoever has a link says by it; she says first that it was meant for her office."""

    handelt = forms.BooleanField(
        error_messages={"required": _("Antworten kann nur, wer für die gefragte Stelle handelt.")}
    )

    def __init__(self, request: ConsentRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        label = gettext("Ich handle für: {office}")
        self.fields["handelt"].label = format_html(label, office=German(request.office))

    def answer(self) -> Answer:
        values = self.cleaned_data
        is_given = values["antwort"] == GIVEN
        return Answer(self.request, is_given, values["name"], values["amt"], values["bemerkung"])


class RequestForm(forms.Form):
    """Whom to ask, and how long the link is good."""

    conditions: ClassVar = {"mail": _("nötig für eine E-Mail")}

    stelle = TextField(label=_("Stelle"), max_length=200)
    gerichtet_an = TextField(
        label=_("Gerichtet an"),
        max_length=120,
        required=False,
        help_text=_("Name der Person, wenn Sie ihn kennen."),
    )
    mail = TextField(
        label=_("E-Mail-Adresse"),
        required=False,
        max_length=254,
        validators=[validate_email],
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Leer: Sie bekommen den Link gezeigt und geben ihn selbst weiter."),
    )
    tage = forms.IntegerField(
        label=_("Gilt so viele Tage"),
        initial=14,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        widget=forms.TextInput(attrs={"class": "zw-short", "inputmode": "numeric"}),
        help_text=_("1 bis 90"),
    )

    def __init__(self, data: Any = None, *, sends_mail: bool, label: str) -> None:
        super().__init__(data, initial={"stelle": label})
        if not sends_mail:
            del self.fields["mail"]

    def new(self, strategy: Strategy, party: Party, *, by_mail: bool) -> NewRequest:
        values = self.cleaned_data
        mail = values.get("mail", "") if by_mail else ""
        return NewRequest(
            strategy, party, values["stelle"], values["gerichtet_an"], mail, values["tage"]
        )
