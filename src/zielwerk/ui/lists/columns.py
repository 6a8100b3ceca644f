"""One column of a list, declared once for page, cards, order, sums, files and data."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import Expression
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zielwerk.core.cases import Kind
from zielwerk.core.permissions import Actor
from zielwerk.language import German, translate
from zielwerk.packs import naming
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.tables import Cell
from zielwerk.ui import wording
from zielwerk.ui.addresses import door
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import language, moment, said

Sort = str | Expression
Batch = Callable[[Collection[Any], Actor], Mapping[Any, Any]]


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``code`` names it in data, ``title`` for people: a German msgid, a text of the programme, or
    what gives one. ``of`` are the fields that
    it is made of, joins included; without it, the field that the code names. What follows gets
    their values: ``value`` makes text, a number, a day, :class:`Cents` or a :class:`Label` (by
    itself: the first field), ``cell`` draws it on the page otherwise than people write it,
    ``url`` makes it a link, ``mark`` stands behind. ``labels`` are the msgids of codes, in their
    natural order.

    ``names`` and ``urls`` give, at once for all rows, what the first field stands for and where
    it leads as this person sees it; ``urls`` are asked on the page only.

    ``sort`` is what it is ordered by (by itself the first field; an empty one: not at all).
    ``tells`` names the columns that complete the text of a link where two read the same.
    ``adds_up`` says that amounts may be summed. ``may`` is the permission to see the column,
    ``meaning`` a sentence that explains it under the list, ``language`` that of texts which are
    not translated. ``is_file_only`` keeps it off the page, ``is_data_only`` off the files too.
    """

    code: str
    title: str | Callable[[], str]
    of: tuple[str, ...] = ()
    value: Callable[..., Any] | None = None
    cell: Callable[..., SafeString | str] | None = None
    url: Callable[..., str] | None = None
    mark: Callable[..., SafeString | str] | None = None
    labels: Mapping[Any, str] = field(default_factory=dict)
    names: Batch | None = None
    urls: Batch | None = None
    sort: tuple[Sort, ...] | None = None
    tells: tuple[str, ...] = ()
    is_number: bool = False
    adds_up: bool = False
    may: str = ""
    meaning: str = ""
    language: str = ""
    is_file_only: bool = False
    is_data_only: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return self.of or (self.code,)

    @property
    def is_amount(self) -> bool:
        return self.value is cents

    @property
    def name(self) -> str:
        """Its title in German."""
        return self.title() if callable(self.title) else self.title

    @property
    def heading(self) -> str:
        """Its title for the person who looks; a text of the programme knows its language."""
        name = self.name
        return name if isinstance(name, German) else translate(name, language())

    @property
    def address(self) -> str:
        """What addresses call the column: its German title in plain letters."""
        return hyphenated(self.name)

    @property
    def order(self) -> tuple[Sort, ...]:
        """What ascending order is made of; empty where there is none."""
        if self.sort is not None or self.is_data_only:
            return self.sort or ()
        return (ranked(self.fields[0], self.labels),) if self.labels else self.fields[:1]

    def worth(self, *fields: Any) -> Any:
        """What a cell says: text, a number, a day, an amount or a label."""
        if self.value:
            return self.value(*fields)
        first = fields[0]
        return Label(self.labels.get(first, first)) if self.labels else first

    def written(self, *fields: Any) -> Cell:
        """The cell of a file, in the person's language."""
        worth: Cell = self.worth(*fields)
        return translate(worth, language()) if isinstance(worth, Label) else worth

    def datum(self, *fields: Any) -> Any:
        """The value in data for programs: a code where people read a label."""
        return fields[0] if self.labels else self.worth(*fields)

    def text(self, *fields: Any) -> str:
        """The cell as people write it."""
        return shown(self.worth(*fields))

    def drawn(self, *fields: Any) -> SafeString | str:
        """What stands in the cell on the page, without link and mark."""
        return self.cell(*fields) if self.cell else self.text(*fields)


