"""What booking an agreement or a change would do, told before anybody confirms it."""

from collections import defaultdict
from collections.abc import Sequence

from zielwerk.ledger import queries
from zielwerk.ledger.actions.agreeing import (
    balances_of,
    missing_before,
    promised,
    purposes_named,
)
from zielwerk.ledger.actions.amending import Changed, given_back
from zielwerk.ledger.actions.booking import with_gaps
from zielwerk.ledger.actions.postings import Agreed, Posting
from zielwerk.ledger.actions.spreading import following
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.rulebook.value_days import DayBalance


def foreseen(record: Agreed | Changed) -> list[Posting]:
    """What it would book in the planning book today, tranche by tranche.

    Nothing is locked: whoever books in between changes it. Raises Refused where a change could
    not be booked at all.
    """
    less: list[Posting] = []
    more: Agreed | None
    if isinstance(record, Changed):
        less = given_back(record) if record.less else []
        more = record.more
    else:
        more = record
    opening, facts = _more(more, less) if more else (None, [])
    spread = [each for each in following([*less, *facts]) if each.source.book == Book.PLANNING]
    planned = [opening, *spread] if opening else spread
    balances = queries.balances({each.source for each in planned})
    return with_gaps(planned, {key: DayBalance(cents) for key, cents in balances.items()})


def _more(more: Agreed, less: Sequence[Posting]) -> tuple[Posting | None, list[Posting]]:
    """What is missing from before these books, and what is promised beside what is given back."""
    returned: dict[AccountKey, int] = defaultdict(int)
    for posting in less:
        if posting.target.place == Place.ALLOCATED:
            returned[posting.target.whole] += posting.amount_cents
    named = {*purposes_named(more), *(key for key in returned if key.earmark in more.earmarks)}
    balances = balances_of(more, sorted(named, key=lambda key: key.earmark))
    there = {key: cents + returned[key] for key, cents in balances.items()}
    opening = missing_before(more)
    return opening, promised(more, there, opening)


def consumed_by(record: Agreed | Changed, planned: Sequence[Posting]) -> int:
    """Authority that booking it would consume (above zero) or release, in cents."""
    after = record.after if isinstance(record, Changed) else record
    if not after.is_granted:
        return 0
    return sum(
        sign * posting.amount_cents
        for posting in planned
        for key, sign in ((posting.target, 1), (posting.source, -1))
        if key.place == Place.AGREED and key.tranche.is_authority
    )


def lacking_by(planned: Sequence[Posting]) -> int:
    """What would be uncovered (above zero), or no longer, in cents."""
    return sum(
        sign * posting.amount_cents
        for posting in planned
        for key, sign in ((posting.source, 1), (posting.target, -1))
        if key.place == Place.UNCOVERED and posting.code != EntryCode.OPENING
    )
