"""What one process of the books' measurement does: `prepare`, write, `check`, `million`."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from threading import Barrier, Thread

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import Sum  # noqa: E402

from bench.timing import milliseconds  # noqa: E402
from zielwerk.core import guards  # noqa: E402
from zielwerk.identity.actions import Operator  # noqa: E402
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
from zielwerk.rulebook.refusal import Refused  # noqa: E402

ACTOR = Operator("user:1", frozenset({"ministry"}))
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = date(2026, 1, 5)
POOL = AccountKey(Book.PLANNING, Place.OUTSIDE, "bench", 2026)
HOT = AccountKey(Book.PLANNING, Place.ALLOCATED, "bench", 2026)
TARGETS = [
    AccountKey(Book.PLANNING, Place.AGREED, "bench", 2026, measure=f"M{number}")
    for number in range(32)
]
FUND, TOO_MUCH = 10**9, 10**10
MILLION = 1_000_000


def prepare() -> dict[str, int]:
    """The hot account is number 1, its targets 2 to 33: pgbench knows them by number."""
    call_command("migrate", verbosity=0)
    keys = [HOT, *TARGETS, POOL]
    for key in keys:
        Account.objects.create(**vars(key), guarded=key.place != Place.OUTSIDE)
    assert queries.accounts([HOT])[HOT].pk == 1
    fund = Posting(POOL, HOT, FUND, EntryCode.ALLOCATION, DAY, "ZV-2026-0001")
    post(ACTOR, None, [fund], at=AT)
    return {}


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
        insert(one)
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
        post(ACTOR, None, [one], at=AT)
    except Refused:
        return False
    return True


WORKS = {"statement": statement, "transfer": transfer, "verb": verb}


def write(work: Callable[[Account, int], bool], writers: int, seconds: float) -> dict[str, float]:
    """Write from threads for some seconds; counts what was done and what was refused."""
    targets = list(queries.accounts(TARGETS).values())
    start = Barrier(writers + 1)
    counts: list[tuple[int, int]] = []

    def one(seed: int) -> None:
        dice, done, refused = Random(seed), 0, 0
        start.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            overdraws = (seed + done + refused) % 20 == 19
            if work(dice.choice(targets), TOO_MUCH if overdraws else 1):
                assert not overdraws
                done += 1
            else:
                refused += 1
            connection.close_if_unusable_or_obsolete()  # as at the end of a request
        counts.append((done, refused))

    threads = [Thread(target=one, args=[seed]) for seed in range(writers)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    start.wait()
    for thread in threads:
        thread.join()
    assert len(counts) == writers
    spent = time.perf_counter() - began
    done, refused = (sum(column) for column in zip(*counts, strict=True))
    return {"done": done, "refused": refused, "seconds": spent}


def check() -> dict[str, int]:
    return {
        "overdrafts": Account.objects.filter(guarded=True, balance_cents__lt=0).count(),
        "faults": len(list(queries.faults())),
        "transfers": queries.extent()[0],
    }


def million() -> dict[str, float]:
    """Fill up to a million transfers over five years, then ask for balances."""
    fill(MILLION - queries.extent()[0])
    half = date(2024, 6, 30)
    began = time.perf_counter()
    assert not list(queries.faults())
    checked = time.perf_counter() - began

    def summed() -> object:
        incoming = Transfer.objects.filter(target=1, value_date__lte=half, recorded_on__lte=half)
        outgoing = Transfer.objects.filter(source=1, value_date__lte=half, recorded_on__lte=half)
        return [side.aggregate(Sum("amount_cents")) for side in (incoming, outgoing)]

    return {
        "now": milliseconds(lambda: queries.balance(HOT)),
        "past": milliseconds(lambda: queries.balance(HOT, counted_on=half, known_on=half)),
        "sum": milliseconds(summed, times=3),
        "places": milliseconds(lambda: queries.places(ACTOR, counted_on=half, known_on=half)),
        "check": checked,
    }


NUMBERS = {
    "sqlite": """(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
        SELECT i FROM n) n""",
    "postgresql": "generate_series(1, %s) n(i)",
}
DAY_AFTER = {
    "sqlite": "date('2021-01-01', '+' || ({}) || ' days')",
    "postgresql": "date '2021-01-01' + ({})::int",
}


def fill(number: int) -> None:
    """Insert transfers as one set with the guards down, and bring the balances after them.

    Half bring money to the hot account, half take it away; they count on one of 1,800 days
    and were recorded up to ten days later.
    """
    counted, known = (
        DAY_AFTER[connection.vendor].format(days)
        for days in ("i %% 1800", "i %% 1800 + (i / 7) %% 11")
    )
    guards.remove_all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO ledger_transfer (source_id, target_id, amount_cents, code, value_date,
            recorded_at, recorded_on, "case", reason, actor)
            SELECT CASE WHEN i %% 2 = 0 THEN 34 ELSE 1 END,
            CASE WHEN i %% 2 = 0 THEN 1 ELSE 2 + i %% 32 END, 1, 'agreement', {counted},
            (SELECT min(recorded_at) FROM ledger_transfer), {known}, 'ZV-' || (i %% 5000), '',
            'user:1' FROM {NUMBERS[connection.vendor]}""",
            [number],
        )
        cursor.execute("DELETE FROM ledger_accountday")
        cursor.execute(
            f"""INSERT INTO ledger_accountday (account_id, value_date, recorded_on, net_cents)
            SELECT account_id, value_date, recorded_on, sum(net_cents) FROM ({queries.MOVED}) e
            GROUP BY account_id, value_date, recorded_on"""
        )
        cursor.execute(
            """UPDATE ledger_account SET balance_cents = coalesce((SELECT sum(net_cents)
            FROM ledger_accountday d WHERE d.account_id = ledger_account.id), 0),
            last_transfer = coalesce((SELECT max(t.id) FROM ledger_transfer t
            WHERE t.source_id = ledger_account.id OR t.target_id = ledger_account.id), 0)"""
        )
    guards.install_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(words: list[str]) -> None:
    single: dict[str, Callable[[], object]] = {
        "prepare": prepare,
        "check": check,
        "million": million,
    }
    work = single.get(words[0])
    said = work() if work else write(WORKS[words[0]], int(words[1]), float(words[2]))
    print(json.dumps(said))


main(sys.argv[1:])
