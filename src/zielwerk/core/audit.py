"""The audit chain: every verb leaves one entry, chained by hash to all before it.

Whoever changes or removes an entry breaks every hash after it. A seal (the newest entry's
number and hash) kept outside the system also shows a chain that was rewritten as a whole.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from zielwerk.core import guards
from zielwerk.core.models import AuditEntry, AuditHead, AuditSeal, Sealed
from zielwerk.rulebook.refusal import Refusal, msg

START = "0" * 64


def plain(value: object) -> object:
    """Any fact as JSON-able data with one spelling only."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)


def digest_of(value: object) -> str:
    """SHA-256 over the canonical JSON of ``value``, hexadecimal."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def reference(subject: object) -> str:
    """The name of a record in the chain, e.g. ``agreement:17``; it outlives moves of the code."""
    if not isinstance(subject, models.Model) or subject.pk is None:
        return ""
    name = subject.seal_name if isinstance(subject, Sealed) else subject._meta.model_name
    return f"{name}:{subject.pk}"


def link(entry: AuditEntry) -> str:
    """The hash that an entry must carry."""
    columns: list[Any] = [
        entry.previous,
        entry.pk,
        plain(entry.at),
        entry.actor,
        entry.verb,
        entry.subject,
        entry.digest,
    ]
    return digest_of(columns)


def sealed(record: Sealed) -> tuple[str, str]:
    """Name in the chain and digest of a record's sealed facts."""
    return reference(record), digest_of(record.sealed_facts())


def append(
    actor: str, verb: str, subject: object, seals: list[tuple[str, str]], at: datetime
) -> None:
    """Add one entry; the last statement of an action, since it locks the head of the chain."""
    head = AuditHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(
        id=head.entry + 1,
        at=at,
        actor=actor,
        verb=verb,
        subject=reference(subject),
        digest=digest_of(seals) if seals else "",
        previous=head.hash,
    )
    entry.hash = link(entry)
    entry.save(force_insert=True)
    AuditSeal.objects.bulk_create(
        AuditSeal(entry=entry, subject=name, digest=digest) for name, digest in seals
    )
    AuditHead.objects.filter(pk=1).update(entry=entry.pk, hash=entry.hash)


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
        if number.isascii() and number.isdecimal() and len(value) == len(START):
            return cls(int(number), value)
        return None


def seal() -> Seal:
    head = AuditHead.objects.get(pk=1)
    return Seal(head.entry, head.hash)


def state() -> str:
    """The place in the chain as a text: another one after every verb, whoever did it.

    Every public answer asks for it, so it is read without the way through the models.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entry, hash FROM {AuditHead._meta.db_table} WHERE id = 1")  # noqa: S608
        return "{}:{}".format(*cursor.fetchone())


def verify(kept_seal: Seal | None = None) -> Iterator[Refusal]:
    """Yield every fault of the chain in order; nothing means it is whole.

    What a sealed thing must say is taken from the seals that hang on the chain's entries,
    in the order of the chain; a seal that hangs on none is a fault itself.
    """
    previous, number, seals = START, 0, 0
    latest: dict[str, str] = {}
    head = seal()  # what others append meanwhile is left to the next proof
    entries = AuditEntry.objects.filter(pk__lte=head.entry).order_by("pk").prefetch_related("seals")
    for entry in entries.iterator(chunk_size=2000):
        number += 1
        if entry.pk != number:
            yield Refusal(
                "audit.gap",
                msg("Protokoll: Eintrag {number} fehlt; nach ihm folgt {next}."),
                {"number": number, "next": entry.pk},
            )
            number = entry.pk
        elif entry.previous != previous:
            yield _broken(entry.pk)
        digests = [(seal.subject, seal.digest) for seal in entry.seals.all()]
        if entry.hash != link(entry) or entry.digest != (digest_of(digests) if digests else ""):
            yield _broken(entry.pk)
        if kept_seal and kept_seal.entry == entry.pk and kept_seal.hash != entry.hash:
            yield Refusal(
                "audit.seal",
                msg("Protokoll: Eintrag {number} stimmt nicht mit dem Siegel überein."),
                {"number": entry.pk},
            )
        previous, seals = entry.hash, seals + len(digests)
        latest.update(digests)
    yield from _ends(head, number, previous, kept_seal)
    if seals != AuditSeal.objects.filter(entry_id__lte=head.entry).count():
        yield Refusal("audit.loose_seal", msg("Protokoll: Es gibt Siegel ohne Eintrag."))
    for model in SEALED.values():
        yield from _changed(model, latest)
    for name in sorted(guards.required(connection) - guards.installed(connection)):
        yield Refusal("audit.guard", msg("Der Wächter {name} der Datenbank fehlt."), {"name": name})


def _broken(number: int) -> Refusal:
    return Refusal(
        "audit.broken",
        msg("Protokoll: Eintrag {number} wurde verändert."),
        {"number": number},
    )


def _ends(head: Seal, number: int, last_hash: str, kept_seal: Seal | None) -> Iterator[Refusal]:
    if (head.entry, head.hash) != (number, last_hash):
        yield Refusal(
            "audit.head",
            msg("Protokoll: Am Ende fehlen Einträge; der letzte müsste Nummer {number} sein."),
            {"number": head.entry},
        )
    if kept_seal and kept_seal.entry > number:
        yield Refusal(
            "audit.truncated",
            msg("Protokoll: Das Siegel nennt Eintrag {number}, den es nicht mehr gibt."),
            {"number": kept_seal.entry},
        )


SEALED: dict[str, type[Sealed]] = {}  # by the name in the chain, joined by wiring


def declare(model: type[Sealed]) -> None:
    """Put a model under the audit chain; a seal name is declared once."""
    if SEALED.setdefault(model.seal_name, model) is not model:
        raise ValueError(f"two models are called {model.seal_name} in the audit chain")


def _changed(model: type[Sealed], latest: dict[str, str]) -> Iterator[Refusal]:
    """Compare the facts of a model's records with the last digest of each in the chain."""
    label = f"{model.seal_name}:"
    names = {name for name in latest if name.startswith(label)}
    for record in model._default_manager.iterator(chunk_size=200):
        name, digest = sealed(record)
        names.discard(name)
        if latest.get(name) != digest and not _is_sealed_now(model, record.pk):
            yield Refusal(
                "audit.changed",
                msg("{thing} wurde am Protokoll vorbei angelegt oder verändert."),
                {"thing": name},
            )
    present = {f"{label}{pk}" for pk in model._default_manager.values_list("pk", flat=True)}
    for name in sorted(names - present):
        yield Refusal(
            "audit.vanished", msg("{thing} wurde am Protokoll vorbei gelöscht."), {"thing": name}
        )


def _is_sealed_now(model: type[Sealed], pk: object) -> bool:
    """Whether a record that differs was changed by a verb since the proof began."""
    current = model._default_manager.filter(pk=pk).first()
    return current is not None and is_untouched(current)


def is_untouched(record: Sealed) -> bool:
    """Whether a record's facts are still those of its newest seal."""
    name, digest = sealed(record)
    newest = AuditSeal.objects.filter(subject=name).order_by("-entry_id", "-pk").first()
    return newest is not None and newest.digest == digest
