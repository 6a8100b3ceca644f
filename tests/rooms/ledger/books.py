"""What the tests of the books share: people, accounts, days, postings."""

from datetime import UTC, date, datetime, timedelta

from zielwerk.identity.actions import Operator
from zielwerk.ledger.actions import Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place

MINISTRY = frozenset({"ministry"})
CLERK = Operator("user:1", MINISTRY)
COLLEAGUE = Operator("user:2", MINISTRY)
BODY = Operator("user:3", frozenset({"body"}), ags="06435")
AUDITOR = Operator("user:4", frozenset({"auditor"}))

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEW_YEAR = date(2026, 1, 1)
HERE, THERE = "06435", "06411"


def at(day: int) -> datetime:
    """Nine o'clock, some days after the fifth of January."""
    return AT + timedelta(days=day)


def on(day: int) -> date:
    return at(day).date()


def planning(place: Place, ags: str = HERE, year: int = 2026) -> AccountKey:
    return AccountKey(Book.PLANNING, place, programme="aqb_hessen", programme_year=year, ags=ags)


def posting(
    source: AccountKey, target: AccountKey, cents: int, day: int = 0, reason: str = ""
) -> Posting:
    code = EntryCode.ALLOCATION if target.place == Place.ALLOCATED else EntryCode.AGREEMENT
    return Posting(source, target, cents, code, on(day), "ZV-2026-0001", reason)
