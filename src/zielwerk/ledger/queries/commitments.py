"""What is committed to bodies by notices, and what of their money is not."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from django.db.models import Q

from zielwerk.ledger.models import Account, AccountKey, Book, Place
from zielwerk.rulebook.grant.cover import Pot

GIVEN = (Place.ALLOCATED, Place.AGREED)
Body = tuple[str, int, str]
"""A programme, a programme year, and the key of a body."""


def committed(programme: str, programme_year: int, ags: str) -> dict[AccountKey, int]:
    """What is committed to a body, in cents by account; one query."""
    committed_to = Q(book=Book.COMMITMENT, place=Place.COMMITTED)
    rows = _of({(programme, programme_year, ags)}, committed_to)
    return {account.key: account.balance_cents for account in rows if account.balance_cents}


def uncommitted(programme: str, programme_year: int, ags: str) -> dict[Pot, int]:
    """What a body was given and no notice has committed, in cents by purpose and tranche.

    What is uncovered in planning is not there to be committed. One query.
    """
    body = (programme, programme_year, ags)
    return uncommitted_of([body])[body]


def uncommitted_of(bodies: Iterable[Body]) -> dict[Body, dict[Pot, int]]:
    """The same of many bodies; one query for all of them."""
    given = Q(book=Book.PLANNING, place__in=(*GIVEN, Place.UNCOVERED))
    bound = Q(book=Book.COMMITMENT, place=Place.COMMITTED)
    free: dict[Body, dict[Pot, int]] = {body: {} for body in bodies}
    for account in _of(free.keys(), given | bound):
        key, sign = account.key, -1 if account.book == Book.COMMITMENT else 1
        own, pot = free[_body(account)], (key.earmark, key.tranche)
        if account.balance_cents:
            own[pot] = own.get(pot, 0) + sign * account.balance_cents
    return free


def behind_commitments(bodies: Iterable[Body]) -> list[tuple[AccountKey, int]]:
    """What bodies that have any commitment were given, what is committed, and what is uncovered.

    One query where none has any, else two.
    """
    places = (Place.COMMITTED, Place.UNCOVERED)
    rows = _of(set(bodies), Q(book=Book.COMMITMENT, place__in=places))
    if not rows:
        return []
    having = {_body(account) for account in rows}
    rows += _of(having, Q(book=Book.PLANNING, place__in=GIVEN))
    return [(account.key, account.balance_cents) for account in rows]


def _of(bodies: AbstractSet[Body], accounts: Q) -> list[Account]:
    """Such accounts of some bodies; one query."""
    rows = Account.objects.filter(
        accounts,
        programme__in={programme for programme, _, _ in bodies},
        programme_year__in={year for _, year, _ in bodies},
        ags__in={ags for _, _, ags in bodies},
    )
    return [account for account in rows.order_by("pk") if _body(account) in bodies]


def _body(account: Account) -> Body:
    return account.programme, account.programme_year, account.ags
