"""Applications: what is applied for, how the amount follows from the plan, what contradicts."""

from zielwerk.rulebook.application.answers import (
    Answers,
    Clash,
    Read,
    is_place,
    keys_of,
    next_key,
    read,
    sort_out,
)
from zielwerk.rulebook.application.aspects import ASPECTS, OUTCOMES, Aspect, Outcome, Settled
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
from zielwerk.rulebook.application.path import (
    APPLICATION,
    ApplicationFacts,
    ApplicationState,
    may_write,
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
    "APPLICATION",
    "ASPECTS",
    "FORMS",
    "OUTCOMES",
    "RATE_KINDS",
    "RULES",
    "WEIGHTS",
    "Answers",
    "Application",
    "ApplicationFacts",
    "ApplicationRules",
    "ApplicationState",
    "AppliedMeasure",
    "Aspect",
    "Clash",
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
    "Outcome",
    "Paper",
    "Position",
    "RateKind",
    "Read",
    "Rule",
    "Settled",
    "Step",
    "Verdict",
    "Weight",
    "against",
    "amount_of",
    "check",
    "compared",
    "exceeded",
    "grant",
    "is_place",
    "keys_of",
    "may_write",
    "next_key",
    "read",
    "sort_out",
]
