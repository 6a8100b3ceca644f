"""What belongs to the file of a case (Vorgangsakte) beyond what every case has by itself.

By itself a case has the entries of the audit chain, its stages with their reasons, the days of its
columns, and what was booked under its number. A room adds the rest where it declares its kind:

    INTAKES = Kind(model=Intake, ..., filed=panels.filed)

where ``filed(user, case)`` gives :class:`Filed`, scoped like the pages of the room: what a person
does not read there is not given. What a room puts beside cases of any kind (a note, a notice) comes
from the functions ``FILED`` of its shelf ``panels``, joined by wiring. Page, PDF and ZIP are made
from these entries alone, so they cannot say different things.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import Said, msg


class Sort(StrEnum):
    """What sort of thing an entry is; the words stand in addresses."""

    PAPER = "schriftstuecke"
    DECISION = "entscheidungen"
    QUESTION = "fragen"
    MONEY = "geld"
    NOTE = "vermerke"
    MAIL = "nachrichten"
    DAY = "tage"
    LOG = "protokoll"


SORTS = {
    Sort.PAPER: msg("Schriftstück"),
    Sort.DECISION: msg("Schritt oder Entscheidung"),
    Sort.QUESTION: msg("Frage, Vorschlag oder Kommentar"),
    Sort.MONEY: msg("Geld"),
    Sort.NOTE: msg("Vermerk"),
    Sort.MAIL: msg("Nachricht"),
    Sort.DAY: msg("Tag"),
    Sort.LOG: msg("Protokoll"),
}


@dataclass(frozen=True)
class Paper:
    """A stored file by its checksum; ``state`` (msgid) is what it is in this case."""

    name: str
    sha256: str
    size: int
    media_type: str
    state: str


@dataclass(frozen=True)
class Entry:
    """One thing that belongs to a case, on a day that says what it is.

    ``named`` (msgid) is what the day is: signed, recorded, in force, published, received. ``by`` is
    the name of whoever did it in the audit chain, ``words`` what people wrote, as they wrote it.
    ``basis`` is the norm (msgid). What one side alone reads ``is_internal``.
    """

    at: datetime | date
    named: str
    sort: Sort
    what: Said
    by: str = ""
    words: tuple[str, ...] = ()
    paper: Paper | None = None
    basis: str = ""
    is_internal: bool = False


@dataclass(frozen=True)
class Filed:
    """What a room adds to the file of a case: entries, and under which numbers it was booked."""

    entries: tuple[Entry, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    """From which day the time of keeping counts: None while it has not come; what it is (msgid)."""

    day: date | None
    event: str


FILED: list[Callable[[Actor, Any], Filed]] = []  # what rooms put beside cases of any kind


def nothing(user: Actor, case: Any) -> Filed:
    """What a room adds that adds nothing."""
    return Filed()
