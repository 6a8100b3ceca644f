"""A scenario's amounts body by body, beside last year's and the holdings in the books."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext

from zielwerk.allocation import queries
from zielwerk.allocation.actions.figures import would_move
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels.rows import (
    Row,
    bodies_of,
    computed_rows,
    decided_rows,
    in_order,
    kept_rows,
)
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.kinds import Effect, added, effects
from zielwerk.rulebook.planning import NOTHING, Needed
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.scenario import BASIS_CHANGED, ScenarioFacts, ScenarioState
from zielwerk.rulebook.tranche import UNKNOWN, FreeMoney, Tranche
from zielwerk.ui import figures
from zielwerk.ui.bodies import brief, official, short
from zielwerk.ui.charts import Bar, Tile

TABLE, AMOUNT, CHANGE, BARS = "tabelle", "betraege", "veraenderung", "balken"
"""The views of a result, as addresses call them."""
MAPS = (AMOUNT, CHANGE)

BY_HAND = msg("von Hand gesetzt")


@dataclass(frozen=True)
class KindRow:
    """A kind of money: its name, what of it is shared out, and what becomes of what is free."""

    name: str
    shared_cents: int
    effect: Effect


@dataclass(frozen=True)
class Table:
    """A scenario with its rows; without any where ``refusals`` say why it cannot be computed.

    ``facts`` are those of now, for what may be done next. ``needed`` and ``free_cents`` are the
    ones that belong to the rows; None where they were not kept. ``effects`` are what the decision
    does to the free money of each kind, empty where that was not kept.
    """

    scenario: Scenario
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    residual_cents: int
    facts: ScenarioFacts
    needed: Needed | None
    free_cents: int | None
    tranches: Mapping[Tranche, FreeMoney]
    effects: Mapping[Tranche, Effect] = field(default_factory=dict)
    basis: queries.Basis | None = None

    @classmethod
    def empty(cls, scenario: Scenario, *refusals: Refusal) -> "Table":
        """The table of a scenario that cannot be computed."""
        facts = ScenarioFacts(refusals=refusals)
        return cls(scenario, (), refusals, 0, facts, needed=None, free_cents=None, tranches={})

    @property
    def shared_cents(self) -> int:
        return sum(row.amount_cents for row in self.rows)

    @cached_property
    def has_holdings(self) -> bool:
        """Whether bodies have money for the year already."""
        return any(row.held_cents or row.holding not in (None, NOTHING) for row in self.rows)

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
    def is_frozen(self) -> bool:
        """Whether the figures are those of the proposal or the decision."""
        return self.scenario.figures is not None or self.scenario.state == ScenarioState.DECIDED

    @property
    def is_all_by_hand(self) -> bool:
        """Whether no amount is the key's, so that what is left is no matter of rounding."""
        return bool(self.rows) and all(row.reason for row in self.rows)

    @property
    def rest(self) -> str:
        """What the money is called that is not shared out."""
        if self.is_all_by_hand:
            return gettext("Nicht verteilt, weil alle Beträge von Hand gesetzt sind")
        return gettext("Rest unter einer Rundungseinheit")

    @property
    def free_word(self) -> str:
        """When the free money was counted that stands beside the rows."""
        if not self.is_frozen:
            return gettext("Frei")
        if self.scenario.state == ScenarioState.DECIDED:
            return gettext("Frei bei der Entscheidung")
        return gettext("Frei bei der Vorlage")

    @property
    def free_rows(self) -> list[tuple[str, FreeMoney]]:
        """The free money by tranche: money and authority are never one figure."""
        return [(programmes.tranche(one), of) for one, of in self.tranches.items()]

    @property
    def free_kinds(self) -> list[tuple[str, int]]:
        """What of each kind was free before."""
        return [(name, of.free_cents) for name, of in self.free_rows]

    @cached_property
    def shared_kinds(self) -> list[tuple[str, int]]:
        """What is shared out, by kind of money; nothing where that was not kept."""
        return programmes.by_kind(self._shared)

    @cached_property
    def _shared(self) -> Mapping[Tranche, int]:
        kinds = [row.kinds for row in self.rows if row.kinds is not None]
        return added(*kinds) if len(kinds) == len(self.rows) else {}

    @property
    def effect_rows(self) -> list[tuple[str, Effect]]:
        """What the decision does to the free money, by kind."""
        return [(_name(one, of), of) for one, of in self.effects.items()]

    @property
    def kind_rows(self) -> list[KindRow]:
        """What is shared out, and what that does to the free money, kind by kind."""
        shared = self._shared
        kinds = dict.fromkeys((*self.effects, *shared))
        nothing = Effect()
        effects = [(one, self.effects.get(one, nothing)) for one in kinds]
        return [KindRow(_name(one, of), shared.get(one, 0), of) for one, of in effects]

    @property
    def is_any_freed(self) -> bool:
        return any(of.freed_cents for of in self.effects.values())

    @property
    def is_any_covered(self) -> bool:
        return any(of.covered_cents for of in self.effects.values())

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


def _name(tranche: Tranche, effect: Effect) -> str:
    """The kind of money, or that no kind has so much."""
    is_missing = tranche == UNKNOWN and effect.gains_cents and effect.after_cents < 0
    return gettext("nicht vorhanden") if is_missing else programmes.tranche(tranche)


def table_of(scenario: Scenario, on: date) -> Table:
    """The scenario's table: what was put forward or decided as it was, else as it comes out now."""
    if scenario.state == ScenarioState.DECIDED:
        return _decided_table(scenario)
    basis = queries.basis_of(scenario)
    facts = queries.facts_of(scenario, on, basis)
    if scenario.figures is not None:
        return _kept_table(scenario, scenario.figures, facts, basis)
    if facts.read is None:
        return Table.empty(scenario, *facts.refusals)
    distribution, kinds = facts.read.distribution, facts.read.standing.kinds
    moves = would_move(scenario, facts.read, on)
    return Table(
        scenario,
        in_order(scenario, computed_rows(scenario, facts.read, kinds.after(moves))),
        (),
        distribution.residual_cents,
        facts,
        needed=facts.needed,
        free_cents=facts.free_cents,
        tranches=facts.tranches,
        effects=effects(kinds, moves),
        basis=basis,
    )


def _kept_table(
    scenario: Scenario,
    kept: Mapping[str, Any],
    facts: ScenarioFacts,
    basis: queries.Basis | None = None,
) -> Table:
    return Table(
        scenario,
        in_order(scenario, kept_rows(scenario, kept)),
        (),
        kept["residual_cents"],
        facts,
        needed=Needed(**kept["needed"]),
        free_cents=kept["free_cents"],
        tranches={Tranche(*each[:3]): FreeMoney(*each[3:]) for each in kept.get("tranches", ())},
        effects={Tranche(*each[:3]): Effect(*each[3:]) for each in kept.get("effects", ())},
        basis=basis,
    )


def _decided_table(scenario: Scenario) -> Table:
    """Every body's decided amount, whatever has moved since."""
    if scenario.figures is not None:
        return _kept_table(scenario, scenario.figures, ScenarioFacts())
    rows = in_order(scenario, decided_rows(scenario))
    rest = scenario.end_cents - sum(row.amount_cents for row in rows)
    return Table(
        scenario, rows, (), rest, ScenarioFacts(), needed=None, free_cents=None, tranches={}
    )


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
    yield from row.beyond


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


def translated(label: str) -> str:
    return translate(label, (get_language() or "de")[:2])
