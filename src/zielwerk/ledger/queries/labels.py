"""German labels of books, dimensions, and the codes on accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from zielwerk.language import German
from zielwerk.ledger.models import Book
from zielwerk.ledger.queries.place_balances import Group
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.refusal import msg

NOWHERE = msg("ohne Zuordnung")
MONEY = msg("Ermächtigung: Mittel")
AUTHORITY = msg("Ermächtigung: Verpflichtungen")
PARTS = {
    Book.AUTHORISATION: (MONEY, AUTHORITY),
    Book.PLANNING: (msg("Planung: Mittel"), msg("Planung: Verpflichtungen")),
    Book.COMMITMENT: (msg("Bindung: Mittel"), msg("Bindung: Verpflichtungen")),
}
"""The names of a book's money and of its commitment authority, which are never one figure."""
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


def book_label(book: Book, is_authority: bool | None) -> str:
    """The German name of a book, or of its money or its commitment authority alone."""
    if is_authority is None or book not in PARTS:
        return str(book.label)
    return PARTS[book][is_authority]


@dataclass(frozen=True)
class Names:
    """The packs' names of the codes on accounts, by dimension and code."""

    by_dimension: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, dimension: str, value: Group) -> str:
        """A value for people: a body by its short name; an unknown code as it is."""
        return self.by_dimension.get(dimension, {}).get(str(value), "") or str(value)

    def place(self, dimension: str, value: Group) -> tuple[bool, str]:
        """Where a value stands among others: by its name; no value comes last."""
        return not value, sort_key(self.of(dimension, value))


@cache
def names(programme: str) -> Names:
    """The names in the programme's packs; what a later year renamed has its latest name."""
    years = [packs.load(code, year) for code, year in packs.available() if code == programme]
    return Names(
        {
            "ags": {ags: German(name.short) for ags, name in naming.names(programme).items()},
            "earmark": {earmark.code: earmark.label for year in years for earmark in year.earmarks},
            "source": {
                source.code: source.label for year in years for source in year.money_sources
            },
            "programme": {programme: packs.programme(programme).name},
        }
    )
