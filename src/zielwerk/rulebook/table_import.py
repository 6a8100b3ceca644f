"""The path of a table that was sent in: looked at, then written as a whole or given up."""

from enum import StrEnum
from typing import Protocol

from zielwerk.rulebook.lifecycle import OWN_RULE, UNDO_DAYS, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class ImportState(StrEnum):
    """States of a table that was sent in."""

    PREVIEW = "preview"
    WRITTEN = "written"
    DISCARDED = "discarded"


class ImportFacts(Protocol):
    """The fact for the guard: the number of the table's faults."""

    @property
    def fault_count(self) -> int: ...


def has_no_fault(facts: ImportFacts) -> tuple[Refusal, ...]:
    """A table is written as a whole, so a single faulty row refuses all of it."""
    if not facts.fault_count:
        return ()
    sentence = msg(
        "Die Tabelle hat {count} Fehler. Übernommen wird sie als Ganzes oder gar nicht; bitte "
        "berichtigen Sie die Datei und senden Sie sie noch einmal."
    )
    return (Refusal("imports.table_faulty", sentence, {"count": facts.fault_count}),)


IMPORT = Lifecycle(
    "import",
    {ImportState.PREVIEW},
    {
        ImportState.PREVIEW: msg("Vorschau"),
        ImportState.WRITTEN: msg("übernommen"),
        ImportState.DISCARDED: msg("verworfen"),
    },
    (
        Step(
            verb="write",
            sources={ImportState.PREVIEW},
            target=ImportState.WRITTEN,
            by="imports.write",
            label=msg("Übernehmen"),
            address="uebernehmen",
            basis=OWN_RULE,
            done=msg("Übernommen: {kind}, „{name}“ ({number})."),
            guards=(has_no_fault,),
            look=Look.PRIMARY,
            task=msgs("Tabelle ist zu übernehmen", "Tabellen sind zu übernehmen"),
        ),
        Step(
            verb="discard",
            sources={ImportState.PREVIEW},
            target=ImportState.DISCARDED,
            by="imports.discard",
            label=msg("Verwerfen"),
            address="verwerfen",
            basis=OWN_RULE,
            done=msg("Verworfen: {kind}, „{name}“ ({number})."),
            asks=msg(
                "Die Tabelle „{name}“ ({number}) wird aufgegeben, nichts von ihr wird übernommen. "
                "Die Datei bleibt abgelegt, und die Vorschau lässt sich wiederherstellen."
            ),
        ),
        Step(
            verb="restore",
            sources={ImportState.DISCARDED},
            target=ImportState.PREVIEW,
            by="imports.restore",
            label=msg("Wiederherstellen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wiederhergestellt: {kind}, „{name}“ ({number}), steht wieder zur Vorschau."),
            is_undoing=True,
            within=UNDO_DAYS,
        ),
    ),
)
