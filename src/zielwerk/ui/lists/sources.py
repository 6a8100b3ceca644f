"""Where the rows of a list come from: the database, or things that are at hand.

Both give tuples of fields, so that no row can ask the database once more.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Protocol

from django.db.models import Count, Q, QuerySet, Sum

from zielwerk.ui.lists.columns import Column
from zielwerk.ui.lists.order import order_of

CHUNK = 2000  # rows that are taken from the database at once
_KEY = re.compile(r"|[1-9][0-9]{0,17}")  # empty where a joined row is missing
Fields = tuple[Any, ...]


@dataclass(frozen=True)
class Place:
    """A part of a list as its address names it: the first, the last, after or before a row."""

    after: str = ""
    before: str = ""
    is_last: bool = False


@dataclass(frozen=True)
class Summed:
    """Of which rows the sums are: those in which a field is not empty, and what they are called."""

    field: str
    label: str


@dataclass(frozen=True)
class Group:
    """Rows whose amounts may be added up: what they have in common, how many, their sums.

    A sum is None where no row has an amount. ``summed`` is of how many of them the sums are.
    """

    common: Fields
    number: int
    sums: Fields
    summed: int

    @property
    def is_part(self) -> bool:
        return self.summed != self.number


@dataclass(frozen=True)
class Part:
    """One page of a list: the keys and fields of its rows, and how many there are before it."""

    keys: list[Fields]
    rows: list[Fields]
    before: int
    total: int
    groups: list[Group]

    @property
    def last(self) -> int:
        return self.before + len(self.rows)


@dataclass(frozen=True)
class Wish:
    """The order somebody wants: by a column, ascending or down."""

    column: Column | None = None
    is_down: bool = False


class Ordered(Protocol):
    """How the rows of a list are told apart, and ordered without a wish."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def order(self) -> tuple[str, ...]: ...
    @property
    def summed(self) -> Summed | None: ...


class Source(ABC):
    """The rows of a list; ``fields`` are what is asked of each."""

    @abstractmethod
    def part(
        self,
        place: Place,
        length: int,
        fields: Sequence[str],
        sums: Sequence[str] = (),
        apart: Sequence[str] = (),
    ) -> Part:
        """One page, with the number and the sums of all rows."""

    @abstractmethod
    def everything(self, fields: Sequence[str]) -> Iterator[Fields]:
        """All rows in their order, a chunk in memory at a time."""

    @abstractmethod
    def values(self, field: str) -> Collection[Any]:
        """The different values of a field."""


class Records(Source):
    """Rows of the database; ``base`` are all that the person may see, ``rows`` the filtered."""

    def __init__(
        self, base: QuerySet[Any], rows: QuerySet[Any], wish: Wish, listing: Ordered
    ) -> None:
        self.keys = listing.keys
        self.summed = listing.summed.field if listing.summed else ""
        self.order = order_of(rows, wish.column, listing.order, self.keys, down=wish.is_down)
        self.base, self.rows = base, self.order.known(rows)

    def part(
        self,
        place: Place,
        length: int,
        fields: Sequence[str],
        sums: Sequence[str] = (),
        apart: Sequence[str] = (),
    ) -> Part:
        backward = bool(place.before)
        at = self._fields_of(place.after or place.before)
        beyond = self.order.beyond(at, reverse=backward) if at else None
        groups, remaining = self._measured(beyond, sums, apart)
        total = sum(group.number for group in groups)
        is_first = beyond is None or remaining == 0 or (backward and remaining < length)
        if place.is_last:
            length = total % length or length
            rows, before = self._page(None, length, fields, backward=True), max(total - length, 0)
        elif is_first:
            rows, before = self._page(None, length, fields, backward=False), 0
        else:
            rows = self._page(beyond, length, fields, backward=backward)
            before = remaining - length if backward else total - remaining
        own = len(self.keys)
        keys = [row[:own] for row in rows]
        return Part(keys, [row[own:] for row in rows], before, total, groups)

    def _fields_of(self, key: str) -> Fields | None:
        """The fields of the order of the row that the address names, if the person sees it."""
        parts = key.split("-")
        if not parts[0] or len(parts) != len(self.keys) or not all(map(_KEY.fullmatch, parts)):
            return None
        named = {
            name if part else f"{name}__isnull": int(part) if part else True
            for name, part in zip(self.keys, parts, strict=True)
        }
        row = self.order.known(self.base).filter(**named).order_by()
        fields: Fields | None = row.values_list(*self.order.names()).first()
        return fields

    def _measured(
        self, beyond: Q | None, sums: Sequence[str], apart: Sequence[str]
    ) -> tuple[list[Group], int]:
        """In one query: the groups with their sums, and how many rows lie beyond."""
        rows = self.rows.order_by()
        asked: dict[str, Any] = {"number_of_rows": Count("pk")}
        if beyond is not None:
            asked["rows_beyond"] = Count("pk", filter=beyond)
        asked |= {f"sum_{place}": Sum(name) for place, name in enumerate(sums)}
        if self.summed:
            asked["rows_summed"] = Count(self.summed)
        is_grouped = sums and apart
        measured: Any = (
            rows.values(*apart).annotate(**asked).order_by(*apart)
            if is_grouped
            else [rows.aggregate(**asked)]
        )
        groups, remaining = [], 0
        for row in measured:
            common = tuple(row[name] for name in apart) if is_grouped else ()
            amounts = tuple(row[f"sum_{place}"] for place in range(len(sums)))
            rows_number = row["number_of_rows"]
            rows_summed = row.get("rows_summed", rows_number)
            groups.append(Group(common, rows_number, amounts, rows_summed))
            remaining += row.get("rows_beyond", 0)
        return groups, remaining

    def _page(
        self, beyond: Q | None, length: int, fields: Sequence[str], *, backward: bool
    ) -> list[Fields]:
        """The keys and fields of the rows of one page."""
        rows = self.rows if beyond is None else self.rows.filter(beyond)
        ordered = self.order.ordered(rows, reverse=backward)
        if len(self.keys) > 1 or not any("__" in name for name in fields):
            page = list(ordered.values_list(*self.keys, *fields)[:length])
        else:
            # First the keys, then what is shown of these rows: so only a page is joined.
            keys = list(ordered.values_list("pk", flat=True)[:length])
            shown = self.rows.filter(pk__in=keys).order_by().values_list("pk", *fields)
            by_key = {row[0]: row for row in shown} if keys else {}
            page = [by_key[key] for key in keys if key in by_key]
        return page[::-1] if backward else page

    def everything(self, fields: Sequence[str]) -> Iterator[Fields]:
        rows = self.order.ordered(self.rows).values_list(*fields, *self.order.names())
        for row in rows.iterator(chunk_size=CHUNK):
            yield row[: len(fields)]

    def values(self, field: str) -> Collection[Any]:
        return set(self.rows.order_by().values_list(field, flat=True).distinct())


