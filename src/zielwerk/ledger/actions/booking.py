"""Moving money: decisions, which may be refused, and facts, which never are.

Every verb first opens the accounts it needs, then locks them where it locks at all, in one
order for all. Several postings that belong together are handed over together: a
transaction that calls these verbs one after the other may wait in a circle with another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from zielwerk.core.actions import action, moment_of_booking, seal
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions import covering
from zielwerk.ledger.actions.at_once import insert_covered
from zielwerk.ledger.actions.postings import Posting
from zielwerk.ledger.actions.spreading import spread
from zielwerk.ledger.models import (
    COUNTER_PLACES,
    Account,
    AccountKey,
    Book,
    EntryCode,
    Place,
    Transfer,
)
from zielwerk.ledger.models.guards import BETWEEN_BODIES, is_between_bodies
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.value_days import DayBalance


@action("ledger.post")
def post(actor: Actor, postings: Sequence[Posting], *, at: datetime) -> list[Transfer]:
    """Book a decision, all of its postings or none.

    Refused where an account has too little (``ledger.insufficient``). The balances are read
    without a lock to say so; where two decisions race for the same money, the database
    decides. Several postings at once are locked first, lest they wait for one another.
    Which tranches and measures a posting takes :func:`following` says. Money of the budget, and
    what of it is free, is taken only from the day on which it counts (``ledger.not_yet``).
    """
    decided, (postings, held) = postings, spread(postings)
    if _is_plain(postings) and (booked := _book_covered(actor, postings[0], at)):
        return [booked]
    accounts = _opened(_touched(postings), held)
    if len(postings) > 1:
        accounts = queries.locked(accounts.values())
    free = {key: account.balance_cents for key, account in accounts.items()}
    for posting in postings:
        if accounts[posting.source].guarded and free[posting.source] < posting.amount_cents:
            raise Refused(_lacking(decided, posting, free[posting.source]))
        free[posting.source] -= posting.amount_cents
        free[posting.target] += posting.amount_cents
    if refusals := not_yet(accounts, postings):
        raise Refused(*refusals.values())
    return book(actor, accounts, postings, at)


def _lacking(decided: Sequence[Posting], posting: Posting, available_cents: int) -> Refusal:
    """The account that has too little; of a place as a whole, what lies there and is needed."""
    source = posting.source
    if source.book != Book.PLANNING or source != source.whole:
        return insufficient(source, available_cents, posting.amount_cents)
    there_cents = queries.whole_balances([source])[source]
    needed_cents = sum(each.amount_cents for each in decided if each.source == source)
    return insufficient(source, there_cents, needed_cents)


def not_yet(
    accounts: Mapping[AccountKey, Account], postings: Sequence[Posting]
) -> dict[AccountKey, Refusal]:
    """The accounts that these postings together would empty before their money counts."""
    days: dict[AccountKey, date] = {}
    for posting in postings:
        key = posting.source
        if key.counts_by_day and accounts[key].guarded:
            days[key] = min(posting.value_date, days.get(key, posting.value_date))
    if not days:
        return {}
    refusals = {}
    for key, before in queries.day_balances((accounts[key] for key in days), days).items():
        after = replace(before, later=dict(before.later))
        for posting in postings:
            if key in (posting.source, posting.target):
                sign = 1 if key == posting.target else -1
                after.move(posting.value_date, sign * posting.amount_cents)
        if after.there(days[key]) < 0:
            refusals[key] = _counts_later(key, before, before.cents - after.cents, days[key])
    return refusals


def _counts_later(key: AccountKey, held: DayBalance, needed_cents: int, day: date) -> Refusal:
    return Refusal(
        "ledger.not_yet",
        msg(
            "Am Ort „{place}“ liegen {balance}, davon zählen am {on} erst {available}, genug ab "
            "{day}; gebraucht werden {needed} ({account})."
        ),
        {
            "place": Label(key.place.said),
            "account": queries.narrowed(key),
            "balance": Cents(held.cents),
            "available": Cents(max(held.there(day), 0)),
            "on": day,
            "day": held.there_from(day, needed_cents) or day,
            "needed": Cents(needed_cents),
        },
    )


@action("ledger.record")
def record_facts(actor: Actor, facts: Sequence[Posting], *, at: datetime) -> list[Transfer]:
    """Book what happened, whether or not the money is there; never refused for want of it.

    What a source has comes from the source; the rest comes from *uncovered*, where it shows
    below zero until somebody resolves it by a decision. What a source has from a later day only
    covers that on its day. Facts count one after the other.
    """
    if any(fact.target.place == Place.UNCOVERED for fact in facts):
        raise ValueError("covering what is uncovered is a decision, not a fact")
    accounts = _held(reach(facts))
    return book(actor, accounts, with_gaps(facts, _held_by_day(accounts, facts)), at)


def with_gaps(facts: Iterable[Posting], held: Mapping[AccountKey, DayBalance]) -> list[Posting]:
    """Facts, one after the other, with what their sources do not have taken from *uncovered*.

    ``held`` says what their accounts have; it is left as it was.
    """
    left = defaultdict(DayBalance, deepcopy(dict(held)))
    result = list[Posting]()
    for fact in facts:
        days = [(fact.value_date, fact.amount_cents)]
        if fact.source.place not in COUNTER_PLACES:
            days = left[fact.source].by_day(*days[0])
        there = sum(cents for day, cents in days if day == fact.value_date)
        gap = _uncovered(fact.source)
        parts = [(fact.source, there), (gap, fact.amount_cents - there)]
        postings = [replace(fact, source=key, amount_cents=cents) for key, cents in parts if cents]
        postings += [
            Posting(fact.source, gap, cents, EntryCode.COVER, day, fact.case, fact.reason)
            for day, cents in days
            if day != fact.value_date
        ]
        for posting in postings:
            for key, sign in ((posting.source, -1), (posting.target, 1)):
                day = posting.value_date if key.counts_by_day else date.min
                left[key].move(day, sign * posting.amount_cents)
        result += postings
    return result


def _held_by_day(
    accounts: Mapping[AccountKey, Account], facts: Sequence[Posting]
) -> dict[AccountKey, DayBalance]:
    """The accounts of these facts with their balances, by day where their money counts so."""
    held = {key: DayBalance(account.balance_cents) for key, account in accounts.items()}
    day = min(fact.value_date for fact in facts)
    by_day = {
        fact.source: accounts[fact.source]
        for fact in facts
        if fact.source.counts_by_day and accounts[fact.source].guarded
    }
    if by_day:
        held |= queries.day_balances(by_day.values(), dict.fromkeys(by_day, day))
    return held


def record_fact(actor: Actor, fact: Posting, *, at: datetime) -> list[Transfer]:
    """Book one fact; see :func:`record_facts`."""
    return record_facts(actor, [fact], at=at)


def _uncovered(key: AccountKey) -> AccountKey:
    return replace(key, place=Place.UNCOVERED)


def hold(keys: Iterable[AccountKey]) -> None:
    """Open and lock these accounts at once.

    For an action of a room above that looks at them before it books: having held everything
    first, it waits for nobody in between, and nobody moves what it saw. A place of the planning
    book is held with all its tranches and measures, and what is committed of them.
    """
    wanted = set(keys)
    held = {
        key: account
        for key, account in queries.held(wanted).items()
        if key in wanted or key.whole in wanted or key == key.committed
    }
    outside = {replace(key, place=Place.OUTSIDE) for key in held if key == key.committed}
    opened = _opened((wanted | outside) - held.keys(), held)
    queries.locked([*held.values(), *opened.values()])


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
    return book(actor, _opened(_touched([entry])), [entry], at)


def insufficient(key: AccountKey, available: int, needed_cents: int) -> Refusal:
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


def _opened(
    keys: Iterable[AccountKey], known: Mapping[AccountKey, Account] | None = None
) -> dict[AccountKey, Account]:
    """The accounts of these keys; those that nobody used before are opened empty.

    ``known`` are the accounts of the bodies concerned, where they were read already: a planning
    account that is not among them is not open. Two who open the same account at once both find
    it; both vouch for it in the chain.
    """
    wanted_keys = sorted(set(keys))
    accounts = {key: known[key] for key in wanted_keys if key in known} if known else {}
    is_read = known is not None
    asked = [
        key
        for key in wanted_keys
        if key not in accounts and not (is_read and key.book == Book.PLANNING)
    ]
    accounts |= queries.accounts(asked)
    missing = [key for key in wanted_keys if key not in accounts]
    if missing:
        Account.objects.bulk_create(map(_empty, missing), ignore_conflicts=True)
        opened = queries.accounts(missing)
        seal(*opened.values())
        accounts |= opened
    return accounts


def _empty(key: AccountKey) -> Account:
    return Account(**asdict(key), guarded=key.place not in COUNTER_PLACES)


def _is_plain(postings: Sequence[Posting]) -> bool:
    """Whether it is one posting of money that is there once it is booked, whatever the day.

    One after which more or less stands behind what is committed to a body is looked at again.
    """
    is_one = len(postings) == 1 and not postings[0].source.counts_by_day
    return is_one and not covering.moved(postings)


def _book_covered(actor: Actor, posting: Posting, at: datetime) -> Transfer | None:
    """Book one posting by one statement, where nothing is to be opened nor refused."""
    if is_between_bodies(posting.source, posting.target, posting.code):
        raise Refused(BETWEEN_BODIES)
    if transfer := insert_covered(actor, posting, moment_of_booking(at)):
        seal(transfer)
    return transfer


def book(
    actor: Actor,
    accounts: dict[AccountKey, Account],
    postings: Sequence[Posting],
    at: datetime,
    reverses: Sequence[Transfer | None] = (),
) -> list[Transfer]:
    """Insert these transfers at once, in their order; the database books them one by one.

    ``reverses`` are those whose mirrors they are, one for each, where they are any. What they take
    from behind a commitment is booked as uncovered, or refused (``ledger.committed``).
    """
    if any(is_between_bodies(each.source, each.target, each.code) for each in postings):
        raise Refused(BETWEEN_BODIES)
    transfers = _entered(actor, accounts, postings, at, reverses)
    gaps = covering.gaps(postings)
    if refusals := list(filter(None, (covering.why_not_taken(postings, gap) for gap in gaps))):
        raise Refused(*refusals)
    if gaps:
        transfers += _entered(actor, _opened(_touched(gaps)), gaps, at)
    return transfers


def _entered(
    actor: Actor,
    accounts: dict[AccountKey, Account],
    postings: Sequence[Posting],
    at: datetime,
    reverses: Sequence[Transfer | None] = (),
) -> list[Transfer]:
    at = moment_of_booking(at)
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
            reverses=original,
        )
        for posting, original in zip(postings, reverses or [None] * len(postings), strict=True)
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
