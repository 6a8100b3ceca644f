"""What nobody may read in the database: encrypted under the installation's own key."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box() -> Fernet:
    key = hashlib.sha256(b"zielwerk.messaging " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def closed(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def opened(secret: str) -> str:
    """The text again; raises InvalidToken where it was closed under another key."""
    return _box().decrypt(secret.encode()).decode()
