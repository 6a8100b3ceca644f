"""Choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from zielwerk.identity.models import User
from zielwerk.ui.forms import PasswordField


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
