"""Who may store files: those whose verbs bring some."""

from zielwerk.core.permissions import Permission
from zielwerk.core.roles import ADMINISTRATORS, EVERYBODY, of_sides
from zielwerk.rulebook.refusal import msg

WRITERS = of_sides(EVERYBODY, "ministry", "authority", "body", "provider") - ADMINISTRATORS

PERMISSIONS = (Permission("documents.store", msg("Schriftstück ablegen"), WRITERS),)
