"""Who may see the state's budget, and who enters it."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (
    Permission(
        "budget.look",
        msg("Haushaltsansätze ansehen"),
        frozenset({"ministry", "authority", "auditor"}),
        is_of_whole=True,
    ),
    Permission("budget.book", msg("Haushaltsansätze verbuchen"), frozenset({"ministry"})),
)
