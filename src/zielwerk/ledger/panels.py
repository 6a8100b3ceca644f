"""What pages of the books show: accounts in full, flows as a picture, the list of transfers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from zielwerk.core import cases
from zielwerk.identity import queries as identity
from zielwerk.language import value_text
from zielwerk.ledger import forms, queries
from zielwerk.ledger.forms import ONE_WAY
from zielwerk.ledger.models import COUNTER_PLACES, Account, Book, EntryCode, Place
from zielwerk.ledger.queries import PlaceFlow, labels
from zielwerk.ledger.queries.labels import DIMENSIONS, Names
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tranche import Tranche
from zielwerk.ui import lists
from zielwerk.ui.charts import Flow, Node, ranked
from zielwerk.ui.joined import JOINED, Record
from zielwerk.ui.lists import Column, Listing
from zielwerk.ui.tags.pieces import badge
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request


def record_of(request: Request, number: str) -> Record:
    """The record that what was booked under a file number rests on: only there it is changed."""
    found = filter(None, (find(request, number) for find in JOINED.records))
    return next(found, None) or _case(request, number)


def _case(request: Request, number: str) -> Record:
    """The case of this number; without an address where the person sees none."""
    for kind in cases.KINDS.values():
        seen = kind.seen(request.user, settings.PROGRAMME).filter(file_number=number)
        if pk := seen.order_by().values_list("pk", flat=True).first():
            return Record(kind.label, number, reverse(kind.page, args=[pk]))
    return Record(msg("Vorgang"), number)


CAME, WENT = msg("{place} (Herkunft)"), msg("{place} (Abgang)")


def account_facts(account: Account, names: Names) -> list[tuple[str, str]]:
    """All that identifies an account below its book and place: German labels and values."""
    return [
        (label, names.of(name, value))
        for name, label in DIMENSIONS.items()
        if (value := getattr(account, name))
    ]


@dataclass(frozen=True)
class Inside:
    """What moved within one place, from one body or purpose to another: no ribbon leaves it."""

    place: str
    cents: Cents
    url: str


@dataclass(frozen=True)
class FlowPicture:
    """All that flowed in one book as nodes and ribbons, there and back each for itself."""

    nodes: list[Node]
    flows: list[Flow]
    inside: list[Inside]


def picture(
    flows: Iterable[PlaceFlow],
    balances: Mapping[Place, Cents],
    translate: Callable[[str], str],
    link: Callable[..., str],
) -> FlowPicture:
    """Flows of one book as nodes and ribbons, in the natural order of its places.

    Each place of the selection is numbered with what is in it: its part of ``balances``, as the
    table has it; where money comes from or goes to, and what is outside, with what flowed.
    ``translate`` takes a German label, ``link`` makes the address of the transfers from one
    place to another. Places of origin and of exit are separate nodes, so that no flow is a circle.
    """
    moved = list(flows)
    between = [flow for flow in moved if flow.source != flow.target]
    keys = {flow: (_key(flow.source, "from"), _key(flow.target, "to")) for flow in between}
    ribbons = [
        Flow(*keys[flow], flow.amount_cents, _way(link, flow.source, flow.target))
        for flow in between
    ]
    columns = ranked(_ORDER, ribbons)
    linked = {key for pair in keys.values() for key in pair}
    last = max((columns[key] for key in linked), default=0)
    nodes = []
    for key in (key for key in _ORDER if key in linked):
        place = Place(key.partition(":")[0])
        column = last if key.endswith(":to") else columns[key]
        kind = "danger" if place == Place.UNCOVERED else ""
        holds = None if place in COUNTER_PLACES else balances.get(place)
        label = _label(key, place, translate)
        nodes.append(Node(key, label, column, link(ort=place), kind, holds))
    inside = [
        Inside(translate(str(flow.source.said)), flow.amount_cents, _way(link, *[flow.source] * 2))
        for flow in moved
        if flow.source == flow.target
    ]
    return FlowPicture(nodes, ribbons, inside)


def _way(link: Callable[..., str], source: Place, target: Place) -> str:
    return link(ort=source, gegenort=target, richtung=ONE_WAY)


_INNER = [place for place in Place if place not in COUNTER_PLACES]
_ORDER = [
    *(f"{place}:from" for place in COUNTER_PLACES),
    *map(str, _INNER),
    *(f"{place}:to" for place in COUNTER_PLACES),
]


def _key(place: Place, end: str) -> str:
    return f"{place}:{end}" if place in COUNTER_PLACES else str(place)


def _label(key: str, place: Place, translate: Callable[[str], str]) -> str:
    frame = CAME if key.endswith(":from") else WENT if key.endswith(":to") else "{place}"
    return translate(frame).format(place=translate(str(place.said)))


# The list of transfers


class Said(Mapping[str, str]):
    """Places or reasons by their German names in the programme."""

    def __init__(self, names: type[Place] | type[EntryCode]) -> None:
        self.names = names

    def __getitem__(self, code: str) -> str:
        return self.names(code).said

    def __iter__(self) -> Iterator[str]:
        return iter(self.names.values)

    def __len__(self) -> int:
        return len(self.names)


def book_label(book: str, due_year: int) -> Label:
    return Label(labels.book_label(Book(book), bool(due_year)))


END = ("ags", "earmark", "measure", "budget_year", "due_year")


def end(*codes: Any) -> str:
    """Body, purpose, measure and kind of money of an account."""
    return ", ".join(map(words, _of_end(*codes)))


def _of_end(ags: str, earmark: str, measure: str, budget_year: int, due_year: int) -> list[str]:
    names = labels.names(settings.PROGRAMME)
    pairs = (("ags", ags), ("earmark", earmark), ("measure", measure))
    said = [names.of(name, code) for name, code in pairs if code]
    if budget_year:
        tranche = Tranche("", budget_year, due_year)
        said.append(value_text(tranche.said, (get_language() or "de")[:2]))
    return said


def mark_of_end(place: str, *codes: Any) -> SafeString | str:
    texts = format_html_join(", ", "{}", ((text,) for text in _of_end(*codes)))
    return format_html("<br>{}", lists.muted(texts)) if texts else ""


def mark_of_reversed(pk: int, reversed_by: int | None) -> SafeString | str:
    return format_html(" {}", badge(gettext("storniert"))) if reversed_by else ""


def numbered(pk: int, *others: object) -> SafeString:
    hidden = gettext("Buchung")
    return format_html('<span class="kern-sr-only">{} </span>{}', hidden, pk)


def ends(side: str, title: str, title_of_end: str) -> tuple[Column, Column]:
    """The columns of one side of a transfer: its place; its body, purpose and measure."""
    codes = tuple(f"{side}__{name}" for name in END)
    return (
        Column(
            f"{side}_place",
            title,
            (f"{side}__place", *codes),
            labels=Said(Place),
            mark=mark_of_end,
        ),
        Column(f"{side}_end", title_of_end, codes, value=end, sort=(), is_file_only=True),
    )


# Amounts that move on from place to place are no sum: "Wo ist jeder Euro?" says where they are.
TRANSFERS = Listing(
    route="ledger:transfers",
    name=msg("Buchungen"),
    look="ledger.look",
    rows=queries.transfers,
    order=("-pk",),
    filters=lambda parameters, user: forms.TransferFilters(parameters, user),
    empty=(msg("Keine Buchungen"), msg("Zu dieser Auswahl gibt es keine Buchung.")),
    columns=(
        Column(
            "number",
            msg("Nummer"),
            ("pk", "reversed_by__pk"),
            cell=numbered,
            url=lambda pk, reversed_by: reverse("ledger:transfer", args=[pk]),
            mark=mark_of_reversed,
        ),
        Column(
            "book",
            msg("Buch"),
            ("source__book", "source__due_year"),
            value=book_label,
            sort=("source__book", "source__due_year"),
            is_file_only=True,
        ),
        *ends("source", msg("Von"), msg("Von: Zuordnung")),
        *ends("target", msg("Nach"), msg("Nach: Zuordnung")),
        lists.amount("amount_cents", msg("Betrag"), adds_up=False),
        Column("code", msg("Art"), labels=Said(EntryCode)),
        Column("case", msg("Aktenzeichen"), cell=lists.unbroken),
        Column("reason", msg("Begründung"), is_file_only=True),
        Column(
            "value_date",
            msg("Wertstellung"),
            meaning=msg("Der Tag, von dem an der Betrag zählt; gebucht sein kann er später."),
        ),
        Column("recorded_at", msg("Erfasst")),
        Column("actor", msg("Gebucht von"), names=identity.labels, sort=()),
        Column("reverses", msg("Storniert Buchung"), is_file_only=True),
    ),
)
