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
from zielwerk.rulebook.application.aspects import ASPECTS, VERDICTS, Aspect, Settled, Verdict
from zielwerk.rulebook.application.content import (
    FORMS,
    Application,
    AppliedMeasure,
    Cost,
    Form,
    Income,
)
from zielwerk.rulebook.application.path import (
    APPLICATION,
    ApplicationFacts,
    ApplicationState,
    may_write,
)

__all__ = [
    "APPLICATION",
    "ASPECTS",
    "FORMS",
    "VERDICTS",
    "Answers",
    "Application",
    "ApplicationFacts",
    "ApplicationState",
    "AppliedMeasure",
    "Aspect",
    "Clash",
    "Cost",
    "Form",
    "Income",
    "Read",
    "Settled",
    "Verdict",
    "is_place",
    "keys_of",
    "may_write",
    "next_key",
    "read",
    "sort_out",
]
