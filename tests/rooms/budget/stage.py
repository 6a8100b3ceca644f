"""A budget made by its verbs, and what the books say of it, in whole euros."""

from datetime import UTC, date, datetime

from tests.rooms.money import AT, HEAD, OFFICER
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Consent, Consumption, Entry, Line, Mistake
from zielwerk.budget.models import Correction
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

YEAR = 2025
EURO = 100
CODE = "0806 684 71"


def line(programme: str, year: int = YEAR, code: str = CODE) -> Line:
    return Line(programme, year, code, packs.load(programme, YEAR).money_sources[0].code)


def entry(programme: str, euros: int, year: int = YEAR, code: str = CODE) -> Entry:
    return Entry(line(programme, year, code), euros * EURO, date(year, 1, 1), "Gesetz")


def authority(programme: str, euros: int, year: int = YEAR, due: int = YEAR + 1) -> Authority:
    return Authority(line(programme, year), due, euros * EURO, date(year, 1, 1), "Gesetz")


def consume(programme: str, euros: int, year: int = YEAR, due: int = YEAR + 1) -> None:
    used = Consumption(line(programme, year), due, euros * EURO, date(year, 6, 1), "ZB-1")
    budget.consume(OFFICER, used, at=AT)


def close(programme: str, *consents: Consent, year: int = YEAR) -> None:
    after = datetime(year + 1, 2, 2, 9, 0, tzinfo=UTC)
    budget.close_year(OFFICER, programme, year, consents, "Jahresabschluss", at=after)


def correct(programme: str, about: str) -> Correction:
    """One asks, another confirms."""
    case = budget.ask_for_correction(OFFICER, Mistake(programme, about, "Fehlbuchung"), at=AT)
    return budget.confirm(HEAD, case, at=AT)


def stand(place: Place, **dimensions: object) -> int:
    found = books.account_balances(book=Book.AUTHORISATION, place=place, **dimensions)
    return sum(cents for _, cents in found) // EURO


def everything(programme: str) -> dict[AccountKey, int]:
    """Every account with anything in it."""
    return dict(books.account_balances(programme=programme))


def free(programme: str, year: int = YEAR) -> int:
    return programmes.standing(Fund(programme, year)).free_cents // EURO


def frame(programme: str, year: int = YEAR) -> int:
    return programmes.frame_cents(Fund(programme, year)) // EURO


def is_sound(programme: str) -> bool:
    """Both books have the same sums, and the books are true in themselves."""
    return list(programmes.gaps(programme)) == [] and list(books.faults()) == []
