"""The arithmetic that led to one body's amount, as data."""

from dataclasses import dataclass
from fractions import Fraction

from zielwerk.rulebook.allocation.compute import Allocation, Share
from zielwerk.rulebook.allocation.limits import LimitName, Limits, limits_of


@dataclass(frozen=True)
class Term:
    """One indicator of one body: ``value / total = part``, ``part · weight = product``.

    ``weight`` is normalised: the weights of all terms add up to one, their products to the
    body's share.
    """

    indicator: str
    value: Fraction
    total: Fraction
    part: Fraction
    weight: Fraction
    product: Fraction


@dataclass(frozen=True)
class Step:
    """The change across the board: ``by_key_cents`` · ``factor``, within the limits, in units."""

    by_key_cents: int
    factor: Fraction
    before_limits_cents: Fraction
    limited_by: LimitName
    exact_cents: Fraction
    rounded_by_cents: Fraction


@dataclass(frozen=True)
class Explanation:
    """How one body's amount came about, step by step; money in cents, exact fractions.

    ``before_limits_cents`` is base + ``rate_cents`` · share, ``exact_cents`` the same within
    the limits, and ``amount_cents`` that in whole units; ``rounded_by_cents`` is the
    difference. ``limited_by`` names the limit that moved the amount. ``rate_cents`` is the
    same for all: together with other bodies' values it gives away their amounts, so it is
    for people who may see those, or for a decided allocation. With a change across the board
    (``across``), ``limited_by`` to ``rounded_by_cents`` lead to the amount by the key, and
    ``across`` from there to the amount.
    """

    ags: str
    name: str
    terms: tuple[Term, ...]
    share: Fraction
    base_cents: int
    rate_cents: Fraction
    before_limits_cents: Fraction
    lower_cents: int
    lower_by: LimitName
    upper_cents: int | None
    upper_by: LimitName
    limited_by: LimitName
    exact_cents: Fraction
    rounding_cents: int
    rounded_by_cents: Fraction
    amount_cents: int
    last_year_cents: int | None
    across: Step | None = None


def explain(allocation: Allocation, ags: str) -> Explanation:
    """The arithmetic of one body, without any other body's figures; KeyError if unknown."""
    key = allocation.key
    place = {need.ags: place for place, need in enumerate(allocation.needs)}[ags]
    need, share = allocation.needs[place], allocation.amounts[place]
    limits = limits_of(key, need)
    before = key.base_cents + allocation.rate_cents * share.share
    exact = _within(limits, before)
    across = allocation.across
    by_key = across.by_key[place] if across else share.amount_cents
    return Explanation(
        ags=ags,
        name=need.name,
        terms=tuple(_term(allocation, need.values[name], name) for name in allocation.totals),
        share=share.share,
        base_cents=key.base_cents,
        rate_cents=allocation.rate_cents,
        before_limits_cents=before,
        lower_cents=limits.lower_cents,
        lower_by=limits.lower_by,
        upper_cents=limits.upper_cents,
        upper_by=limits.upper_by,
        limited_by=across.limited_by_key[place] if across else share.limited_by,
        exact_cents=exact,
        rounding_cents=key.rounding_cents,
        rounded_by_cents=by_key - exact,
        amount_cents=share.amount_cents,
        last_year_cents=need.last_year_cents,
        across=_step(across.factor, by_key, share, limits) if across else None,
    )


def _within(limits: Limits, cents: Fraction) -> Fraction:
    exact = max(cents, Fraction(limits.lower_cents))
    return exact if limits.upper_cents is None else min(exact, Fraction(limits.upper_cents))


def _step(factor: Fraction, by_key_cents: int, share: Share, limits: Limits) -> Step:
    before = factor * by_key_cents
    exact = _within(limits, before)
    return Step(by_key_cents, factor, before, share.limited_by, exact, share.amount_cents - exact)


def _term(allocation: Allocation, value: int | Fraction, indicator: str) -> Term:
    total = allocation.totals[indicator]
    weights = allocation.key.weights
    weight = Fraction(weights[indicator]) / sum(map(Fraction, weights.values()))
    part = value / total
    return Term(indicator, Fraction(value), total, part, weight, part * weight)
