"""What people type about persons: passwords, posts, deputies."""

from zielwerk.identity.forms.passwords import NewPasswordForm

__all__ = ["NewPasswordForm"]
