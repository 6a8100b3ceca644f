"""A balance from day to day: what of it is there on a day, and from which day the rest is.

Money counts from its value date. What is taken on a day must be there on that day and on every
later one, or the books would say of some day that less than nothing was there.
"""

from dataclasses import dataclass, field
from datetime import date

from zielwerk.rulebook.tranche import counted


@dataclass
class DayBalance:
    """A balance in cents, and the sums of it that count from days of their own."""

    cents: int = 0
    later: dict[date, int] = field(default_factory=dict)

    def move(self, day: date, cents: int) -> None:
        """So much more, or less, counts from a day on."""
        self.cents += cents
        self.later[day] = self.later.get(day, 0) + cents

    def there(self, day: date) -> int:
        """What is there on a day and stays there, in cents."""
        return counted(self.cents, self.later.items(), day)

    def by_day(self, day: date, cents: int) -> list[tuple[date, int]]:
        """The days on which an amount can be taken, from ``day`` on, with the part of each.

        What never is there is left out.

        >>> DayBalance(100, {date(2026, 12, 31): 60}).by_day(date(2026, 11, 30), 70)
        [(datetime.date(2026, 11, 30), 40), (datetime.date(2026, 12, 31), 30)]
        """
        parts, taken = list[tuple[date, int]](), 0
        for each in [day, *sorted(later for later in self.later if later > day)]:
            part = min(max(self.there(each), 0), cents) - taken
            if part > 0:
                parts.append((each, part))
                taken += part
        return parts

    def there_from(self, day: date, cents: int) -> date | None:
        """The first day, from ``day`` on, on which so much is there; None where it never is."""
        days = [day, *sorted(later for later in self.later if later > day)]
        return next((each for each in days if self.there(each) >= cents), None)
