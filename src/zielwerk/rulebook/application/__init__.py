"""Applications: what is applied for, how the amount follows from the plan, what contradicts."""

from zielwerk.rulebook.application.content import (
    FORMS,
    Application,
    AppliedMeasure,
    Cost,
    Form,
    Income,
)
from zielwerk.rulebook.application.financing import Grant, Step, grant
from zielwerk.rulebook.application.flat_rates import (
    RATE_KINDS,
    Exceeded,
    FlatRate,
    RateKind,
    amount_of,
    exceeded,
)
from zielwerk.rulebook.application.pools import (
    Comparison,
    CostPool,
    Position,
    Verdict,
    compared,
)

__all__ = [
    "FORMS",
    "RATE_KINDS",
    "Application",
    "AppliedMeasure",
    "Comparison",
    "Cost",
    "CostPool",
    "Exceeded",
    "FlatRate",
    "Form",
    "Grant",
    "Income",
    "Position",
    "RateKind",
    "Step",
    "Verdict",
    "amount_of",
    "compared",
    "exceeded",
    "grant",
]
