"""Decided allocations, each with the arithmetic that led to its amount."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.allocation import queries
from zielwerk.allocation.actions.figures import kinds_kept
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.allocation.panels import lists as panels
from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.tranches import tranche_rows
from zielwerk.rulebook.allocation import BEYOND_LABELS, LIMIT_LABELS, METHOD_MEANINGS, METHODS
from zielwerk.ui import figures, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.timeline import timeline
from zielwerk.ui.views import Request, may


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The breaks in the series of the bodies on the page."""
    return {
        "breaks": packs.breaks_within(settings.PROGRAMME, listed.of_rows("ags", "year")),
        "is_own_only": bool(request.user.ags),
    }


allocations = lists.door(panels.ALLOCATIONS, "allocation/allocations.html", beside)


@may("allocation.look_at_allocations")
@require_safe
def allocation(request: Request, pk: int) -> HttpResponse:
    """One body's amount, step by step, and nothing of any other body."""
    allocation = queries.allocation(request.user, settings.PROGRAMME, pk)
    rules = queries.rules_of(allocation.scenario)
    key = next((key for key in rules.allocation_keys if key.earmark == allocation.earmark), None)
    context: dict[str, Any] = {
        "allocation": allocation,
        "purpose": programmes.purpose(allocation.fund),
        "tranches": list(tranche_rows(allocation.programme, allocation.ags, allocation.fund))
        if vars(allocation)["is_valid"]
        else [],
        "data": allocation.scenario.data,
        "moved": figures.signed_euro(allocation.amount_cents - allocation.before_cents),
        "then": then_of(allocation),
        "kinds": kinds_of(allocation),
        "since": figures.signed_euro(vars(allocation)["since_cents"] or 0),
        "assumed": key.source.text if key and key.source.assumed else "",
        "may_look_at_scenarios": not permissions.role_refusal(request.user, "allocation.look"),
        "timeline": timeline(request, allocation.scenario)[-1:],  # the decision
        **_neighbours(request, allocation),
    }
    if by_hand := allocation.arithmetic.get("by_hand"):
        context["reason"] = by_hand["reason"]
        context["beyond"] = [gettext(BEYOND_LABELS[name]) for name in by_hand.get("beyond", ())]
    else:
        context["set_by_hand"] = set_by_hand(allocation.scenario)
        labels = {
            indicator.code: (indicator.label, indicator.unit) for indicator in rules.indicators
        }
        context["terms"] = list(_terms(allocation, labels))
        context["steps"] = list(_steps(allocation))
    return render(request, "allocation/allocation.html", context)


@dataclass(frozen=True)
class ByHand:
    """The amounts of a scenario set by hand: how many, their sum, and what the key shares."""

    number: int
    cents: int
    shared_cents: int


def set_by_hand(scenario: Scenario) -> ByHand | None:
    """What was set by hand and came off the total first; None where nothing was."""
    amounts = [override["amount_cents"] for override in scenario.overrides.values()]
    if not amounts:
        return None
    return ByHand(len(amounts), sum(amounts), scenario.end_cents - sum(amounts))


def then_of(allocation: BodyAllocation) -> dict[str, Any] | None:
    """The body's figures beside the decision, as they were kept with it; None where not."""
    kept: dict[str, Any] | None = (allocation.scenario.figures or {"rows": {}})["rows"].get(
        allocation.ags
    )
    return kept


def kinds_of(allocation: BodyAllocation) -> list[tuple[str, int]] | None:
    """The decided amount by kind of money, as it was kept with it; None where it was not."""
    kinds = kinds_kept(allocation.arithmetic.get("kinds"))
    if kinds is None:
        return None
    return programmes.by_kind(kinds)


def _neighbours(request: Request, allocation: BodyAllocation) -> dict[str, str]:
    visible = queries.allocations(request.user, settings.PROGRAMME)
    before, after = steps.neighbours(visible, allocation.pk)
    return {
        "previous": reverse("allocation:allocation", args=[before]) if before else "",
        "following": reverse("allocation:allocation", args=[after]) if after else "",
    }


@dataclass(frozen=True)
class Term:
    """One indicator: the body's value as a part of the total that counts, times the weight.

    ``everybody`` is the sum of all bodies, ``total`` that of those whose amount is the key's.
    """

    label: str
    unit: str
    value: str
    everybody: str
    total: str
    part: str
    weight: str
    product: str


