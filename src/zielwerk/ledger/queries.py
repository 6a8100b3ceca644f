"""Reads of the books, and the proof that they are true."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import Account, AccountDay, AccountKey, Book, Place, Transfer
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Selection:
    """Which part of the books is looked at; what is not given is not restricted."""

    programme: str = ""
    programme_year: int | None = None
    ags: str = ""
    book: str = ""
    place: str = ""
    case: str = ""


@dataclass(frozen=True)
class Standing:
    """What is in one place of one book, in cents."""

    book: Book
    place: Place
    balance_cents: Cents


EVERYTHING = Selection()


def balance(
    key: AccountKey, *, counted_on: date | None = None, known_on: date | None = None
) -> Cents:
    """The balance of an account in cents; 0 for one that nobody opened.

    ``counted_on`` leaves out what counts from later days, ``known_on`` what was recorded on
    later days; None restricts nothing.
    """
    if counted_on is None and known_on is None:
        found = Account.objects.filter(**asdict(key)).values_list("balance_cents", flat=True)
        return Cents(found.first() or 0)
    days = AccountDay.objects.filter(account__in=Account.objects.filter(**asdict(key)))
    total = days.filter(_until(counted_on, known_on)).aggregate(total=Sum("net_cents"))["total"]
    return Cents(total or 0)


def places(
    user: Actor,
    chosen: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[Standing]:
    """Where each euro is: the places of the books in their order, one query.

    Whoever acts for one body sees that body's money only. ``chosen.case`` has no meaning
    here, since money in a place is of no one case.
    """
    found: Iterable[tuple[str, str, int]]
    if counted_on is None and known_on is None:
        accounts = Account.objects.filter(_of_account("", user, chosen)).order_by()
        found = accounts.values_list("book", "place").annotate(Sum("balance_cents"))
    else:
        days = AccountDay.objects.filter(
            _of_account("account__", user, chosen), _until(counted_on, known_on)
        ).order_by()
        found = days.values_list("account__book", "account__place").annotate(Sum("net_cents"))
    books, spots = list(Book), list(Place)
    standings = [Standing(Book(b), Place(p), Cents(cents)) for b, p, cents in found]
    return sorted(standings, key=lambda row: (books.index(row.book), spots.index(row.place)))


def transfers(
    user: Actor,
    chosen: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> QuerySet[Transfer]:
    """The transfers behind the places, newest first: who, when, why, for which case.

    Accounts and reversal come with each transfer, so a page of any size is one query.
    """
    touches = _of_account("source__", user, chosen) | _of_account("target__", user, chosen)
    found = Transfer.objects.filter(touches, _until(counted_on, known_on))
    if chosen.case:
        found = found.filter(case=chosen.case)
    return found.select_related("source", "target", "reversed_by").order_by("-pk")


def _of_account(prefix: str, user: Actor, chosen: Selection) -> Q:
    wanted = {
        "programme": chosen.programme,
        "ags": chosen.ags,
        "book": chosen.book,
        "place": chosen.place,
    }
    found = Q(**{prefix + name: value for name, value in wanted.items() if value})
    if chosen.programme_year is not None:
        found &= Q(**{f"{prefix}programme_year": chosen.programme_year})
    # `found` names what was asked for; the person's own perimeter always comes on top.
    return found & Q(**{f"{prefix}ags": user.ags}) if user.ags else found


def _until(counted_on: date | None, known_on: date | None) -> Q:
    found = Q()
    if counted_on is not None:
        found &= Q(value_date__lte=counted_on)
    if known_on is not None:
        found &= Q(recorded_on__lte=known_on)
    return found


def accounts(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts that are open among these, in one query."""
    wanted = reduce(or_, (Q(**asdict(key)) for key in keys))
    return {account.key: account for account in Account.objects.filter(wanted)}


def locked(found: Iterable[Account]) -> dict[AccountKey, Account]:
    """These accounts as they stand now, held until the transaction ends.

    Taken in the order in which the booking trigger takes them, so nobody waits in a circle.
    """
    numbers = {account.pk for account in found}
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    return {account.key: account for account in rows}


def allocation_stands(programme: str, programme_year: int, ags: str) -> bool:
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


def described(key: AccountKey) -> tuple[object, ...]:
    """An account as people name it: its place, then what narrows it down."""
    narrowed = [getattr(key, name) for name in list(asdict(key))[2:]]
    return (Label(key.place.label), *(str(value) for value in narrowed if value))


MOVED = """SELECT target_id AS account_id, value_date, recorded_on, amount_cents AS net_cents
    FROM ledger_transfer UNION ALL
    SELECT source_id, value_date, recorded_on, -amount_cents FROM ledger_transfer"""

