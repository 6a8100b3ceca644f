"""The transfers that a verb of the budget would book, found by booking and undoing at once."""

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from zielwerk.ledger.models import Account, Transfer


def rehearse(verb: Callable[[], Sequence[Transfer]]) -> list[Transfer]:
    """The transfers that ``verb`` would book; nothing stays, neither in the books nor the log.

    Raises what ``verb`` raises, so a refusal is known before anybody confirms. The transfers are
    for looking at only: their numbers will be given to others.
    """
    with transaction.atomic():
        transfers = list(verb())
        transaction.set_rollback(True)
    return transfers


def digest_of(transfers: Sequence[Transfer]) -> str:
    """A short digest of these transfers, equal where their effect is the same.

    The balances before belong to it, so that a button pressed twice, or others who booked in
    between, are noticed.
    """
    effects = [
        (
            *_balance(transfer.source),
            *_balance(transfer.target),
            transfer.amount_cents,
            transfer.code,
            transfer.value_date,
        )
        for transfer in transfers
    ]
    return hashlib.sha256(repr(effects).encode()).hexdigest()[:16]


def _balance(account: Account) -> tuple[str, int]:
    return str(account.key), account.balance_cents
