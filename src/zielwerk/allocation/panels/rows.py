"""One body's line in a scenario: as it comes out now, or as it was put forward or decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from zielwerk.allocation.actions.figures import kinds_kept
from zielwerk.allocation.models import Scenario
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import BEYOND_LABELS, LIMIT_LABELS
from zielwerk.rulebook.kinds import Kinds
from zielwerk.rulebook.planning import Holding
from zielwerk.rulebook.scenario import Reading
from zielwerk.rulebook.tranche import Tranche
from zielwerk.ui import figures


@dataclass(frozen=True)
class Row:
    """One body's amount with the figures beside it, in cents.

    ``before_cents`` is last year's amount, None where there was none or where it was not kept
    (``is_last_year_kept``); ``breaks`` say why it cannot be compared. ``held_cents`` is what the
    body holds now; of a scenario that was put forward or decided, held then. ``holding`` has the
    parts of that, None where they were not kept. ``share`` and ``limited_by`` are empty where the
    amount was set by hand for ``reason``; ``beyond`` says what it does not keep to then.
    ``kinds`` are the kinds of money of the new amount, None where they were not kept.
    """

    body: Body
    title: str
    amount_cents: int
    before_cents: int | None
    held_cents: int
    holding: Holding | None
    share: Fraction | None
    limited_by: str
    reason: str
    beyond: tuple[str, ...]
    breaks: tuple[str, ...]
    is_last_year_kept: bool = True
    kinds: Mapping[Tranche, int] | None = None

    @property
    def change_cents(self) -> int | None:
        return None if self.before_cents is None else self.amount_cents - self.before_cents

    @property
    def moved_cents(self) -> int:
        """The body's gain or loss against its holding."""
        return self.amount_cents - self.held_cents

    @property
    def agreed_cents(self) -> int | None:
        return None if self.holding is None else self.holding.agreed_cents

    @property
    def uncovered_cents(self) -> int:
        """The part of a loss that no allocated money covers, since it is agreed already."""
        if self.holding is None:
            return 0
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
        return self.agreed_cents is not None and self.agreed_cents > self.amount_cents


def computed_rows(scenario: Scenario, read: Reading, after: Kinds) -> Iterator[Row]:
    """The rows of a scenario as it comes out now; ``after`` is what the decision leads to."""
    bodies = bodies_of(scenario)
    for assignment in read.distribution.assignments:
        holding = read.standing.of(assignment.ags)
        yield Row(
            **_of_body(scenario, bodies[assignment.ags]),
            amount_cents=assignment.amount_cents,
            before_cents=read.last_year.get(assignment.ags),
            held_cents=holding.total_cents,
            holding=holding,
            share=assignment.share,
            limited_by=LIMIT_LABELS[assignment.limited_by],
            reason=assignment.override.reason if assignment.override else "",
            beyond=tuple(BEYOND_LABELS[name] for name in assignment.beyond),
            kinds=after.given(assignment.ags),
        )


def kept_rows(scenario: Scenario, figures_kept: Mapping[str, Any]) -> Iterator[Row]:
    """The rows as they were put forward or decided, whatever has moved since."""
    bodies = bodies_of(scenario)
    for ags, kept in figures_kept["rows"].items():
        holding = Holding(**kept["holding"])
        yield Row(
            **_of_body(scenario, bodies[ags]),
            amount_cents=kept["amount_cents"],
            before_cents=kept["last_year_cents"],
            held_cents=holding.total_cents,
            holding=holding,
            share=None if kept["share"] is None else Fraction(kept["share"]),
            limited_by=LIMIT_LABELS[kept["limited_by"]],
            reason=kept["reason"],
            beyond=tuple(BEYOND_LABELS[name] for name in kept["beyond"]),
            kinds=kinds_kept(kept.get("kinds")),
        )


def decided_rows(scenario: Scenario) -> Iterator[Row]:
    """The rows of a decision from before all its figures were kept: what its allocations say."""
    bodies = bodies_of(scenario)
    for allocation in scenario.allocations.all():
        arithmetic: dict[str, Any] = allocation.arithmetic
        by_hand = arithmetic.get("by_hand", {})
        yield Row(
            **_of_body(scenario, bodies[allocation.ags]),
            amount_cents=allocation.amount_cents,
            before_cents=arithmetic.get("last_year_cents"),
            held_cents=allocation.before_cents,
            holding=None,
            share=None if by_hand else Fraction(arithmetic["share"]),
            limited_by=LIMIT_LABELS[arithmetic.get("limited_by", "")],
            reason=by_hand.get("reason", ""),
            beyond=(),
            is_last_year_kept=arithmetic.get("last_year_cents") is not None,
        )


def _of_body(scenario: Scenario, body: Body) -> dict[str, Any]:
    return {
        "body": body,
        "title": programmes.body_title(body),
        "breaks": programmes.breaks_before(scenario.programme, body, scenario.year),
    }


def in_order(scenario: Scenario, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows by the short names of their bodies, in every state of a scenario."""
    by_ags = {row.body.ags: row for row in rows}
    return tuple(by_ags[ags] for ags in naming.in_order(scenario.programme, by_ags))


def bodies_of(scenario: Scenario) -> dict[str, Body]:
    bodies = packs.bodies_in(scenario.programme, scenario.year)
    return {body.ags: body for body in bodies}