def _terms(allocation: BodyAllocation, labels: Mapping[str, tuple[str, str]]) -> Iterator[Term]:
    scenario = allocation.scenario
    by_hand = [scenario.data.values.get(ags, {}) for ags in scenario.overrides]
    for term in allocation.arithmetic["terms"]:
        value, total = Fraction(term["value"]), Fraction(term["total"])
        others = sum(Fraction(values.get(term["indicator"], 0)) for values in by_hand)
        label, unit = labels.get(term["indicator"], (term["indicator"], ""))
        yield Term(
            label,
            unit,
            figures.plain(value),
            figures.plain(total + others),
            figures.plain(total),
            figures.percent(value / total, 4),
            figures.percent(Fraction(term["weight"]), 4),
            figures.percent(Fraction(term["product"]), 4),
        )


@dataclass(frozen=True)
class Reckoning:
    """One step of the arithmetic: its title, its formula in words, its result."""

    title: str
    formula: str
    result: str


def _steps(allocation: BodyAllocation) -> Iterator[Reckoning]:
    arithmetic = allocation.arithmetic
    share, rate = Fraction(arithmetic["share"]), Fraction(arithmetic["rate_cents"])
    across = arithmetic.get("across")
    base, before_limits = arithmetic["base_cents"], Fraction(arithmetic["before_limits_cents"])
    yield Reckoning(
        gettext("Anteil am Bedarf"),
        gettext("Summe der gewichteten Anteile aus der Tabelle"),
        figures.percent(share, 6),
    )
    yield Reckoning(
        gettext("Betrag nach Bedarf"),
        gettext("Anteil × {rate}; so viel entfällt auf 100 % des Bedarfs").format(
            rate=figures.euro(rate)
        ),
        figures.euro(share * rate),
    )
    yield Reckoning(
        gettext("Mit Sockelbetrag"),
        gettext("{base} Sockelbetrag + {need}").format(
            base=figures.euro(base), need=figures.euro(share * rate)
        ),
        figures.euro(before_limits),
    )
    yield Reckoning(
        gettext("Innerhalb der Grenzen"),
        _limits(arithmetic),
        figures.euro(Fraction(arithmetic["exact_cents"])),
    )
    method = queries.method_of(arithmetic)
    yield Reckoning(
        gettext("Gerundet"),
        gettext("auf ganze {unit} nach {method}: {difference}. {meaning}").format(
            unit=figures.euro(arithmetic["rounding_cents"]),
            method=gettext(METHODS[method]),
            difference=_signed(Fraction(arithmetic["rounded_by_cents"])),
            meaning=gettext(METHOD_MEANINGS[method]),
        ),
        figures.euro(across["by_key_cents"] if across else allocation.amount_cents),
    )
    if across:
        yield _across(across, allocation.amount_cents)


def _across(across: Mapping[str, Any], amount_cents: int) -> Reckoning:
    """The change across the board: the amount by the key times one factor for all."""
    name = across["limited_by"]
    limit = gettext("innerhalb der Grenzen")
    if name:
        limit = gettext("an der Grenze: {limit}").format(limit=gettext(LIMIT_LABELS[name]))
    formula = gettext(
        "{by_key} × {factor}, derselbe Faktor für alle, {limit}; auf ganze Einheiten gerundet: "
        "{difference}"
    ).format(
        by_key=figures.euro(across["by_key_cents"]),
        factor=figures.plain(Fraction(across["factor"]), 6),
        limit=limit,
        difference=_signed(Fraction(across["rounded_by_cents"])),
    )
    return Reckoning(gettext("Anteilig geändert"), formula, figures.euro(amount_cents))


def _signed(cents: Fraction) -> str:
    return ("+" if cents > 0 else "") + figures.euro(cents)


def _limits(arithmetic: Mapping[str, Any]) -> str:
    """Which limits applied, and which of them moved the amount."""
    parts = []
    for side, word in (("lower", gettext("mindestens")), ("upper", gettext("höchstens"))):
        limit = arithmetic[f"{side}_by"]
        if limit:
            label = gettext(LIMIT_LABELS[limit])
            parts.append(f"{word} {figures.euro(arithmetic[f'{side}_cents'])} ({label})")
    if not parts:
        return gettext("Der Schlüssel setzt keine Grenzen.")
    if arithmetic["limited_by"]:
        name = arithmetic["limited_by"]
        label = gettext(LIMIT_LABELS[name])
        parts.append(gettext("der Betrag liegt an der Grenze: {limit}").format(limit=label))
    else:
        parts.append(gettext("der Betrag liegt dazwischen"))
    return "; ".join(parts)
