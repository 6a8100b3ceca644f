"""What the audit chain is made of: digests of facts, names of records, links of entries."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models

from zielwerk.core.models import Sealed

START = "0" * 64
SIMPLE = frozenset({str, int, bool, type(None)})
_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode
SEALED: dict[str, type[Sealed]] = {}  # by the name in the chain, joined by wiring


def declare(model: type[Sealed]) -> None:
    """Put a model under the audit chain; a seal name is declared once."""
    if SEALED.setdefault(model.seal_name, model) is not model:
        raise ValueError(f"two models are called {model.seal_name} in the audit chain")


def plain(value: object) -> object:
    """Any fact as JSON-able data with one spelling only."""
    if type(value) in SIMPLE:  # most facts are
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [item if type(item) in SIMPLE else plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, str | int):
        return value
    return str(value)


def canonical(value: object) -> str:
    """The one spelling of ``value`` as JSON."""
    return _canonical(plain(value))


def digest_of(value: object) -> str:
    """SHA-256 over the canonical JSON of ``value``, hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def keyed_digest(key: str, value: object) -> str:
    """HMAC-SHA-256 over the canonical JSON of ``value``: without the key it tells nothing."""
    return hmac.new(key.encode(), canonical(value).encode(), "sha256").hexdigest()


def reference(subject: object) -> str:
    """The name of a record in the chain, e.g. ``agreement:17``; it outlives moves of the code."""
    if not isinstance(subject, models.Model) or subject.pk is None:
        return ""
    name = subject.seal_name if isinstance(subject, Sealed) else subject._meta.model_name
    return f"{name}:{subject.pk}"


def link(previous: str, number: int, at: datetime, *said: str) -> str:
    """The hash that an entry must carry; ``said`` are actor, verb, subject and digest."""
    columns: list[Any] = [previous, number, at, *said]
    return digest_of(columns)


def sealed(record: Sealed) -> tuple[str, str]:
    """Name in the chain and digest of a record's sealed facts."""
    return reference(record), digest_of(record.sealed_facts())
