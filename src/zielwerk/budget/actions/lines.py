"""How the verbs of the budget book: lines, their accounts, and both books at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from zielwerk.budget.queries import (
    YEARS_AHEAD,
    Line,
    closing_of,
    no_such_year,
    rules_of,
    years_to_choose,
)
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import FileNumberSeries
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Account, AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.rulebook.budget import draw
from zielwerk.rulebook.money import Cents, split
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.value_days import DayBalance
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
    known: dict[AccountKey, DayBalance] = field(default_factory=dict)

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
        """Give planning so much more; what it lacks is covered first, from the day it lacks it."""
        free = AccountKey.planning(authorised.fund, Place.FREE).of(authorised.tranche)
        gap = replace(free, place=Place.UNCOVERED)
        covers = self._lacking(gap).by_day(self.day, cents)
        at_once = sum(part for day, part in covers if day == self.day)
        self.decide(EntryCode.COVER, replace(gap, place=Place.OUTSIDE), gap, at_once)
        if cents > at_once:
            self.provide(authorised, cents - at_once)
        for day, part in covers:
            if day != self.day:
                self.since(day).decide(EntryCode.COVER, free, gap, part)

    def exchange(
        self, code: EntryCode, authorised: AccountKey, later: AccountKey, cents: int
    ) -> None:
        """Turn what planning has of one tranche into the other: the same money, permitted anew.

        No rule says whose it is; assumed are what is agreed first, then what is allocated, then
        what is free, each in proportion. What planning lost of it by a cut stays uncovered there.
        """
        places = (Place.AGREED, Place.ALLOCATED, Place.FREE)
        held = self._by_day(
            books.accounts_with(
                book=Book.PLANNING,
                place__in=places,
                programme=authorised.programme,
                programme_year=authorised.programme_year,
                earmark=authorised.earmark,
                **asdict(authorised.tranche),
            )
        )
        exchanged: dict[date, int] = defaultdict(int)
        for place in places:
            there = {key: own for key, own in held.items() if key.place == place and own.cents > 0}
            left_cents = cents - sum(exchanged.values())
            part_cents = min(sum(own.cents for own in there.values()), left_cents)
            parts = split(part_cents, [own.cents for own in there.values()]) if part_cents else []
            for (key, own), part in zip(there.items(), parts, strict=False):
                for day, of_day in own.by_day(self.day, part):
                    self.since(day).decide(code, key, key.of(later.tranche), of_day)
                    exchanged[day] += of_day
        if lost := cents - sum(exchanged.values()):
            gap = AccountKey.planning(authorised.fund, Place.UNCOVERED).of(authorised.tranche)
            self.decide(code, gap, replace(gap, place=Place.FREE).of(later.tranche), lost)
            exchanged[self.day] += lost
        outside = AccountKey.planning(authorised.fund, Place.OUTSIDE)
        ends = (outside.of(later.tranche), outside.of(authorised.tranche))
        for day, of_day in exchanged.items():
            self.since(day).decide(code, *ends, of_day)

    def held(self, key: AccountKey) -> DayBalance:
        """What an account holds from day to day, once these bookings are made.

        Two queries, unless it was looked at before.
        """
        if key not in self.known:
            self.look_at([key])
        own = self.known[key]
        return self._moved(key, replace(own, later=dict(own.later)))

    def look_at(self, keys: Sequence[AccountKey]) -> None:
        """Read what these accounts hold from the day of these bookings on; two queries."""
        accounts = books.accounts(keys)
        held = books.day_balances(accounts.values(), dict.fromkeys(accounts, self.day))
        self.known.update({key: held.get(key) or DayBalance() for key in keys})

    def _by_day(self, accounts: Iterable[Account]) -> dict[AccountKey, DayBalance]:
        """These accounts once these bookings are made, from their day on; one query."""
        by_key = {account.key: account for account in accounts}
        balances = books.day_balances(by_key.values(), dict.fromkeys(by_key, self.day))
        return {key: self._moved(key, balance) for key, balance in balances.items()}

    def _moved(self, key: AccountKey, balance: DayBalance) -> DayBalance:
        for each in self.decisions:  # facts come after them
            for end, sign in ((each.source, -1), (each.target, 1)):
                if end == key:
                    balance.move(each.value_date, sign * each.amount_cents)
        return balance

    def _lacking(self, gap: AccountKey) -> DayBalance:
        """What an uncovered account lacks from day to day, above zero."""
        own = self.held(gap)
        return DayBalance(-own.cents, {day: -cents for day, cents in own.later.items()})

    def still_lacking(self, gap: AccountKey) -> int:
        """What an uncovered account lacks, less what these bookings bring to it."""
        return self._lacking(gap).cents

    def cover_first(self, available: AccountKey, cents: int) -> None:
        """Of money that comes to an account, what its line lacks for the same year is covered."""
        gap = replace(available, place=Place.UNCOVERED)
        for day, part in self._lacking(gap).by_day(self.day, cents):
            self.since(day).decide(EntryCode.COVER, available, gap, part)

    def on_its_days(self, key: AccountKey, cents: int) -> list[tuple["Bookings", int]]:
        """These bookings on the days on which an amount of an account is there, with each part."""
        return [(self.since(day), part) for day, part in self.held(key).by_day(self.day, cents)]

    def as_it_counts(self, parts: Sequence[tuple[AccountKey, int]]) -> list[tuple[AccountKey, int]]:
        """Accounts with their balances as they are drawn from: what is there on the day first."""
        self.look_at([key for key, _ in parts])
        there = {key: max(self.held(key).there(self.day), 0) for key, _ in parts}
        at_once = [(key, there[key]) for key, _ in parts]
        return at_once + [(key, cents - there[key]) for key, cents in parts]

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


def new_bookings(entry: Entry, at: datetime, *, is_fact: bool = False) -> Bookings:
    """A new case of the budget; refuses a line that the rules of its year do not foresee.

    A fact about a line that the books know is accepted, whatever the rules say of its year. A
    closed year takes none.
    """
    lock_budget()
    line = entry.line
    refuse_closed(line.programme, line.budget_year)
    refusals = []
    if not (is_fact and is_known(line)):
        years = years_to_choose(line.programme, timezone.localdate(at))
        if line.budget_year not in years:
            raise Refused(no_such_year(line.budget_year, years))
        refusals += _unforeseen(line)
    if not says_something(entry.basis):
        refusals.append(
            Refusal("budget.no_basis", msg("Worauf die Buchung beruht, muss angegeben sein."))
        )
    if not -YEARS_AHEAD <= entry.value_date.year - line.budget_year <= 1:
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
    rules = rules_of(line.programme, line.budget_year)
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


def own_money(line: Line, order: Iterable[str]) -> list[tuple[AccountKey, int]]:
    """A line's own money, place by place, in the order in which it is taken."""
    own = (Place.APPROPRIATED, Place.SUPPLEMENTARY)
    keys = [account_of(line, place) for place in map(Place, order) if place in own]
    balances = books.balances(keys)
    return [(key, balances[key]) for key in keys]


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
    balances: Sequence[tuple[AccountKey, int]],
    paying: Line | None = None,
) -> None:
    """Authority becomes a burden on the money of its due year, from the day it is consumed.

    It takes from ``balances`` of the line that gave the authority or of the one that is
    ``paying`` in its stead; an amount that none has is missing from the budget itself. The
    money now serves the older programme year and the purpose of the authority, so the newer
    one has so much less.
    """
    due = consumed.due_year
    bookings = bookings.since(date(due, 1, 1))  # no money of that budget is there before
    paying = paying or replace(line_of(consumed), budget_year=due)
    appropriated = account_of(paying, Place.APPROPRIATED)
    burdened = replace(
        appropriated,
        place=Place.BURDENED,
        programme_year=consumed.programme_year,
        earmark=consumed.earmark,
    )
    left = [*balances, (appropriated, cents)]
    for on_day, part in bookings.on_its_days(consumed, cents):
        redeemed = replace(consumed, place=Place.REDEEMED)
        on_day.decide(EntryCode.REDEMPTION, consumed, redeemed, part)
        on_day.provide(appropriated, -part)
        on_day.exchange(EntryCode.REDEMPTION, consumed, burdened, part)
        drawn, _ = draw([(number, held) for number, (_, held) in enumerate(left)], part)
        for number, of_key in drawn:
            key, held = left[number]
            left[number] = (key, held - of_key)
            on_day.record(EntryCode.REDEMPTION, key, burdened, of_key)


def payments(programme: str, budget_year: int) -> dict[tuple[Line, int], int]:
    """What a budget year paid, in cents by line and programme year; one query."""
    paid: dict[tuple[Line, int], int] = defaultdict(int)
    for key, cents in books.account_balances(
        book=Book.CASH, place=Place.PAID, programme=programme, budget_year=budget_year
    ):
        paid[line_of(key), key.programme_year] += cents
    return paid
