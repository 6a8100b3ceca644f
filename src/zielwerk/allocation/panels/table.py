"""A scenario's amounts body by body, beside last year's and the holdings in the books."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext

from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import LIMIT_LABELS, Distribution
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import NOTHING, Holding, Standing
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.scenario import BASIS_CHANGED, ScenarioFacts, ScenarioState
from zielwerk.tables import Cell
from zielwerk.ui import figures, wording
from zielwerk.ui.bodies import brief, official, short
from zielwerk.ui.charts import Bar, Tile
from zielwerk.ui.tags.values import words

TABLE, AMOUNT, CHANGE, BARS = "tabelle", "betraege", "veraenderung", "balken"
"""The views of a result, as addresses call them."""
MAPS = (AMOUNT, CHANGE)

BY_HAND = msg("von Hand gesetzt")


@dataclass(frozen=True)
class Row:
    """One body's amount with the figures beside it, in cents.

    ``before_cents`` is last year's amount, None where there was none; ``breaks`` say why it
    cannot be compared. ``holding`` is the body's now (of a decided scenario: until then).
    ``share`` and ``limited_by`` are empty where the amount was set by hand for ``reason``.
    """

    body: Body
    title: str
    amount_cents: int
    before_cents: int | None
    holding: Holding
    share: Fraction | None
    limited_by: str
    reason: str
    breaks: tuple[str, ...]

    @property
    def change_cents(self) -> int | None:
        return None if self.before_cents is None else self.amount_cents - self.before_cents

    @property
    def moved_cents(self) -> int:
        """The body's gain or loss against its holding."""
        return self.amount_cents - self.holding.total_cents

    @property
    def uncovered_cents(self) -> int:
        """The part of a loss that no allocated money covers, since it is agreed already."""
        return max(0, -self.moved_cents - self.holding.allocated_cents)

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
        """Whether the body's agreement names more than its new amount."""
        return self.holding.agreed_cents > self.amount_cents


@dataclass(frozen=True)
class Table:
    """A scenario with its rows; without any where ``refusals`` say why it cannot be computed."""

    scenario: Scenario
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    residual_cents: int
    facts: ScenarioFacts
    basis: queries.Basis | None = None

    @classmethod
    def empty(cls, scenario: Scenario, *refusals: Refusal) -> "Table":
        """The table of a scenario that cannot be computed."""
        return cls(scenario, (), refusals, 0, ScenarioFacts(refusals=refusals))

    @property
    def shared_cents(self) -> int:
        return sum(row.amount_cents for row in self.rows)

    @cached_property
    def has_holdings(self) -> bool:
        """Whether bodies have money for the year already."""
        return any(row.holding != NOTHING for row in self.rows)

    @cached_property
    def below_agreed(self) -> list[Row]:
        return [row for row in self.rows if row.exceeds_agreed]

    @cached_property
    def with_breaks(self) -> list[Row]:
        return [row for row in self.rows if row.breaks]

    @cached_property
    def counted_elsewhere(self) -> tuple[str, ...]:
        """The bodies that begin within the year and are counted with whom they succeed."""
        if not self.rows:
            return ()
        first = packs.first_day(self.scenario.programme, self.scenario.year)
        share = {row.body.ags for row in self.rows}
        begun = {
            body.ags
            for body in bodies_of(self.scenario).values()
            if body.valid_from and body.valid_from >= first
        }
        return naming.shorts(self.scenario.programme, begun - share)

    @property
    def released_cents(self) -> int:
        """The money that the decision frees, 0 where it takes some."""
        return max(0, -self.facts.needed_cents)

    @cached_property
    def losers(self) -> list[Row]:
        return [row for row in self.rows if row.moved_cents < 0]

    @property
    def uncovered_cents(self) -> int:
        return sum(row.uncovered_cents for row in self.rows)

    @property
    def is_basis_changed(self) -> bool:
        """Whether amounts computed now differ from those put forward."""
        return BASIS_CHANGED in self.facts.refusals


def table_of(scenario: Scenario) -> Table:
    """The scenario's table: the decided amounts, else the ones computed now."""
    if scenario.state == ScenarioState.DECIDED:
        return _decided_table(scenario)
    basis = queries.basis_of(scenario)
    facts = queries.facts_of(scenario, basis)
    if facts.read is None:
        return Table.empty(scenario, *facts.refusals)
    distribution, standing = facts.read
    rows = _in_order(scenario, _computed_rows(scenario, distribution, standing, basis.last_year))
    return Table(scenario, rows, (), distribution.residual_cents, facts, basis)


def _computed_rows(
    scenario: Scenario,
    distribution: Distribution,
    standing: Standing,
    last_year: Mapping[str, int],
) -> Iterator[Row]:
    bodies = bodies_of(scenario)
    for assignment in distribution.assignments:
        body = bodies[assignment.ags]
        yield Row(
            body=body,
            title=programmes.body_title(body),
            amount_cents=assignment.amount_cents,
            before_cents=last_year.get(assignment.ags),
            holding=standing.of(assignment.ags),
            share=assignment.share,
            limited_by=LIMIT_LABELS[assignment.limited_by],
            reason=assignment.override.reason if assignment.override else "",
            breaks=programmes.breaks_before(scenario.programme, body, scenario.year),
        )


