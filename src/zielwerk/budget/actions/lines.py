"""How the verbs of the budget book: lines, their accounts, and both books at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from zielwerk.budget.queries import Line, closing_of
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import FileNumberSeries
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import Cents, split
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Entry:
    """An amount of a line, its value date and its basis."""

    line: Line
    amount_cents: int
    value_date: date
    basis: str


def lock_budget() -> None:
    """One verb of the budget at a time: each looks at several accounts before it books.

    The lock is the row of a series of its own, held until the transaction ends; a table of
    many entries takes it with its first, so that two tables never wait in a circle.
    """
    FileNumberSeries.objects.get_or_create(series="HH")
    FileNumberSeries.objects.select_for_update().get(series="HH")


@dataclass
class Bookings:
    """The postings of one verb: facts and decisions; all accounts are held before the first."""

    case: str
    day: date
    basis: str
    facts: list[ledger.Posting] = field(default_factory=list)
    decisions: list[ledger.Posting] = field(default_factory=list)

    def posting(
        self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int
    ) -> ledger.Posting:
        return ledger.Posting(source, target, cents, code, self.day, self.case, self.basis)

    def since(self, day: date) -> "Bookings":
        """The same case, for postings that count from this day at the earliest."""
        return replace(self, day=max(self.day, day))  # the lists are shared

    def decide(self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int) -> None:
        if cents:
            self.decisions.append(self.posting(code, source, target, cents))

    def record(self, code: EntryCode, source: AccountKey, target: AccountKey, cents: int) -> None:
        if cents:
            self.facts.append(self.posting(code, source, target, cents))

    def provide(self, authorised: AccountKey, cents: int) -> None:
        """Give planning so much more, or less, of what an account of the authorisation permits."""
        free = AccountKey.planning(authorised.fund, Place.FREE).of(authorised.tranche)
        outside = replace(free, place=Place.OUTSIDE)
        if cents >= 0:
            self.decide(EntryCode.PROVIDING, outside, free, cents)
        else:
            self.record(EntryCode.PROVIDING, free, outside, -cents)

    def make_good(self, authorised: AccountKey, cents: int) -> None:
        """Give planning so much more; what it lacks is covered first."""
        lacking = AccountKey.planning(authorised.fund, Place.UNCOVERED).of(authorised.tranche)
        covered = min(cents, self.still_lacking(lacking))
        self.decide(EntryCode.COVER, replace(lacking, place=Place.OUTSIDE), lacking, covered)
        if cents > covered:
            self.provide(authorised, cents - covered)

    def exchange(
        self, code: EntryCode, authorised: AccountKey, later: AccountKey, cents: int
    ) -> None:
        """Turn what planning has of one tranche into the other: the same money, permitted anew.

        No rule says whose it is; assumed are what is agreed first, then what is allocated, then
        what is free, each in proportion.
        """
        places = (Place.AGREED, Place.ALLOCATED, Place.FREE)
        held = books.account_balances(
            book=Book.PLANNING,
            place__in=places,
            programme=authorised.programme,
            programme_year=authorised.programme_year,
            earmark=authorised.earmark,
            **asdict(authorised.tranche),
        )
        exchanged = 0
        for place in places:
            there = {key: own for key, own in held if key.place == place}
            part_cents = min(sum(there.values()), cents - exchanged)
            exchanged += part_cents
            parts = split(part_cents, list(there.values())) if part_cents else []
            for key, part in zip(there, parts, strict=False):
                self.decide(code, key, key.of(later.tranche), part)
        outside = AccountKey.planning(authorised.fund, Place.OUTSIDE)
        ends = (outside.of(later.tranche), outside.of(authorised.tranche))
        self.decide(code, *ends, exchanged)

    def still_lacking(self, gap: AccountKey) -> int:
        """What an uncovered account lacks, less what these bookings bring to it."""
        coming = sum(each.amount_cents for each in self.decisions if each.target == gap)
        return -books.balance(gap) - coming

    def cover_first(self, available: AccountKey, cents: int) -> None:
        """Of money that comes to an account, what its line lacks for the same year is covered."""
        gap = replace(available, place=Place.UNCOVERED)
        self.decide(EntryCode.COVER, available, gap, min(cents, self.still_lacking(gap)))

    def book(self, actor: Actor, at: datetime) -> list[Transfer]:
        """Book all; money provided comes before money taken, so that it can be taken."""
        if not self.facts and not self.decisions:
            raise Refused(NOTHING_TO_BOOK)
        ledger.hold(ledger.reach([*self.decisions, *self.facts]))
        transfers = ledger.post(actor, self.decisions, at=at) if self.decisions else []
        if self.facts:
            transfers += ledger.record_facts(actor, self.facts, at=at)
        return transfers


NOTHING_TO_BOOK = Refusal(
    "budget.nothing", msg("Dazu steht nichts in den Büchern, es ist nichts zu buchen.")
)


MOST_CENTS = 10**15
"""Ten trillion euros: no budget comes near, and sums of such amounts stay whole numbers."""


def new_bookings(entry: Entry, *, is_fact: bool = False) -> Bookings:
    """A new case of the budget; refuses a line that the rules of its year do not foresee.

    A fact about a line that the books know is accepted, whatever the rules say of its year. A
    closed year takes none.
    """
    lock_budget()
    line = entry.line
    refuse_closed(line.programme, line.budget_year)
    refusals = []
    if not (is_fact and is_known(line)):
        refusals += _unforeseen(line)
    if not says_something(entry.basis):
        refusals.append(
            Refusal("budget.no_basis", msg("Worauf die Buchung beruht, muss angegeben sein."))
        )
    if abs(entry.value_date.year - line.budget_year) > 1:
        sentence = msg("Die Wertstellung {day} liegt fern vom Haushaltsjahr {year}.")
        params = {"day": entry.value_date, "year": line.budget_year}
        refusals.append(Refusal("budget.value_date", sentence, params))
    if refusals:
        raise Refused(*refusals)
    refuse_odd_amount(entry.amount_cents)
    case = next_number(f"HH-{line.budget_year}")
    return Bookings(case, entry.value_date, entry.basis.strip()[:500])


def refuse_closed(programme: str, budget_year: int) -> None:
    """A closed year is changed only by a correction that two persons answer for."""
    if number := closing_of(programme, budget_year):
        sentence = msg(
            "Das Haushaltsjahr {year} ist abgeschlossen ({number}). Geändert wird es nur noch "
            "durch eine Berichtigung, für die zwei Personen einstehen."
        )
        params = {"year": str(budget_year), "number": number}
        raise Refused(Refusal("budget.year_closed", sentence, params))


def is_known(line: Line) -> bool:
    """Whether the books ever held money or authority of this line."""
    return books.came_in(book=Book.AUTHORISATION, **_dimensions(line))


def is_enacted(line: Line, *places: Place) -> bool:
    """Whether a budget gave this line money, even if it is used up."""
    return books.came_in(
        book=Book.AUTHORISATION,
        place__in=places or (Place.APPROPRIATED, Place.SUPPLEMENTARY),
        **_dimensions(line),
    )


def _unforeseen(line: Line) -> list[Refusal]:
    """Every reason why the rules of the year do not know such a line."""
    rules = packs.load(line.programme, line.budget_year)
    refusals = []
    if not says_something(line.budget_line):
        refusals.append(Refusal("budget.no_line", msg("Die Haushaltsstelle fehlt.")))
    if line.source not in {source.code for source in rules.money_sources}:
        sentence = msg("Die Mittelherkunft „{source}“ ist im Regelwerk nicht vorgesehen.")
        refusals.append(Refusal("budget.no_such_source", sentence, {"source": line.source}))
    if line.earmark not in {"", *(earmark.code for earmark in rules.earmarks)}:
        sentence = msg("Die Zweckbindung „{earmark}“ ist im Regelwerk nicht vorgesehen.")
        refusals.append(Refusal("programme.no_such_earmark", sentence, {"earmark": line.earmark}))
    purpose = next((earmark for earmark in rules.earmarks if earmark.code == line.earmark), None)
    if purpose and purpose.money_sources and line.source not in purpose.money_sources:
        sentence = msg(
            "Für die Zweckbindung „{earmark}“ ist diese Mittelherkunft nicht vorgesehen."
        )
        refusals.append(Refusal("budget.source_of_purpose", sentence, {"earmark": purpose.label}))
    return refusals


def refuse_odd_amount(cents: int) -> None:
    if cents > MOST_CENTS:
        raise Refused(
            Refusal(
                "budget.amount_too_large",
                msg("Der Betrag ist zu groß. Der größte Betrag ist {limit}."),
                {"limit": Cents(MOST_CENTS)},
            )
        )
    if cents <= 0:
        raise Refused(
            Refusal("programme.amount_not_positive", msg("Der Betrag muss größer als null sein."))
        )


def _dimensions(line: Line) -> dict[str, object]:
    """The dimensions that all accounts of a line share, whichever programme year they serve."""
    return {**asdict(line), "budget_line": line.budget_line.strip()}


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


def consumed_for(line: Line) -> list[tuple[AccountKey, int]]:
    """Authority that earlier budgets gave this line, consumed and due in its year."""
    return books.account_balances(
        book=Book.AUTHORISATION,
        place=Place.CONSUMED,
        programme=line.programme,
        budget_line=line.budget_line.strip(),
        source=line.source,
        earmark=line.earmark,
        due_year=line.budget_year,
    )


def own_money(line: Line, order: Iterable[str]) -> dict[Place, int]:
    """A line's own money, by place, in the order in which it is taken."""
    own = (Place.APPROPRIATED, Place.SUPPLEMENTARY)
    keys = {place: account_of(line, place) for place in map(Place, order) if place in own}
    balances = books.balances(keys.values())
    return {place: balances[key] for place, key in keys.items()}


