"""Money and authority that are taken away, blocked, released: facts about both alike.

Blocked money keeps what it was: the transfers into *blocked* say from which place and for which
programme year it was taken, and releasing it brings it back there, in planning too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from zielwerk.budget import queries
from zielwerk.budget.actions.authority import Authority, permitted_by
from zielwerk.budget.actions.lines import (
    Bookings,
    Entry,
    account_of,
    carried_over_to,
    new_bookings,
    own_money,
)
from zielwerk.budget.queries import Line
from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.rulebook import budget
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@action("budget.book")
def cut(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """The legislature cuts money: a fact, even where the money is no longer free."""
    bookings, line = new_bookings(entry, at, is_fact=True), entry.line
    order = queries.orders(line.programme, line.budget_year).cut
    parts = _takeable(bookings, line, order)
    _take_away(bookings, EntryCode.CUT, Place.OUTSIDE, parts, entry.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def block(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Money is blocked: a fact, even where the money is no longer free."""
    bookings, line = new_bookings(entry, at, is_fact=True), entry.line
    order = queries.orders(line.programme, line.budget_year).block
    parts = _takeable(bookings, line, order)
    _take_away(bookings, EntryCode.BLOCK, Place.BLOCKED, parts, entry.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def release(actor: Actor, entry: Entry, *, at: datetime) -> list[Transfer]:
    """Blocked money is released to what it was; what is uncovered meanwhile is covered first."""
    bookings = new_bookings(entry, at, is_fact=True)
    _release(bookings, entry.line, 0, entry.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def cut_authority(actor: Actor, authority: Authority, *, at: datetime) -> list[Transfer]:
    """The legislature cuts commitment authority: a fact, even where it is consumed already."""
    permitted = permitted_by(authority)
    bookings = new_bookings(authority.entry, at, is_fact=True)
    parts = [(permitted, books.balance(permitted)), (permitted, authority.amount_cents)]
    _take_away(bookings, EntryCode.CUT, Place.OUTSIDE, parts, authority.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def block_authority(actor: Actor, authority: Authority, *, at: datetime) -> list[Transfer]:
    """Commitment authority is blocked: a fact, even where it is consumed already."""
    permitted = permitted_by(authority)
    bookings = new_bookings(authority.entry, at, is_fact=True)
    parts = [(permitted, books.balance(permitted)), (permitted, authority.amount_cents)]
    _take_away(bookings, EntryCode.BLOCK, Place.BLOCKED, parts, authority.amount_cents)
    return bookings.book(actor, at)


@action("budget.book")
def release_authority(actor: Actor, authority: Authority, *, at: datetime) -> list[Transfer]:
    """Blocked authority is permitted again; what is uncovered meanwhile is covered first."""
    permitted_by(authority)
    bookings = new_bookings(authority.entry, at, is_fact=True)
    _release(bookings, authority.line, authority.due_year, authority.amount_cents)
    return bookings.book(actor, at)


def _takeable(bookings: Bookings, line: Line, order: Sequence[str]) -> list[tuple[AccountKey, int]]:
    """The accounts of a line with their balances, as they are taken from.

    What is there on the day comes first; what counts later covers on its day what was taken
    before. Money carried over is taken as it covers. An amount that none has is missing from
    the budget itself, which therefore comes once more, without limit.
    """
    own = dict(own_money(line, order))
    appropriated = account_of(line, Place.APPROPRIATED)
    carried, cover = carried_over_to(line), queries.orders(line.programme, line.budget_year).cover
    parts: list[tuple[AccountKey, int]] = []
    for place in map(Place, order):
        if place == Place.CARRIED_OVER:
            key = replace(appropriated, place=Place.CARRIED_OVER)
            parts += [
                (replace(key, programme_year=year), carried[year])
                for year in budget.covering_order(carried, line.budget_year, cover)
            ]
        else:
            key = account_of(line, place)
            parts.append((key, own[key]))
    return [*bookings.as_it_counts(parts), (appropriated, budget.WITHOUT_LIMIT)]


def _take_away(
    bookings: Bookings,
    code: EntryCode,
    target: Place,
    parts: Sequence[tuple[AccountKey, int]],
    cents: int,
) -> None:
    for key, drawn in budget.draw(parts, cents)[0]:
        bookings.record(code, key, replace(key, place=target), drawn)
        bookings.provide(key, -drawn)


def _release(bookings: Bookings, line: Line, due_year: int, cents: int) -> None:
    """Bring blocked money back where it came from, in the order of the rules.

    What was blocked beyond the money that was there closes that gap; where the gap is closed
    by now, it belongs to the budget itself.
    """
    own = account_of(line, Place.PERMITTED if due_year else Place.APPROPRIATED, due_year)
    blocked = queries.blocked(own)
    parts, missing_cents = budget.draw(blocked, cents)
    if missing_cents:
        raise Refused(_not_blocked(sum(held for _, held in blocked), cents))
    for origin, part in parts:
        available = replace(own, programme_year=origin.programme_year)
        if origin.place != Place.UNCOVERED:
            available = replace(available, place=Place(origin.place))
        source = replace(available, place=Place.BLOCKED)
        gap = replace(available, place=Place.UNCOVERED)
        if origin.place == Place.UNCOVERED:
            closing = min(part, bookings.still_lacking(gap))
            bookings.decide(EntryCode.RELEASE, source, gap, closing)
            bookings.decide(EntryCode.RELEASE, source, available, part - closing)
        else:
            bookings.decide(EntryCode.RELEASE, source, available, part)
            bookings.cover_first(available, part)
        bookings.make_good(available, part)


def _not_blocked(blocked_cents: int, cents: int) -> Refusal:
    sentence = msg("Gesperrt sind {blocked}, aufgehoben werden soll die Sperre von {amount}.")
    params = {"blocked": Cents(blocked_cents), "amount": Cents(cents)}
    return Refusal("budget.not_blocked", sentence, params)
