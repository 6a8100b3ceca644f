"""What is to be said of a scan, and how much it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from zielwerk.rulebook.refusal import Said, msg


class Severity(StrEnum):
    """``STOPS``: this is not the approved version on paper. ``LOOK``: a person is to look at it."""

    STOPS = "stops"
    LOOK = "to look at"


class Kind(StrEnum):
    """What is found; stable names, for whoever takes a finding further."""

    MISSING = "missing"
    OTHER_DOCUMENT = "other document"
    OTHER_VERSION = "other version"
    CONFLICT = "conflict"
    DOUBLED = "doubled"
    SWAPPED = "swapped"
    TURNED = "turned"
    NO_CODE = "no code"
    AMOUNT = "amount"
    PROJECT = "project"
    PARTY = "party"
    WORDING = "wording"


@dataclass(frozen=True)
class Finding:
    """One thing to be said; ``place`` is the page of the file that it is about or stands behind."""

    kind: Kind
    severity: Severity
    said: Said
    place: int


@dataclass(frozen=True)
class Findings:
    """All that is to be said of a scan beside what was approved.

    ``found`` of ``pages`` pages are there. ``sentences`` begin with that and end with what was
    compared beyond the codes, so that something is said where nothing is found.
    """

    found: int
    pages: int
    findings: tuple[Finding, ...]
    opening: Said
    compared: tuple[Said, ...]

    @property
    def stops(self) -> bool:
        return bool(self.stopping)

    @property
    def stopping(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.STOPS)

    @property
    def looking(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.LOOK)

    @property
    def sentences(self) -> tuple[Said, ...]:
        return (self.opening, *(one.said for one in self.findings), *self.compared)


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs without a gap, each by its first and last.

    >>> runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    numbered = enumerate(places)
    groups = [[one for _, one in group] for _, group in groupby(numbered, lambda it: it[1] - it[0])]
    return [(group[0], group[-1]) for group in groups]


def pages_said(first: int, last: int) -> Said:
    """Pages as the document numbers them."""
    if first == last:
        return Said(_PAGE, {"page": first})
    return Said(_PAGES, {"first": first, "last": last})


def places_said(first: int, last: int) -> Said:
    """Pages as they lie in the file."""
    if first == last:
        return Said(_PLACE, {"place": first})
    return Said(_PLACES, {"first": first, "last": last})


_PAGE = msg("Seite {page}")
_PAGES = msg("Seiten {first} bis {last}")
_PLACE = msg("Seite {place} der Datei")
_PLACES = msg("Seiten {first} bis {last} der Datei")
