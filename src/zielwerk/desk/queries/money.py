"""A body's money on its desk: what was decided for it, what changed, and what moved it.

From decided scenarios alone: of these their comment, total and weights, of the arithmetic the
body's own terms; nothing that is not decided, and no amount of another body.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from zielwerk.adjustments import queries as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import queries as agreements
from zielwerk.allocation import queries as allocations
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.core import permissions
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind, AdjustmentState
from zielwerk.ui import figures
from zielwerk.ui.tags.values import said

YEARS = 2
"""So many programme years stand on the desk, the newest that was decided and those before it."""
SIGNS = {AdjustmentKind.REALLOCATION: 1, AdjustmentKind.WAIVER: -1, AdjustmentKind.COVER: 0}


@dataclass(frozen=True)
class Cause:
    """What moved an amount: what it is, what it was before, and what it is now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Moved:
    """A decided move of money since: its kind, by how much, why, when, and where it is shown."""

    label: str
    signed: str
    reason: str
    on: date
    url: str


@dataclass(frozen=True)
class Money:
    """What a body has of a year's money for one purpose, by the decision that holds.

    ``today_cents`` is what it has by now, ``before_cents`` what it had before the decision,
    ``last_year_cents`` what was decided for the year before, None where nothing was.
    ``causes`` compare with the decision before, of this year or else of the last, see
    ``compared_with``; ``by_hand`` is the reason for an amount that the key did not give.
    """

    year: int
    purpose: str
    amount_cents: int
    today_cents: int
    before_cents: int
    last_year_cents: int | None
    decided_on: date
    number: str
    url: str
    comment: str
    by_hand: str
    compared_with: str
    causes: Sequence[Cause]
    moves: Sequence[Moved]

    @property
    def title(self) -> str:
        text, english = f"{self.year}: {self.purpose}", getattr(self.purpose, "english", "")
        if not isinstance(self.purpose, German):
            return text
        return German(text, f"{self.year}: {english}" if english else "")

    @property
    def changed(self) -> str:
        """By how much the decision changed what it had, with its sign; empty for a first one."""
        return _signed(self.amount_cents - self.before_cents) if self.before_cents else ""

    @property
    def against_last_year(self) -> str:
        """By how much it is more or less than last year, in percent; empty where nothing was."""
        return figures.change(self.amount_cents, self.last_year_cents)


def own_money(user: Any) -> list[Money]:
    """The money of the body for which a person acts, newest year first; two queries."""
    if not user.ags or permissions.role_refusal(user, "allocation.look_at_allocations"):
        return []
    every = allocations.with_today(allocations.allocations(user, settings.PROGRAMME))
    decided = list(every.select_related(None).select_related("scenario").order_by("-year", "-pk"))
    shown_years = sorted({each.year for each in decided}, reverse=True)[:YEARS]
    moves = _moves(user, shown_years)
    shown = (each for each in decided if each.year in shown_years and vars(each)["is_valid"])
    return [_money(each, decided, moves) for each in shown]


def _moves(user: Any, years: Sequence[int]) -> list[Adjustment]:
    if permissions.role_refusal(user, "adjustments.look"):
        return []
    moves = adjustments.adjustments(user, settings.PROGRAMME).select_related(None)
    moves = moves.filter(year__in=years, state=AdjustmentState.ORDERED)
    return list(moves.order_by("decided_at", "pk"))


def _money(
    one: BodyAllocation, decided: Sequence[BodyAllocation], moves: Sequence[Adjustment]
) -> Money:
    same = [each for each in decided if each.earmark == one.earmark]
    earlier = next((each for each in same if each.year == one.year and each.pk < one.pk), None)
    last_year = next((each for each in same if each.year == one.year - 1), None)
    compared = earlier or last_year
    return Money(
        year=one.year,
        purpose=programmes.purpose(one.fund),
        amount_cents=one.amount_cents,
        today_cents=vars(one)["given_cents"],
        before_cents=one.before_cents,
        last_year_cents=last_year.amount_cents if last_year else None,
        decided_on=localdate(one.decided_at),
        number=one.scenario.file_number,
        url=reverse("allocation:allocation", args=[one.pk]),
        comment=one.scenario.comment,
        by_hand=one.arithmetic.get("by_hand", {}).get("reason", ""),
        compared_with=compared.scenario.file_number if compared else "",
        causes=list(_causes(one, compared)) if compared else [],
        moves=[_moved(each) for each in moves if each.fund == one.fund and _is_later(each, one)],
    )


