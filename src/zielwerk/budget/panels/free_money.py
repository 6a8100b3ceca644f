"""What pages show of the money that may be promised: by fund and tranche, and what is free."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from zielwerk.budget import queries
from zielwerk.budget.queries import Frame
from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.tranche import FreeMoney, Tranche


@dataclass(frozen=True)
class FreeRow:
    """One tranche of a fund in words, with its frame and what of it is free.

    ``is_first`` marks the first row of a fund.
    """

    frame: Frame
    purpose: str
    tranche: str
    source: str
    is_first: bool


def free_rows(programme: str, on: date) -> Iterator[FreeRow]:
    """All that may be promised on a day, the newest programme year first."""
    frames = queries.frames_and_free(programme, on)
    funds = sorted({frame.fund for frame in frames}, key=lambda fund: (-fund.year, fund.earmark))
    for fund in funds:
        of_fund = [frame for frame in frames if frame.fund == fund]
        for frame in of_fund:
            yield FreeRow(
                frame,
                programmes.purpose(fund),
                programmes.tranche(frame.tranche),
                programmes.source(programme, frame.tranche.source),
                frame is of_fund[0],
            )


@dataclass(frozen=True)
class YearOver:
    """A budget year that is over and not closed; ``url`` closes it, for those who may."""

    year: int
    url: str


def years_over(user: Actor, rows: Iterable[FreeRow]) -> list[YearOver]:
    """The past budget years whose money still stands among what is free, the oldest first."""
    years = sorted({row.frame.tranche.budget_year for row in rows if row.frame.is_over})
    may_close = not permissions.role_refusal(user, "budget.book")
    return [
        YearOver(year, reverse("budget:close_year", args=[year]) if may_close else "")
        for year in years
    ]


def over_drawn(
    free: Mapping[Tranche, FreeMoney], drawn: Iterable[tuple[str, int]]
) -> list[tuple[str, int]]:
    """What a decision draws, by the names of its kinds, of budget years over and not closed."""
    over = {programmes.tranche(one) for one, of in free.items() if of.is_over}
    return [(name, cents) for name, cents in drawn if name in over]