# Rule, sentence, and the query whose rows break it; its columns are the sentence's slots.
INVARIANTS = (
    (
        "ledger.book_sum",
        msg("Das Buch „{book}“ geht nicht auf: Die Summe aller Orte ist {sum_cents} statt null."),
        """SELECT book, sum(balance_cents) AS sum_cents FROM ledger_account
        GROUP BY book HAVING sum(balance_cents) <> 0 ORDER BY book""",
    ),
    (
        "ledger.balance",
        msg("Konto {account}: Der Stand ist {balance_cents}, die Buchungen ergeben {moved_cents}."),
        f"""SELECT a.id AS account, a.balance_cents, coalesce(m.moved, 0) AS moved_cents
        FROM ledger_account a LEFT JOIN
          (SELECT account_id, sum(net_cents) AS moved FROM ({MOVED}) e GROUP BY account_id) m
          ON m.account_id = a.id
        WHERE a.balance_cents <> coalesce(m.moved, 0) ORDER BY a.id""",  # noqa: S608 - our own names
    ),
    (
        "ledger.day",
        msg("Konto {account}: Der Tagesstand zum {value_date} weicht um {off_cents} ab."),
        f"""SELECT account_id AS account, value_date, sum(net_cents) AS off_cents FROM
          ({MOVED} UNION ALL
          SELECT account_id, value_date, recorded_on, -net_cents FROM ledger_accountday) e
        GROUP BY account_id, value_date, recorded_on HAVING sum(net_cents) <> 0
        ORDER BY account_id, value_date, recorded_on""",  # noqa: S608 - our own names
    ),
    (
        "ledger.last_transfer",
        msg("Konto {account} nennt als letzte Buchung {named}; die gehört nicht zu ihm."),
        # Writers at the same time take their numbers before they take their turn, so the
        # last that was booked need not have the highest number.
        """SELECT a.id AS account, a.last_transfer AS named FROM ledger_account a
        LEFT JOIN ledger_transfer t
          ON t.id = a.last_transfer AND (t.source_id = a.id OR t.target_id = a.id)
        WHERE t.id IS NULL AND (a.last_transfer <> 0 OR a.balance_cents <> 0) ORDER BY a.id""",
    ),
    (
        "ledger.overdrawn",
        msg("Konto {account} steht bei {balance_cents}; das darf dieses Konto nicht."),
        """SELECT id AS account, balance_cents FROM ledger_account
        WHERE guarded AND balance_cents < 0 OR place = 'uncovered' AND balance_cents > 0
          OR NOT guarded AND place NOT IN ('outside', 'opening', 'uncovered')
        ORDER BY id""",
    ),
    (
        "ledger.across_books",
        msg("Buchung {transfer} geht von einem Buch in ein anderes oder zwischen Körperschaften."),
        """SELECT t.id AS transfer FROM ledger_transfer t
        JOIN ledger_account a ON a.id = t.source_id JOIN ledger_account b ON b.id = t.target_id
        WHERE a.book <> b.book OR a.ags <> '' AND b.ags <> '' AND a.ags <> b.ags
        ORDER BY t.id""",
    ),
    (
        "ledger.reversal",
        msg("Buchung {transfer} ist kein Spiegelbild der Buchung {original}, die sie storniert."),
        """SELECT r.id AS transfer, o.id AS original
        FROM ledger_transfer r JOIN ledger_transfer o ON o.id = r.reverses_id
        WHERE o.source_id <> r.target_id OR o.target_id <> r.source_id
          OR o.amount_cents <> r.amount_cents OR o.value_date <> r.value_date
          OR o.reverses_id IS NOT NULL OR o.actor = r.actor
        ORDER BY r.id""",
    ),
)


def faults() -> Iterator[Refusal]:
    """Yield every breach of what the books promise; nothing means they are true."""
    for rule, sentence, query in INVARIANTS:
        with connection.cursor() as cursor:
            cursor.execute(query)
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(500):
                for row in rows:
                    said = zip(names, row, strict=True)
                    yield Refusal(rule, sentence, {name: _shown(name, cell) for name, cell in said})


def _shown(name: str, value: object) -> object:
    """A column as a sentence's slot; engines give sums and dates in different types."""
    if name.endswith("_cents"):
        return Cents(value)  # type: ignore[call-overload]
    if name.endswith("_date"):
        return date.fromisoformat(str(value))
    return Label(Book(str(value)).label) if name == "book" else value


def extent() -> tuple[int, int]:
    """How many transfers and how many accounts there are."""
    return Transfer.objects.count(), Account.objects.count()
