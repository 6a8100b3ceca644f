"""Who may plan measures and targets, enter measures and their deliveries."""

from zielwerk.core.permissions import OWN_ONLY, Permission, in_perimeter
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.rulebook.refusal import msg

READERS = frozenset({"ministry", "authority", "body", "auditor"})
WRITERS = of_sides(ENTERING, "ministry", "body")

PLANNING = {
    "plan": msg("Maßnahme planen"),
    "paste": msg("Geplante Maßnahmen aus einer Tabelle einfügen"),
    "take_over": msg("Maßnahmen und Ziele aus dem Vorjahr übernehmen"),
    "revise": msg("Geplante Maßnahme ändern"),
    "tick": msg("Übernommene Angabe als geprüft abhaken"),
    "finish": msg("Maßnahme fertig planen"),
    "reopen": msg("Fertig geplante Maßnahme weiter bearbeiten"),
    "drop": msg("Maßnahme nicht weiter planen"),
    "restore": msg("Aufgegebene Maßnahme wieder planen"),
    "set_target": msg("Übergreifendes Ziel setzen"),
    "revise_target": msg("Übergreifendes Ziel ändern"),
    "tick_target": msg("Übernommene Angabe eines Ziels als geprüft abhaken"),
    "finish_target": msg("Übergreifendes Ziel fertig planen"),
    "reopen_target": msg("Fertig geplantes Ziel weiter bearbeiten"),
    "drop_target": msg("Übergreifendes Ziel nicht weiter planen"),
    "restore_target": msg("Aufgegebenes Ziel wieder planen"),
}

PERMISSIONS = (
    Permission(
        "measures.enter",
        msg("Maßnahmen erfassen"),
        of_sides(ENTERING, "ministry", "authority"),
    ),
    Permission(
        "measures.look",
        msg("Maßnahmen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "measures.deliver",
        msg("Durchführung eintragen"),
        WRITERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "measures.end_delivery",
        msg("Durchführung beenden"),
        WRITERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    *(
        Permission(f"measures.{verb}", label, WRITERS, scope=in_perimeter, scope_label=OWN_ONLY)
        for verb, label in PLANNING.items()
    ),
)
