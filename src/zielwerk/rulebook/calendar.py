"""Holidays, working days, the ends of periods, spans of validity.

Deadlines follow §§ 186 to 193 BGB, which § 31 Abs. 1 VwVfG (and the state's own
administrative procedure act in the same words) applies to authorities. How many days a
deadline has and whether it moves off a weekend are arguments: they are data of a law or of a
programme year, never constants here.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from holidays.countries.germany import Germany

from zielwerk.rulebook.refusal import Refusal, Refused, msg

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=256)
def holidays_in(state: str, year: int) -> Mapping[date, str]:
    """The statutory holidays of a German state (``HE``) in a year: day to German name, in order.

    Sundays are not listed, although some states (Hesse: § 1 HFeiertagsG) name them all.
    Raises :class:`Refused` (``calendar.unknown_holidays``) for a state or a year that the
    library does not know, because "no holidays" would be a wrong answer.
    """
    is_known = Germany.start_year <= year <= Germany.end_year
    if state not in Germany.subdivisions or not is_known:
        raise Refused(
            Refusal(
                "calendar.unknown_holidays",
                msg("Für „{state}“ sind keine Feiertage des Jahres {year} bekannt."),
                # Text, because a door would group the digits of a number: 2.101.
                {"state": state, "year": str(year)},
            )
        )
    days = Germany(subdiv=state, years=year, language="de", expand=False)
    return MappingProxyType(dict(sorted(days.items())))


def is_working_day(day: date, state: str) -> bool:
    """Monday to Friday and no statutory holiday of the state (§ 193 BGB).

    Without a state only weekends count.
    24 and 31 December are working days in this sense, even where offices close.
    """
    is_weekday = day.weekday() < _SATURDAY
    return is_weekday and (not state or day not in holidays_in(state, day.year))


def add_working_days(day: date, count: int, state: str) -> date:
    """The working day ``count`` working days after ``day``, which itself does not count.

    A negative count goes back; zero gives ``day`` whatever it is.
    """
    step = _DAY if count > 0 else -_DAY
    remaining = abs(count)
    while remaining:
        day += step
        remaining -= is_working_day(day, state)
    return day


def working_days(first: date, last: date, state: str) -> int:
    """How many working days come after ``first``, up to and with ``last``.

    Below zero, and as many, where ``last`` is the earlier one: so many days are gone since.
    """
    if last < first:
        return -working_days(last, first, state)
    days = (last - first).days
    weeks, left = divmod(days, 7)
    odd = sum((first.weekday() + 1 + day) % 7 < _SATURDAY for day in range(left))
    return weeks * _SATURDAY + odd - _holidays_between(first, last, state)


def _holidays_between(first: date, last: date, state: str) -> int:
    """Statutory holidays from Monday to Friday after ``first``, up to and with ``last``."""
    if not state:
        return 0
    years = range(first.year, last.year + 1)
    days = (day for year in years for day in holidays_in(state, year))
    return sum(first < day <= last and day.weekday() < _SATURDAY for day in days)


def next_working_day(day: date, state: str, *, shift_weekend: bool = True) -> date:
    """The last day of a deadline once weekends and holidays are heeded.

    A deadline that ends on a Saturday, a Sunday or a statutory holiday of the place ends on
    the next working day instead (§ 193 BGB, § 31 Abs. 3 Satz 1 VwVfG). ``shift_weekend``
    false leaves it where it is: for a day that was named as the end under reference to that
    rule (§ 31 Abs. 3 Satz 2), or a law that does not shift.
    """
    while shift_weekend and not is_working_day(day, state):
        day += _DAY
    return day


def end_of_period(
    start: date,
    *,
    days: int | None = None,
    weeks: int | None = None,
    months: int | None = None,
    years: int | None = None,
    start_counts: bool = False,
) -> date:
    """The last day of a period of one length, before any shift off a weekend.

    ``start`` is the day of the event and does not count (§ 187 Abs. 1 BGB); with
    ``start_counts`` it is the first day of the period itself (§ 187 Abs. 2 BGB), as for a
    contract that runs from the first of a month. Days are counted (§ 188 Abs. 1); weeks end
    on the day of the same name, months and years on the day of the same number, or on the
    day before it where the start counts (§ 188 Abs. 2); a month without that day ends the
    period with its last day (§ 188 Abs. 3). Raises ``ValueError`` unless exactly one length
    of at least one is given.
    """
    lengths = [length for length in (days, weeks, months, years) if length is not None]
    if len(lengths) != 1 or lengths[0] < 1:
        raise ValueError("a period has exactly one length, of at least one")
    if months or years:
        return _end_by_months(start, (months or 0) + 12 * (years or 0), start_counts)
    return start + timedelta(days=days or 0, weeks=weeks or 0) - start_counts * _DAY


def end_after(
    event: date, length: int, unit: str, state: str = "", *, shifts: bool = False
) -> date:
    """The last day of a period after an event, whose own day does not count (§ 187 Abs. 1 BGB).

    ``unit`` is ``days``, ``weeks``, ``months``, ``years`` or ``working_days``. With ``shifts`` it
    ends on the next working day of the state instead of a weekend or holiday (§ 193 BGB).
    """
    if unit == "working_days":
        return add_working_days(event, length, state)
    lengths: dict[str, Any] = {unit: length}
    end = end_of_period(event, **lengths)
    return next_working_day(end, state, shift_weekend=shifts)


def _end_by_months(start: date, months: int, start_counts: bool) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    number = start.day - start_counts
    if number == 0:
        return first - _DAY
    return first.replace(day=min(number, monthrange(first.year, first.month)[1]))


def deemed_receipt(posted: date, days: int, shift: str | None = None) -> date:
    """The day on which a letter counts as received: ``days`` after it was posted.

    The fiction of receipt (Bekanntgabefiktion, § 41 Abs. 2 VwVfG and the state's own law)
    is a parameter: its days have changed and differ between laws, and so does the answer to
    whether it moves off weekends and holidays. ``shift`` is the state whose calendar moves
    it, None (the default) moves nothing. A recorded receipt goes before any fiction.
    Raises ``ValueError`` for negative days.
    """
    if days < 0:
        raise ValueError(f"days must not be negative: {days}")
    received = posted + timedelta(days=days)
    return received if shift is None else next_working_day(received, shift)


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included.

    Raises :class:`Refused` (``calendar.period_reversed``) where it would end before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                Refusal(
                    "calendar.period_reversed",
                    msg("Der Zeitraum endet am {last}, bevor er am {first} beginnt."),
                    {"first": self.first, "last": self.last},
                )
            )

    @property
    def days(self) -> int:
        """The number of its days, at least one."""
        return (self.last - self.first).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies within, its ends included."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether both have at least one day in common."""
        return self.first <= other.last and other.first <= self.last


def is_valid(valid_from: date | None, valid_until: date | None, day: date) -> bool:
    """Whether dated data holds on a day; both ends included, None is an open end."""
    return (valid_from is None or valid_from <= day) and (valid_until is None or day <= valid_until)


class Dated(Protocol):
    """What holds from a day until a day; both included, None is an open end."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def holds_on(entry: Dated, day: date) -> bool:
    """Whether an entry holds on a day."""
    return is_valid(entry.valid_from, entry.valid_until, day)


def holds_during(entry: Dated, period: Period) -> bool:
    """Whether an entry holds on any day of a period."""
    first, last = _span(entry)
    return first <= period.last and period.first <= last


def hold_together(one: Dated, other: Dated) -> bool:
    """Whether there is a day on which both hold."""
    (first, last), (other_first, other_last) = _span(one), _span(other)
    return first <= other_last and other_first <= last


def _span(entry: Dated) -> tuple[date, date]:
    return entry.valid_from or date.min, entry.valid_until or date.max
