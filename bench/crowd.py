"""Many agreements with all that hangs on them, inserted as sets; the pages read nothing untrue.

Each agreement is a copy of the demo's: of a year from 2004 to 2023, of a body that is no longer in
the programme, with its recording, a measure and who delivers it, its edition, a note, two accounts
and two transfers; the books stay true (`ledger check`), and the audit log has an entry for each,
whose chain holds. Only seals are left out: `audit verify` would say that the copies came past it.
No statistics are made: the product makes none either.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate

from bench import flows
from zielwerk.agreements.models import AgreedMeasure, Agreement, Intake
from zielwerk.core import guards
from zielwerk.core.digests import link
from zielwerk.core.models import AuditEntry, AuditHead
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Account, AccountDay, Book, Place, Transfer
from zielwerk.measures.models import Delivery, Measure
from zielwerk.notes import actions as notes
from zielwerk.notes.models import Note
from zielwerk.publication.models import Edition

FIRST, YEARS = 1_000_000, 20  # number of the first copy; over how many years they are spread
AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
BODY, YEAR = f"CAST(20000 + i / {YEARS} AS varchar(8))", f"2004 + i % {YEARS}"
NAME = f"'Kreis ' || {BODY}"
KEYED = {"ags": BODY, "year": YEAR, "body_key": f"'kreis ' || {BODY}"}
NAMED = {**KEYED, "body_name": NAME}
NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT {} UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
    "SELECT i FROM n) n",
    "postgresql": "generate_series({}, {}) n(i)",
}


def fill(there: int, until: int) -> None:
    """Bring the number of copies from ``there`` to ``until``."""
    span = (FIRST + there, FIRST + until - 1)
    guards.remove_all()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
        cases(span)
        money(span)
        flows.sum_up()
        log(until - there)
    guards.install_all()


def cases(span: tuple[int, int]) -> None:
    first = Intake.objects.filter(agreement__isnull=False, reading={}).earliest("pk")
    agreement, edition = first.agreement, Edition.objects.get(agreement=first.agreement)
    assert agreement
    measure = agreement.measures.earliest("pk")
    number = {"file_number": "'B-' || i"}
    copied(agreement, span, **NAMED, **number, amount_cents="i * 100")
    copied(first, span, **NAMED, file_number="'E-' || i", agreement_id="i")
    copied(measure, span, **KEYED)
    copied(AgreedMeasure.objects.get(measure=measure), span, measure_id="i", agreement_id="i")
    copied(Delivery.objects.earliest("pk"), span, measure_id="i")
    copied(
        edition,
        span,
        **NAMED,
        file_number="'P-' || i",
        agreement_id="i",
        amount_cents="i * 100",
        measure_count="1",
    )
    if not Note.objects.exists():
        notes.write(officer(), notes.NewNote(first, "Telefonat mit der Koordination"), at=AT)
    about = {"about": "'intake:' || i", "about_number": "'E-' || i"}
    copied(Note.objects.earliest("pk"), span, **about, file_number="'V-' || i", year=YEAR)


def money(span: tuple[int, int]) -> None:
    """From outside to a body's account, and from there to what it agreed, one cent each."""
    outside = Account.objects.filter(book=Book.PLANNING, place=Place.OUTSIDE).earliest("pk")
    agreed = Account.objects.filter(book=Book.PLANNING, place=Place.AGREED).earliest("pk")
    newest = Transfer.objects.latest("pk")  # what is added is never recorded before it
    for year in range(2004, 2004 + YEARS):
        if not Account.objects.filter(pk=FIRST + year).exists():
            copied(outside, (FIRST + year,) * 2, programme_year=str(year), balance_cents="0")
    holder = {"programme_year": YEAR, "ags": BODY, "measure": "''", "budget_year": "0"}
    day = {
        "sqlite": f"date(({YEAR}) || '-01-15', '+' || (i % 300) || ' days')",
        "postgresql": f"make_date(({YEAR})::int, 1, 15) + (i % 300)::int",
    }[connection.vendor]
    for place, column in ((Place.ALLOCATED, "i * 2"), (Place.AGREED, "i * 2 + 1")):
        balance = "0" if place == Place.ALLOCATED else "1"
        number = f"{column} + {FIRST}"
        copied(
            agreed, span, **holder, id=number, place=f"'{place}'", balance_cents=balance,
            last_transfer="i * 2 + 1",
        )  # fmt: skip
    moves = (
        ("i * 2", f"{FIRST} + {YEAR}", f"i * 2 + {FIRST}", "allocation"),
        ("i * 2 + 1", f"i * 2 + {FIRST}", f"i * 2 + 1 + {FIRST}", "agreement"),
    )
    for number, source, target, code in moves:
        copied(
            newest, span, id=number, source_id=source, target_id=target, amount_cents="1",
            value_date=day, code=f"'{code}'", case="'B-' || i", reverses_id="NULL",
        )  # fmt: skip
    with connection.cursor() as cursor:
        net = (
            "SELECT target_id AS account_id, value_date, recorded_on, amount_cents AS cents "
            f"FROM ledger_transfer WHERE id >= {FIRST * 2} UNION ALL "
            "SELECT source_id, value_date, recorded_on, -amount_cents FROM ledger_transfer "
            f"WHERE id >= {FIRST * 2}"
        )
        days = AccountDay._meta.db_table
        cursor.execute(f"DELETE FROM {days} WHERE account_id > {FIRST}")
        cursor.execute(
            f"INSERT INTO {days} (account_id, value_date, recorded_on, net_cents) SELECT "
            f"account_id, value_date, recorded_on, sum(cents) FROM ({net}) e GROUP BY 1, 2, 3"
        )
        cursor.execute(
            "UPDATE ledger_account SET balance_cents = (SELECT coalesce(sum(net_cents), 0) FROM "
            f"{days} d WHERE d.account_id = ledger_account.id), last_transfer = (SELECT max(id) "
            "FROM ledger_transfer t WHERE t.source_id = ledger_account.id) "
            f"WHERE id BETWEEN {FIRST + 2004} AND {FIRST + 2004 + YEARS - 1} AND EXISTS "
            "(SELECT 1 FROM ledger_transfer t WHERE t.source_id = ledger_account.id)"
        )


