"""The path of a note to the file (Vermerk): kept inside, shared, or withdrawn, never deleted."""

from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import msg

WHOLE_FILE = msg("Grundsatz der vollständigen Aktenführung (Art. 20 Abs. 3 GG)")


class NoteState(StrEnum):
    """States of a note to the file; each names who may read it."""

    INTERNAL = "internal"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


NOTE = Lifecycle(
    "note",
    {NoteState.INTERNAL, NoteState.SHARED},
    {
        NoteState.INTERNAL: msg("nur für das eigene Haus"),
        NoteState.SHARED: msg("für alle Beteiligten"),
        NoteState.WITHDRAWN: msg("zurückgezogen"),
    },
    (
        Step(
            verb="share",
            sources={NoteState.INTERNAL},
            target=NoteState.SHARED,
            by="notes.share",
            label=msg("Für alle Beteiligten freigeben"),
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
            basis=WHOLE_FILE,
            look=Look.TERTIARY,
            is_asked_twice=True,
        ),
    ),
)
