"""Guards that were found missing or changed, and what became of it.

Every migrate lays the guards anew. Whoever took one down would have it healed unseen thereby;
so what was found before stands in the chain, with the definition that is in force again.
"""

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from zielwerk.core import audit, definitions, guards
from zielwerk.core.definition import TRIGGER
from zielwerk.core.definitions import differences
from zielwerk.core.digests import digest_of
from zielwerk.core.models import AuditHead
from zielwerk.rulebook.refusal import Refusal, msg

PREPARE, REPAIR = "cli:prepare", "core.repair"
REPAIRED: list[Refusal] = []  # what the last migrate of this process found
REPAIRED_AS = {
    definitions.MISSING_GUARD: msg(
        "Der Wächter {name} der Datenbank fehlte. Er ist wieder eingesetzt; das steht im Protokoll."
    ),
    definitions.OTHER_GUARD: msg(
        "Der Wächter {name} der Datenbank war abgeschaltet oder tat etwas anderes. Er ist wieder "
        "eingesetzt; das steht im Protokoll."
    ),
}
LEFT = msg(
    "Das stellt nur wieder her, wer die Datenbank betreut; `zielwerk audit verify --all` zeigt, "
    "ob am Protokoll vorbei geschrieben wurde."
)


def broken(connection: BaseDatabaseWrapper) -> list[Refusal]:
    """The guards that are missing or not as declared; none in a database without a chain."""
    tables = connection.introspection.table_names()
    if AuditHead._meta.db_table not in tables:
        return []
    on_tables = {guard.table for guard in guards.DECLARED.values()} & set(tables)
    return [
        difference.fault
        for difference in differences(connection)
        if difference.thing.kind == TRIGGER
        and difference.declared
        and difference.thing.table in on_tables
    ]


def remember(using: str) -> None:
    """Before a migrate: look at what it is about to heal."""
    REPAIRED[:] = broken(connections[using])


def enter(using: str) -> None:
    """After a migrate: enter what it healed, with what each guard says now.

    An empty chain has had nothing to guard yet.
    """
    is_begun = AuditHead.objects.using(using).filter(entry__gt=0).exists()
    REPAIRED[:] = REPAIRED if is_begun else []
    names = sorted({str(fault.params["name"]) for fault in REPAIRED})
    laid = [guards.DECLARED[name] for name in names]
    seals = [(f"guard:{one.name}", digest_of([one.sqlite, one.postgresql])) for one in laid]
    if seals:
        with transaction.atomic(using=using):
            audit.append(PREPARE, REPAIR, None, seals, timezone.now())


def told(connection: BaseDatabaseWrapper) -> list[Refusal]:
    """What to tell after a migrate: what it healed, and what it cannot heal."""
    healed = [Refusal(fault.rule, REPAIRED_AS[fault.msgid], fault.params) for fault in REPAIRED]
    left = [Refusal("core.not_repaired", LEFT)] if (faults := differences(connection)) else []
    return [*healed, *(difference.fault for difference in faults), *left]
