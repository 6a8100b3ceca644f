"""The state's budget for the programme: appropriations and commitment authority.

Every verb keeps two books at once: the money that the authorisation permits and the money
that the planning may share out, by programme year and purpose. Their sums stay equal
(``queries.gaps``). Money of a budget serves the programme year of the same number, unless it
pays for authority that an earlier programme year consumed, or was carried over from one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from zielwerk.budget.actions.lines import (
    Bookings,
    Entry,
    Line,
    account_of,
    carried_over_to,
    consumed_for,
    is_enacted,
    line_of,
    lock_budget,
    new_bookings,
    own_money,
    paid_lines,
    redeem,
    refuse_odd_amount,
    unspent_payments,
)
from zielwerk.core.actions import action
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme.queries.rules import later_years
from zielwerk.rulebook import budget
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something

PAYING = (Place.BURDENED, Place.CARRIED_OVER, Place.APPROPRIATED, Place.SUPPLEMENTARY)
"""The places that pay, in the order in which they do."""


@dataclass(frozen=True)
class Authority:
    """Commitment authority of a line's budget that falls due in a later year."""

    line: Line
    due_year: int
    amount_cents: int
    value_date: date
    basis: str


@dataclass(frozen=True)
class Consumption:
    """Authority consumed by a commitment; ``case`` is the commitment's file number."""

    line: Line
    due_year: int
    amount_cents: int
    value_date: date
    case: str


@dataclass(frozen=True)
class Consent:
    """The consent to carry money of a line over, for one programme year."""

    line: Line
    programme_year: int
    amount_cents: int


