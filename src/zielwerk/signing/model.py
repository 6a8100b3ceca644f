"""What is known of a signed file: signatures, a verdict, its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from zielwerk.rulebook.refusal import Said

DEMONSTRATION = "Vorführung, nicht gültig"
"""Stands in every certificate that was made to show something."""

DEMO_KEYS = "demo_keys"
"""The folder among a demo's data with a key for each of its people."""

HERE = ZoneInfo("Europe/Berlin")
"""Times are told as clocks in Germany show them."""


class Result(StrEnum):
    """What a check came to."""

    VALID = "valid"
    INVALID = "invalid"
    UNCLEAR = "cannot be judged"


class Later(StrEnum):
    """What was added to a file after a signature."""

    NOTHING = "nothing"
    SIGNATURES = "signatures"
    OTHER = "other"


@dataclass(frozen=True)
class Signature:
    """One signature of a file.

    ``name``, ``office`` and ``organisation`` are those of the certificate, ``label`` what the field
    says, empty where nothing is said. ``time`` is the signer's own claim unless ``time_is_proven``.
    ``is_intact``: what it covers is what was signed. ``trusted``: a known authority vouched for the
    signer, and its word was good then.
    """

    name: str
    office: str
    organisation: str
    field: str
    label: str
    time: datetime | None
    time_is_proven: bool
    covers_whole_document: bool
    later: Later
    is_intact: bool
    trusted: bool


@dataclass(frozen=True)
class Embedded:
    """A file within the PDF, such as the same content as data; ``hash`` is its SHA-256."""

    name: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What was found of a file.

    ``hash`` is the SHA-256 of the file as it was before the first signature, to be compared with
    that of the version that was approved; empty where the file does not hold it. ``missing`` are
    the labels of fields that nobody signed yet.
    """

    result: Result
    sentences: tuple[Said, ...]
    signatures: tuple[Signature, ...] = ()
    hash: str = ""
    embedded: tuple[Embedded, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether it is valid and every field is signed."""
        return self.result is Result.VALID and not self.missing


@dataclass(frozen=True)
class Place:
    """Where one person signs.

    ``name`` is the id of the field, ``page`` counts from 1 or from the end with -1, ``rectangle``
    is left, bottom, right, top in points from the lower left corner. ``label`` is read out:
    "Unterschrift für das Land, Ministerin Erika Muster"; ``language`` is the label's.
    """

    name: str
    page: int
    rectangle: tuple[float, float, float, float]
    label: str
    language: str = "de"


@dataclass(frozen=True)
class Prepared:
    """A file with its empty fields, and the hash by which it is known from now on."""

    pdf: bytes
    hash: str


def hash_of(content: bytes) -> str:
    """The SHA-256 by which versions of a file are told apart."""
    return sha256(content).hexdigest()


def said(msgid: str, params: Mapping[str, object] | None = None, /, **more: object) -> Said:
    """A sentence with its values."""
    return Said(msgid, {**(params or {}), **more})
