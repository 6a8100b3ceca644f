"""What people show to sign in, and what they set up for it."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from zielwerk.identity.models import User
from zielwerk.ui.forms import PasswordField, TextField


class SignInForm(forms.Form):
    """An e-mail address and a password."""

    adresse = TextField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    passwort = PasswordField(label=_("Passwort"))


class CodeForm(forms.Form):
    """A code of the app, or one of those for the case of its loss."""

    code = TextField(
        label=_("Code"),
        help_text=_("Sechs Ziffern aus der App, oder einer Ihrer Wiederherstellungscodes."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ConfirmForm(forms.Form):
    """The password, once more."""

    passwort = PasswordField(label=_("Passwort"))


class PasskeyForm(forms.Form):
    """What a passkey answered, as the browser hands it on."""

    credential = forms.JSONField()

    def clean_credential(self) -> dict[str, Any]:
        credential: Any = self.cleaned_data["credential"]
        if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
            raise forms.ValidationError("no credential")
        return credential


class PasskeyNameForm(forms.Form):
    """By which name a person knows her passkey again."""

    name = TextField(
        label=_("Name des Passkeys"),
        help_text=_("Woran Sie ihn wiedererkennen, zum Beispiel „Diensttelefon“."),
        max_length=60,
    )


class NewPasswordForm(forms.Form):
    """A password that is not too short, not common and not the person's own name; twice."""

    passwort = PasswordField(
        label=_("Neues Passwort"),
        help_text=_("Mindestens zwölf Zeichen, am besten mehrere Wörter, die nichts verbindet."),
        is_new=True,
    )
    wiederholung = PasswordField(label=_("Neues Passwort noch einmal"), is_new=True)

    def __init__(self, person: User, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person

    def clean_passwort(self) -> str:
        password: str = self.cleaned_data["passwort"]
        validate_password(password, self.person)
        return password

    def clean(self) -> None:
        typed = [self.data.get(self.add_prefix(name)) for name in ("passwort", "wiederholung")]
        if all(typed) and typed[0] != typed[1]:
            self.add_error("wiederholung", _("Die beiden Passwörter sind nicht gleich."))

    def hashed(self) -> str:
        """The password as it is kept; made before any lock is taken, since it takes its time."""
        return make_password(self.cleaned_data["passwort"])
