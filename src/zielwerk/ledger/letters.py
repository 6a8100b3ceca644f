"""The books in people's words: names of codes, accounts in full, flows as a picture."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from zielwerk.core.ui.charts import Flow, Node, ranked
from zielwerk.ledger.models import COUNTER_PLACES, Account, Book, Place
from zielwerk.ledger.queries import Group, NetFlow
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import msg

NOWHERE = msg("ohne Zuordnung")
MONEY = msg("Ermächtigung: Mittel")
AUTHORITY = msg("Ermächtigung: Verpflichtungen")
DIMENSIONS = {
    "programme": msg("Programm"),
    "programme_year": msg("Programmjahr"),
    "budget_year": msg("Haushaltsjahr"),
    "budget_line": msg("Haushaltsstelle"),
    "source": msg("Mittelherkunft"),
    "earmark": msg("Zweckbindung"),
    "ags": msg("Gebietskörperschaft"),
    "measure": msg("Maßnahme"),
    "due_year": msg("Fälligkeitsjahr"),
}
CAME, WENT = msg("{place} (Herkunft)"), msg("{place} (Abgang)")


def book_label(book: Book, is_authority: bool) -> str:
    """The German name of a book; money and commitment authority are told apart."""
    if book != Book.AUTHORISATION:
        return str(book.label)
    return AUTHORITY if is_authority else MONEY


@dataclass(frozen=True)
class Names:
    """What the programme's packs call the codes on accounts, by dimension and code."""

    by_dimension: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, dimension: str, value: Group) -> str:
        """A value for people: a body as "06435 Main-Kinzig-Kreis"; an unknown code as it is."""
        name = self.by_dimension.get(dimension, {}).get(str(value), "")
        return f"{value} {name}" if dimension == "ags" and name else name or str(value)


@cache
def names(programme: str) -> Names:
    """The names in the programme's packs; what a later year renamed has its latest name."""
    years = [packs.load(code, year) for code, year in packs.available() if code == programme]
    return Names(
        {
            "ags": {body.ags: body.name for body in packs.bodies(programme)},
            "earmark": {one.code: one.label for year in years for one in year.earmarks},
            "source": {one.code: one.label for year in years for one in year.money_sources},
            "programme": {programme: packs.programme(programme).name},
        }
    )


def account_facts(account: Account, names: Names) -> list[tuple[str, str]]:
    """All that identifies an account below its book and place: German labels and values."""
    return [
        (label, names.of(name, value))
        for name, label in DIMENSIONS.items()
        if (value := getattr(account, name))
    ]


@dataclass(frozen=True)
class FlowPicture:
    """The net flows of one book as nodes and ribbons."""

    nodes: list[Node]
    flows: list[Flow]


def picture(
    flows: Iterable[NetFlow],
    said: Callable[[str], str],
    link: Callable[..., str],
) -> FlowPicture:
    """Flows of one book as nodes and ribbons, in the natural order of its places.

    ``said`` translates a label, ``link`` makes the address of the transfers between places.
    Where money comes from and goes to stand apart, so that nothing seems to go round.
    """
    known = list(flows)
    keys = {one: (_key(one.source, "from"), _key(one.target, "to")) for one in known}
    drawn = [
        Flow(*keys[one], one.amount_cents, link(ort=one.source, gegenort=one.target))
        for one in known
    ]
    columns = ranked(_ORDER, drawn)
    used = {key for pair in keys.values() for key in pair}
    last = max((columns[key] for key in used), default=0)
    nodes = []
    for key in (key for key in _ORDER if key in used):
        place = Place(key.partition(":")[0])
        column = last if key.endswith(":to") else columns[key]
        kind = "danger" if place == Place.UNCOVERED else ""
        nodes.append(Node(key, _label(key, place, said), column, link(ort=place), kind))
    return FlowPicture(nodes, drawn)


_INNER = [place for place in Place if place not in COUNTER_PLACES]
_ORDER = [
    *(f"{place}:from" for place in COUNTER_PLACES),
    *map(str, _INNER),
    *(f"{place}:to" for place in COUNTER_PLACES),
]


def _key(place: Place, end: str) -> str:
    return f"{place}:{end}" if place in COUNTER_PLACES else str(place)


def _label(key: str, place: Place, said: Callable[[str], str]) -> str:
    frame = CAME if key.endswith(":from") else WENT if key.endswith(":to") else "{place}"
    return said(frame).format(place=said(str(place.label)))
