"""What one process of the product does: `prepare`, write, `check`, `fill`, `balances`."""

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import flows  # noqa: E402
from bench.ledger_writers import DAY, DAYS, FUND, HISTORY, PAST, TARGET_NUMBER, write  # noqa: E402
from bench.timing import milliseconds  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.core import guards  # noqa: E402
from zielwerk.identity.actions import Operator  # noqa: E402
from zielwerk.identity.models import User  # noqa: E402
from zielwerk.ledger import queries  # noqa: E402
from zielwerk.ledger.actions import Posting, insert, post  # noqa: E402
from zielwerk.ledger.models import (  # noqa: E402
    Account,
    AccountKey,
    Book,
    EntryCode,
    Place,
    Transfer,
)
from zielwerk.rulebook.money import Cents  # noqa: E402
from zielwerk.rulebook.refusal import Refused  # noqa: E402

ACTOR = Operator("user:1", frozenset({"ministry"}))
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
POOL = AccountKey(Book.PLANNING, Place.OUTSIDE, "bench", 2026)
HOT = AccountKey(Book.PLANNING, Place.ALLOCATED, "bench", 2026)
TARGETS = [
    AccountKey(Book.PLANNING, Place.AGREED, "bench", 2026, measure=f"M{number}")
    for number in range(TARGET_NUMBER)
]
ASKED: dict[str, dict[str, date]] = {
    "now": {},
    "counted": {"counted_on": PAST},
    "both": {"counted_on": PAST, "known_on": PAST},
}


def prepare() -> dict[str, int]:
    """The hot account is number 1, its targets 2 to 33: pgbench knows them by number."""
    call_command("migrate", verbosity=0)
    keys = [HOT, *TARGETS, POOL]
    for key in keys:
        Account.objects.create(**vars(key), guarded=key.place != Place.OUTSIDE)
    assert queries.accounts([HOT])[HOT].pk == 1
    fund = Posting(POOL, HOT, FUND, EntryCode.ALLOCATION, DAY, "ZV-2026-0001")
    post(ACTOR, [fund], at=AT)
    return fill(HISTORY)


def statement(target: Account, cents: int) -> bool:
    """One transfer, committed by itself: the very statement that pgbench sends."""
    one = Transfer(
        source_id=1,
        target=target,
        amount_cents=cents,
        code=EntryCode.AGREEMENT,
        value_date=DAY,
        recorded_at=AT,
        recorded_on=DAY,
        case="ZV-2026-0001",
        actor=ACTOR.audit_name,
    )
    try:
        insert([one])
    except IntegrityError:
        return False
    return True


def transfer(target: Account, cents: int) -> bool:
    """The same in a transaction, as a verb does it."""
    with transaction.atomic():
        done = statement(target, cents)
        transaction.set_rollback(not done)
    return done


def verb(target: Account, cents: int) -> bool:
    """The whole verb as a person does it."""
    one = Posting(HOT, target.key, cents, EntryCode.AGREEMENT, DAY, "ZV-2026-0001")
    try:
        post(ACTOR, [one], at=AT)
    except Refused:
        return False
    return True


WORKS = {"statement": statement, "transfer": transfer, "verb": verb}


def targets() -> list[Account]:
    return list(queries.accounts(TARGETS).values())


def check() -> dict[str, int]:
    return {
        "overdrafts": Account.objects.filter(guarded=True, balance_cents__lt=0).count(),
        "faults": len(list(queries.faults())),
        "transfers": queries.extent()[0],
    }


def balances() -> dict[str, float]:
    """Prove the books true, then median times of asking for balances, in ms."""
    began = time.perf_counter()
    faults = len(list(queries.faults()))
    said = {"faults": faults, "check": time.perf_counter() - began}
    assert summed() == queries.balance(HOT, **ASKED["both"])
    for name, key in (("hot", HOT), ("one", TARGETS[0])):
        for asked, days in ASKED.items():
            said[f"{name}_{asked}"] = milliseconds(partial(queries.balance, key, **days))
    return said | {
        "sum": milliseconds(summed, times=3),
        "places": milliseconds(lambda: queries.places(ACTOR, counted_on=PAST, known_on=PAST)),
        "flows": milliseconds(lambda: queries.moved(ACTOR)),
        **pages(),
    }