def _is_later(move: Adjustment, than: BodyAllocation) -> bool:
    return move.decided_at is not None and move.decided_at >= than.decided_at


def _moved(move: Adjustment) -> Moved:
    sign = SIGNS[AdjustmentKind(move.kind)]
    return Moved(
        said(move.get_kind_display()),
        _signed(sign * move.amount_cents) if sign else figures.euro(move.amount_cents),
        move.reason,
        localdate(move.decided_at),
        reverse("adjustments:adjustment", args=[move.pk]),
    )


def _signed(cents: int) -> str:
    return figures.signed_euro(cents)


# --- what moved it ------------------------------------------------------------------------


def _causes(one: BodyAllocation, before: BodyAllocation) -> Iterator[Cause]:
    """What differs between two decisions and moved the body's amount, the total first."""
    totals = before.scenario.end_cents, one.scenario.end_cents
    yield from _if_other(gettext("Zu verteilende Summe"), totals, figures.euro)
    if "terms" not in one.arithmetic or "terms" not in before.arithmetic:
        return
    labels = _labels(one.scenario)
    weights = [_weights(each.scenario) for each in (before, one)]
    for code in sorted({*weights[0], *weights[1]}):
        pair = weights[0].get(code, Fraction(0)), weights[1].get(code, Fraction(0))
        label = gettext("Gewicht „{indicator}“").format(indicator=labels.get(code, code))
        yield from _if_other(label, pair, figures.percent)
    shares = Fraction(before.arithmetic["share"]), Fraction(one.arithmetic["share"])
    yield from _if_other(gettext("Eigener Anteil am Bedarf"), shares, figures.percent)
    yield from _foremost(one, before, labels)
    bases = before.arithmetic["base_cents"], one.arithmetic["base_cents"]
    yield from _if_other(gettext("Sockelbetrag"), bases, figures.euro)


def _if_other(label: str, pair: tuple[Any, Any], worded: Any) -> Iterator[Cause]:
    if pair[0] != pair[1]:
        yield Cause(label, *map(worded, pair))


def _foremost(
    one: BodyAllocation, before: BodyAllocation, labels: Mapping[str, str]
) -> Iterator[Cause]:
    """The indicator of the body's own that changed its share most, with its part of all."""
    parts = [
        {
            term["indicator"]: (
                Fraction(term["product"]),
                Fraction(term["value"]) / Fraction(term["total"]),
            )
            for term in each.arithmetic["terms"]
            if Fraction(term["total"])
        }
        for each in (before, one)
    ]
    common = sorted(parts[0].keys() & parts[1].keys())
    if not common:
        return
    code = max(common, key=lambda name: abs(parts[1][name][0] - parts[0][name][0]))
    label = gettext("Am stärksten: eigener Teil von „{indicator}“")
    pair = parts[0][code][1], parts[1][code][1]
    yield from _if_other(label.format(indicator=labels.get(code, code)), pair, figures.percent)


def _weights(scenario: Scenario) -> dict[str, Fraction]:
    """The weights of a key as parts of one."""
    weights = {code: Fraction(weight) for code, weight in scenario.key["weights"].items()}
    total = sum(weights.values()) or Fraction(1)
    return {code: weight / total for code, weight in weights.items() if weight}


def _labels(scenario: Scenario) -> dict[str, str]:
    """What the indicators are called in the rules of the year."""
    if scenario.year not in packs.years(scenario.programme):
        return {}
    rules = packs.load(scenario.programme, scenario.year)
    return {indicator.code: said(indicator.label) for indicator in rules.indicators}


# --- agreements ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnAgreement:
    """An agreement of the body for which a person acts, in a few words."""

    year: int
    amount_cents: int
    measure_count: int
    url: str


def own_agreements(user: Any) -> list[OwnAgreement]:
    """The agreements of the body for which a person acts, newest year first."""
    if not user.ags or permissions.role_refusal(user, "agreements.look"):
        return []
    columns = ("year", "ags", "ordinal", "amount_cents", "measure_count")
    return [
        OwnAgreement(year, cents, number, reverse("desk:case", args=[year, ags, ordinal]))
        for year, ags, ordinal, cents, number in agreements.agreements(user).values_list(*columns)
    ]
