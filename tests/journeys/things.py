"""What figures are of, and what is free of a kind of money."""

from dataclasses import astuple, dataclass
from typing import TypeAlias

from zielwerk.ledger.models import AccountKey, Book

LATER = -1  # as a due year: any, so commitment authority and not money
MONEY = -2  # as a due year: none, of a known budget
UNKNOWN = -3  # as a due year: neither the one nor the other


@dataclass(frozen=True)
class Thing:
    """What a figure is of: what is None is not narrowed down.

    ``ags`` is empty for the state itself, ``*`` for all bodies together.
    """

    year: int | None = None
    ags: str | None = None
    earmark: str | None = None
    book: str = Book.PLANNING
    budget_year: int | None = None
    budget_line: str | None = None
    source: str | None = None
    due_year: int | None = None
    scenario: str = ""
    case: str = ""
    transfer: int = 0
    table: int = 0

    def holds(self, key: AccountKey) -> bool:
        """Whether an account is a part of it."""
        is_whose = bool(key.ags) if self.ags == "*" else self.ags in (None, key.ags)
        return (
            is_whose
            and key.book == self.book
            and self.year in (None, key.programme_year)
            and self.earmark in (None, key.earmark)
            and self.budget_year in (None, key.budget_year)
            and self.budget_line in (None, key.budget_line)
            and self.source in (None, key.source)
            and self.due_year in (None, key.due_year, form(key.budget_year, key.due_year))
        )

    @property
    def is_one(self) -> bool:
        """Whether it is a single booking or move."""
        return bool(self.transfer or self.case)

    def __str__(self) -> str:
        return ", ".join(str(one) for one in astuple(self) if one not in (None, "", 0))


def form(budget_year: int, due_year: int) -> int:
    """The form of an amount as a due year says it."""
    if due_year:
        return LATER
    return MONEY if budget_year else UNKNOWN


Tranche: TypeAlias = tuple[str, int, int]  # source, budget year, due year


@dataclass
class Free:
    """What nobody was allocated of a tranche, and what of it is not free, in cents."""

    unallocated: int = 0
    later: int = 0
    gone: int = 0
    owed: int = 0
    bound: int = 0
    held: int = 0
    own_gap: int = 0
    gap: int = 0

    @property
    def free(self) -> int:
        return self.unallocated - self.later - self.gone - self.owed

    @property
    def there(self) -> int:
        """What could still make good a gap of another tranche."""
        return max(self.free, 0)


def make_good(tranches: dict[Tranche, Free]) -> None:
    """Gaps take from their own tranche first, then from others in order; the rest stays."""
    for name, one in tranches.items():
        if name == ("", 0, 0):
            one.own_gap, one.gap = 0, one.gap + one.own_gap
        one.owed = one.own_gap
    beyond = {}
    for name, one in tranches.items():
        same = min(one.there, one.gap)
        one.owed += same
        beyond[name] = one.gap - same
    for name, cents in beyond.items():
        for other in tranches.values():
            taken = min(other.there, cents)
            other.owed += taken
            cents -= taken
        tranches[name].owed += cents
