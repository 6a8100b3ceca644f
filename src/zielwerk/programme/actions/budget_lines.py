"""How the verbs of the budget book: lines, their accounts, and both books at once."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme.queries.money import planning
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Line:
    """One line of one year's budget; ``budget_line`` is the state's own opaque code."""

    programme: str
    budget_year: int
    budget_line: str
    source: str
    earmark: str = ""


@dataclass(frozen=True)
class Entry:
    """An amount of a line, the day it counts from, and what it rests on."""

    line: Line
    amount_cents: int
    value_date: date
    basis: str


@dataclass
class Bookings:
    """What one verb books: facts first, then decisions; all held before the first."""

    case: str
    day: date
    basis: str
    facts: list[ledger.Posting] = field(default_factory=list)
    decisions: list[ledger.Posting] = field(default_factory=list)

    def posting(
        self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int
    ) -> ledger.Posting:
        return ledger.Posting(source, target, cents, code, self.day, self.case, self.basis)

    def decide(self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int) -> None:
        if cents:
            self.decisions.append(self.posting(code, source, target, cents))

    def happened(self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int) -> None:
        if cents:
            self.facts.append(self.posting(code, source, target, cents))

    def provide(self, programme: str, year: int, earmark: str, cents: int) -> None:
        """Tell the planning book that a year and purpose has so much more, or less."""
        free = planning(programme, year, earmark, Place.FREE)
        outside = replace(free, place=Place.OUTSIDE)
        if cents > 0:
            self.decide(EntryCode.PROVIDING, outside, free, cents)
        else:
            self.happened(EntryCode.PROVIDING, free, outside, -cents)

    def booked(self, actor: Actor, at: datetime) -> list[Transfer]:
        """Book all; what is provided comes before what is taken, so that it can be taken."""
        if not self.facts and not self.decisions:
            raise Refused(NOTHING_TO_BOOK)
        ledger.hold([*self.decisions, *self.facts])
        made = ledger.post(actor, None, self.decisions, at=at) if self.decisions else []
        if self.facts:
            made += ledger.record_facts(actor, None, self.facts, at=at)
        return made


NOTHING_TO_BOOK = Refusal(
    "budget.nothing", msg("Dazu steht nichts in den Büchern, es ist nichts zu buchen.")
)


def begun(entry: Entry) -> Bookings:
    """A new case of the budget; refuses what no budget line can mean."""
    line = entry.line
    rules = packs.load(line.programme, line.budget_year)
    refusals = []
    if not line.budget_line.strip():
        refusals.append(Refusal("budget.no_line", msg("Die Haushaltsstelle fehlt.")))
    if line.source not in {one.code for one in rules.money_sources}:
        sentence = msg("Die Mittelherkunft „{source}“ ist im Regelwerk nicht vorgesehen.")
        refusals.append(Refusal("budget.no_such_source", sentence, {"source": line.source}))
    if line.earmark not in {"", *(one.code for one in rules.earmarks)}:
        sentence = msg("Die Zweckbindung „{earmark}“ ist im Regelwerk nicht vorgesehen.")
        refusals.append(Refusal("programme.no_such_earmark", sentence, {"earmark": line.earmark}))
    if not entry.basis.strip():
        refusals.append(
            Refusal("budget.no_basis", msg("Worauf die Buchung beruht, muss angegeben sein."))
        )
    if refusals:
        raise Refused(*refusals)
    refuse_non_positive(entry.amount_cents)
    case = next_number(f"HH-{line.budget_year}")
    return Bookings(case, entry.value_date, entry.basis.strip()[:500])


def refuse_non_positive(cents: int) -> None:
    if cents <= 0:
        raise Refused(
            Refusal("programme.amount_not_positive", msg("Der Betrag muss größer als null sein."))
        )


def account_of(line: Line, place: Place, due_year: int = 0) -> AccountKey:
    return AccountKey(
        Book.AUTHORISATION,
        place,
        programme=line.programme,
        programme_year=line.budget_year,
        budget_year=line.budget_year,
        budget_line=line.budget_line.strip(),
        source=line.source,
        earmark=line.earmark,
        due_year=due_year,
    )


def line_of(key: AccountKey) -> Line:
    return Line(key.programme, key.budget_year, key.budget_line, key.source, key.earmark)


def stands_on(line: Line, place: Place) -> int:
    """What a line holds in a place, of whichever programme year."""
    return sum(
        cents
        for _, cents in books.standing(
            book=Book.AUTHORISATION,
            place=place,
            programme=line.programme,
            budget_year=line.budget_year,
            budget_line=line.budget_line.strip(),
            source=line.source,
            earmark=line.earmark,
            due_year=0,
        )
    )


def consumed_for(line: Line) -> list[tuple[AccountKey, int]]:
    """Authority that earlier budgets gave this line, consumed and due in its year."""
    return books.standing(
        book=Book.AUTHORISATION,
        place=Place.CONSUMED,
        programme=line.programme,
        budget_line=line.budget_line.strip(),
        source=line.source,
        earmark=line.earmark,
        due_year=line.budget_year,
    )


def redeem(bookings: Bookings, consumed: AccountKey, cents: int) -> None:
    """Authority becomes a burden on the money of its due year.

    The money now serves the older programme year, so the newer one has so much less.
    """
    bookings.decide(EntryCode.REDEMPTION, consumed, replace(consumed, place=Place.REDEEMED), cents)
    due = consumed.due_year
    burdened = replace(consumed, place=Place.BURDENED, budget_year=due, due_year=0)
    available = replace(burdened, place=Place.APPROPRIATED, programme_year=due)
    bookings.happened(EntryCode.REDEMPTION, available, burdened, cents)
    bookings.provide(consumed.programme, due, consumed.earmark, -cents)


def paid_from(line: Line, programme_year: int) -> int:
    """What was paid for a programme year from this line in its budget year, in cents."""
    return sum(
        cents
        for _, cents in books.standing(
            book=Book.CASH,
            place=Place.PAID,
            programme=line.programme,
            programme_year=programme_year,
            budget_year=line.budget_year,
            budget_line=line.budget_line.strip(),
            source=line.source,
            earmark=line.earmark,
        )
    )
