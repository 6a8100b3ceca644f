"""Who reads the file of a case, and who offers it to the archive."""

from typing import Any

from zielwerk.core import cases
from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.filing.models import ArchiveOffer
from zielwerk.rulebook.refusal import Refusal, msg

READERS = frozenset({"ministry", "authority", "body", "auditor"})
# The state's files are offered by who keeps them; a body keeps its own.
KEEPERS = of_sides(ENTERING, "ministry", "authority")
OWN_OFFER = Refusal(
    "filing.own_offer",
    msg("Die Antwort des Archivs trägt eine zweite Person ein, nicht wer angeboten hat."),
)


def offered_herself(actor: Actor, subject: object) -> Refusal | None:
    """Four eyes: after "we do not take it" nothing holds a file any more but the house's own."""
    offer: Any = getattr(subject, "offer", subject)
    is_own = isinstance(offer, ArchiveOffer) and did(actor, offer.offered_by)
    return OWN_OFFER if is_own else None


PERMISSIONS = (
    Permission(
        "filing.look",
        msg("Vorgangsakten ansehen, drucken und mitnehmen"),
        READERS,
        scope_label=msg("nur Vorgänge, die man sieht"),
    ),
    Permission("filing.look_over", msg("Akten ansehen, deren Frist um ist"), KEEPERS | {"auditor"}),
    Permission(
        "filing.offer",
        msg("Akte dem Archiv anbieten"),
        KEEPERS,
        scope=cases.sees_its_case,
        scope_label=msg("nur Vorgänge, die man sieht"),
    ),
    Permission(
        "filing.answer",
        msg("Antwort des Archivs eintragen"),
        KEEPERS,
        scope=cases.sees_its_case,
        scope_label=msg("nur Vorgänge, die man sieht"),
        unless=offered_herself,
        unless_label=msg("nicht zum eigenen Angebot"),
    ),
)
