"""What is to be booked: postings, and what a document moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol, TypeAlias, TypeVar

from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.rulebook.planning import Booking, Fund

DrawsFirst: TypeAlias = Literal["general", "earmarked"]
SourceT = TypeVar("SourceT")


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


def planned(
    bookings: Iterable[Booking], fund: Fund, value_date: date, case: str, reason: str = ""
) -> list[Posting]:
    """What the rulebook planned for a fund, as postings of the planning book."""
    return [
        Posting(
            source=AccountKey.planning(fund, *booking.source),
            target=AccountKey.planning(fund, *booking.target),
            amount_cents=booking.amount_cents,
            code=EntryCode(booking.code),
            value_date=value_date,
            case=case,
            reason=reason,
        )
        for booking in bookings
    ]


@dataclass(frozen=True)
class Agreed:
    """The amount that a body and the ministry agreed for a programme year, or that was granted.

    ``measures`` are those that receive it, each with its amount; none where the body does as a
    whole. ``earmarks`` are the purposes that it names: it draws on no other, and on general money
    before or after them (``draws_first``). What ``is_granted`` is committed, too.
    """

    programme: str
    programme_year: int
    ags: str
    amount_cents: int
    value_date: date
    case: str
    measures: tuple[tuple[str, int], ...] = ()
    earmarks: tuple[str, ...] = ()
    draws_first: DrawsFirst = "general"
    is_granted: bool = False
    code: EntryCode = EntryCode.AGREEMENT

    @property
    def fund(self) -> Fund:
        """The general money of the year."""
        return Fund(self.programme, self.programme_year)

    def in_order(self, general: SourceT, earmarked: Sequence[SourceT]) -> list[SourceT]:
        """General money and what is meant for the purposes named, in the order of drawing."""
        parts = [[general], list(earmarked)]
        first, second = parts if self.draws_first == "general" else reversed(parts)
        return [*first, *second]

    @property
    def wants(self) -> tuple[tuple[str, int], ...]:
        """Who receives how much; the empty measure is the body as a whole."""
        return self.measures or (("", self.amount_cents),)


class Committing(Protocol):
    """What may commit money: an agreement that is granted as well, or a notice."""

    @property
    def programme(self) -> str: ...
    @property
    def programme_year(self) -> int: ...
    @property
    def value_date(self) -> date: ...
    @property
    def case(self) -> str: ...
    @property
    def is_granted(self) -> bool: ...


def in_commitments(
    posting: Posting, committed: AccountKey, cents: int, *, is_released: bool = False
) -> Posting:
    ends = (replace(committed, place=Place.OUTSIDE), committed)
    source, target = ends[::-1] if is_released else ends
    return replace(posting, source=source, target=target, amount_cents=cents)
