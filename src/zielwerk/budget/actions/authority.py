"""Commitment authority (Verpflichtungsermächtigung): given, consumed, redeemed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from zielwerk.budget import queries
from zielwerk.budget.actions.lines import (
    Bookings,
    Entry,
    account_of,
    is_enacted,
    lock_budget,
    new_bookings,
    own_money,
    redeem,
    refuse_closed,
    refuse_odd_amount,
)
from zielwerk.budget.queries import Line
from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.programme.queries.rules import later_years
from zielwerk.rulebook import budget
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Authority:
    """Commitment authority of a line's budget that falls due in a later year."""

    line: Line
    due_year: int
    amount_cents: int
    value_date: date
    basis: str

    @property
    def entry(self) -> Entry:
        """The same without the year it falls due."""
        return Entry(self.line, self.amount_cents, self.value_date, self.basis)


@dataclass(frozen=True)
class Consumption:
    """Authority consumed by a commitment; ``case`` is the commitment's file number."""

    line: Line
    due_year: int
    amount_cents: int
    value_date: date
    case: str


@dataclass(frozen=True)
class Redemption:
    """Consumed authority of ``line`` that another line of its due year pays, and why.

    ``entry`` names the line that pays, the amount, the day and the reason.
    """

    line: Line
    entry: Entry

    @property
    def consumed(self) -> AccountKey:
        return account_of(self.line, Place.CONSUMED, self.entry.line.budget_year)


def permitted_by(authority: Authority) -> AccountKey:
    """Where this authority is permitted; refused where no budget gives any for that year."""
    line = authority.line
    if refusals := budget.authority_refusals(
        line.budget_year,
        authority.due_year,
        later_years(queries.rules_of(line.programme, line.budget_year)),
    ):
        raise Refused(*refusals)
    return account_of(line, Place.PERMITTED, authority.due_year)


@action("budget.book")
def authorise(actor: Actor, authority: Authority, *, at: datetime) -> list[Transfer]:
    """Enter commitment authority: a permission by due year, not money."""
    permitted = permitted_by(authority)
    bookings = new_bookings(authority.entry, at)
    outside = replace(permitted, place=Place.OUTSIDE)
    bookings.decide(EntryCode.AUTHORITY, outside, permitted, authority.amount_cents)
    bookings.cover_first(permitted, authority.amount_cents)
    bookings.make_good(permitted, authority.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def consume(actor: Actor, consumption: Consumption, *, at: datetime) -> list[Transfer]:
    """A commitment consumes authority; where the later budget is in force, it burdens it."""
    line, cents = consumption.line, consumption.amount_cents
    lock_budget()
    refuse_closed(line.programme, line.budget_year)
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
        refuse_closed(later.programme, later.budget_year)
        redeem(bookings, consumed, cents, _burdened(bookings, later))
    return bookings.book(actor, at)


@action("budget.book")
def redeem_from(actor: Actor, redemption: Redemption, *, at: datetime) -> list[Transfer]:
    """Decide which line pays for consumed authority whose own line is gone.

    Where the budget of the due year has another line, source or purpose, nobody but a person
    can say which money pays; until then authority and money would both count.
    """
    entry, consumed = redemption.entry, redemption.consumed
    bookings = new_bookings(entry, at)
    left_cents = books.balance(consumed)
    if not is_enacted(entry.line):
        sentence = msg("Der Haushalt dieser Haushaltsstelle ist {year} nicht in Kraft.")
        raise Refused(Refusal("budget.not_in_force", sentence, {"year": str(consumed.due_year)}))
    if entry.amount_cents > left_cents:
        sentence = msg("Einzulösen sind noch {left}, eingelöst werden sollen {amount}.")
        params = {"left": Cents(left_cents), "amount": Cents(entry.amount_cents)}
        raise Refused(Refusal("budget.redeemed_too_much", sentence, params))
    money = _burdened(bookings, entry.line)
    redeem(bookings, consumed, entry.amount_cents, money, entry.line)
    return bookings.book(actor, at)


def _burdened(bookings: Bookings, line: Line) -> list[tuple[AccountKey, int]]:
    """A line's own money as authority that falls due burdens it: what counts already first."""
    order = queries.orders(line.programme, line.budget_year).burden
    return bookings.since(date(line.budget_year, 1, 1)).as_it_counts(own_money(line, order))
