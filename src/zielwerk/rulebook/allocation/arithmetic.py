"""One body's arithmetic as plain data that is kept with its allocation."""

from typing import Any

from zielwerk.rulebook.allocation.explain import explain
from zielwerk.rulebook.allocation.override import Assignment, Distribution


def arithmetic(shared: Distribution, assignment: Assignment) -> dict[str, Any]:
    """How one body's amount came about (JSON); fractions as exact text, money in cents.

    Holds this body's own terms and no other body's. An amount set by hand has its reason
    instead.
    """
    if assignment.override:
        return {
            "by_hand": {
                "reason": assignment.override.reason,
                "beyond": list(assignment.beyond),
            }
        }
    assert shared.by_key is not None
    explanation = explain(shared.by_key, assignment.ags)
    across = explanation.across
    changed = (
        {
            "across": {
                "by_key_cents": across.by_key_cents,
                "factor": str(across.factor),
                "before_limits_cents": str(across.before_limits_cents),
                "limited_by": across.limited_by,
                "exact_cents": str(across.exact_cents),
                "rounded_by_cents": str(across.rounded_by_cents),
            }
        }
        if across
        else {}
    )
    return {
        "terms": [
            {
                "indicator": term.indicator,
                "value": str(term.value),
                "total": str(term.total),
                "weight": str(term.weight),
                "product": str(term.product),
            }
            for term in explanation.terms
        ],
        "share": str(explanation.share),
        "base_cents": explanation.base_cents,
        "rate_cents": str(explanation.rate_cents),
        "before_limits_cents": str(explanation.before_limits_cents),
        "lower_cents": explanation.lower_cents,
        "lower_by": explanation.lower_by,
        "upper_cents": explanation.upper_cents,
        "upper_by": explanation.upper_by,
        "limited_by": explanation.limited_by,
        "exact_cents": str(explanation.exact_cents),
        "rounding_cents": explanation.rounding_cents,
        "method": shared.by_key.key.method,
        "rounded_by_cents": str(explanation.rounded_by_cents),
        "last_year_cents": explanation.last_year_cents,
        **changed,
    }