def carried_over_to(line: Line) -> dict[int, int]:
    """Money carried over to a line, in cents by the programme year that it serves."""
    balances = books.account_balances(
        book=Book.AUTHORISATION, place=Place.CARRIED_OVER, **_dimensions(line)
    )
    return {key.programme_year: cents for key, cents in balances}


def redeem(
    bookings: Bookings,
    consumed: AccountKey,
    cents: int,
    balances: Mapping[Place, int],
    paying: Line | None = None,
) -> None:
    """Authority becomes a burden on the money of its due year.

    It takes from ``balances``, by place, of the line that gave the authority or of the one
    that is ``paying`` in its stead; an amount that none has is missing from the budget itself.
    The money now serves the older programme year and the purpose of the authority, so the
    newer one has so much less.
    """
    due = consumed.due_year
    bookings = bookings.since(date(due, 1, 1))  # no money of that budget is there before
    bookings.decide(EntryCode.REDEMPTION, consumed, replace(consumed, place=Place.REDEEMED), cents)
    paying = paying or replace(line_of(consumed), budget_year=due)
    appropriated = account_of(paying, Place.APPROPRIATED)
    burdened = replace(
        appropriated,
        place=Place.BURDENED,
        programme_year=consumed.programme_year,
        earmark=consumed.earmark,
    )
    bookings.provide(appropriated, -cents)
    bookings.exchange(EntryCode.REDEMPTION, consumed, burdened, cents)
    for place, balance in (*balances.items(), (Place.APPROPRIATED, cents)):
        part = min(balance, cents)
        cents -= part
        bookings.record(EntryCode.REDEMPTION, replace(appropriated, place=place), burdened, part)


def payments(programme: str, budget_year: int) -> dict[tuple[Line, int], int]:
    """What a budget year paid, in cents by line and programme year; one query."""
    paid: dict[tuple[Line, int], int] = defaultdict(int)
    for key, cents in books.account_balances(
        book=Book.CASH, place=Place.PAID, programme=programme, budget_year=budget_year
    ):
        paid[line_of(key), key.programme_year] += cents
    return paid
