"""What a page shows of a scenario, as plain data that is kept when it is put forward or decided."""

from dataclasses import asdict, astuple
from typing import Any

from zielwerk.rulebook.allocation import Assignment
from zielwerk.rulebook.planning import Holding
from zielwerk.rulebook.scenario import Reading, ScenarioFacts


def figures_of(facts: ScenarioFacts, read: Reading) -> dict[str, Any]:
    """The figures of a scenario (JSON), money in cents, fractions as exact text.

    ``rows`` by AGS: the amount, last year's (None where there was none), the holding until then,
    share, limit and reason. Beside them what is not shared out, the free money with its tranches
    (source, budget year, due year; not allocated, counting later, gone, owed) and the terms of
    what the decision needs of it.
    """
    return {
        "rows": {
            one.ags: _row(one, read.last_year.get(one.ags), read.standing.of(one.ags))
            for one in read.distribution.assignments
        },
        "residual_cents": read.distribution.residual_cents,
        "free_cents": facts.free_cents,
        "tranches": [[*astuple(one), *astuple(of)] for one, of in facts.tranches.items()],
        "needed": asdict(facts.needed),
    }


def _row(assignment: Assignment, last_year_cents: int | None, holding: Holding) -> dict[str, Any]:
    return {
        "amount_cents": assignment.amount_cents,
        "last_year_cents": last_year_cents,
        "holding": asdict(holding),
        "share": None if assignment.share is None else str(assignment.share),
        "limited_by": assignment.limited_by,
        "reason": assignment.override.reason if assignment.override else "",
        "beyond": list(assignment.beyond),
    }
