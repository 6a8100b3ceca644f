"""The list of moves of money."""

from django.utils.translation import gettext

from zielwerk.programme.panels.lists import PURPOSE
from zielwerk.rulebook.adjustment import KIND_LABELS
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column


def body_name(name: str, ags: str) -> str:
    """The body whose money moves; the state where it is no body's."""
    return lists.short_name(name, ags) if ags else gettext("Land")


ADJUSTMENTS = (
    FILE_NUMBER,
    Column("kind", msg("Art"), labels=KIND_LABELS),
    KEY_OF_BODY,
    lists.body(value=body_name),
    Column("year", msg("Programmjahr")),
    PURPOSE,
    lists.amount("amount_cents", msg("Betrag")),
    STATE,
    Column("reason", msg("Begründung"), is_file_only=True),
    Column("declared_at", msg("Erklärt"), is_file_only=True),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)
