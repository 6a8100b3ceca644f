"""Who may enter measures: whoever records the agreement that names them."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (Permission("measures.enter", msg("Maßnahmen erfassen"), frozenset({"ministry"})),)
