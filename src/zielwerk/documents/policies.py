"""Who may store files: those whose verbs bring some."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

WRITERS = frozenset({"ministry", "authority", "body"})

PERMISSIONS = (Permission("documents.store", msg("Schriftstück ablegen"), WRITERS),)
