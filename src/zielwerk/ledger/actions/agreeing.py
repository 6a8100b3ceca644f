"""Booking an agreement that was concluded: from allocated to agreed in the planning book."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.booking import hold, reach, record_facts, record_opening
from zielwerk.ledger.actions.postings import Agreed, Posting, in_commitments
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.rulebook import planning
from zielwerk.rulebook.planning import Fund


@action("ledger.record")
def record_agreed(actor: Actor, agreed: Agreed, *, at: datetime) -> list[Transfer]:
    """Book an agreement that was concluded: from allocated to agreed in the planning book.

    An agreement names one total. It takes what was allocated without a purpose first, then
    what is meant for one (Zweckbindung), in the order of the purposes' codes; money keeps its
    purpose. Where nothing was ever allocated to this body for this year, the allocation must
    have come before these books: an opening entry over the whole amount replaces it. Where
    something was allocated but too little, what is missing is uncovered: then the books do
    know of the allocation, and the gap is real.
    """
    fund = Fund(agreed.programme, agreed.programme_year)
    general = AccountKey.planning(fund, Place.ALLOCATED, agreed.ags)
    earmarked: list[AccountKey] = []
    while True:  # what was allocated while this waited must be held too
        hold([replace(general, place=Place.OPENING), *reach(_promised(agreed, general, earmarked))])
        allocated = queries.allocated_for_purposes(
            agreed.programme, agreed.programme_year, agreed.ags
        )
        if set(allocated) <= set(earmarked):
            break
        earmarked = allocated
    opening = []
    if not queries.is_anything_allocated(agreed.programme, agreed.programme_year, agreed.ags):
        missing = _fact(agreed, replace(general, place=Place.OPENING), general, agreed.amount_cents)
        opening = record_opening(actor, missing, at=at)
    balances = queries.balances([general, *earmarked])
    shared = planning.promises(list(balances.items()), agreed.wants)
    facts = [
        _fact(agreed, key, _agreed(key, measure), cents) for key, measure, cents in shared if cents
    ]
    return opening + record_facts(actor, [*facts, *_granted(agreed, facts)], at=at)


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
    return Posting(source, target, cents, EntryCode.AGREEMENT, agreed.value_date, agreed.case)


def _agreed(key: AccountKey, measure: str) -> AccountKey:
    return replace(key, place=Place.AGREED, measure=measure)
