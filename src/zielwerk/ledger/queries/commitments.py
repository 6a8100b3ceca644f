"""What is committed to bodies by notices, and what of their money is not."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from zielwerk.ledger.models import Account, AccountKey, Book, Place
from zielwerk.rulebook.grant.cover import Pot

GIVEN = (Place.ALLOCATED, Place.AGREED)
Body = tuple[str, int, str]
"""A programme, a programme year, and the key of a body."""


def committed(programme: str, programme_year: int, ags: str) -> dict[AccountKey, int]:
    """What is committed to a body, in cents by account; one query."""
    rows = _of(Q(book=Book.COMMITMENT, place=Place.COMMITTED), programme, programme_year, ags)
    return {account.key: account.balance_cents for account in rows}


def uncommitted(programme: str, programme_year: int, ags: str) -> dict[Pot, int]:
    """What a body was given and no notice has committed, in cents by purpose and tranche.

    What is uncovered in planning is not there to be committed. One query.
    """
    given = Q(book=Book.PLANNING, place__in=(*GIVEN, Place.UNCOVERED))
    bound = Q(book=Book.COMMITMENT, place=Place.COMMITTED)
    free: dict[Pot, int] = defaultdict(int)
    for account in _of(given | bound, programme, programme_year, ags):
        key, sign = account.key, -1 if account.book == Book.COMMITMENT else 1
        free[key.earmark, key.tranche] += sign * account.balance_cents
    return dict(free)


def behind_commitments(bodies: Iterable[Body]) -> list[tuple[AccountKey, int]]:
    """What bodies that have any commitment were given, what is committed, and what is uncovered.

    One query where none has any, else two.
    """
    wanted = set(bodies)
    narrow = {
        "programme__in": {programme for programme, _, _ in wanted},
        "programme_year__in": {year for _, year, _ in wanted},
        "ags__in": {ags for _, _, ags in wanted},
    }
    places = (Place.COMMITTED, Place.UNCOVERED)
    bound = Account.objects.filter(book=Book.COMMITMENT, place__in=places, **narrow)
    rows = [account for account in bound.order_by("pk") if _body(account) in wanted]
    if not rows:
        return []
    given = Account.objects.filter(book=Book.PLANNING, place__in=GIVEN, **narrow)
    having = {_body(account) for account in rows}
    rows += [account for account in given.order_by("pk") if _body(account) in having]
    return [(account.key, account.balance_cents) for account in rows]


def _body(account: Account) -> Body:
    return account.programme, account.programme_year, account.ags


def _of(accounts: Q, programme: str, programme_year: int, ags: str) -> Iterable[Account]:
    rows = Account.objects.filter(
        accounts, programme=programme, programme_year=programme_year, ags=ags
    )
    return rows.exclude(balance_cents=0).order_by("pk")
