"""A list declared once, and how one person sees it at one address."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from zielwerk.core import looks, permissions
from zielwerk.core.permissions import Actor
from zielwerk.language import German, translate
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.tables import Cell
from zielwerk.ui.addresses import AFTER, BEFORE, LAST, PAGE, SORT, address
from zielwerk.ui.figures import without_cents
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import drawing
from zielwerk.ui.lists.columns import Batch, Column, shown
from zielwerk.ui.lists.drawing import Heading
from zielwerk.ui.lists.sources import (
    Fields,
    Group,
    Part,
    Place,
    Records,
    Source,
    Summed,
    Things,
    Wish,
    key_text,
)
from zielwerk.ui.tags.values import escaped, language, number, words
from zielwerk.ui.views import Request

Rows = QuerySet[Any] | Sequence[Any]
NOTHING_YET = msg(
    "Hier steht noch nichts. Sobald jemand etwas einträgt, der es darf, steht es hier."
)
MOST_SUMS = 12  # kinds of rows whose sums are told; more ask for a filter


class Bound(Protocol):
    """A form bound to the address."""

    fields: dict[str, Any]

    @property
    def errors(self) -> Any: ...

    def __getitem__(self, name: str) -> Any: ...


class Filters(Bound, Protocol):
    """A form bound to the address that keeps some of the rows."""

    def matching(self, rows: Any) -> Any: ...


def faults_of(filters: Bound) -> list[str]:
    """What is wrong with filters, a sentence each."""
    return [
        f"{filters[name].label}: {error}" if name in filters.fields else str(error)
        for name, errors in filters.errors.items()
        for error in errors
    ]


@dataclass(frozen=True)
class Listing:
    """A list: its name (a German msgid, or what gives one), its route, who may look, its rows.

    ``rows`` are all within a person's perimeter: a query, or things at hand. ``keys`` tell them
    apart, ``order`` is theirs without a wish. ``filters`` is made of the address and the
    person. Amounts of rows that differ in a field of ``apart`` are never added up; its columns
    name the sums. ``columns`` are declared, or given by a function of the filters where the
    programme's data names some. ``counted`` says what the rows are, where the name does not.
    ``empty`` says what stands in place of no rows: a title and a sentence. ``summed`` says of
    which rows the sums are where these are not all. ``persons`` is the field with the number of
    the person that a row tells of, where its columns do not get her name by ``names``.
    """

    route: str
    name: str | Callable[[], str]
    look: str
    columns: tuple[Column, ...] | Callable[[Any], tuple[Column, ...]]
    rows: Callable[[Actor], Rows]
    order: tuple[str, ...] = ()
    filters: Callable[[QueryDict, Actor], Filters] | None = None
    apart: tuple[str, ...] = ()
    empty: tuple[str, str] = (
        msg("Kein Eintrag"),
        msg("Zu dieser Auswahl gibt es keinen Eintrag."),
    )
    length: int = 50
    counted: str = ""
    keys: tuple[str, ...] = ("pk",)
    summed: Summed | None = None
    persons: str = ""


class Listed:
    """A list as a person sees it at an address: page, files and data are made of this."""

    def __init__(self, listing: Listing, request: Request) -> None:
        self.listing, self.request, self.user = listing, request, request.user
        self.filters = listing.filters(request.GET, request.user) if listing.filters else None
        declared = listing.columns
        self.columns = [
            column
            for column in (declared(self.filters) if callable(declared) else declared)
            if not column.may or not permissions.role_refusal(request.user, column.may)
        ]

    @cached_property
    def all_rows(self) -> Rows:
        return self.listing.rows(self.user)

    @cached_property
    def faults(self) -> list[str]:
        """What is wrong with the filters in the address, a sentence each."""
        return faults_of(self.filters) if self.filters else []

    @cached_property
    def rows(self) -> Rows:
        """The rows that the filters keep; none where a filter is wrong: all would be a lie."""
        if self.faults:
            return self.all_rows.none() if isinstance(self.all_rows, QuerySet) else []
        rows: Rows = self.filters.matching(self.all_rows) if self.filters else self.all_rows
        return rows

    @cached_property
    def wish(self) -> Wish:
        asked = self.request.GET.get(SORT, "")
        for column in self.columns:
            if column.order and column.address == asked.removeprefix("-"):
                return Wish(column, asked.startswith("-"))
        return Wish()

    @cached_property
    def source(self) -> Source:
        if isinstance(self.rows, QuerySet):
            assert isinstance(self.all_rows, QuerySet)
            return Records(self.all_rows, self.rows, self.wish, self.listing)
        return Things(self.rows, self.wish, self.listing)

    def of_page(self) -> list[Column]:
        return [each for each in self.columns if not (each.is_file_only or each.is_data_only)]

    def of_file(self) -> list[Column]:
        return [column for column in self.columns if not column.is_data_only]

    # Files and data

    def headings(self) -> list[str]:
        return [words(column.heading) for column in self.of_file()]

    def cells(self) -> Iterator[list[Cell]]:
        """All rows as the cells of a file."""
        columns = self.of_file()
        return (
            [column.written(*own) for column, own in zip(columns, fields, strict=True)]
            for fields in self._everything(columns)
        )

    def data(self) -> Iterator[dict[str, Any]]:
        """All rows as typed values by the codes of the columns."""
        columns = self.columns
        return (
            {column.code: column.datum(*own) for column, own in zip(columns, fields, strict=True)}
            for fields in self._everything(columns)
        )

    def _everything(self, columns: Sequence[Column]) -> Iterator[list[Fields]]:
        """All rows; who is named in them is known before the first is sent."""
        firsts = {each.code: self.source.values(each.fields[0]) for each in columns if each.names}
        known = self._known(firsts, {each.code: each.names for each in columns})
        if self.listing.persons:
            looks.shown(self.source.values(self.listing.persons))
        asked = _Asked(columns)
        return (asked.of_row(row, known) for row in self.source.everything(asked.fields))

    # The page

    @cached_property
    def part(self) -> Part:
        asked = self.request.GET
        place = Place(asked.get(AFTER, ""), asked.get(BEFORE, ""), asked.get(PAGE) == LAST)
        sums = [column.fields[0] for column in self.of_page() if column.adds_up]
        fields = _Asked(self.of_page()).fields
        part = self.source.part(place, self.length, fields, sums, self.listing.apart)
        if self.listing.persons:
            at = fields.index(self.listing.persons)
            looks.shown(row[at] for row in part.rows)
        return part

    def of_rows(self, *fields: str) -> list[Fields]:
        """These fields of the rows of the page; some column has to ask for each."""
        asked = _Asked(self.of_page()).fields
        places = [asked.index(name) for name in fields]
        return [tuple(row[place] for place in places) for row in self.part.rows]

    @property
    def length(self) -> int:
        length: int = getattr(self.filters, "page_length", 0) or self.listing.length
        return length

    @property
    def title(self) -> str:
        name = self.name
        return capfirst(words(name)) if isinstance(name, German) else gettext(name)

    @property
    def name(self) -> str:
        """The German name."""
        name = self.listing.name
        return name() if callable(name) else name

    @property
    def is_searched(self) -> bool:
        """Whether the address asks for some of the rows only."""
        names = self.filters.fields if self.filters else ()
        return any(self.request.GET.get(name) for name in names)

    @property
    def empty_title(self) -> str:
        return translate(self.listing.empty[0], language())

    @property
    def empty_text(self) -> str:
        """Why there is nothing: nothing fits, or nobody has begun, and who does."""
        if self.is_searched:
            return gettext(self.listing.empty[1])
        return gettext(JOINED.beginnings.get(self.listing.route, NOTHING_YET))

    @property
    def total(self) -> int:
        return self.part.total

    @property
    def found(self) -> str:
        """How many there are, for eyes and ears."""
        name = gettext(self.listing.counted) if self.listing.counted else self.title
        return f"{name}: {number(self.total)}"

    @property
    def position(self) -> str:
        first, last = number(self.part.before + 1), number(self.part.last)
        slots = {"first": first, "last": last, "total": number(self.total)}
        return gettext("{first} bis {last} von {total}").format(**slots)

    @property
    def pages(self) -> list[tuple[str, str, str]]:
        """The other parts of the list: what they are called, their relation, their address."""
        part = self.part
        pages: list[tuple[str, str, dict[str, object]]] = []
        if part.before:
            pages.append((msg("Erste"), "first", {}))
            pages.append((msg("Zurück"), "prev", {BEFORE: key_text(part.keys[0])}))
        if part.last < part.total:
            pages.append((msg("Weiter"), "next", {AFTER: key_text(part.keys[-1])}))
            pages.append((msg("Letzte"), "last", {PAGE: LAST}))
        return [
            (gettext(label), relation, address(self.request, **changes))
            for label, relation, changes in pages
        ]

    @cached_property
    def drawn_headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.of_page()]

    def _heading(self, column: Column) -> Heading:
        order, url = "", ""
        if column.order:
            order = self._direction(column)
            wish = f"-{column.address}" if order == "ascending" else column.address
            url = address(self.request, **{SORT: wish})
        foreign = column.language if column.language != language() else ""
        return Heading(column.heading, url, order, column.is_number, foreign)

    def _direction(self, column: Column) -> str:
        """How the list is ordered by a column, by wish or of itself."""
        if self.wish.column:
            is_down = self.wish.is_down
            is_this = self.wish.column is column
        else:
            first = self.listing.order[0] if self.listing.order else ""
            is_down = first.startswith("-")
            is_this = column.order[0] == first.removeprefix("-")
        return ("descending" if is_down else "ascending") if is_this else ""

    @property
    def head(self) -> SafeString:
        return drawing.head(self.drawn_headings)

    @property
    def body(self) -> SafeString:
        columns = self.of_page()
        asked = _Asked(columns)
        firsts = {
            column.code: {row[asked.places(column)[0]] for row in self.part.rows}
            for column in columns
            if column.names or column.urls
        }
        known = self._known(firsts, {each.code: each.names for each in columns})
        urls = self._known(firsts, {each.code: each.urls for each in columns})
        rows = [asked.of_row(row, known) for row in self.part.rows]
        drawn = [self._cells(place, columns, rows, urls) for place in range(len(columns))]
        return drawing.body(self.drawn_headings, drawn)

    def _known(
        self, firsts: Mapping[str, Collection[Any]], batches: Mapping[str, Batch | None]
    ) -> dict[str, Mapping[Any, Any]]:
        """What stands for the first fields of those columns that ask for it at once."""
        return {code: batch(firsts[code], self.user) for code, batch in batches.items() if batch}

    def _cells(
        self,
        place: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Fields]],
        urls: Mapping[str, Mapping[Any, Any]],
    ) -> list[str]:
        """A column from the top down, as HTML."""
        column, own = columns[place], [row[place] for row in rows]
        drawn = [column.drawn(*fields) for fields in own]
        if column.code in self.whole:
            drawn = [without_cents(text) for text in drawn]
        cells = [escaped(content) for content in drawn]
        if column.url or column.code in urls:
            known = urls.get(column.code, {})
            url = column.url or (lambda first, *others: known.get(first, ""))
            cells = drawing.linked(
                cells,
                [url(*fields) for fields in own],
                lambda row: self._told(column, columns, rows[row]),
            )
        if column.mark:
            marks = [escaped(column.mark(*fields)) for fields in own]
            cells = list(map(add, cells, marks))
        return cells

    def _told(self, column: Column, columns: Sequence[Column], row: Sequence[Fields]) -> str:
        """What completes the text of a link where another one in the column reads the same."""
        pairs = zip(columns, row, strict=True)
        texts = (
            German(other.text(*own)) if other.language == "de" else other.text(*own)
            for other, own in pairs
            if other.code in column.tells
        )
        return format_html_join(", ", "{}", ((text,) for text in texts if text))

    @cached_property
    def whole(self) -> set[str]:
        """The columns of amounts that are all of whole euros, on the page and in the sums.

        One form for a column: where one amount has cents, all show them.
        """
        asked, codes = _Asked(self.of_page()), set()
        for column in self.of_page():
            if column.is_amount:
                place, *_ = asked.places(column)
                cents = [row[place] or 0 for row in self.part.rows]
                cents += [dict(self._sums(group)).get(column.code, 0) for group in self.told_groups]
                codes |= {column.code} if all(amount % 100 == 0 for amount in cents) else set()
        return codes

    @property
    def told_groups(self) -> list[Group]:
        """The groups of rows whose sums stand under the list."""
        return self.part.groups if len(self.part.groups) <= MOST_SUMS else []

    def _sums(self, group: Group) -> Iterator[tuple[str, int]]:
        """The sums of a group by the codes of the columns: amounts, or how many."""
        summed = (column for column in self.of_page() if column.adds_up)
        pairs = zip(summed, group.sums, strict=True)
        return (
            (column.code, Cents(number) if column.is_amount else number)
            for column, number in pairs
            if number is not None
        )

    @property
    def foot(self) -> SafeString | str:
        """The sums of all rows, apart where they may not be added up."""
        columns = self.of_page()
        if not any(column.adds_up for column in columns) or not self.told_groups:
            return ""
        rows = []
        for group in self.told_groups:
            texts = {code: shown(cents) for code, cents in self._sums(group)}
            for code in self.whole & texts.keys():
                texts[code] = without_cents(texts[code])
            cells = [texts.get(column.code, "") for column in columns[1:]]
            rows.append((self._sum_label(group), cells))
        return drawing.foot(self.drawn_headings, rows)

    def _sum_label(self, group: Group) -> str:
        """What was added up: all rows, or those that have this in common."""
        if len(self.part.groups) == 1:
            own = self.listing.summed
            label = own.label if own and group.is_part else msg("Summe aller {number}")
            return gettext(label).format(number=number(group.summed))
        of = {column.fields[0]: column for column in self.columns}
        pairs = zip(self.listing.apart, group.common, strict=True)
        words = [of[name].text(value) if name in of else str(value) for name, value in pairs]
        of_what = format_html_join(", ", "{}", ((word,) for word in words if word))
        label = gettext("Summe {of} ({number})")
        return format_html(label, of=of_what, number=number(group.summed))

    @property
    def unsummed(self) -> bool:
        """Whether there are amounts of more kinds than can be told."""
        return any(each.adds_up for each in self.of_page()) and len(self.part.groups) > MOST_SUMS

    @property
    def meanings(self) -> list[tuple[str, str]]:
        """What the columns say, where a title does not say it all."""
        columns = [column for column in self.of_page() if column.meaning]
        return [(column.heading, gettext(column.meaning)) for column in columns]


class _Asked:
    """The fields that some columns need, each asked once, and whose they are."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.fields = list(dict.fromkeys(name for each in columns for name in each.fields))
        at = {name: place for place, name in enumerate(self.fields)}
        self._places = {each.code: [at[name] for name in each.fields] for each in columns}

    def places(self, column: Column) -> list[int]:
        return self._places[column.code]

    def of_row(self, row: Fields, known: Mapping[str, Mapping[Any, Any]]) -> list[Fields]:
        """What each column gets of a row; the first field of one with names by its name."""
        fields = []
        for code, places in self._places.items():
            own = tuple(row[place] for place in places)
            if code in known:
                own = (known[code].get(own[0], own[0]), *own[1:])
            fields.append(own)
        return fields
