"""Taking back what was booked by mistake: all of one record, by its mirror, never a part.

What was booked belongs to the record that it was booked for. Its room decides who may take it
back and by how many persons; nothing here is a door of its own.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.booking import book, insufficient, not_yet
from zielwerk.ledger.actions.postings import Posting
from zielwerk.ledger.models import COUNTER_PLACES, AccountKey, EntryCode, Place, Transfer
from zielwerk.ledger.models.guards import RACES, REVERSED_ALREADY
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something

NO_REASON = Refusal("ledger.no_reason", msg("Eine Stornobuchung braucht eine Begründung."))
COVERED_MEANWHILE = RACES["account_covered_once"]


def reverse_case(actor: Actor, case: str, reason: str, *, at: datetime) -> list[Transfer]:
    """Mirror everything that was booked for a case and is not reversed yet, the newest first.

    Each mirror counts from the day of its original. All or nothing: refused where the money is
    no longer where it was brought (``ledger.insufficient``, ``ledger.covered_already``), where
    the actor booked some of it, where nothing is left to reverse. Give it a file number of one
    record, and ask the second person before.
    """
    return _reverse(actor, queries.unreversed(case), reason, at=at)


@action("ledger.reverse")
def _reverse(
    actor: Actor, transfers: Sequence[Transfer], reason: str, *, at: datetime
) -> list[Transfer]:
    if not says_something(reason):
        raise Refused(NO_REASON)
    if not transfers:
        raise Refused(REVERSED_ALREADY)
    accounts = queries.locked(
        account for transfer in transfers for account in (transfer.source, transfer.target)
    )
    if [each.pk for each in queries.unreversed(transfers[0].case)] != [t.pk for t in transfers]:
        raise Refused(REVERSED_ALREADY)  # while this waited for the accounts
    mirrors = [_mirror(transfer, reason.strip()[:500]) for transfer in transfers]
    balances = {key: account.balance_cents for key, account in accounts.items()}
    if refusals := why_not_mirrored(mirrors, balances) or [*not_yet(accounts, mirrors).values()]:
        raise Refused(*refusals)
    return book(actor, accounts, mirrors, at, transfers)


def _mirror(transfer: Transfer, reason: str) -> Posting:
    return Posting(
        source=transfer.target.key,
        target=transfer.source.key,
        amount_cents=transfer.amount_cents,
        code=EntryCode.REVERSAL,
        value_date=transfer.value_date,
        case=transfer.case,
        reason=reason,
    )


def why_no_reversal(case: str) -> list[Refusal]:
    """Why nobody can take back now what was booked for a case: each account that lacks money."""
    transfers = queries.unreversed(case)
    mirrors = [_mirror(transfer, "…") for transfer in transfers]
    if not mirrors:
        return [REVERSED_ALREADY]
    accounts = {
        each.key: each for transfer in transfers for each in (transfer.source, transfer.target)
    }
    balances = {key: account.balance_cents for key, account in accounts.items()}
    return why_not_mirrored(mirrors, balances) or [*not_yet(accounts, mirrors).values()]


def why_not_mirrored(mirrors: Sequence[Posting], balances: dict[AccountKey, int]) -> list[Refusal]:
    """The accounts that these mirrors, one after the other, would leave as no account may be.

    Told is what lies there now, as pages show it, and what is taken away of it: by all of them
    together, or by those up to the one for which it is not there.
    """
    free, refusals = dict(balances), dict[AccountKey, Refusal]()
    taken: dict[AccountKey, int] = defaultdict(int)
    for mirror in mirrors:
        taken[mirror.source] += mirror.amount_cents
        taken[mirror.target] -= mirror.amount_cents
    for mirror in mirrors:
        source, target, cents = mirror.source, mirror.target, mirror.amount_cents
        if source.place not in COUNTER_PLACES and free[source] < cents:
            until_here = balances[source] - free[source] + cents
            lacks_in_all = taken[source] > balances[source]
            needed = taken[source] if lacks_in_all else until_here
            refusals.setdefault(source, insufficient(source, balances[source], needed))
        free[source] -= cents
        free[target] += cents
        if target.place == Place.UNCOVERED and free[target] > 0:
            refusals.setdefault(target, COVERED_MEANWHILE)
    return list(refusals.values())
