"""The proof of the chain and of all that is sealed in it, read once in the order of numbers.

It holds a batch at a time, however long the chain is: entries with the seals that hang on them,
then the records of each table beside the newest seal of each.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Value
from django.db.models.functions import StrIndex, Substr

from zielwerk.core.digests import SEALED, START, digest_of, link, reference, sealed
from zielwerk.core.models import AuditEntry, AuditHead, AuditSeal, Sealed
from zielwerk.rulebook.refusal import Refusal, msg

BATCH = 2000
BATCH_OF_FILES = 10  # whose contents are read to be digested
ENTRIES, SEALS = "entries", "seals"  # what is counted beside the records of each kind
COLUMNS = ("id", "previous", "at", "actor", "verb", "subject", "digest", "hash")
Entry = tuple[int, str, datetime, str, str, str, str, str]
Told = Callable[[int, int], None]  # how many of how many were looked at


@dataclass(frozen=True)
class Seal:
    """A place in the chain, to be kept outside the system: ``17:ab12…``."""

    entry: int
    hash: str

    def __str__(self) -> str:
        return f"{self.entry}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Seal | None":
        number, _, value = text.strip().partition(":")
        is_number = number.isascii() and number.isdecimal() and len(number) < len(str(2**63))
        return cls(int(number), value) if is_number and len(value) == len(START) else None


def seal() -> Seal:
    return Seal(*AuditHead.objects.values_list("entry", "hash").get(pk=1))


class Progress:
    """Counts what was looked at, by kind of thing, and tells it after every batch."""

    def __init__(self, total: int, told: Told, counted: Counter[str]) -> None:
        self.done, self.total, self.told, self.counted = 0, total, told, counted

    def add(self, number: int, kind: str) -> None:
        self.counted[kind] += number
        self.done += number
        self.total = max(self.total, self.done)  # others add meanwhile
        self.told(self.done, self.total)


def extent(head: Seal, since: Seal | None) -> int:
    """How many entries and records there are to look at."""
    records = sum(model._default_manager.count() for model in SEALED.values())
    return records + head.entry - (since.entry - 1 if since else 0)


def chain(head: Seal, since: Seal | None, progress: Progress) -> Iterator[Refusal]:
    """Every fault of the entries up to ``head``, from the one that ``since`` names.

    What a sealed thing must say is taken from the seals that hang on the chain's entries,
    in the order of the chain; a seal that hangs on none is a fault itself.
    """
    number, previous = (since.entry - 1, "") if since else (0, START)
    at, seals = None, 0
    for entries, hung in _batches(number, head.entry):
        for entry in entries:
            number += 1
            if entry[0] != number:
                yield _gap(number, entry[0])
                number = entry[0]
            elif previous and entry[1] != previous:
                yield _broken(number)
            if not _is_true(entry, hung[number]):
                yield _broken(number)
            if at and entry[2] and entry[2] < at:
                yield _back(number)
            previous, at = entry[-1], entry[2] or at
            seals += len(hung[number])
        progress.add(len(entries), ENTRIES)
    progress.counted[SEALS] += seals
    if (head.entry, head.hash) != (number, previous or START):
        yield _cut(head.entry)
    if _is_beyond():
        yield Refusal("audit.beyond", msg("Protokoll: Hinter dem Ende stehen weitere Einträge."))
    if _is_loose(head, since, seals):
        yield Refusal("audit.loose_seal", msg("Protokoll: Es gibt Siegel ohne Eintrag."))


def _batches(after: int, until: int) -> Iterator[tuple[list[Entry], dict[int, list[Any]]]]:
    entries = AuditEntry.objects.filter(pk__lte=until).order_by("pk").values_list(*COLUMNS)
    seals = AuditSeal.objects.order_by("entry_id", "pk")
    while batch := list(entries.filter(pk__gt=after)[:BATCH]):
        hung: dict[int, list[tuple[str, str]]] = defaultdict(list)
        of_batch = seals.filter(entry_id__gt=after, entry_id__lte=batch[-1][0])
        for number, name, digest in of_batch.values_list("entry_id", "subject", "digest"):
            hung[number].append((name, digest))
        yield batch, hung
        after = batch[-1][0]


def _is_beyond() -> bool:
    """Whether an entry has a higher number than the newest one, which is looked up after it."""
    highest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return highest > seal().entry


def _is_loose(head: Seal, since: Seal | None, hung: int) -> bool:
    """Whether there are more seals than hang on the entries that were walked."""
    seals = AuditSeal.objects.filter(entry_id__lte=head.entry)
    if since:
        seals = seals.filter(entry_id__gte=since.entry)
    last = AuditSeal.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    return seals.count() != hung or last > seal().entry  # whose entry is there before it


def _is_true(entry: Entry, seals: list[tuple[str, str]]) -> bool:
    number, previous, at, *said, digest, carried = entry
    return carried == link(previous, number, at, *said, digest) and digest == (
        digest_of(seals) if seals else ""
    )


def kept(kept_seal: Seal, head: Seal) -> Iterator[Refusal]:
    """Whether the chain still has the entry that a kept seal names."""
    number = {"number": kept_seal.entry}
    if kept_seal.entry > head.entry:
        yield Refusal(
            "audit.truncated",
            msg("Protokoll: Das Siegel nennt Eintrag {number}, den es nicht mehr gibt."),
            number,
        )
        return
    hashes = AuditEntry.objects.filter(pk=kept_seal.entry).values_list("hash", flat=True)
    if next(iter(hashes), START) != kept_seal.hash:
        yield Refusal(
            "audit.seal",
            msg("Protokoll: Eintrag {number} stimmt nicht mit dem Siegel überein."),
            number,
        )


def records(model: type[Sealed], ever: int, progress: Progress) -> Iterator[Refusal]:
    """Compare the facts of a model's records with the newest seal of each in the chain.

    ``ever`` is how many of its records were ever sealed: where fewer are there, some vanished.
    """
    matched = 0
    for batch in _keyset(model):
        facts = {f"{model.seal_name}:{pk}": (pk, record) for pk, record in batch}
        newest = _newest(facts)
        matched += len(newest)
        for name, (pk, record) in facts.items():
            if newest.get(name) != _digest(record) and not _is_sealed_now(model, pk):
                yield _changed(name)
        progress.add(len(batch), model.seal_name)
    if matched != ever:
        yield from _vanished(model)


def _digest(record: Sealed | None) -> str:
    """The digest of a record's facts; none where they cannot be read."""
    try:
        return sealed(record)[1] if record else ""
    except (TypeError, ValueError):  # a column holds what the product never writes
        return ""


