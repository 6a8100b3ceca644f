"""Moving money: decisions, which may be refused, and facts, which never are.

Every verb first opens the accounts it needs, then locks them where it locks at all, in one
order for all. Several postings that belong together are handed over together: a
transaction that calls these verbs one after the other may wait in a circle with another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.models import (
    COUNTER_PLACES,
    Account,
    AccountKey,
    Book,
    EntryCode,
    Place,
    Transfer,
)
from zielwerk.ledger.models.guards import BETWEEN_BODIES, REVERSED_ALREADY
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Posting:
    """Money that is to move from one account to another of the same book.

    ``amount_cents`` is above zero, ``value_date`` the day it counts from, ``case`` the file
    number of what it is done for. Raises ``ValueError`` for what no person can mean.
    """

    source: AccountKey
    target: AccountKey
    amount_cents: int
    code: EntryCode
    value_date: date
    case: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.source == self.target or self.source.book != self.target.book:
            raise ValueError("a posting moves money between two accounts of one book")
        if self.amount_cents <= 0 or not self.case:
            raise ValueError("a posting has an amount above zero and a file number")


@dataclass(frozen=True)
class Agreed:
    """What a body and the ministry agreed for a programme year."""

    programme: str
    programme_year: int
    ags: str
    amount_cents: int
    value_date: date
    case: str


@action("ledger.post")
def post(
    actor: Actor, nothing: None, postings: Sequence[Posting], *, at: datetime
) -> list[Transfer]:
    """Book a decision, all of its postings or none.

    Refused where an account has too little (``ledger.insufficient``). The balances are read
    without a lock to say so; where two decisions race for the same money, the database
    decides. Several postings at once are locked first, lest they wait for one another.
    """
    accounts = _opened(_touched(postings))
    if len(postings) > 1:
        accounts = queries.locked(accounts.values())
    free = {key: account.balance_cents for key, account in accounts.items()}
    for posting in postings:
        if accounts[posting.source].guarded and free[posting.source] < posting.amount_cents:
            raise Refused(_insufficient(posting.source, free[posting.source], posting.amount_cents))
        free[posting.source] -= posting.amount_cents
        free[posting.target] += posting.amount_cents
    return [_book(actor, accounts, posting, at) for posting in postings]


@action("ledger.record")
def record_fact(actor: Actor, nothing: None, fact: Posting, *, at: datetime) -> list[Transfer]:
    """Book what happened, whether or not the money is there; never refused for want of it.

    What the source has comes from the source; the rest comes from *uncovered*, where it
    shows below zero until somebody resolves it by a decision.
    """
    if fact.target.place == Place.UNCOVERED:
        raise ValueError("covering what is uncovered is a decision, not a fact")
    uncovered = replace(fact.source, place=Place.UNCOVERED)
    accounts = queries.locked(_opened([*_touched([fact]), uncovered]).values())
    source = accounts[fact.source]
    there = min(source.balance_cents, fact.amount_cents) if source.guarded else fact.amount_cents
    parts = [(fact.source, there), (uncovered, fact.amount_cents - there)]
    return [
        _book(actor, accounts, replace(fact, source=key, amount_cents=cents), at)
        for key, cents in parts
        if cents
    ]


@action("ledger.record")
def record_opening(
    actor: Actor, nothing: None, opening: Posting, *, at: datetime
) -> list[Transfer]:
    """Book what must have come in earlier but was never recorded, labelled as such."""
    source = replace(opening.target, place=Place.OPENING)
    entry = replace(opening, source=source, code=EntryCode.OPENING)
    return [_book(actor, _opened(_touched([entry])), entry, at)]


@action("ledger.record")
def record_agreed(actor: Actor, nothing: None, agreed: Agreed, *, at: datetime) -> list[Transfer]:
    """Book an agreement that was concluded: from allocated to agreed in the planning book.

    Where nothing was ever allocated to this body for this year, the allocation must have
    come before these books: an opening entry over the whole amount stands for it. Where
    something was allocated but too little, what is missing is uncovered: then the books do
    know of the allocation, and the gap is real.
    """
    allocated = AccountKey(
        Book.PLANNING,
        Place.ALLOCATED,
        programme=agreed.programme,
        programme_year=agreed.programme_year,
        ags=agreed.ags,
    )
    fact = Posting(
        source=allocated,
        target=replace(allocated, place=Place.AGREED),
        amount_cents=agreed.amount_cents,
        code=EntryCode.AGREEMENT,
        value_date=agreed.value_date,
        case=agreed.case,
    )
    counter = [replace(allocated, place=place) for place in (Place.OPENING, Place.UNCOVERED)]
    queries.locked(_opened([*_touched([fact]), *counter]).values())
    opening = []
    if not queries.allocation_stands(agreed.programme, agreed.programme_year, agreed.ags):
        missing = replace(fact, source=counter[0], target=allocated)
        opening = record_opening(actor, None, missing, at=at)
    return opening + record_fact(actor, None, fact, at=at)


@action("ledger.reverse")
def reverse(actor: Actor, transfer: Transfer, reason: str, *, at: datetime) -> Transfer:
    """Undo a clerical error by its mirror, which counts from the same day as the original.

    Once only, by somebody else than who booked it, and only while the money is still where
    the error brought it. What was decided anew is posted anew, not reversed.
    """
    if not reason.strip():
        raise Refused(NO_REASON)
    if transfer.reverses_id is not None:
        raise Refused(IS_REVERSAL)
    accounts = queries.locked([transfer.source, transfer.target])
    if Transfer.objects.filter(reverses=transfer).exists():
        raise Refused(REVERSED_ALREADY)
    mirror = Posting(
        source=transfer.target.key,
        target=transfer.source.key,
        amount_cents=transfer.amount_cents,
        code=EntryCode.REVERSAL,
        value_date=transfer.value_date,
        case=transfer.case,
        reason=reason.strip(),
    )
    source = accounts[mirror.source]
    if source.guarded and source.balance_cents < mirror.amount_cents:
        raise Refused(_insufficient(mirror.source, source.balance_cents, mirror.amount_cents))
    return _book(actor, accounts, mirror, at, reverses=transfer)


NO_REASON = Refusal("ledger.no_reason", msg("Eine Stornobuchung braucht eine Begründung."))
IS_REVERSAL = Refusal(
    "ledger.is_reversal",
    msg("Eine Stornobuchung wird nicht storniert; buchen Sie den Vorgang neu."),
)


def _insufficient(key: AccountKey, available: int, needed: int) -> Refusal:
    return Refusal(
        "ledger.insufficient",
        msg("Auf {account} sind {available} frei, gebraucht werden {needed}."),
        {
            "account": queries.described(key),
            "available": Cents(available),
            "needed": Cents(needed),
        },
    )


def _touched(postings: Iterable[Posting]) -> list[AccountKey]:
    return [key for posting in postings for key in (posting.source, posting.target)]


def _opened(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts of these keys; those that nobody used before are opened empty.

    Two who open the same account at once both find it; both vouch for it in the chain.
    """
    wanted = sorted(set(keys))
    found = queries.accounts(wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        Account.objects.bulk_create(map(_empty, missing), ignore_conflicts=True)
        opened = queries.accounts(missing)
        seal(*opened.values())
        found |= opened
    return found


def _empty(key: AccountKey) -> Account:
    return Account(**asdict(key), guarded=key.place not in COUNTER_PLACES)


def _book(
    actor: Actor,
    accounts: dict[AccountKey, Account],
    posting: Posting,
    at: datetime,
    reverses: Transfer | None = None,
) -> Transfer:
    """Insert one transfer; the database books it."""
    bodies = {posting.source.ags, posting.target.ags} - {""}
    if len(bodies) > 1:
        raise Refused(BETWEEN_BODIES)
    transfer = Transfer(
        source=accounts[posting.source],
        target=accounts[posting.target],
        amount_cents=posting.amount_cents,
        code=posting.code,
        value_date=posting.value_date,
        recorded_at=at,
        recorded_on=timezone.localdate(at),
        case=posting.case,
        reason=posting.reason,
        actor=actor.audit_name,
        reverses=reverses,
    )
    insert(transfer)
    seal(transfer)
    return transfer


_COLUMNS = [field for field in Transfer._meta.concrete_fields if not field.primary_key]
_NAMES = ", ".join(f'"{column.column}"' for column in _COLUMNS)
_SLOTS = ", ".join("%s" for _ in _COLUMNS)
_INSERT = f"INSERT INTO ledger_transfer ({_NAMES}) VALUES ({_SLOTS}) RETURNING id"  # noqa: S608


def insert(transfer: Transfer) -> None:
    """Insert one transfer, by a statement written once.

    From here on the two accounts are held and others who move the same money wait, so this
    does without what saving a model does besides.
    """
    with connection.cursor() as cursor:
        values = [
            column.get_db_prep_save(getattr(transfer, column.attname), connection)
            for column in _COLUMNS
        ]
        cursor.execute(_INSERT, values)
        (transfer.pk,) = cursor.fetchone()
    transfer._state.adding = False
