"""Who passes on, who brings it into force, who notes what became of it, and who sees it.

The body drafts and decides: its head brings into force what coordination and finances wrote. A
Träger sees its own and nothing else, and notes what it spent. Ministry and authority see that money
of the state was passed on, to whom and how much; what a body agreed with a Träger by private law
they read with the proof of use, not here (:func:`queries.may_read`).
"""

from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Barred, Exception_, Permission, may_see
from zielwerk.core.roles import DECIDING, ENTERING, STEERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.passing.models import PassOn
from zielwerk.rulebook.refusal import Refusal, msg

PROCEDURE = "passing"
NOBODY_ELSE = frozenset[str]()
WRITERS = of_sides(ENTERING, "body") | {"body_finance"}
DECIDERS = of_sides(DECIDING, "body")
STATE = frozenset({"ministry", "authority", "auditor"})
EVERYBODY = STATE | {"body", "provider"}
NOTING = WRITERS | {"provider_contact"}
OWN_OR_TRAEGER = msg(
    "nur Gebietskörperschaften, für die man handelt oder zuständig ist; als Träger nur das Eigene"
)


def sees(actor: Actor, subject: object) -> bool:
    """A scope: of a body within the perimeter, or passed on to the Träger that the actor is of."""
    party = getattr(subject, "party_id", None)
    return may_see(actor, getattr(subject, "ags", "")) or bool(actor.party and actor.party == party)


def had_part(case: PassOn) -> list[str]:
    """Who wrote the amounts or put them forward, where somebody else brings it into force."""
    return [case.put_forward_by, case.written_by] if case.needs_second else []


def had_part_herself(actor: Actor, subject: object) -> Refusal | None:
    """From an amount on somebody else brings it into force; the database holds the same."""
    if isinstance(subject, PassOn) and any(did(actor, one) for one in had_part(subject) if one):
        return Refusal(
            "passing.four_eyes",
            msg(
                "Sie haben daran geschrieben oder es vorgelegt. Ab diesem Betrag setzt es eine "
                "zweite Person in Kraft."
            ),
        )
    return None


def of(name: str, label: str, roles: frozenset[str]) -> Permission:
    """A permission about what is passed on of bodies within the perimeter, or to oneself."""
    return Permission(
        f"passing.{name}",
        label,
        roles,
        scope=sees,
        scope_label=OWN_OR_TRAEGER,
        only_with=PROCEDURE,
    )


def stage(
    name: str,
    label: str,
    sides: frozenset[str] = WRITERS,
    unless: Exception_ | None = None,
    why: str = "",
    barred: Barred | None = None,
) -> Permission:
    """A permission of whichever role takes a stage, where the programme declares it."""
    return Permission(
        f"passing.{name}",
        label,
        NOBODY_ELSE,
        scope=sees,
        scope_label=OWN_OR_TRAEGER,
        unless=unless,
        unless_label=why,
        barred=barred,
        sides=sides,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


PERMISSIONS = (
    Permission(
        "passing.take_over",
        msg("Weiterleitung auf eine Nachfolgerin übergehen lassen"),
        STEERING,
    ),
    of("look", msg("Weiterleitungen ansehen"), EVERYBODY),
    of("survey", msg("Weiterleitungen am Montag überblicken"), STATE | {"body"}),
    of("read", msg("Schriftstücke und Unterlagen einer Weiterleitung lesen"), EVERYBODY),
    of("draft", msg("Weiterleitung entwerfen"), WRITERS),
    of("write", msg("In den Entwurf einer Weiterleitung schreiben"), WRITERS),
    stage("put_forward", msg("Weiterleitung vorlegen")),
    stage("note", msg("Zwischenschritt einer Weiterleitung vermerken")),
    stage(
        "conclude",
        msg("Weiterleitung in Kraft setzen"),
        DECIDERS,
        had_part_herself,
        msg("ab dem Betrag des Programms nicht, wer sie geschrieben oder vorgelegt hat"),
        had_part,
    ),
    stage("send_back", msg("Vorgelegte Weiterleitung zurückgeben"), of_sides(ENTERING, "body")),
    stage(
        "take_back",
        msg("Vorlage einer Weiterleitung zurücknehmen"),
        WRITERS,
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    of("discard", msg("Entwurf einer Weiterleitung verwerfen"), WRITERS),
    of("restore", msg("Verworfene Weiterleitung wiederherstellen"), WRITERS),
    of("change", msg("Änderung einer Weiterleitung entwerfen"), WRITERS),
    of("end", msg("Weiterleitung beenden"), DECIDERS),
    of("resume", msg("Beendete Weiterleitung wieder aufnehmen"), DECIDERS),
    of("note_spent", msg("Stand der Ausgaben eintragen"), NOTING),
    of("paste", msg("Stände der Ausgaben aus einer Tabelle einfügen"), WRITERS),
    of("keep_paper", msg("Unterlage des Trägers eintragen"), NOTING),
    of("strike_paper", msg("Unterlage des Trägers streichen"), WRITERS),
    of("remind", msg("Träger erinnern"), WRITERS),
)
