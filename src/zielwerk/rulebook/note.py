"""The path of a note to the file (Vermerk): kept inside, shared, or withdrawn, never deleted."""

from enum import StrEnum
from typing import Protocol

from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg


class NoteState(StrEnum):
    """States of a note to the file; each names who may read it."""

    INTERNAL = "internal"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


class NoteFacts(Protocol):
    """The fact for the guards: whether all who see the case may read the note."""

    @property
    def is_shared(self) -> bool: ...


def was_internal(facts: NoteFacts) -> tuple[Refusal, ...]:
    """A note that others have read does not become one of the own house again."""
    return (WAS_SHARED,) if facts.is_shared else ()


def was_shared(facts: NoteFacts) -> tuple[Refusal, ...]:
    """Restoring a note gives it no more readers than it had."""
    return () if facts.is_shared else (WAS_INTERNAL,)


WAS_SHARED = Refusal("notes.was_shared", msg("Der Vermerk war schon für alle freigegeben."))
WAS_INTERNAL = Refusal("notes.was_internal", msg("Der Vermerk war nie für alle freigegeben."))
RESTORED = msg("Wiederhergestellt: Vermerk {number} zu {about}.")

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
            done=msg("Freigegeben: Vermerk {number} zu {about}."),
            asks=msg(
                "Alle, die {about} sehen, können den Vermerk {number} lesen. Das lässt sich nicht "
                "zurücknehmen: Was gelesen ist, ist gelesen."
            ),
        ),
        Step(
            verb="withdraw",
            sources={NoteState.INTERNAL, NoteState.SHARED},
            target=NoteState.WITHDRAWN,
            by="notes.withdraw",
            label=msg("Vermerk zurückziehen"),
            address="zurueckziehen",
            basis=OWN_RULE,
            done=msg("Zurückgezogen: Vermerk {number} zu {about}."),
            asks=msg(
                "Der Vermerk {number} zu {about} gilt nicht mehr. Er bleibt lesbar in der Akte und "
                "lässt sich wiederherstellen."
            ),
            look=Look.TERTIARY,
        ),
        Step(
            verb="restore",
            sources={NoteState.WITHDRAWN},
            target=NoteState.INTERNAL,
            by="notes.restore",
            label=msg("Wiederherstellen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=RESTORED,
            guards=(was_internal,),
            is_quiet=True,
            is_undoing=True,
        ),
        Step(
            verb="restore_shared",
            sources={NoteState.WITHDRAWN},
            target=NoteState.SHARED,
            by="notes.restore",
            label=msg("Für alle wiederherstellen, die den Vorgang sehen"),
            address="wieder-freigeben",
            basis=OWN_RULE,
            done=RESTORED,
            guards=(was_shared,),
            is_quiet=True,
            is_undoing=True,
        ),
    ),
)
