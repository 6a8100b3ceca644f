"""The path of a note to the file (Vermerk): kept inside, shared, or withdrawn, never deleted."""

from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import msg


class NoteState(StrEnum):
    """States of a note to the file; each names who may read it."""

    INTERNAL = "internal"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


NOTE = Lifecycle(
    "note",
    {NoteState.INTERNAL, NoteState.SHARED},
    {
        NoteState.INTERNAL: msg("nur für das eigene Haus und die Prüfung"),
        NoteState.SHARED: msg("für alle, die den Vorgang sehen"),
        NoteState.WITHDRAWN: msg("zurückgezogen"),
    },
    (
        Step(
            verb="share",
            sources={NoteState.INTERNAL},
            target=NoteState.SHARED,
            by="notes.share",
            label=msg("Für alle freigeben, die den Vorgang sehen"),
            address="freigeben",
            basis=OWN_RULE,
            is_asked_twice=True,
        ),
        Step(
            verb="withdraw",
            sources={NoteState.INTERNAL, NoteState.SHARED},
            target=NoteState.WITHDRAWN,
            by="notes.withdraw",
            label=msg("Vermerk zurückziehen"),
            address="zurueckziehen",
            basis=OWN_RULE,
            look=Look.TERTIARY,
            is_asked_twice=True,
        ),
    ),
)
