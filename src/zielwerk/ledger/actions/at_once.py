"""One posting between open accounts with enough money, in one statement.

Most bookings are of this kind. Looking for the accounts, comparing the balance and inserting
the transfer are one question to the database; where it answers nothing, the long way tells why.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from zielwerk.core.permissions import Actor
from zielwerk.ledger.actions.postings import Posting
from zielwerk.ledger.models import AccountKey, Transfer
from zielwerk.ledger.models.tables import IDENTITY

_NAMES = (
    *("amount_cents", "code", "value_date", "recorded_at", "recorded_on"),
    *('"case"', "reason", "actor"),
)


def _is(account: str) -> str:
    return " AND ".join(f"{account}.{name} = %s" for name in IDENTITY)


_INSERT = f"""INSERT INTO ledger_transfer (source_id, target_id, {", ".join(_NAMES)})
  SELECT s.id, t.id, {", ".join(["%s"] * len(_NAMES))} FROM ledger_account s, ledger_account t
  WHERE {_is("s")} AND {_is("t")} AND (NOT s.guarded OR s.balance_cents >= %s)
  RETURNING id, source_id, target_id"""  # noqa: S608 - our own names


def insert_covered(actor: Actor, posting: Posting, at: datetime) -> Transfer | None:
    """Insert a transfer if its accounts are open and its source has enough; else nothing."""
    transfer = Transfer(
        amount_cents=posting.amount_cents,
        code=posting.code,
        value_date=posting.value_date,
        recorded_at=at,
        recorded_on=timezone.localdate(at),
        case=posting.case,
        reason=posting.reason,
        actor=actor.audit_name,
    )
    adapted = connection.ops
    values = [
        *(posting.amount_cents, str(posting.code)),
        adapted.adapt_datefield_value(transfer.value_date),
        adapted.adapt_datetimefield_value(at),
        adapted.adapt_datefield_value(transfer.recorded_on),
        *(posting.case, str(posting.reason), transfer.actor),
        *(*_cells(posting.source), *_cells(posting.target), posting.amount_cents),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        row = cursor.fetchone()
    if row is None:
        return None
    transfer.pk, transfer.source_id, transfer.target_id = row
    transfer._state.adding = False
    return transfer


def _cells(key: AccountKey) -> list[str | int]:
    cells = (getattr(key, name) for name in IDENTITY)
    return [str(cell) if isinstance(cell, str) else cell for cell in cells]