def log(number: int) -> None:
    """An audit entry for each agreement, chained like every other."""
    head = AuditHead.objects.get(pk=1)
    entries = list(chained(head, number))
    AuditEntry.objects.bulk_create(entries, batch_size=2000)
    last = entries[-1]
    AuditHead.objects.filter(pk=1).update(entry=last.pk, hash=last.hash, at=last.at)


def chained(head: AuditHead, number: int) -> Iterator[AuditEntry]:
    place, last, at = head.entry, head.hash, head.at or AT
    for step in range(number):
        place, at = place + 1, at + timedelta(seconds=1)
        said = ("user:1", "agreements.confirm", f"intake:{FIRST + step}", "")
        digest = link(last, place, at, *said)
        names = dict(zip(("actor", "verb", "subject", "digest"), said, strict=True))
        yield AuditEntry(id=place, at=at, previous=last, hash=digest, **names)
        last = digest


def copied(row: Model, span: tuple[int, int], **columns: str) -> None:
    """Copy a row for each number ``i``; columns not named stay as they are."""
    table = row._meta.db_table
    names = [field.column for field in row._meta.concrete_fields]
    said = {"id": "i", **columns}
    shown = ", ".join(said.get(name, f't."{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    numbers = NUMBERS[connection.vendor].format(*span)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {shown} FROM {table} t, {numbers} "
            f"WHERE t.id = {row.pk}"
        )


def officer() -> User:
    """Someone of the ministry who may write notes and publish."""
    return let_in(User.objects.get(email__startswith="officer@"), localdate())


def prove() -> None:
    """The books are true, and every agreement has its edition."""
    assert list(ledger.faults()) == []
    assert Agreement.objects.count() == Edition.objects.count()
    assert Measure.objects.filter(year=2004).exists()
