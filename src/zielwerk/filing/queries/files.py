"""The file of a case as a value: what page, PDF and ZIP are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from zielwerk.core.case_files import SORTS, Entry, Paper, Sort
from zielwerk.core.cases import Case, Kind
from zielwerk.filing.models import ArchiveOffer
from zielwerk.rulebook.retention import Keeping


@dataclass(frozen=True)
class Row:
    """An entry with its number in the file, and who did it as the reader may know."""

    number: int
    entry: Entry
    who: str

    @property
    def day(self) -> date:
        return day_of(self.entry.at)

    @property
    def moment(self) -> datetime | None:
        """The moment in German time; None where a day alone is known."""
        return localtime(self.entry.at) if isinstance(self.entry.at, datetime) else None

    @property
    def sort_label(self) -> str:
        return SORTS[self.entry.sort]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(filter(None, self.entry.words))


@dataclass(frozen=True)
class SortOf:
    """A sort of entries, and how many of it a file has."""

    sort: Sort
    label: str
    count: int


@dataclass(frozen=True)
class CaseFile:
    """All that belongs to a case and that a person may read, in the order of time."""

    case: Case
    kind: Kind[Any]
    rows: Sequence[Row]
    keeping: Keeping
    offer: ArchiveOffer | None

    @property
    def begins(self) -> date:
        return self.rows[0].day if self.rows else localdate(self.case.state_since)

    @property
    def ends(self) -> date | None:
        """The day on which it came to an end; None while it goes on."""
        return self.keeping.day

    @property
    def as_of(self) -> datetime:
        """The newest moment in it: the same file says the same day whenever it is printed."""
        moments = [row.entry.at for row in self.rows if isinstance(row.entry.at, datetime)]
        return localtime(max([self.case.state_since, *moments]))


def files(rows: Sequence[Row]) -> list[tuple[Row, Paper]]:
    """The stored files, each once, in the order in which they came in."""
    found: dict[str, tuple[Row, Paper]] = {}
    for row in rows:
        if paper := row.entry.paper:
            found.setdefault(paper.sha256, (row, paper))
    return list(found.values())


def day_of(at: datetime | date) -> date:
    return localdate(at) if isinstance(at, datetime) else at


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """In the order of time; what is known by its day alone stands before that day's moments."""
    numbered = enumerate(entries)
    return [entry for _, entry in sorted(numbered, key=lambda pair: (*_key(pair[1]), pair[0]))]


def _key(entry: Entry) -> tuple[date, bool, str]:
    is_moment = isinstance(entry.at, datetime)
    moment = localtime(entry.at).isoformat() if isinstance(entry.at, datetime) else ""
    return day_of(entry.at), is_moment, moment