def _keyset(model: type[Sealed]) -> Iterator[list[tuple[Any, Sealed | None]]]:
    """All records in the order of their keys, a batch at a time; None where one is unreadable."""
    has_files = any(isinstance(field, models.BinaryField) for field in model._meta.fields)
    rows = model._default_manager.order_by("pk")
    size, after = BATCH_OF_FILES if has_files else BATCH, None
    while batch := _read((rows if after is None else rows.filter(pk__gt=after))[:size]):
        yield batch
        after = batch[-1][0]


def _read(rows: models.QuerySet[Any]) -> list[tuple[Any, Sealed | None]]:
    try:
        return [(record.pk, record) for record in rows]
    except ValueError:  # such as what is no JSON
        return [(pk, _one(rows.model, pk)) for pk in rows.values_list("pk", flat=True)]


def _one(model: type[Sealed], pk: object) -> Sealed | None:
    try:
        return model._default_manager.filter(pk=pk).first()
    except ValueError:
        return None


def _newest(names: Iterable[str]) -> dict[str, str]:
    """The newest seal of each of these names, of those that have one."""
    seals = AuditSeal.objects.filter(subject__in=list(names)).order_by("entry_id", "pk")
    return dict(seals.values_list("subject", "digest"))


def _is_sealed_now(model: type[Sealed], pk: object) -> bool:
    """Whether a record that differs was changed by a verb since it was read."""
    current = _one(model, pk)
    return current is not None and is_untouched(current)


def is_untouched(record: Sealed) -> bool:
    """Whether a record's facts are still those of its newest seal."""
    seals = AuditSeal.objects.filter(subject=reference(record)).order_by("-entry_id", "-pk")
    return seals.values_list("digest", flat=True).first() == _digest(record)


def sealed_numbers() -> dict[str, int]:
    """How many records of each kind were ever sealed, by their name in the chain and a colon."""
    kind = Substr("subject", 1, StrIndex("subject", Value(":")))
    kinds = AuditSeal.objects.order_by().annotate(kind=kind).values("kind")
    return dict(
        kinds.annotate(number=Count("subject", distinct=True)).values_list("kind", "number")
    )


def _vanished(model: type[Sealed]) -> Iterator[Refusal]:
    """Records that were sealed and are not there."""
    names = AuditSeal.objects.filter(subject__startswith=f"{model.seal_name}:").order_by("subject")
    after = ""
    while batch := list(
        names.filter(subject__gt=after).values_list("subject", flat=True).distinct()[:BATCH]
    ):
        keys = {name: name.partition(":")[2] for name in batch}
        found = model._default_manager.filter(pk__in=keys.values()).values_list("pk", flat=True)
        present = {str(pk) for pk in found}
        yield from (_gone(name) for name, key in keys.items() if key not in present)
        after = batch[-1]


def _gap(number: int, following: int) -> Refusal:
    return Refusal(
        "audit.gap",
        msg("Protokoll: Eintrag {number} fehlt; nach ihm folgt {next}."),
        {"number": number, "next": following},
    )


def _broken(number: int) -> Refusal:
    sentence = msg("Protokoll: Eintrag {number} wurde verändert.")
    return Refusal("audit.broken", sentence, {"number": number})


def _back(number: int) -> Refusal:
    sentence = msg("Protokoll: Eintrag {number} trägt einen früheren Zeitpunkt als der vor ihm.")
    return Refusal("audit.time", sentence, {"number": number})


def _cut(number: int) -> Refusal:
    sentence = msg("Protokoll: Am Ende fehlen Einträge; der letzte müsste Nummer {number} sein.")
    return Refusal("audit.head", sentence, {"number": number})


def _changed(name: str) -> Refusal:
    sentence = msg("{thing} wurde am Protokoll vorbei angelegt oder verändert.")
    return Refusal("audit.changed", sentence, {"thing": name})


def _gone(name: str) -> Refusal:
    sentence = msg("{thing} wurde am Protokoll vorbei gelöscht.")
    return Refusal("audit.vanished", sentence, {"thing": name})
