"""Make the chain so long, one transfer an entry, and prove it; prints what it took."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench.ledger_work import ACTOR, AT, fill, prepare  # noqa: E402
from bench.timing import peak_memory_mb  # noqa: E402
from zielwerk.core import audit  # noqa: E402
from zielwerk.core.digests import canonical, digest_of, link, sealed  # noqa: E402
from zielwerk.core.models import AuditEntry, AuditHead, AuditSeal  # noqa: E402
from zielwerk.core.proof import Seal  # noqa: E402
from zielwerk.ledger.models import Account, Transfer  # noqa: E402

BATCH = 5000
DIGESTS = 3  # of an entry: its link, its seals, the facts of what is sealed


def grow(until: int) -> None:
    """Fill the ledger up to so many transfers, and seal each in an entry of its own."""
    call_command("migrate", verbosity=0)
    if not Transfer.objects.exists():
        prepare()
        with transaction.atomic():  # its accounts were opened past the log
            opened = [sealed(account) for account in Account.objects.all()]
            audit.append(ACTOR.audit_name, "ledger.post", None, opened, AT)
    if until > Transfer.objects.count():
        fill(until)
    sealed_already = AuditSeal.objects.filter(subject__startswith="transfer:").count()
    waiting = Transfer.objects.order_by("pk")[sealed_already:until]
    head = audit.seal()
    number, previous, at = head.entry, head.hash, audit.newest_moment() or AT
    with transaction.atomic():
        for batch in _batches(waiting.iterator(chunk_size=BATCH)):
            entries, seals = [], []
            for one in batch:
                number, at, seal = number + 1, at + timedelta(seconds=1), sealed(one)
                said = (ACTOR.audit_name, "ledger.post", seal[0], digest_of([seal]))
                digest = link(previous, number, at, *said)
                names = dict(zip(("actor", "verb", "subject", "digest"), said, strict=True))
                entries.append(
                    AuditEntry(id=number, at=at, previous=previous, hash=digest, **names)
                )
                seals.append(AuditSeal(entry_id=number, subject=seal[0], digest=seal[1]))
                previous = digest
            AuditEntry.objects.bulk_create(entries)
            AuditSeal.objects.bulk_create(seals)
        AuditHead.objects.update(entry=number, hash=previous, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batches(transfers: Iterator[Transfer]) -> Iterator[list[Transfer]]:
    batch: list[Transfer] = []
    for one in transfers:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def prove(since: Seal | None = None) -> tuple[float, int]:
    """Seconds of the processor, and how many faults."""
    began = time.process_time()
    faults = len(list(audit.verify(since=since)))
    return time.process_time() - began, faults


def hashed(number: int) -> float:
    """Seconds for the bare digests over as many bytes, without reading or spelling any."""
    entry = AuditEntry.objects.latest("pk")
    transfer = Transfer.objects.latest("pk")
    said = [entry.previous, entry.pk, entry.at, entry.actor, entry.verb, entry.subject]
    texts = [canonical([*said, entry.digest]), canonical([sealed(transfer)])]
    texts += [canonical(transfer.sealed_facts())]
    assert len(texts) == DIGESTS
    spelled = [text.encode() for text in texts]
    began = time.process_time()
    for _ in range(number):
        for text in spelled:
            sha256(text).hexdigest()
    return time.process_time() - began


def main(until: int) -> None:
    grow(until)
    late = AuditEntry.objects.get(pk=audit.seal().entry * 9 // 10)
    before = peak_memory_mb()
    seconds, faults = prove()
    since, more = prove(Seal(late.pk, late.hash))
    number = audit.seal().entry
    said = {"entries": number, "seconds": seconds, "faults": faults + more, "since": since}
    print(json.dumps({**said, "memory": peak_memory_mb() - before, "hashed": hashed(number)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
