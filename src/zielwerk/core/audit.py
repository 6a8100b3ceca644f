"""The audit chain: every verb leaves one entry, chained by hash to all before it.

Whoever changes or removes an entry breaks every hash after it. A seal (the newest entry's
number and hash) kept outside the system also shows a chain that was rewritten as a whole.

Time in the chain never goes back: what comes with a moment before the newest entry's, because
it waited for its turn or because the server's clock was set back, is entered at that one's.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection
from django.utils.timezone import localdate

from zielwerk.core import definitions, file_numbers, jobs, proof
from zielwerk.core.digests import SEALED as SEALED
from zielwerk.core.digests import START as START
from zielwerk.core.digests import canonical, digest_of, link
from zielwerk.core.digests import declare as declare
from zielwerk.core.digests import reference as reference
from zielwerk.core.digests import sealed as sealed
from zielwerk.core.models import AuditHead
from zielwerk.core.proof import Seal as Seal
from zielwerk.core.proof import Told
from zielwerk.core.proof import is_untouched as is_untouched
from zielwerk.core.proof import seal as seal
from zielwerk.rulebook.refusal import Refusal, Refused, msg

DAY_TURNED = Refusal(
    "audit.day_turned",
    msg(
        "Während gebucht wurde, hat ein neuer Tag begonnen. Nichts wurde gebucht; "
        "bitte senden Sie noch einmal."
    ),
)


def newest_moment() -> datetime | None:
    """When the newest entry was made; None while there is none."""
    return AuditHead.objects.values_list("at", flat=True).get(pk=1)


def append(
    actor: str,
    verb: str,
    subject: object,
    seals: list[tuple[str, str]],
    at: datetime,
    booked_at: datetime | None = None,
) -> None:
    """Add one entry; the last statement of an action, since it locks the head of the chain.

    ``booked_at`` is the moment under which the action recorded money. Where others went on to
    the next day meanwhile, it is refused: what was known on a day is never added to afterwards.
    """
    said = (actor, verb, reference(subject), digest_of(seals) if seals else "")
    enter = _enter_on_postgresql if connection.vendor == "postgresql" else _enter_on_sqlite
    entered_at = enter(said, seals, at)
    if booked_at and localdate(booked_at) < localdate(entered_at):
        raise Refused(DAY_TURNED)


def _enter_on_sqlite(said: tuple[str, ...], seals: list[tuple[str, str]], at: datetime) -> datetime:
    """SQLite has one writer at a time, so the head that is read stays the newest."""
    (entry, previous, newest) = AuditHead.objects.values_list("entry", "hash", "at").get(pk=1)
    at = max(at, newest or at)
    digest = link(previous, entry + 1, at, *said)
    when = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_audithead SET entry = %s, hash = %s, at = %s WHERE id = 1",
            [entry + 1, digest, when],
        )
        cursor.execute(
            "INSERT INTO core_auditentry (id, at, actor, verb, subject, digest, previous, hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [entry + 1, when, *said, previous, digest],
        )
        if seals:
            cursor.executemany(
                "INSERT INTO core_auditseal (entry_id, subject, digest) VALUES (%s, %s, %s)",
                [(entry + 1, name, sealed_digest) for name, sealed_digest in seals],
            )
    return at


# The server links the entry itself, in the one statement that holds the head: who waits for
# the head waits for no answer from us. ``link`` says the same, and every proof compares.
_ENTER = """WITH head AS (
  UPDATE core_audithead h SET entry = o.entry + 1, at = o.turn, hash = encode(sha256(convert_to(
    '["' || o.hash || '",' || o.entry + 1 || ',"'
    || to_char(o.turn AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    || '",' || %s, 'UTF8')), 'hex')
  FROM (SELECT id, entry, hash, greatest(at, %s) AS turn FROM core_audithead
    WHERE id = 1 FOR UPDATE) o
  WHERE h.id = o.id RETURNING h.entry, h.at, h.hash, o.hash AS previous
), entered AS (
  INSERT INTO core_auditentry (id, at, actor, verb, subject, digest, previous, hash)
  SELECT entry, at, %s, %s, %s, %s, previous, hash FROM head
), sealed AS (
  INSERT INTO core_auditseal (entry_id, subject, digest)
  SELECT head.entry, s.subject, s.digest
  FROM head, unnest(%s::text[], %s::text[]) WITH ORDINALITY s(subject, digest, turn)
  ORDER BY s.turn
) SELECT at FROM head"""


def _enter_on_postgresql(
    said: tuple[str, ...], seals: list[tuple[str, str]], at: datetime
) -> datetime:
    names, digests = [name for name, _ in seals], [digest for _, digest in seals]
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [canonical(said)[1:], at, *said, names, digests])
        entered_at: datetime = cursor.fetchone()[0]
    return entered_at.astimezone(UTC)


def state() -> str:
    """The place in the chain as a text: another one after every verb, whoever did it.

    Every public answer asks for it, so it is read without the way through the models.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entry, hash FROM {AuditHead._meta.db_table} WHERE id = 1")  # noqa: S608
        return "{}:{}".format(*cursor.fetchone())


def verify(
    kept_seal: Seal | None = None,
    since: Seal | None = None,
    told: Told = lambda *_: None,
    counted: Counter[str] | None = None,
) -> Iterator[Refusal]:
    """Yield every fault in order; nothing means that all is sound.

    Proves the chain, that every sealed record says what its newest seal says, that the
    database still refuses what it must, the series of file numbers and the jobs that wait.
    From ``since`` on only that part of the chain is proved, the one before is taken on trust.
    ``counted`` learns how many things of each kind were looked at.
    """
    counted = Counter() if counted is None else counted
    head = seal()  # what others append meanwhile is left to the next proof
    since = since if since and since.entry else None  # the seal of an empty chain: all of it
    for place in filter(None, (since, kept_seal)):
        yield from proof.kept(place, head)
    progress = proof.Progress(proof.extent(head, since), told, counted)
    yield from proof.chain(head, since, progress)
    ever = proof.sealed_numbers()
    for model in SEALED.values():
        yield from proof.records(model, ever.get(f"{model.seal_name}:", 0), progress)
    yield from definitions.faults(connection)
    yield from file_numbers.faults()
    yield from jobs.faults()
    counted["definitions"] += definitions.number(connection)
    counted["series"] += file_numbers.number()
    counted["jobs"] += jobs.waiting()