class Things(Source):
    """Rows at hand, each with a ``key``: bodies of a pack, places of a book."""

    def __init__(self, rows: Sequence[Any], wish: Wish, listing: Ordered) -> None:
        self._rows, self._wish, self._keys = rows, wish, listing.keys

    @cached_property
    def ordered(self) -> list[Any]:
        column = self._wish.column
        if column is None:
            return list(self._rows)
        ranks = {code: place for place, code in enumerate(column.labels)}
        names = [name for name in column.order if isinstance(name, str)] or column.fields[:1]

        def place(row: Any) -> list[tuple[bool, Any]]:
            fields = [_field(row, name) for name in names]
            ranked = [ranks.get(value, len(ranks)) if ranks else value for value in fields]
            return [(value is None, value) for value in ranked]

        return sorted(self._rows, key=place, reverse=self._wish.is_down)

    def part(
        self,
        place: Place,
        length: int,
        fields: Sequence[str],
        sums: Sequence[str] = (),
        apart: Sequence[str] = (),
    ) -> Part:
        rows = self.ordered
        keys = [key_text(_fields(row, self._keys)) for row in rows]
        first = 0
        if place.is_last:
            first = len(rows) - (len(rows) % length or length)
        elif place.after in keys and place.after != keys[-1]:
            first = keys.index(place.after) + 1
        elif place.before in keys:
            first = keys.index(place.before) - length
        first = max(first, 0)
        shown = rows[first : first + length]
        return Part(
            [_fields(row, self._keys) for row in shown],
            [_fields(row, fields) for row in shown],
            first,
            len(rows),
            self._groups(sums, apart),
        )

    def _groups(self, sums: Sequence[str], apart: Sequence[str]) -> list[Group]:
        grouped: dict[Fields, list[Any]] = {}
        for row in self._rows:
            grouped.setdefault(_fields(row, apart) if sums else (), []).append(row)
        return [
            Group(common, len(rows), tuple(_sum(rows, name) for name in sums), len(rows))
            for common, rows in grouped.items()
        ]

    def everything(self, fields: Sequence[str]) -> Iterator[Fields]:
        return (_fields(row, fields) for row in self.ordered)

    def values(self, field: str) -> Collection[Any]:
        return {_field(row, field) for row in self._rows}


def key_text(key: Fields) -> str:
    """What tells a row apart, as an address writes it."""
    return "-".join("" if part is None else str(part) for part in key)


def _sum(rows: Sequence[Any], name: str) -> int | None:
    known = [cents for row in rows if (cents := _field(row, name)) is not None]
    return sum(known) if known else None


def _field(row: Any, name: str) -> Any:
    return attrgetter(name.replace("__", "."))(row)


def _fields(row: Any, names: Sequence[str]) -> Fields:
    return tuple(_field(row, name) for name in names)
