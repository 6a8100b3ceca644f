"""Moving money: decisions, which may be refused, and facts, which never are.

Every verb first opens the accounts it needs, then locks them where it locks at all, in one
order for all. Several postings that belong together are handed over together: a
transaction that calls these verbs one after the other may wait in a circle with another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import connection
from django.utils import timezone

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.at_once import insert_covered
from zielwerk.ledger.actions.postings import Agreed, Posting, following, in_commitments
from zielwerk.ledger.models import (
    COUNTER_PLACES,
    Account,
    AccountKey,
    EntryCode,
    Place,
    Transfer,
)
from zielwerk.ledger.models.guards import BETWEEN_BODIES, REVERSED_ALREADY, is_between_bodies
from zielwerk.rulebook import planning
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@action("ledger.post")
def post(actor: Actor, postings: Sequence[Posting], *, at: datetime) -> list[Transfer]:
    """Book a decision, all of its postings or none.

    Refused where an account has too little (``ledger.insufficient``). The balances are read
    without a lock to say so; where two decisions race for the same money, the database
    decides. Several postings at once are locked first, lest they wait for one another.
    Agreed money is taken as :func:`following` says.
    """
    postings = following(postings)
    if len(postings) == 1 and (booked := _book_covered(actor, postings[0], at)):
        return [booked]
    accounts = _opened(_touched(postings))
    if len(postings) > 1:
        accounts = queries.locked(accounts.values())
    free = {key: account.balance_cents for key, account in accounts.items()}
    for posting in postings:
        if accounts[posting.source].guarded and free[posting.source] < posting.amount_cents:
            raise Refused(_insufficient(posting.source, free[posting.source], posting.amount_cents))
        free[posting.source] -= posting.amount_cents
        free[posting.target] += posting.amount_cents
    return _book(actor, accounts, postings, at)


@action("ledger.record")
def record_facts(actor: Actor, facts: Sequence[Posting], *, at: datetime) -> list[Transfer]:
    """Book what happened, whether or not the money is there; never refused for want of it.

    What a source has comes from the source; the rest comes from *uncovered*, where it shows
    below zero until somebody resolves it by a decision. Facts count one after the other.
    """
    if any(fact.target.place == Place.UNCOVERED for fact in facts):
        raise ValueError("covering what is uncovered is a decision, not a fact")
    accounts = _held(reach(facts))
    balances = {key: account.balance_cents for key, account in accounts.items()}
    covered_facts = []
    for fact in facts:
        cents = fact.amount_cents
        covered = min(balances[fact.source], cents) if accounts[fact.source].guarded else cents
        balances[fact.source] -= covered
        balances[fact.target] += cents
        parts = [(fact.source, covered), (_uncovered(fact.source), cents - covered)]
        covered_facts += [
            replace(fact, source=key, amount_cents=part) for key, part in parts if part
        ]
    return _book(actor, accounts, covered_facts, at)


def record_fact(actor: Actor, fact: Posting, *, at: datetime) -> list[Transfer]:
    """Book one fact; see :func:`record_facts`."""
    return record_facts(actor, [fact], at=at)


def _uncovered(key: AccountKey) -> AccountKey:
    return replace(key, place=Place.UNCOVERED)


def hold(keys: Iterable[AccountKey]) -> None:
    """Open and lock these accounts at once.

    For an action of a room above that looks at them before it books: having held everything
    first, it waits for nobody in between, and nobody moves what it saw.
    """
    keys = list(keys)
    promised = queries.promised(key for key in keys if key.place == Place.AGREED)
    outside = [replace(key, place=Place.OUTSIDE) for key in promised if key == key.committed]
    _held([*keys, *promised, *outside])


def reach(postings: Sequence[Posting]) -> list[AccountKey]:
    """All accounts that these postings may touch, the *uncovered* of their sources included."""
    return [*_touched(postings), *(_uncovered(posting.source) for posting in postings)]


def _held(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    return queries.locked(_opened(keys).values())


@action("ledger.record")
def record_opening(actor: Actor, opening: Posting, *, at: datetime) -> list[Transfer]:
    """Book money that must have come in before these books, as an opening entry."""
    source = replace(opening.target, place=Place.OPENING)
    entry = replace(opening, source=source, code=EntryCode.OPENING)
    return _book(actor, _opened(_touched([entry])), [entry], at)


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


@action("ledger.reverse")
def reverse(actor: Actor, transfer: Transfer, reason: str, *, at: datetime) -> Transfer:
    """Undo a clerical error by its mirror, which counts from the same day as the original.

    Once only, by somebody else than who booked it, and only while the money is still where
    the error brought it. What was decided anew is posted anew, not reversed.
    """
    if not reason.strip():
        raise Refused(NO_REASON)
    accounts = queries.locked([transfer.source, transfer.target])
    if refusal := why_not_reversed(transfer, accounts[transfer.target.key]):
        raise Refused(refusal)
    mirror = Posting(
        source=transfer.target.key,
        target=transfer.source.key,
        amount_cents=transfer.amount_cents,
        code=EntryCode.REVERSAL,
        value_date=transfer.value_date,
        case=transfer.case,
        reason=reason.strip(),
    )
    return _book(actor, accounts, [mirror], at, reverses=transfer)[0]


def why_not_reversed(transfer: Transfer, target: Account) -> Refusal | None:
    """Why nobody can reverse a transfer; ``target`` is the account it went to, as it is now."""
    if transfer.reverses_id is not None:
        return IS_REVERSAL
    if transfer.code in DECIDED_BY_TWO:
        return DECIDED
    if queries.is_part_of_more(transfer):
        return BELONGS_TOGETHER
    if Transfer.objects.filter(reverses=transfer).exists():
        return REVERSED_ALREADY
    if target.guarded and target.balance_cents < transfer.amount_cents:
        return _insufficient(target.key, target.balance_cents, transfer.amount_cents)
    return None


BELONGS_TOGETHER = Refusal(
    "ledger.belongs_together",
    msg(
        "Diese Buchung wurde zusammen mit anderen gebucht und wird nicht allein storniert; "
        "buchen Sie alle zusammen neu."
    ),
)
DECIDED_BY_TWO = frozenset(
    {
        EntryCode.CUT,
        EntryCode.WAIVER,
        EntryCode.REALLOCATION,
        EntryCode.COVER,
        EntryCode.SUCCESSION,
    }
)
DECIDED = Refusal(
    "ledger.decided_by_two",
    msg(
        "Diese Buchung beruht auf der Entscheidung zweier Personen. Sie wird nicht storniert, "
        "sondern durch eine neue Entscheidung geändert."
    ),
)
NO_REASON = Refusal("ledger.no_reason", msg("Eine Stornobuchung braucht eine Begründung."))
IS_REVERSAL = Refusal(
    "ledger.is_reversal",
    msg("Eine Stornobuchung wird nicht storniert; buchen Sie erneut."),
)


def _insufficient(key: AccountKey, available: int, needed_cents: int) -> Refusal:
    return Refusal(
        "ledger.insufficient",
        msg("Am Ort „{place}“ liegen {available}, gebraucht werden {needed} ({account})."),
        {
            "place": Label(key.place.said),
            "account": queries.narrowed(key),
            "available": Cents(available),
            "needed": Cents(needed_cents),
        },
    )


def _touched(postings: Iterable[Posting]) -> list[AccountKey]:
    return [key for posting in postings for key in (posting.source, posting.target)]


def _opened(keys: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts of these keys; those that nobody used before are opened empty.

    Two who open the same account at once both find it; both vouch for it in the chain.
    """
    wanted_keys = sorted(set(keys))
    accounts = queries.accounts(wanted_keys)
    missing = [key for key in wanted_keys if key not in accounts]
    if missing:
        Account.objects.bulk_create(map(_empty, missing), ignore_conflicts=True)
        opened = queries.accounts(missing)
        seal(*opened.values())
        accounts |= opened
    return accounts


