"""What a notice commits for later years consumes the authority that permits it.

An agreement commits nothing; a notice does. Of what it commits, the part that falls due in a later
year uses commitment authority (Verpflichtungsermächtigung): from then on it is entered into and
does not lapse at the year's end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from django.utils.timezone import localdate

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.booking import book
from zielwerk.ledger.actions.postings import Committing, Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.rulebook.budget import draw
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import Tranche

Committed: TypeAlias = Mapping[tuple[Fund, Tranche], int]
TOUCHED = (Place.PERMITTED, Place.CONSUMED, Place.UNCOVERED, Place.LAPSED)


def authority_of(agreed: Committing) -> list[AccountKey]:
    """The accounts of authority that a notice may touch, to be held with its others."""
    if not agreed.is_granted:
        return []
    known = queries.authority(agreed.programme, agreed.programme_year)
    return sorted({replace(key, place=place) for key in known for place in TOUCHED})


@action("ledger.record")
def consume(
    actor: Actor, agreed: Committing, booked: Sequence[Transfer], *, at: datetime
) -> list[Transfer]:
    """Book what the transfers of a notice commit, or release, of authority for later years.

    Which budget line permits it no rule says; assumed is the order of the lines. What none permits
    is uncovered there. What is released is permitted again, or has lapsed where the year of its
    budget is over. The accounts of :func:`authority_of` are held before.
    """
    committed = {key: cents for key, cents in _committed(booked).items() if key[1].is_authority}
    if not any(committed.values()):
        return []
    balances = queries.authority(agreed.programme, agreed.programme_year)
    postings = [
        posting
        for (fund, tranche), cents in committed.items()
        for posting in _postings(agreed, _lines(balances, fund, tranche), balances, cents, at)
    ]
    if not postings:
        return []
    touched = {key for posting in postings for key in (posting.source, posting.target)}
    return book(actor, queries.accounts(touched), postings, at)


def _committed(booked: Iterable[Transfer]) -> Committed:
    """What transfers commit (above zero) or release, by fund and tranche."""
    sums: dict[tuple[Fund, Tranche], int] = defaultdict(int)
    for transfer in booked:
        for account, sign in ((transfer.target, 1), (transfer.source, -1)):
            if account.book == Book.COMMITMENT and account.place == Place.COMMITTED:
                key = account.key
                sums[key.fund, key.tranche] += sign * transfer.amount_cents
    return sums


def _lines(balances: Iterable[AccountKey], fund: Fund, tranche: Tranche) -> list[AccountKey]:
    """Where the budget permits a tranche of a fund, in the order of its lines."""
    same = (key for key in balances if (key.fund, key.tranche) == (fund, tranche))
    return sorted({replace(key, place=Place.PERMITTED) for key in same})


def _postings(
    agreed: Committing,
    lines: Sequence[AccountKey],
    balances: Mapping[AccountKey, int],
    cents: int,
    at: datetime,
) -> Iterator[Posting]:
    def posting(line: AccountKey, source: Place, target: Place, part: int) -> Posting:
        ends = (replace(line, place=source), replace(line, place=target))
        code = EntryCode.CONSUMPTION if target == Place.CONSUMED else EntryCode.AMENDMENT
        return Posting(*ends, part, code, agreed.value_date, agreed.case)

    def there(line: AccountKey, place: Place) -> int:
        return balances.get(replace(line, place=place), 0)

    if cents > 0:
        parts, gap_cents = draw([(line, there(line, Place.PERMITTED)) for line in lines], cents)
        for line, part in parts:
            if part:
                yield posting(line, Place.PERMITTED, Place.CONSUMED, part)
        if gap_cents and lines:
            yield posting(lines[0], Place.UNCOVERED, Place.CONSUMED, gap_cents)
        return
    parts, _ = draw([(line, there(line, Place.CONSUMED)) for line in reversed(lines)], -cents)
    for line, part in parts:
        covered = min(part, -there(line, Place.UNCOVERED))
        is_over = localdate(at).year > line.budget_year
        back = Place.LAPSED if is_over else Place.PERMITTED
        for place, moved in ((Place.UNCOVERED, covered), (back, part - covered)):
            if moved:
                yield posting(line, Place.CONSUMED, place, moved)
