"""Applications: what is applied for, how the amount follows from the plan, what contradicts."""

from zielwerk.rulebook.application.content import (
    FORMS,
    Application,
    AppliedMeasure,
    Cost,
    Form,
    Income,
)
from zielwerk.rulebook.application.facts import ApplicationRules, Elsewhere, Paper
from zielwerk.rulebook.application.financing import Grant, Step, grant
from zielwerk.rulebook.application.flat_rates import (
    RATE_KINDS,
    Exceeded,
    FlatRate,
    RateKind,
    amount_of,
    exceeded,
)
from zielwerk.rulebook.application.plausibility import (
    RULES,
    WEIGHTS,
    Finding,
    Rule,
    Weight,
    against,
    check,
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
    "RULES",
    "WEIGHTS",
    "Application",
    "ApplicationRules",
    "AppliedMeasure",
    "Comparison",
    "Cost",
    "CostPool",
    "Elsewhere",
    "Exceeded",
    "Finding",
    "FlatRate",
    "Form",
    "Grant",
    "Income",
    "Paper",
    "Position",
    "RateKind",
    "Rule",
    "Step",
    "Verdict",
    "Weight",
    "against",
    "amount_of",
    "check",
    "compared",
    "exceeded",
    "grant",
]
