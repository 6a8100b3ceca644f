"""What a body holds, told apart by kind of money: money of a budget year, authority due later."""

from collections.abc import Iterator
from dataclasses import dataclass

from zielwerk.programme import queries
from zielwerk.rulebook.planning import Fund, Holding
from zielwerk.rulebook.refusal import msg

FORMS = (
    msg("{what}: Barmittel"),
    msg("{what}: Ermächtigung"),
    msg("{what}: Mittelart nicht bekannt"),
)
"""What an amount is called in each of its forms, in the order of the rulebook's ``Forms``."""


@dataclass(frozen=True)
class TrancheRow:
    """One tranche of a fund in words, and what the body holds of it."""

    fund: Fund
    purpose: str
    tranche: str
    source: str
    holding: Holding


def tranche_rows(programme: str, ags: str, fund: Fund | None = None) -> Iterator[TrancheRow]:
    """What a body holds, the newest programme year first; of one fund where one is named."""
    narrower = {"programme_year": fund.year, "earmark": fund.earmark} if fund else {}
    for of_fund, held in queries.tranches_of_body(programme, ags, **narrower).items():
        for tranche in sorted(held, key=lambda each: each.place):
            holding = held[tranche]
            if holding.total_cents or holding.agreed_cents or holding.uncovered_cents:
                yield TrancheRow(
                    of_fund,
                    queries.purpose(of_fund),
                    queries.tranche(tranche),
                    queries.source(programme, tranche.source),
                    holding,
                )
