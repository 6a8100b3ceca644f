"""What people type about persons: how they sign in, posts, deputies."""

from zielwerk.identity.forms.passwords import (
    CodeForm,
    ConfirmForm,
    NewPasswordForm,
    PasskeyForm,
    PasskeyNameForm,
    SignInForm,
)

__all__ = [
    "CodeForm",
    "ConfirmForm",
    "NewPasswordForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "SignInForm",
]
