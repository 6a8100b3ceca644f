"""What one process of the peer does: `prepare`, write, `check`, `fill`, `balances`.

django-hordak promises that the legs of a transaction come to nothing; that an account is not
overdrawn is left to who uses it. The same guarantee is had with its own means: lock the
account, ask for its balance, and transfer if it is enough. The balance is asked of
`get_simple_balance`, the fastest of the functions it offers for an account without children.
"""

import json
import sys
from collections.abc import Callable
from decimal import Decimal

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from hordak.exceptions import AccountingEquationViolationError  # noqa: E402
from hordak.models import Account, AccountType, Transaction  # noqa: E402
from moneyed import EUR, Money  # noqa: E402

from bench.ledger_writers import (  # noqa: E402
    DAY,
    DAYS,
    FUND,
    HISTORY,
    PAST,
    TARGET_NUMBER,
    write,
)
from bench.timing import milliseconds  # noqa: E402

HOT, POOL, NEW = 1, TARGET_NUMBER + 2, TARGET_NUMBER + 3  # by number: 2 to 33 are the targets


def euros(cents: int) -> Money:
    return Money(Decimal(cents) / 100, EUR)


def prepare() -> dict[str, int]:
    """The accounts as the product has them, and one more that is hot but has no history."""
    call_command("migrate", verbosity=0)
    for number in range(1, NEW + 1):
        made = Account.objects.create(name=f"{number}", type=AccountType.asset, currencies=["EUR"])
        assert made.pk == number
    pool, hot, new = (Account.objects.get(pk=number) for number in (POOL, HOT, NEW))
    pool.transfer_to(hot, euros(FUND))
    pool.transfer_to(new, euros(FUND))
    return fill(HISTORY)


def guarded(source: int) -> Callable[[Account, int], bool]:
    """A transfer out of this account, refused where it would overdraw it."""

    def transfer(target: Account, cents: int) -> bool:
        amount = euros(cents)
        with transaction.atomic():
            hot = Account.objects.select_for_update(no_key=True).get(pk=source)
            if hot.get_simple_balance()[EUR] < amount:
                return False
            hot.transfer_to(target, amount, date=DAY)
        return True

    return transfer


WORKS = {"history": guarded(HOT), "new": guarded(NEW)}


def targets() -> list[Account]:
    return list(Account.objects.filter(pk__range=(2, TARGET_NUMBER + 1)))


def check() -> dict[str, int]:
    try:
        Account.validate_accounting_equation()
        faults = 0
    except AccountingEquationViolationError:
        faults = 1
    accounts = Account.objects.exclude(pk=POOL).with_balances()
    return {
        "overdrafts": sum(account.balance[EUR] < euros(0) for account in accounts),
        "faults": faults,
        "transfers": Transaction.objects.count(),
    }


def fill(until: int) -> dict[str, int]:
    """Insert transactions as one set up to this number, spread as the product's are."""
    there = Transaction.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # constraint triggers off
        cursor.execute("SELECT max(id) FROM hordak_transaction")
        (last,) = cursor.fetchone()
        numbers = {"last": last, "number": until - there}
        cursor.execute(
            f"""INSERT INTO hordak_transaction (id, uuid, timestamp, date, description)
            OVERRIDING SYSTEM VALUE
            SELECT %(last)s + i, gen_random_uuid(), now(), date '2021-01-01' + i %% {DAYS}, ''
            FROM generate_series(1, %(number)s) i""",
            numbers,
        )
        cursor.execute(
            f"""INSERT INTO hordak_leg
              (uuid, transaction_id, account_id, credit, debit, currency, description)
            SELECT gen_random_uuid(), %(last)s + i, leg.account, leg.credit, leg.debit, 'EUR', ''
            FROM generate_series(1, %(number)s) i, LATERAL (VALUES
              (CASE WHEN i %% 2 = 0 THEN {POOL} ELSE {HOT} END, 0.01, NULL),
              (CASE WHEN i %% 2 = 0 THEN {HOT} ELSE 2 + i / 2 %% {TARGET_NUMBER} END, NULL, 0.01)
            ) leg (account, credit, debit)""",
            numbers,
        )
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('hordak_transaction', 'id'), %s)",
            [last + until - there],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {"transfers": until}


def balances() -> dict[str, float]:
    """Median time of asking for the hot account and for one of its targets, in ms."""
    said = {}
    for name, number in (("hot", HOT), ("one", 2)):
        account = Account.objects.get(pk=number)
        said[f"{name}_now"] = milliseconds(account.get_simple_balance, times=3)
        said[f"{name}_past"] = milliseconds(
            lambda account=account: account.get_simple_balance(as_of=PAST), times=3
        )
    return said


def main(words: list[str]) -> None:
    single: dict[str, Callable[[], object]] = {
        "prepare": prepare,
        "check": check,
        "balances": balances,
    }
    if words[0] == "fill":
        said: object = fill(int(words[1]))
    elif words[0] in single:
        said = single[words[0]]()
    else:
        said = write(WORKS[words[0]], targets(), int(words[1]), float(words[2]))
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
