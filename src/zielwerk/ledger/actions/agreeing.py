"""Booking an agreement that was concluded: from allocated to agreed in the planning book."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.booking import hold, reach, record_facts, record_opening
from zielwerk.ledger.actions.consuming import authority_of, consume
from zielwerk.ledger.actions.postings import Agreed, Posting, in_commitments
from zielwerk.ledger.actions.spreading import following
from zielwerk.ledger.models import AccountKey, Place, Transfer
from zielwerk.rulebook import planning


@action("ledger.record")
def record_agreed(actor: Actor, agreed: Agreed, *, at: datetime) -> list[Transfer]:
    """Book an agreement that was concluded: from allocated to agreed in the planning book.

    An agreement names one total. It takes what was allocated without a purpose and what is meant
    for a purpose (Zweckbindung) that it names, in the order of the purposes' codes; which of both
    comes first the programme says. Money keeps its purpose and its tranche; what is meant for a
    purpose that the agreement does not name stays allocated. Where nothing was ever allocated to
    this body for this year, the allocation must have come before these books: an opening entry
    over the whole amount replaces it. Where something was allocated but too little, what is
    missing is uncovered, at the money without a purpose: then the books do know of the
    allocation, and the gap is real. What a notice grants is committed, and consumes authority.
    """
    general = AccountKey.planning(agreed.fund, Place.ALLOCATED, agreed.ags)
    earmarked: list[AccountKey] = []
    while True:  # what was allocated while this waited must be held too
        reached = reach(_promised(agreed, general, earmarked))
        hold([replace(general, place=Place.OPENING), *reached, *authority_of(agreed)])
        named = purposes_named(agreed)
        if set(named) <= set(earmarked):
            break
        earmarked = named
    balances = balances_of(agreed, earmarked)
    opening = missing_before(agreed)
    booked = record_opening(actor, opening, at=at) if opening else []
    facts = following(promised(agreed, balances, opening))
    booked += record_facts(actor, [*facts, *_granted(agreed, facts)], at=at)
    return booked + consume(actor, agreed, booked, at=at)


def purposes_named(agreed: Agreed) -> list[AccountKey]:
    """Where something is allocated for a purpose that the agreement names, in their order."""
    allocated = queries.allocated_for_purposes(agreed.programme, agreed.programme_year, agreed.ags)
    return [key for key in allocated if key.earmark in agreed.earmarks]


def balances_of(agreed: Agreed, earmarked: Sequence[AccountKey]) -> dict[AccountKey, int]:
    """What the agreement may draw on, in its order, with the cents there."""
    general = AccountKey.planning(agreed.fund, Place.ALLOCATED, agreed.ags)
    return queries.whole_balances(agreed.in_order(general, earmarked))


def missing_before(agreed: Agreed) -> Posting | None:
    """The allocation that must have come before these books; None where they know of one."""
    if queries.is_anything_allocated(agreed.programme, agreed.programme_year, agreed.ags):
        return None
    general = AccountKey.planning(agreed.fund, Place.ALLOCATED, agreed.ags)
    return _fact(agreed, replace(general, place=Place.OPENING), general, agreed.amount_cents)


def promised(
    agreed: Agreed, balances: dict[AccountKey, int], opening: Posting | None = None
) -> list[Posting]:
    """From which of these places each recipient gets its money, once what was missing is there."""
    general = AccountKey.planning(agreed.fund, Place.ALLOCATED, agreed.ags)
    if opening:
        balances = {**balances, general: balances[general] + opening.amount_cents}
    shared = planning.promises(list(balances.items()), agreed.wants, beyond=general)
    return [_fact(agreed, key, _agreed(key, to), cents) for key, to, cents in shared if cents]


def _promised(agreed: Agreed, general: AccountKey, earmarked: list[AccountKey]) -> list[Posting]:
    """Every posting that recording it may come to, for what has to be held."""
    facts = [
        _fact(agreed, key, _agreed(key, measure), cents)
        for key in (general, *earmarked)
        for measure, cents in agreed.wants
    ]
    return [*facts, *_granted(agreed, facts)]


def _granted(agreed: Agreed, facts: Iterable[Posting]) -> list[Posting]:
    """What is committed by a notice, beside what it moves in the planning book."""
    if not agreed.is_granted:
        return []
    return [in_commitments(fact, fact.target.committed, fact.amount_cents) for fact in facts]


def _fact(agreed: Agreed, source: AccountKey, target: AccountKey, cents: int) -> Posting:
    return Posting(source, target, cents, agreed.code, agreed.value_date, agreed.case)


def _agreed(key: AccountKey, measure: str) -> AccountKey:
    return replace(key, place=Place.AGREED, measure=measure)
