"""Who may look at the books and move money in them."""

from zielwerk.core.permissions import Actor, Permission
from zielwerk.ledger.models import Transfer
from zielwerk.rulebook.refusal import Refusal, msg

BOOKKEEPERS = frozenset({"ministry", "authority"})
READERS = BOOKKEEPERS | {"body", "auditor"}


def in_perimeter(actor: Actor, thing: object) -> bool:
    """Whoever acts for one body sees that body's money."""
    if isinstance(thing, Transfer):
        return not actor.ags or actor.ags in (thing.source.ags, thing.target.ags)
    return not actor.ags or getattr(thing, "ags", "") == actor.ags


def booked_it_herself(actor: Actor, thing: object) -> Refusal | None:
    if isinstance(thing, Transfer) and thing.actor == actor.audit_name:
        return Refusal(
            "ledger.four_eyes",
            msg("Sie haben diese Buchung selbst veranlasst. Stornieren muss eine zweite Person."),
        )
    return None


PERMISSIONS = (
    Permission(
        "ledger.look",
        msg("Bücher einsehen"),
        READERS,
        scope=in_perimeter,
        scope_label=msg("Gebietskörperschaft: nur die eigenen Mittel"),
    ),
    Permission("ledger.post", msg("Entscheidung buchen"), BOOKKEEPERS),
    Permission("ledger.record", msg("Tatsache buchen"), BOOKKEEPERS),
    Permission(
        "ledger.reverse",
        msg("Buchung stornieren"),
        BOOKKEEPERS,
        unless=booked_it_herself,
        unless_label=msg("nicht, wer sie veranlasst hat"),
    ),
)
