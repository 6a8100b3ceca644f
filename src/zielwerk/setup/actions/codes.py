"""The code of the first page: whoever reads the server's output or has its command line.

No entry of the audit chain: nobody decides anything by it, and an empty database stays empty.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from zielwerk.setup import queries
from zielwerk.setup.models import SetupCode

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
GROUPS, LENGTH = 4, 5  # a hundred bits: nobody guesses it


def new_code(at: datetime) -> str:
    """Make a code; an earlier one, and the browser that it let in, count no more."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    digest = digest_of(code)
    SetupCode.objects.update_or_create(pk=1, defaults={"digest": digest, "made_at": at})
    return code


def redeem_code(typed: str) -> str | None:
    """What a browser keeps in place of the code, which is good once; None where it is another."""
    with transaction.atomic():
        kept = SetupCode.objects.select_for_update().filter(pk=1).first()
        is_it = kept is not None and secrets.compare_digest(kept.digest, digest_of(typed))
        if kept is None or not is_it or not queries.is_empty():
            return None
        token = secrets.token_urlsafe(32)
        kept.digest = queries.token_digest(token)
        kept.save()
    return token


def digest_of(code: str) -> str:
    """The digest of a code as people type it, with or without dashes, in any case."""
    bare = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(f"code {bare}".encode()).hexdigest()
