"""Input of the sign-in page."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
        "invalid_login": _("E-Mail-Adresse und Passwort passen nicht zusammen."),
        "inactive": _("Dieser Zugang ist gesperrt."),
    }