def _empty(key: AccountKey) -> Account:
    return Account(**asdict(key), guarded=key.place not in COUNTER_PLACES)


def _book_covered(actor: Actor, posting: Posting, at: datetime) -> Transfer | None:
    """Book one posting by one statement, where nothing is to be opened nor refused."""
    if is_between_bodies(posting.source, posting.target, posting.code):
        raise Refused(BETWEEN_BODIES)
    if transfer := insert_covered(actor, posting, at):
        seal(transfer)
    return transfer


def _book(
    actor: Actor,
    accounts: dict[AccountKey, Account],
    postings: Sequence[Posting],
    at: datetime,
    reverses: Transfer | None = None,
) -> list[Transfer]:
    """Insert these transfers at once, in their order; the database books them one by one."""
    if any(is_between_bodies(each.source, each.target, each.code) for each in postings):
        raise Refused(BETWEEN_BODIES)
    transfers = [
        Transfer(
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
        for posting in postings
    ]
    insert(transfers)
    seal(*transfers)
    return transfers


AT_ONCE = 500  # transfers in one statement; SQLite takes some 32,000 values in all
_COLUMNS = [field for field in Transfer._meta.concrete_fields if not field.primary_key]
_NAMES = ", ".join(f'"{column.column}"' for column in _COLUMNS)
_ROW = f"({', '.join('%s' for _ in _COLUMNS)})"


def insert(transfers: Sequence[Transfer]) -> None:
    """Insert transfers in one statement, which gives them rising numbers in their order.

    From here on the accounts are held and others who move the same money wait, so this does
    without what saving a model does besides.
    """
    for start in range(0, len(transfers), AT_ONCE):
        part = transfers[start : start + AT_ONCE]
        values = [
            column.get_db_prep_save(getattr(transfer, column.attname), connection)
            for transfer in part
            for column in _COLUMNS
        ]
        rows = ", ".join([_ROW] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO ledger_transfer ({_NAMES}) VALUES {rows} RETURNING id",  # noqa: S608
                values,
            )
            numbers = sorted(number for (number,) in cursor.fetchall())
        for transfer, number in zip(part, numbers, strict=True):
            transfer.pk = number
            transfer._state.adding = False
