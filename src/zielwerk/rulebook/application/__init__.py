"""Applications: what is applied for, how the amount follows from the plan, what contradicts."""

from zielwerk.rulebook.application.content import (
    FORMS,
    Application,
    AppliedMeasure,
    Cost,
    Form,
    Income,
)

__all__ = ["FORMS", "Application", "AppliedMeasure", "Cost", "Form", "Income"]
