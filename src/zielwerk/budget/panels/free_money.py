"""What pages show of the money that may be promised: by fund and tranche, and what is free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zielwerk.budget import queries
from zielwerk.budget.queries import Frame
from zielwerk.programme import queries as programmes


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
