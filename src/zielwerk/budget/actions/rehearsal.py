"""What a verb of the budget would book, found out by doing it and undoing it at once."""

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from zielwerk.ledger.models import Account, Transfer


def rehearse(do: Callable[[], Sequence[Transfer]]) -> list[Transfer]:
    """The transfers that ``do`` would book; nothing stays, neither in the books nor the log.

    Raises what ``do`` raises, so a refusal is known before anybody confirms. The transfers are
    for looking at only: their numbers will be given to others.
    """
    with transaction.atomic():
        made = list(do())
        transaction.set_rollback(True)
    return made


def digest_of(transfers: Sequence[Transfer]) -> str:
    """What these transfers do, as a short text: equal where they say the same.

    What stood on the accounts before belongs to it, so that a button pressed twice, or others
    who booked in between, are noticed.
    """
    said = [
        (*_said(one.source), *_said(one.target), one.amount_cents, one.code, one.value_date)
        for one in transfers
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _said(account: Account) -> tuple[str, int]:
    return str(account.key), account.balance_cents
