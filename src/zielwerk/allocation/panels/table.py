"""What a scenario comes to, body by body, beside last year and what the books say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext

from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.core.ui import figures
from zielwerk.core.ui.charts import Bar, Tile
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import LIMIT_LABELS, Distribution
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import NOTHING, Holding, Standing
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.scenario import BASIS_CHANGED, ScenarioFacts, ScenarioState
from zielwerk.tables import Cell

AMOUNT, CHANGE = "betrag", "veraenderung"  # what the map may show
BY_HAND = msg("von Hand gesetzt")


@dataclass(frozen=True)
class Row:
    """One body's amount with all that stands beside it; amounts in cents.

    ``before_cents`` is last year's amount, None where there was none; ``breaks`` say why it
    cannot be compared. ``stand`` is where the body stands now (of a decided scenario: stood).
    ``share`` and ``limited_by`` are empty where the amount was set by hand for ``reason``.
    """

    body: Body
    title: str
    amount_cents: int
    before_cents: int | None
    stand: Holding
    share: Fraction | None
    limited_by: str
    reason: str
    breaks: tuple[str, ...]

    @property
    def change_cents(self) -> int | None:
        return None if self.before_cents is None else self.amount_cents - self.before_cents

    @property
    def moved_cents(self) -> int:
        """What the body gains or loses against where it stands now."""
        return self.amount_cents - self.stand.total_cents

    @property
    def uncovered_cents(self) -> int:
        """What a decision takes that is not there: it is agreed already."""
        return max(0, -self.moved_cents - self.stand.allocated_cents)

    @property
    def change(self) -> str:
        return "" if self.change_cents is None else figures.signed_euro(self.change_cents)

    @cached_property
    def change_percent(self) -> str:
        return figures.change(self.amount_cents, self.before_cents)

    @property
    def moved(self) -> str:
        return figures.signed_euro(self.moved_cents)

    @cached_property
    def share_percent(self) -> str:
        return "" if self.share is None else figures.decimal(self.share * 100, 2) + " %"

    @property
    def exceeds_agreed(self) -> bool:
        """Whether the body's agreement names more than it is to get."""
        return self.stand.agreed_cents > self.amount_cents


@dataclass(frozen=True)
class Table:
    """A scenario with its rows; without any where ``refusals`` say why it cannot be computed."""

    scenario: Scenario
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    residual_cents: int
    facts: ScenarioFacts

    @classmethod
    def empty(cls, scenario: Scenario, *refusals: Refusal) -> "Table":
        """A table of what cannot be computed."""
        return cls(scenario, (), refusals, 0, ScenarioFacts(refusals=refusals))

    @property
    def shared_cents(self) -> int:
        return sum(row.amount_cents for row in self.rows)

    @cached_property
    def runs(self) -> bool:
        """Whether bodies have money for the year already."""
        return any(row.stand != NOTHING for row in self.rows)

    @cached_property
    def hits(self) -> list[Row]:
        return [row for row in self.rows if row.exceeds_agreed]

    @cached_property
    def broken(self) -> list[Row]:
        return [row for row in self.rows if row.breaks]

    @property
    def released_cents(self) -> int:
        """What the decision gives back to what is free, 0 where it takes something."""
        return max(0, -self.facts.needed_cents)

    @cached_property
    def losers(self) -> list[Row]:
        return [row for row in self.rows if row.moved_cents < 0]

    @property
    def uncovered_cents(self) -> int:
        return sum(row.uncovered_cents for row in self.rows)

    @property
    def is_by_hand(self) -> bool:
        return any(row.reason for row in self.rows)

    @property
    def is_basis_changed(self) -> bool:
        """Whether what was put forward no longer is what would come out."""
        return BASIS_CHANGED in self.facts.refusals


def table_of(scenario: Scenario) -> Table:
    """The scenario's table: what was given if it was decided, else what it comes to now."""
    if scenario.state == ScenarioState.DECIDED:
        return _decided(scenario)
    facts = queries.facts_of(scenario)
    if facts.read is None:
        return Table.empty(scenario, *facts.refusals)
    shared, standing = facts.read
    rows = tuple(_computed(scenario, shared, standing))
    return Table(scenario, rows, (), shared.residual_cents, facts)


def _computed(scenario: Scenario, shared: Distribution, standing: Standing) -> Iterator[Row]:
    before = programmes.last_year(scenario.fund)
    bodies = bodies_of(scenario)
    for one in shared.assignments:
        body = bodies[one.ags]
        yield Row(
            body=body,
            title=programmes.body_title(body),
            amount_cents=one.amount_cents,
            before_cents=before.get(one.ags),
            stand=standing.of(one.ags),
            share=one.share,
            limited_by=LIMIT_LABELS[one.limited_by],
            reason=one.override.reason if one.override else "",
            breaks=programmes.breaks(body, scenario.year - 1, scenario.year),
        )


