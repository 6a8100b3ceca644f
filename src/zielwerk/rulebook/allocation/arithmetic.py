"""One body's arithmetic as plain data that is kept with its allocation."""

from typing import Any

from zielwerk.rulebook.allocation.explain import explain
from zielwerk.rulebook.allocation.override import Assignment, Distribution


def arithmetic(shared: Distribution, one: Assignment) -> dict[str, Any]:
    """How one body's amount came about (JSON); fractions as exact text, money in cents.

    Holds this body's own terms and no other body's. An amount set by hand has its reason
    instead.
    """
    if one.override:
        return {"by_hand": {"reason": one.override.reason}}
    assert shared.by_key is not None
    found = explain(shared.by_key, one.ags)
    return {
        "terms": [
            {
                "indicator": term.indicator,
                "value": str(term.value),
                "total": str(term.total),
                "weight": str(term.weight),
                "product": str(term.product),
            }
            for term in found.terms
        ],
        "share": str(found.share),
        "base_cents": found.base_cents,
        "rate_cents": str(found.rate_cents),
        "before_limits_cents": str(found.before_limits_cents),
        "lower_cents": found.lower_cents,
        "lower_by": found.lower_by,
        "upper_cents": found.upper_cents,
        "upper_by": found.upper_by,
        "limited_by": found.limited_by,
        "exact_cents": str(found.exact_cents),
        "rounding_cents": found.rounding_cents,
        "rounded_by_cents": str(found.rounded_by_cents),
        "last_year_cents": found.last_year_cents,
    }
