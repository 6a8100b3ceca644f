"""What a page shows of a scenario, as plain data that is kept when it is put forward or decided."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date
from typing import Any

from zielwerk.allocation.models import Scenario
from zielwerk.ledger import actions as ledger
from zielwerk.rulebook import planning
from zielwerk.rulebook.allocation import Assignment
from zielwerk.rulebook.kinds import Kinds, Moved, effects
from zielwerk.rulebook.planning import Holding
from zielwerk.rulebook.scenario import Reading, ScenarioFacts
from zielwerk.rulebook.tranche import Tranche


def would_move(scenario: Scenario, read: Reading, on: date) -> list[Moved]:
    """What the decision would book on a day, kind by kind."""
    bookings = planning.decision(read.standing, read.distribution.amounts)
    postings = ledger.planned(bookings, scenario.fund, on, scenario.file_number)
    return ledger.moved(ledger.following(postings))


def figures_of(facts: ScenarioFacts, read: Reading, moves: Sequence[Moved]) -> dict[str, Any]:
    """The figures of a scenario (JSON), money in cents, fractions as exact text.

    ``rows`` by AGS: the amount with its kinds, last year's (None where there was none), the
    holding until then, share, limit and reason. Beside them what is not shared out, the free
    money with its tranches (source, budget year, due year; not allocated, counting later, gone,
    owed), the terms of what the decision needs of it, and its effects by tranche (free before,
    gains, returned, free after).
    """
    kinds = read.standing.kinds
    after = kinds.after(moves)
    return {
        "rows": {
            one.ags: {
                **_row(one, read.last_year.get(one.ags), read.standing.of(one.ags)),
                "kinds": kept(after, one.ags),
            }
            for one in read.distribution.assignments
        },
        "residual_cents": read.distribution.residual_cents,
        "free_cents": facts.free_cents,
        "tranches": [[*astuple(one), *astuple(of)] for one, of in facts.tranches.items()],
        "needed": asdict(facts.needed),
        "effects": [[*astuple(one), *astuple(of)] for one, of in effects(kinds, moves).items()],
    }


def kept(after: Kinds, ags: str) -> list[list[Any]]:
    """What a body has of each kind after a decision: source, budget year, due year, cents."""
    return [[*astuple(one), cents] for one, cents in after.given(ags).items()]


def kinds_kept(kept: Sequence[Sequence[Any]] | None) -> Mapping[Tranche, int] | None:
    """The same read again; None where it was not kept."""
    return None if kept is None else {Tranche(*one[:3]): one[3] for one in kept}


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
