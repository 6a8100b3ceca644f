"""Who makes, submits and puts strategies in force, and who asks for consents and gives them.

A body makes its own strategy; who takes which stage is said by the programme. For a body that
sends paper the ministry enters it, unless the programme says otherwise.
"""

from zielwerk.core import capacity
from zielwerk.core.permissions import (
    EVERYONE,
    OWN_ONLY,
    Actor,
    Exception_,
    Permission,
    in_perimeter,
)
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.strategy import queries

PROCEDURE = "strategy"
NOBODY_ELSE = frozenset[str]()
OWN = of_sides(ENTERING, "body")
SIDES = of_sides(ENTERING, "ministry", "authority", "body")


def own(name: str, label: str) -> Permission:
    """A permission of the body whose strategy it is."""
    return Permission(
        f"strategy.{name}",
        label,
        OWN,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        only_with=PROCEDURE,
    )


def is_kept_by_body(actor: Actor, subject: object) -> Refusal | None:
    """What a body began itself, nobody keeps for it."""
    strategy = getattr(subject, "strategy", subject)
    begun_for = getattr(strategy, "put_forward_for", capacity.house(actor))
    return None if begun_for == capacity.house(actor) else KEPT_BY_BODY


KEPT_BY_BODY = Refusal(
    "strategy.kept_by_body",
    msg("Diese Fassung führt die Gebietskörperschaft selbst; für sie tut es niemand anderes."),
)


def for_body(name: str, label: str) -> Permission:
    """A permission of the ministry to do for a body that sends paper what is the body's own."""
    return Permission(
        f"strategy.{name}",
        label,
        of_sides(ENTERING, "ministry"),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=is_kept_by_body,
        unless_label=msg("nicht, was die Gebietskörperschaft selbst begonnen hat"),
        only_with=PROCEDURE,
        only_where=queries.is_drafted_for_bodies,
    )


def stage(name: str, label: str, unless: Exception_ | None = None, why: str = "") -> Permission:
    """A permission of whichever side the programme lets take a stage."""
    return Permission(
        f"strategy.{name}",
        label,
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        sides=SIDES,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
        on_behalf="strategy.draft_for",
    )


PERMISSIONS = (
    Permission(
        "strategy.look",
        msg("Regionale Strategien ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        only_with=PROCEDURE,
    ),
    own("draft", msg("Fassung einer Strategie beginnen und bearbeiten")),
    for_body("draft_for", msg("Strategie für eine Gebietskörperschaft führen")),
    stage("submit", msg("Strategie vorlegen")),
    stage("note", msg("Zwischenschritt einer Strategie vermerken")),
    stage("put_in_force", msg("Strategie in Kraft setzen")),
    stage("send_back", msg("Vorgelegte Strategie zurückgeben")),
    stage(
        "take_back",
        msg("Vorgelegte Strategie zurücknehmen"),
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    stage("discard", msg("Entwurf einer Strategie verwerfen")),
    stage("restore", msg("Verworfenen Entwurf einer Strategie wiederherstellen")),
    stage("withdraw", msg("Strategie zurückziehen")),
    own("ask", msg("Regionalen Akteur um Zustimmung bitten")),
    own("withdraw_request", msg("Bitte um Zustimmung zurückziehen")),
    own("record_consent", msg("Zustimmung oder Ablehnung eintragen")),
    for_body("record_consent_for", msg("Zustimmung für eine Gebietskörperschaft eintragen")),
    own("take_back_consent", msg("Rücknahme einer Zustimmung eintragen")),
    for_body(
        "take_back_consent_for",
        msg("Rücknahme einer Zustimmung für eine Gebietskörperschaft eintragen"),
    ),
    Permission(
        "strategy.erase",
        msg("Daten einer gefragten Person löschen"),
        frozenset({identity.OPERATOR}),
    ),
    Permission("strategy.answer", msg("Um Zustimmung gebeten antworten"), frozenset({EVERYONE})),
)