def shown(worth: Any) -> str:
    """A value as people write it; text stays as it is."""
    if worth is None:
        return ""
    if type(worth) is int:
        return str(worth)
    if isinstance(worth, str):
        return translate(worth, language()) if isinstance(worth, Label) else worth
    return moment(worth) if hasattr(worth, "hour") else said(worth)


def ranked(name: str, labels: Mapping[Any, str]) -> Expression:
    """The place of a code among its labels, so that they are ordered as people think of them."""
    whens = [When(**{name: code}, then=Value(place)) for place, code in enumerate(labels)]
    return Case(*whens, default=Value(len(labels)), output_field=IntegerField())


def amount(code: str, title: str, of: str = "", **options: Any) -> Column:
    """A column of amounts in cents; it adds up unless it says otherwise."""
    options.setdefault("adds_up", True)
    return Column(code, title, (of or code,), value=cents, is_number=True, **options)


def cents(value: int | None, *others: object) -> Cents | None:
    return None if value is None else Cents(value)


def body(*marks: str, of: str = "body_name", ags: str = "ags", **options: Any) -> Column:
    """The column of a regional body, by its short name; every list draws bodies here.

    ``marks`` are the fields after name and key that its ``cell``, ``url`` and ``mark`` get.
    """
    options.setdefault("value", short_name)
    options.setdefault("sort", ("body_key", ags))
    options.setdefault("language", "de")
    return Column("body_name", msg("Gebietskörperschaft"), (of, ags, *marks), **options)


def short_name(name: str | None, ags: str | None, *others: Any) -> str:
    """The short name of a body; the one written down where the programme knows it no more."""
    known = naming.names(settings.PROGRAMME).get(ags or "")
    return known.short if known else name or ""


KEY_OF_BODY = Column("ags", wording.key, is_file_only=True)
FILE_NUMBER = Column("file_number", msg("Aktenzeichen"), ("file_number", "pk"))
STATE = Column("state", msg("Stand"))


class StateLabels(Mapping[Any, str]):
    """The labels of a kind's states, which the programme that is served may declare."""

    def __init__(self, kind: Kind[Any]) -> None:
        self.kind = kind

    def __getitem__(self, state: Any) -> str:
        return self.kind.labels[state]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.kind.labels)

    def __len__(self) -> int:
        return len(self.kind.labels)


def of_kind(column: Column, kind: Kind[Any]) -> Column:
    """The columns that every case has, as those of this kind: its link, its states."""
    if column is FILE_NUMBER:
        return replace(column, url=lambda number, pk: door(kind.page, pk))
    if column is STATE:
        return replace(column, labels=StateLabels(kind), cell=state_cell(kind))
    return column


def state_cell(kind: Kind[Any]) -> Callable[[str], SafeString]:
    def draw(state: str) -> SafeString:
        look = kind.look_of(state)
        return badge(said(kind.labels.get(state, state)), look)

    return draw


def invented(is_invented: bool, is_trial: bool = False) -> str:
    """The msgid by which an invented record is marked, or a trial in the demo; else empty."""
    if is_invented:
        return msg("erfunden")
    return msg("Vorführung") if is_trial else ""


def mark(text: str) -> SafeString | str:
    """A mark behind what it is about; nothing where there is nothing to say."""
    return _mark(text, language()) if text else ""


@cache
def _mark(text: str, language: str) -> SafeString:
    return format_html(' <span class="zw-invented">{}</span>', translate(text, language))


def mark_of_body(name: str, ags: str, is_invented: bool) -> SafeString | str:
    """The mark behind the body of an invented case."""
    return mark(invented(is_invented))


INVENTED_BODY = body("is_invented", mark=mark_of_body)
INVENTED = Column(
    "is_invented",
    msg("Für die Vorführung erfunden"),
    labels={True: msg("erfunden"), False: ""},
    is_file_only=True,
)
"""The body of a case that a demo may have invented, and the same said in files."""


def muted(text: str) -> SafeString:
    return format_html('<span class="zw-muted">{}</span>', text)


def unbroken(text: object) -> SafeString:
    return format_html('<span class="zw-nowrap">{}</span>', text)
