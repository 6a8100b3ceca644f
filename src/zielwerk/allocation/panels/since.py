"""What happened since a scenario was put forward or decided, beside its figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from zielwerk.allocation import queries
from zielwerk.allocation.panels.rows import Row
from zielwerk.allocation.panels.table import Table
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Holding, Standing
from zielwerk.rulebook.scenario import ScenarioState
from zielwerk.ui import bodies, figures, wording


@dataclass(frozen=True)
class Since:
    """One figure of a body that is another today, in cents; None where there is none."""

    title: str
    figure: str
    then_cents: int | None
    now_cents: int | None

    @property
    def change(self) -> str:
        return figures.signed_euro((self.now_cents or 0) - (self.then_cents or 0))


@dataclass(frozen=True)
class Now:
    """What the books say today: the standing of the fund, and last year's amounts by AGS."""

    standing: Standing
    last_year: Mapping[str, int]

    def of(self, ags: str) -> Holding:
        return self.standing.of(ags)


def now_of(table: Table) -> Now | None:
    """What the books say today of a scenario whose figures were kept; None of another."""
    if not table.is_frozen:
        return None
    if table.facts.read:
        return Now(table.facts.read.standing, table.facts.read.last_year)
    fund, rules = table.scenario.fund, queries.rules_of(table.scenario)
    return Now(programmes.standing(fund), queries.last_year_of(fund, rules))


def since(table: Table, now: Now | None) -> list[Since]:
    """Every figure that is another today; none where nothing happened."""
    if now is None:
        return []
    is_decided = table.scenario.state == ScenarioState.DECIDED
    return [
        one
        for row in table.rows
        for one in _of_row(row, now, is_decided=is_decided)
        if one.then_cents != one.now_cents
    ]


def _of_row(row: Row, now: Now, *, is_decided: bool) -> Iterator[Since]:
    """Of a decided amount, what the body has of it today; else what it held when put forward."""
    title, holding = bodies.short(row.body), now.of(row.body.ags)
    then = row.amount_cents if is_decided else row.held_cents
    yield Since(title, gettext("Zugewiesen"), then, holding.total_cents)
    if row.agreed_cents is not None:
        yield Since(title, wording.fitted("Vereinbart"), row.agreed_cents, holding.agreed_cents)
    if row.is_last_year_kept:
        last_year = now.last_year.get(row.body.ags)
        yield Since(title, gettext("Vorjahr"), row.before_cents, last_year)