def _decided(scenario: Scenario) -> Table:
    """What every body was given then, whatever has moved since."""
    before = programmes.last_year(scenario.fund)
    bodies = bodies_of(scenario)
    rows = tuple(
        _given(one, bodies[one.ags], before, scenario.year) for one in scenario.allocations.all()
    )
    rest = scenario.total_cents - sum(row.amount_cents for row in rows)
    return Table(scenario, rows, (), rest, ScenarioFacts())


def _given(one: BodyAllocation, body: Body, before: Mapping[str, int], year: int) -> Row:
    said: dict[str, Any] = one.arithmetic
    by_hand = said.get("by_hand", {})
    return Row(
        body=body,
        title=programmes.body_title(body),
        amount_cents=one.amount_cents,
        before_cents=before.get(one.ags),
        stand=Holding(allocated_cents=one.before_cents),
        share=None if by_hand else Fraction(said["share"]),
        limited_by=LIMIT_LABELS[said.get("limited_by", "")],
        reason=by_hand.get("reason", ""),
        breaks=programmes.breaks(body, year - 1, year),
    )


def bodies_of(scenario: Scenario) -> dict[str, Body]:
    found = packs.bodies_on(scenario.programme, date(scenario.year, 1, 1))
    return {one.ags: one for one in found}


def bars(table: Table) -> list[Bar]:
    """The new amounts beside last year's."""
    return [
        Bar(
            f"{row.title}, {row.body.ags}",
            row.amount_cents,
            row.before_cents,
            tuple(_said(flag) for flag in flags(row)),
        )
        for row in table.rows
    ]


def flags(row: Row) -> Iterator[str]:
    """What moved an amount away from the plain key, as German labels."""
    if row.limited_by:
        yield row.limited_by
    if row.reason:
        yield BY_HAND


def tiles(table: Table, shown: str) -> list[Tile]:
    """The map of amounts, or of changes against last year."""
    made = []
    for row in table.rows:
        if row.body.tile is None:
            continue
        is_change = shown == CHANGE
        value = row.change_cents if is_change else row.amount_cents
        text = "" if value is None else _short(value)
        name = f"{row.title}, {row.body.ags}"
        made.append(Tile(*row.body.tile, row.body.ags, name, value, text))
    return made


def _short(cents: int) -> str:
    """An amount in the eleven characters of a tile."""
    if abs(cents) < 1_000_000_00:
        return figures.decimal(Fraction(cents, 100), 0) + " €"
    return figures.decimal(Fraction(cents, 100_000_000), 2) + " Mio."


def headings() -> list[str]:
    return [
        *(gettext("AGS"), gettext("Gebietskörperschaft"), gettext("Vorjahr")),
        *(gettext("Bisher"), gettext("Vereinbart"), gettext("Neu")),
        *(gettext("Zum Vorjahr"), gettext("Zum Vorjahr in Prozent")),
        *(gettext("Anteil in Prozent"), gettext("Begrenzt durch"), gettext("Von Hand gesetzt")),
        *(gettext("Nicht vergleichbar"), gettext("Szenario"), gettext("Schlüssel")),
        *(gettext("Datenstand"), gettext("Stichtag"), gettext("Hinweise")),
    ]


def cells(table: Table, key: str, marks: str) -> Iterator[list[Cell]]:
    """The table to take away; every row says what it was computed from."""
    one = table.scenario
    origin: list[Cell] = [f"{one.file_number} {one.name}", key, one.data.source]
    # What was agreed when a scenario was decided is not kept with it.
    knows_agreed = one.state != ScenarioState.DECIDED
    for row in table.rows:
        yield [
            *(row.body.ags, row.title, _cents(row.before_cents)),
            Cents(row.stand.total_cents),
            Cents(row.stand.agreed_cents) if knows_agreed else None,
            *(Cents(row.amount_cents), _cents(row.change_cents), _percent(row)),
            *(None if row.share is None else row.share * 100, _said(row.limited_by), row.reason),
            *(" ".join(row.breaks), *origin, one.data.reference_date, marks),
        ]


def _percent(row: Row) -> Fraction | None:
    return Fraction(100 * row.change_cents, row.before_cents) if row.before_cents else None  # type: ignore[operator]


def _cents(value: int | None) -> Cents | None:
    return None if value is None else Cents(value)


def _said(label: str) -> str:
    return translate(label, (get_language() or "de")[:2])
