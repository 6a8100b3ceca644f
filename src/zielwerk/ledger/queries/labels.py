"""German labels of books, dimensions, and the codes on accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from zielwerk.ledger.models import Book
from zielwerk.ledger.queries.place_balances import Group
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
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


def book_label(book: Book, is_authority: bool) -> str:
    """The German name of a book; money and commitment authority are told apart."""
    if book != Book.AUTHORISATION:
        return str(book.label)
    return AUTHORITY if is_authority else MONEY


@dataclass(frozen=True)
class Names:
    """The packs' names of the codes on accounts, by dimension and code."""

    by_dimension: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, dimension: str, value: Group) -> str:
        """A value for people: a body by its short name; an unknown code as it is."""
        return self.by_dimension.get(dimension, {}).get(str(value), "") or str(value)


@cache
def names(programme: str) -> Names:
    """The names in the programme's packs; what a later year renamed has its latest name."""
    years = [packs.load(code, year) for code, year in packs.available() if code == programme]
    return Names(
        {
            "ags": {ags: name.short for ags, name in naming.names(programme).items()},
            "earmark": {earmark.code: earmark.label for year in years for earmark in year.earmarks},
            "source": {
                source.code: source.label for year in years for source in year.money_sources
            },
            "programme": {programme: packs.programme(programme).name},
        }
    )