PAGES = {
    "now": "",
    "past": f"stand={PAST:%d.%m.%Y}&bekannt={PAST:%d.%m.%Y}",
    "narrow": f"massnahme=M3&stand={PAST:%d.%m.%Y}&bekannt={PAST:%d.%m.%Y}",
}


def pages() -> dict[str, float]:
    """The books page with its picture: the time until it is there, and this process's own."""
    logging.disable(logging.INFO)
    collect_static()
    person = User.objects.first() or world.enrol_cast().officer
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    said = {}
    for name, query in PAGES.items():

        def page(query: str = query) -> None:
            assert client.get(f"{reverse('ledger:places')}?{query}").status_code == 200

        said[f"page_{name}"] = milliseconds(page)
        began = time.process_time()
        for _ in range(10):
            page()
        said[f"own_{name}"] = (time.process_time() - began) * 100
    return said


def summed() -> Cents:
    """The same past balance of the hot account as a sum over its transfers."""
    until = {"value_date__lte": PAST, "recorded_on__lte": PAST}
    incoming, outgoing = (
        Transfer.objects.filter(**side, **until).aggregate(total=Sum("amount_cents"))["total"]
        for side in ({"target": 1}, {"source": 1})
    )
    return Cents(incoming - outgoing)


NUMBERS = {
    "sqlite": """(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
        SELECT i FROM n) n""",
    "postgresql": "generate_series(1, %s) n(i)",
}
MOVED = """SELECT target_id AS account_id, value_date, recorded_on, amount_cents AS net_cents
    FROM ledger_transfer UNION ALL
    SELECT source_id, value_date, recorded_on, -amount_cents FROM ledger_transfer"""
DAY_AFTER = {
    "sqlite": "date('2021-01-01', '+' || ({}) || ' days')",
    "postgresql": "date '2021-01-01' + ({})::int",
}


def fill(until: int) -> dict[str, int]:
    """Insert transfers as one set up to this number, and bring the balances after them.

    Half bring money to the hot account, half take it away; they count on one of 1,800 days
    and were recorded up to ten days later. The guards are down meanwhile, and on PostgreSQL
    foreign keys too; `balances` proves that all is true.
    """
    counted, known = (
        DAY_AFTER[connection.vendor].format(days)
        for days in (f"i %% {DAYS}", f"i %% {DAYS} + i / 7 %% 11")
    )
    there, _ = queries.extent()
    guards.remove_all()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"""INSERT INTO ledger_transfer (source_id, target_id, amount_cents, code, value_date,
            recorded_at, recorded_on, "case", reason, actor)
            SELECT CASE WHEN i %% 2 = 0 THEN {2 + len(TARGETS)} ELSE 1 END,
            CASE WHEN i %% 2 = 0 THEN 1 ELSE 2 + i / 2 %% {len(TARGETS)} END, 1, 'agreement',
            {counted}, (SELECT min(recorded_at) FROM ledger_transfer), {known},
            'ZV-' || (i %% 5000), '', 'user:1' FROM {NUMBERS[connection.vendor]}""",
            [until - there],
        )
        cursor.execute("DELETE FROM ledger_accountday")
        cursor.execute(
            f"""INSERT INTO ledger_accountday (account_id, value_date, recorded_on, net_cents)
            SELECT account_id, value_date, recorded_on, sum(net_cents) FROM ({MOVED}) e
            GROUP BY account_id, value_date, recorded_on"""
        )
        cursor.execute(
            """UPDATE ledger_account SET balance_cents = coalesce((SELECT sum(net_cents)
            FROM ledger_accountday d WHERE d.account_id = ledger_account.id), 0),
            last_transfer = coalesce((SELECT max(t.id) FROM ledger_transfer t
            WHERE t.source_id = ledger_account.id OR t.target_id = ledger_account.id), 0)"""
        )
        flows.sum_up()
    guards.install_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return {"transfers": until}


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
