"""Accounts and their balances, for the verbs and for the rooms above."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery

from zielwerk.ledger.models import Account, AccountDay, AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.ledger.models.tables import IDENTITY
from zielwerk.ledger.queries.labels import Names, names
from zielwerk.rulebook.value_days import DayBalance

AT_ONCE = 1000  # keys in one query; SQLite takes some 32,000 values in all
_NAMES = ", ".join(IDENTITY)
_ROW = f"({', '.join(['%s'] * len(IDENTITY))})"


def accounts(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts that are open among these; one query for up to a thousand keys.

    Compared as whole rows: the databases find those by the index, and a condition made of
    hundreds of single ones is more than SQLite takes.
    """
    ordered = sorted(set(keys))
    parts = (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
    return {account.key: account for part in parts for account in _rows(part)}


def _rows(keys: Sequence[AccountKey]) -> Iterable[Account]:
    cells = [str(cell) if isinstance(cell, str) else cell for key in keys for cell in astuple(key)]
    return Account.objects.raw(
        f"SELECT * FROM ledger_account WHERE ({_NAMES}) IN "  # noqa: S608 - our own names
        f"(VALUES {', '.join([_ROW] * len(keys))})",
        cells,
    )


def locked(accounts: Iterable[Account]) -> dict[AccountKey, Account]:
    """These accounts with their present balances, locked until the transaction ends.

    Taken in the order in which the booking trigger takes them, so nobody waits in a circle.
    """
    numbers = {account.pk for account in accounts}
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    return {account.key: account for account in rows}


def is_anything_allocated(programme: str, programme_year: int, ags: str) -> bool:
    """Whether anything was ever allocated to this body for this year and not reversed.

    Whatever its budget line, source or earmark: money that was allocated under another
    heading is there, and must not be invented a second time.
    """
    return Transfer.objects.filter(
        target__book=Book.PLANNING,
        target__place=Place.ALLOCATED,
        target__programme=programme,
        target__programme_year=programme_year,
        target__ags=ags,
        reverses__isnull=True,
        reversed_by__isnull=True,
    ).exists()


def booked_alike(transfers: Sequence[Transfer], day: date) -> list[str]:
    """File numbers of what was booked on a day and looks like these transfers booked before."""
    first = transfers[0]
    alike = Transfer.objects.filter(
        source=first.source_id,
        target=first.target_id,
        amount_cents=first.amount_cents,
        code=first.code,
        recorded_on=day,
        reversed_by__isnull=True,
    )
    return sorted(set(alike.exclude(case=first.case).values_list("case", flat=True)))


def came_in(**dimensions: object) -> bool:
    """Whether money ever came to an account with these dimensions and was not reversed."""
    return _came_in(dimensions).exists()


def came_in_by(name: str, **dimensions: object) -> set[object]:
    """The values of one dimension for which money ever came in and was not reversed."""
    return set(_came_in(dimensions).values_list(name, flat=True).distinct())


def given_by(code: EntryCode, programme: str, keys: Iterable[str]) -> set[tuple[str, int]]:
    """The (AGS, programme year) for which one of these bodies ever got money for this reason."""
    given = _reached_by(Transfer.objects.filter(code=code))
    accounts = given.filter(book=Book.PLANNING, programme=programme, ags__in=sorted(keys))
    return set(accounts.values_list("ags", "programme_year").distinct())


def moved_by(code: EntryCode, programme: str) -> dict[AccountKey, int]:
    """What came to each account of a body for this reason, less what went, in cents."""
    cents: dict[AccountKey, int] = {}
    books = (Book.PLANNING, Book.COMMITMENT)
    moved = Transfer.objects.filter(code=code, source__book__in=books, source__programme=programme)
    for transfer in moved.select_related("source", "target").order_by():
        for account, sign in ((transfer.target, 1), (transfer.source, -1)):
            cents[account.key] = cents.get(account.key, 0) + sign * transfer.amount_cents
    return cents


def agreed_cents(programme: str, programme_year: int, ags: str) -> int:
    """What this body has as agreed for the year today, over all purposes, in cents."""
    return _planned_cents(Place.AGREED, programme, programme_year, ags)


def allocated_cents(programme: str, programme_year: int, ags: str) -> int:
    """What this body has as allocated and not agreed for the year, over all purposes, in cents."""
    return _planned_cents(Place.ALLOCATED, programme, programme_year, ags)


def _planned_cents(place: Place, programme: str, programme_year: int, ags: str) -> int:
    balances = account_balances(
        book=Book.PLANNING,
        place=place,
        programme=programme,
        programme_year=programme_year,
        ags=ags,
    )
    return sum(cents for _, cents in balances)


def held(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """What is planned for and committed to the bodies of these planning accounts.

    All accounts of their programme years, each tranche and each measure by itself, those that
    are empty too; no query without planning accounts.
    """
    bodies: dict[tuple[str, int], set[str]] = defaultdict(set)
    for key in keys:
        if key.book == Book.PLANNING:
            bodies[key.programme, key.programme_year].add(key.ags)
    if not bodies:
        return {}
    of_bodies = reduce(
        or_,
        (
            Q(programme=programme, programme_year=year, ags__in=sorted(ags))
            for (programme, year), ags in bodies.items()
        ),
    )
    places = Q(book=Book.PLANNING) | Q(book=Book.COMMITMENT, place=Place.COMMITTED)
    accounts = Account.objects.filter(of_bodies, places).order_by("pk")
    return {account.key: account for account in accounts}


def authority(programme: str, programme_year: int) -> dict[AccountKey, int]:
    """The accounts of commitment authority of a programme year, empty ones too; one query."""
    places = (Place.PERMITTED, Place.CONSUMED, Place.UNCOVERED)
    accounts = Account.objects.filter(
        book=Book.AUTHORISATION,
        place__in=places,
        programme=programme,
        programme_year=programme_year,
        due_year__gt=0,
    )
    return {account.key: account.balance_cents for account in accounts.order_by("pk")}


def counting_later(
    day: date, **dimensions: object
) -> list[tuple[AccountKey, int, list[tuple[date, int]]]]:
    """The accounts with these dimensions on which something counts after a day; one query.

    Each with its balance and the later days in order, each with its sum; all in cents.
    """
    accounts = Account.objects.filter(**dimensions)
    days = AccountDay.objects.filter(account__in=accounts, value_date__gt=day)
    days = days.select_related("account").order_by("value_date", "account")
    sums: dict[AccountKey, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    balances: dict[AccountKey, int] = {}
    for row in days:
        key = row.account.key
        balances[key] = row.account.balance_cents
        sums[key][row.value_date] += row.net_cents
    return [(key, balances[key], list(of_days.items())) for key, of_days in sums.items()]


def day_balances(
    accounts: Iterable[Account], days: Mapping[AccountKey, date]
) -> dict[AccountKey, DayBalance]:
    """These accounts with what of them counts after a day, each after its own; one query."""
    held = {account.key: account for account in accounts}
    balances = {key: DayBalance(account.balance_cents) for key, account in held.items()}
    numbers = [account.pk for account in held.values()]
    first = min((days[key] for key in held), default=date.max)
    for key, _, later in counting_later(first, pk__in=numbers):
        balances[key].later = dict(later)
    return balances


def _came_in(dimensions: Mapping[str, object]) -> QuerySet[Account]:
    standing = Transfer.objects.filter(reverses__isnull=True, reversed_by__isnull=True)
    return _reached_by(standing).filter(**dimensions)


def _reached_by(transfers: QuerySet[Transfer]) -> QuerySet[Account]:
    """The accounts to which one of these transfers goes.

    Asked of each account, of which there are few, as a value and not by EXISTS: PostgreSQL
    would make a join of that, and without statistics it joins all transfers ever made.
    """
    one = transfers.filter(target=OuterRef("pk")).order_by().values("pk")[:1]
    return Account.objects.alias(one=Subquery(one)).filter(one__isnull=False).order_by()


def allocated_for_purposes(programme: str, programme_year: int, ags: str) -> list[AccountKey]:
    """Places where something is allocated to this body for a purpose, in order of purpose."""
    accounts = Account.objects.filter(
        book=Book.PLANNING,
        place=Place.ALLOCATED,
        programme=programme,
        programme_year=programme_year,
        ags=ags,
        balance_cents__gt=0,
    ).exclude(earmark="")
    return sorted({account.key.whole for account in accounts}, key=lambda key: key.earmark)


def balances(keys: Iterable[AccountKey]) -> dict[AccountKey, int]:
    """The balance of each account in cents, 0 where nobody opened it; one query."""
    ordered = list(keys)
    opened = accounts(ordered)
    return {key: opened[key].balance_cents if key in opened else 0 for key in ordered}


def whole_balances(wholes: Iterable[AccountKey]) -> dict[AccountKey, int]:
    """The balance of each planning place over all tranches and measures, in cents; one query."""
    sums = dict.fromkeys(wholes, 0)
    for key, account in held(sums).items():
        if key.whole in sums:
            sums[key.whole] += account.balance_cents
    return sums


def account_balances(**dimensions: object) -> list[tuple[AccountKey, int]]:
    """The accounts with these dimensions and a balance other than 0, in cents; one query.

    For rooms above that compute with the books; what people see are :func:`places`.
    """
    return [(account.key, account.balance_cents) for account in accounts_with(**dimensions)]


def accounts_with(**dimensions: object) -> QuerySet[Account]:
    """The accounts with these dimensions and a balance other than 0, in the order of opening."""
    return Account.objects.filter(**dimensions).exclude(balance_cents=0).order_by("pk")


def narrowed(key: AccountKey) -> tuple[str, ...]:
    """The dimensions of an account below its programme and place, by their names for people."""
    labels = names(key.programme) if key.programme else Names()
    dimensions = ((name, getattr(key, name)) for name in IDENTITY[3:])
    return tuple(labels.of(name, value) for name, value in dimensions if value)
