"""Who may write notes on cases, and who reads them."""

from zielwerk.core import cases
from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.core.roles import ADMINISTRATORS, EVERYBODY, of_sides
from zielwerk.identity import queries as identity
from zielwerk.notes.models import Note
from zielwerk.rulebook.refusal import Refusal, msg

AUDIT_OFFICE = "body_audit_office"
READERS = frozenset({"ministry", "authority", "body", "auditor"})
# Whoever reads a case may note something on it; who audits her own house only reads.
WRITERS = of_sides(EVERYBODY, "ministry", "authority", "body") - ADMINISTRATORS - {AUDIT_OFFICE}


def sees_the_case(actor: Actor, subject: object) -> bool:
    """A note is written on a case that its author sees, and read by those it is for."""
    if isinstance(subject, Note):
        return subject.is_shared or is_own(actor, subject)
    is_on_a_note = isinstance(getattr(subject, "case", None), Note)
    return not is_on_a_note and cases.sees_its_case(actor, subject)


def is_own(actor: Actor, note: Note) -> bool:
    """Whether the note is of the person's own organisation."""
    house = (note.ags, note.organisation_code)
    return note.role == actor.side and house == (actor.ags, actor.organisation_code)


def is_not_of_her_house(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Note) and not is_own(actor, subject):
        return Refusal(
            "notes.not_yours", msg("Das kann nur, wer für das Haus des Verfassers handelt.")
        )
    return None


def did_not_write_it(actor: Actor, subject: object) -> Refusal | None:
    if not isinstance(subject, Note) or did(actor, subject.written_by):
        return None
    if identity.took_over(actor, subject.written_by):
        return None
    return Refusal("notes.not_yours", msg("Das kann nur, wer den Vermerk geschrieben hat."))


PERMISSIONS = (
    Permission("notes.look", msg("Vermerke lesen"), READERS),
    Permission(
        "notes.write",
        msg("Vermerk schreiben"),
        WRITERS,
        scope=sees_the_case,
        scope_label=msg("nur zu Vorgängen, die man sieht"),
    ),
    Permission(
        "notes.share",
        msg("Vermerk freigeben"),
        WRITERS,
        scope=sees_the_case,
        scope_label=msg("nur Vermerke, die man sieht"),
        unless=did_not_write_it,
        unless_label=msg("nur, wer ihn geschrieben oder von dort übernommen hat"),
    ),
    Permission(
        "notes.withdraw",
        msg("Vermerk zurückziehen"),
        WRITERS,
        scope=sees_the_case,
        scope_label=msg("nur Vermerke, die man sieht"),
        unless=is_not_of_her_house,
        unless_label=msg("nur das Haus, das ihn geschrieben hat"),
    ),
    Permission(
        "notes.restore",
        msg("Vermerk wiederherstellen"),
        WRITERS,
        scope=sees_the_case,
        scope_label=msg("nur Vermerke, die man sieht"),
        unless=is_not_of_her_house,
        unless_label=msg("nur das Haus, das ihn geschrieben hat"),
    ),
)
