"""What is typed while an installation is set up."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from zielwerk.setup.actions import Appointment
from zielwerk.setup.models import SetupStep
from zielwerk.ui.forms import TextField

Step = SetupStep.Step


class CodeForm(forms.Form):
    """The code that the server printed."""

    code = TextField(
        label=_("Einrichtungscode"),
        help_text=_(
            "Er steht in der Ausgabe von zielwerk serve, oder zielwerk setup --code zeigt einen "
            "neuen. Groß- und Kleinschreibung sind gleich."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class LookForm(forms.Form):
    """Nothing is typed: what the page shows is confirmed."""


class MinistryForm(forms.Form):
    """The name under which the ministry acts."""

    name = TextField(
        label=_("Name des Ministeriums"),
        help_text=_("Unter diesem Namen handeln seine Personen; vorgeschlagen ist der des Pakets."),
        max_length=200,
    )


class MailForm(forms.Form):
    """To whom the test mail goes."""

    an = TextField(
        label=_("Probe-E-Mail an"),
        max_length=254,
        validators=[validate_email],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AdministratorForm(forms.Form):
    """Who administers people from now on."""

    name = TextField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = TextField(
        label=_("E-Mail-Adresse"),
        help_text=_("Damit meldet sich die Person an."),
        max_length=254,
        validators=[validate_email],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    funktion = TextField(label=_("Funktion"), max_length=120, required=False)

    def appointment(self, ministry: str) -> Appointment:
        values = self.cleaned_data
        return Appointment(values["name"], values["email"], values["funktion"], ministry)


FORMS: dict[str, type[forms.Form]] = {
    Step.MINISTRY: MinistryForm,
    Step.MAIL: MailForm,
    Step.ADMINISTRATOR: AdministratorForm,
}
FIELDS = {"identity.email_taken": "email", "setup.not_sent": "an", "setup.no_server": "an"}


def form_of(step: str, data: Any = None, initial: Any = None) -> forms.Form:
    """The form of a step."""
    return FORMS.get(step, LookForm)(data, initial=initial)