@action("budget.book")
def estimate(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Enter the estimate of the draft budget; nothing may be allocated from it."""
    bookings = new_bookings(entry)
    bookings.decide(
        EntryCode.APPROPRIATION,
        account_of(entry.line, Place.OUTSIDE),
        account_of(entry.line, Place.DRAFT),
        entry.amount_cents,
    )
    return bookings.book(actor, at)


@action("budget.book")
def provide_provisionally(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Enter the part of the draft that provisional budget management releases.

    It keeps running obligations going; new money is allocated only from a budget in force.
    """
    bookings = new_bookings(entry)
    bookings.decide(
        EntryCode.PROVISION,
        account_of(entry.line, Place.DRAFT),
        account_of(entry.line, Place.PROVISIONAL),
        entry.amount_cents,
    )
    return bookings.book(actor, at)


@action("budget.book")
def enact(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """The budget is in force with this amount, whatever the draft said; once for a line.

    Authority that earlier programme years consumed and that falls due now is redeemed in the
    same transaction: it burdens the new money, so that never both count.
    """
    bookings, line = new_bookings(entry), entry.line
    if is_enacted(line, Place.APPROPRIATED):
        raise Refused(IN_FORCE_ALREADY)
    outside, appropriated = account_of(line, Place.OUTSIDE), account_of(line, Place.APPROPRIATED)
    drafts = [account_of(line, place) for place in (Place.PROVISIONAL, Place.DRAFT)]
    balances = books.balances(drafts)
    from_drafts, from_outside = budget.enacted(
        {key.place: balances[key] for key in drafts}, entry.amount_cents
    )
    for key in drafts:
        cents = from_drafts.get(key.place, 0)
        bookings.decide(EntryCode.ENACTMENT, key, appropriated, cents)
        bookings.decide(EntryCode.ENACTMENT, key, outside, balances[key] - cents)
    bookings.decide(EntryCode.ENACTMENT, outside, appropriated, from_outside)
    bookings.provide(appropriated, entry.amount_cents)
    for key, cents in consumed_for(line):
        redeem(bookings, key, cents, {Place.APPROPRIATED: cents})
    return bookings.book(actor, at)


IN_FORCE_ALREADY = Refusal(
    "budget.in_force_already",
    msg(
        "Für diese Haushaltsstelle ist der Haushalt schon in Kraft. Was hinzukommt, ist ein "
        "Nachtrag, was wegfällt, eine Kürzung."
    ),
)


@action("budget.book")
def supplement(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """A supplementary budget gives more."""
    bookings, line = new_bookings(entry), entry.line
    supplementary = account_of(line, Place.SUPPLEMENTARY)
    outside = account_of(line, Place.OUTSIDE)
    bookings.decide(EntryCode.SUPPLEMENT, outside, supplementary, entry.amount_cents)
    bookings.provide(supplementary, entry.amount_cents)
    for key, cents in consumed_for(line):  # where the line's first money comes by a supplement
        redeem(bookings, key, cents, {Place.SUPPLEMENTARY: cents})
    return bookings.book(actor, at)


@action("budget.book")
def cut(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """The legislature cuts money: a fact, even where the money is no longer free."""
    bookings, line = new_bookings(entry, is_fact=True), entry.line
    _take_away(bookings, EntryCode.CUT, line, Place.OUTSIDE, entry.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def block(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Money is blocked: a fact, even where the money is no longer free."""
    bookings, line = new_bookings(entry, is_fact=True), entry.line
    _take_away(bookings, EntryCode.BLOCK, line, Place.BLOCKED, entry.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def release(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Blocked money is released; an account uncovered meanwhile is covered first."""
    bookings, line = new_bookings(entry, is_fact=True), entry.line
    free = AccountKey.planning(line.fund, Place.FREE)
    for blocked, available in (
        (account_of(line, Place.BLOCKED), account_of(line, Place.APPROPRIATED)),
        (replace(free, place=Place.OUTSIDE), free),
    ):
        uncovered = replace(available, place=Place.UNCOVERED)
        covered = min(entry.amount_cents, -books.balance(uncovered))
        bookings.decide(EntryCode.COVER, blocked, uncovered, covered)
        bookings.decide(EntryCode.RELEASE, blocked, available, entry.amount_cents - covered)
    return bookings.book(actor, at)


@action("budget.book")
def authorise(actor: Actor, authority: Authority, *, at: datetime) -> list[Transfer]:
    """Enter commitment authority: a permission by due year, not money."""
    line = authority.line
    if refusals := budget.authority_refusals(
        line.budget_year,
        authority.due_year,
        later_years(packs.load(line.programme, line.budget_year)),
    ):
        raise Refused(*refusals)
    bookings = new_bookings(
        Entry(line, authority.amount_cents, authority.value_date, authority.basis)
    )
    permitted = account_of(line, Place.PERMITTED, authority.due_year)
    outside = replace(permitted, place=Place.OUTSIDE)
    bookings.decide(EntryCode.AUTHORITY, outside, permitted, authority.amount_cents)
    bookings.provide(permitted, authority.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def consume(actor: Actor, consumption: Consumption, *, at: datetime) -> list[Transfer]:
    """A commitment consumes authority; where the later budget is in force, it burdens it."""
    line, cents = consumption.line, consumption.amount_cents
    lock_budget()
    refuse_odd_amount(cents)
    if not says_something(consumption.case):
        raise Refused(Refusal("budget.no_case", msg("Das Aktenzeichen der Bindung fehlt.")))
    bookings = Bookings(consumption.case, consumption.value_date, "")
    consumed = account_of(line, Place.CONSUMED, consumption.due_year)
    bookings.decide(
        EntryCode.CONSUMPTION, replace(consumed, place=Place.PERMITTED), consumed, cents
    )
    later = replace(line, budget_year=consumption.due_year)
    if is_enacted(later):
        redeem(bookings, consumed, cents, own_money(later))
    return bookings.book(actor, at)


@action("budget.book")
def close_year(
    actor: Actor,
    programme: str,
    budget_year: int,
    consents: Sequence[Consent],
    basis: str,
    *,
    at: datetime,
) -> list[Transfer]:
    """Close a budget year: paid money is spent, money with a consent is carried over.

    The rest lapses, and with it the year's unused authority; planning loses as much. Drafts
    that never came into force drop out.
    """
    lock_budget()
    day = date(budget_year, 12, 31)
    carried = {
        (
            replace(consent.line, budget_line=consent.line.budget_line.strip()),
            consent.programme_year,
        ): consent.amount_cents
        for consent in consents
    }
    if refusals := _closing_refusals(
        budget_year, timezone.localdate(at).year, consents, len(carried), basis
    ):
        raise Refused(*refusals)
    bookings = Bookings(next_number(f"HH-{budget_year}"), day, basis.strip()[:500])
    standing = books.account_balances(
        book=Book.AUTHORISATION, programme=programme, budget_year=budget_year
    )
    money: dict[tuple[Line, int], dict[Place, int]] = defaultdict(dict)
    for key, cents in standing:
        if key.place == Place.PERMITTED or key.place in (
            Place.DRAFT,
            Place.PROVISIONAL,
            Place.BLOCKED,
        ):
            bookings.decide(EntryCode.LAPSE, key, replace(key, place=Place.LAPSED), cents)
        if key.place == Place.PERMITTED:
            bookings.provide(key, -cents)
        if key.place in PAYING:
            money[line_of(key), key.programme_year][key.place] = cents
    _cover(
        bookings, money, [balance for balance in standing if balance[0].place == Place.UNCOVERED]
    )
    lines_and_years = {*money, *carried, *paid_lines(programme, budget_year)}
    for line, year in sorted(
        lines_and_years, key=lambda line_and_year: (str(line_and_year[0]), line_and_year[1])
    ):
        _close_line(bookings, line, year, money[line, year], carried.get((line, year), 0))
    return bookings.book(actor, at)


def _cover(
    bookings: Bookings,
    money: dict[tuple[Line, int], dict[Place, int]],
    uncovered: Sequence[tuple[AccountKey, int]],
) -> None:
    """A line's own money covers its shortfalls first; only the rest can be carried over."""
    for gap, uncovered_cents in uncovered:
        shortfall, line = -uncovered_cents, line_of(gap)
        years = [year for candidate, year in money if candidate == line]
        for year in budget.covering_order(years, gap.programme_year):
            balances = money[line, year]
            for place in PAYING:
                part = min(balances.get(place, 0), shortfall)
                if part:
                    source = replace(gap, place=place, programme_year=year)
                    bookings.decide(EntryCode.COVER, source, gap, part)
                    balances[place] -= part
                    shortfall -= part
                    if year != gap.programme_year:
                        bookings.provide(source, -part)
                        bookings.provide(gap, part)


def why_not_closed(budget_year: int, at_year: int) -> list[Refusal]:
    """Why a budget year cannot be closed in a year, whatever is consented to."""
    if at_year > budget_year:
        return []
    sentence = msg("Das Haushaltsjahr {year} ist noch nicht zu Ende.")
    return [Refusal("budget.year_runs", sentence, {"year": budget_year})]


def _closing_refusals(
    budget_year: int, at_year: int, consents: Sequence[Consent], lines: int, basis: str
) -> list[Refusal]:
    refusals = []
    if not says_something(basis):
        sentence = msg("Worauf die Buchung beruht, muss angegeben sein.")
        refusals.append(Refusal("budget.no_basis", sentence))
    refusals += why_not_closed(budget_year, at_year)
    if lines < len(consents) or any(
        consent.amount_cents <= 0 or consent.line.budget_year != budget_year for consent in consents
    ):
        sentence = msg(
            "Je Haushaltsstelle und Programmjahr gibt es eine Einwilligung über einen Betrag."
        )
        refusals.append(Refusal("budget.odd_consent", sentence))
    return refusals


def _close_line(
    bookings: Bookings, line: Line, year: int, balances: dict[Place, int], carried_cents: int
) -> None:
    """Close one line for one programme year."""
    paid_cents = max(unspent_payments(line, year), 0)
    closing = budget.close(
        [(place, balances.get(place, 0)) for place in PAYING], paid_cents, carried_cents
    )
    account = replace(account_of(line, Place.APPROPRIATED), programme_year=year)
    account_next_year = replace(account, budget_year=line.budget_year + 1, place=Place.CARRIED_OVER)
    for code, parts, target in (
        (EntryCode.EXPENDITURE, closing.spent, replace(account, place=Place.EXPENDED)),
        (EntryCode.CARRY_OVER, closing.carried, account_next_year),
        (EntryCode.LAPSE, closing.lapsed, replace(account, place=Place.LAPSED)),
    ):
        for place, cents in parts:
            bookings.decide(code, replace(account, place=Place(place)), target, cents)
    bookings.record(
        EntryCode.EXPENDITURE,
        account,
        replace(account, place=Place.EXPENDED),
        closing.overspent_cents,
    )
    lapsed_cents = sum(cents for _, cents in closing.lapsed)
    if lapsed_cents:
        bookings.provide(account, -lapsed_cents)


def _take_away(bookings: Bookings, code: EntryCode, line: Line, target: Place, cents: int) -> None:
    """Take from the supplementary budget, from the budget itself, then from money carried over.

    An amount that none of them has is missing from the budget itself.
    """
    balances = own_money(line)
    parts = [
        (account_of(line, place), balances[place])
        for place in (Place.SUPPLEMENTARY, Place.APPROPRIATED)
    ]
    for key, balance in [*parts, *carried_over_to(line), (parts[1][0], cents)]:
        part = min(balance, cents)
        cents -= part
        destination = replace(account_of(line, target), programme_year=key.programme_year)
        bookings.record(code, key, destination, part)
        bookings.provide(key, -part)