def _in_order(scenario: Scenario, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows by the short names of their bodies, in every state of a scenario."""
    by_ags = {row.body.ags: row for row in rows}
    return tuple(by_ags[ags] for ags in naming.in_order(scenario.programme, by_ags))


def _decided_table(scenario: Scenario) -> Table:
    """Every body's decided amount, whatever has moved since."""
    last_year = programmes.last_year_of_bodies(scenario.fund)
    bodies = bodies_of(scenario)
    rows = _in_order(
        scenario,
        (
            _decided_row(allocation, bodies[allocation.ags], last_year, scenario.year)
            for allocation in scenario.allocations.all()
        ),
    )
    rest = scenario.end_cents - sum(row.amount_cents for row in rows)
    return Table(scenario, rows, (), rest, ScenarioFacts())


def _decided_row(
    allocation: BodyAllocation, body: Body, last_year: Mapping[str, int], year: int
) -> Row:
    arithmetic: dict[str, Any] = allocation.arithmetic
    by_hand = arithmetic.get("by_hand", {})
    return Row(
        body=body,
        title=programmes.body_title(body),
        amount_cents=allocation.amount_cents,
        before_cents=last_year.get(allocation.ags),
        holding=Holding(allocated_cents=allocation.before_cents),
        share=None if by_hand else Fraction(arithmetic["share"]),
        limited_by=LIMIT_LABELS[arithmetic.get("limited_by", "")],
        reason=by_hand.get("reason", ""),
        breaks=programmes.breaks_before(allocation.programme, body, year),
    )


def bodies_of(scenario: Scenario) -> dict[str, Body]:
    bodies = packs.bodies_in(scenario.programme, scenario.year)
    return {body.ags: body for body in bodies}


def bars(table: Table) -> list[Bar]:
    """The new amounts beside last year's."""
    return [
        Bar(
            short(row.body),
            row.amount_cents,
            row.before_cents,
            tuple(translated(flag) for flag in flags(row)),
        )
        for row in table.rows
    ]


def flags(row: Row) -> Iterator[str]:
    """The causes that moved an amount away from the plain key, as German labels."""
    if row.limited_by:
        yield row.limited_by
    if row.reason:
        yield BY_HAND


def tiles(table: Table, kind: str) -> list[Tile]:
    """The map of amounts, or of changes against last year."""
    is_change = kind == CHANGE
    values = {row.body.ags: _on_map(row, is_change=is_change) for row in table.rows}
    written = figures.short_euro(value for value in values.values() if value is not None)
    map_tiles = []
    for row in table.rows:
        value = values[row.body.ags]
        if row.body.tile is None:
            continue
        text = "" if value is None else written(value, signed=is_change)
        is_comparable = not (is_change and row.breaks)
        names = short(row.body), official(row.body)
        tile = Tile(*row.body.tile, *names, value, text, "", brief(row.body), is_comparable)
        map_tiles.append(tile)
    return map_tiles


def _on_map(row: Row, *, is_change: bool) -> int | None:
    """What a tile is coloured by: no change where the body of last year was another one."""
    if is_change:
        return None if row.breaks else row.change_cents
    return row.amount_cents


def headings() -> list[str]:
    return [
        *(wording.key_heading(), gettext("Gebietskörperschaft"), gettext("Art")),
        gettext("Vorjahr"),
        *(gettext("Bisher"), wording.fitted("Vereinbart"), gettext("Neu")),
        *(gettext("Zum Vorjahr"), gettext("Zum Vorjahr in Prozent")),
        *(gettext("Anteil in Prozent"), gettext("Begrenzt durch"), gettext("Von Hand gesetzt")),
        *(gettext("Nicht vergleichbar"), gettext("Szenario"), gettext("Schlüssel")),
        *(gettext("Datenstand"), gettext("Stichtag"), gettext("Hinweise")),
    ]


def cells(table: Table, key: str, marks: str) -> Iterator[list[Cell]]:
    """The rows for export, each with its scenario, key and data."""
    scenario = table.scenario
    origin: list[Cell] = [f"{scenario.file_number} {scenario.name}", key, scenario.data.source]
    # The agreed amount at the time of a decision is not kept with the scenario.
    knows_agreed = scenario.state != ScenarioState.DECIDED
    for row in table.rows:
        yield [
            *(row.body.ags, row.title, words(row.body.kind.label), _cents(row.before_cents)),
            Cents(row.holding.total_cents),
            Cents(row.holding.agreed_cents) if knows_agreed else None,
            *(Cents(row.amount_cents), _cents(row.change_cents), _percent(row)),
            *(
                None if row.share is None else row.share * 100,
                translated(row.limited_by),
                row.reason,
            ),
            *(" ".join(row.breaks), *origin, scenario.data.reference_date, marks),
        ]


def _percent(row: Row) -> Fraction | None:
    return Fraction(100 * row.change_cents, row.before_cents) if row.before_cents else None  # type: ignore[operator]


def _cents(value: int | None) -> Cents | None:
    return None if value is None else Cents(value)


def translated(label: str) -> str:
    return translate(label, (get_language() or "de")[:2])
