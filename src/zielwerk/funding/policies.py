"""Who applies, who examines, who asks and who answers.

A body writes and hands in its own application; who takes which stage is said by the programme.
"""

from zielwerk.core.permissions import OWN_ONLY, Exception_, Permission, in_perimeter
from zielwerk.core.roles import ENTERING, STEERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import msg

PROCEDURE = "application"
NOBODY_ELSE = frozenset[str]()
WRITERS = of_sides(ENTERING, "body") | {"body_finance"}
OWN = of_sides(ENTERING, "body")
EXAMINERS = of_sides(ENTERING, "authority")
SIDES = of_sides(ENTERING, "ministry", "authority", "body")


def of(name: str, label: str, roles: frozenset[str]) -> Permission:
    """A permission about applications of the bodies within the perimeter."""
    return Permission(
        f"funding.{name}",
        label,
        roles,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        only_with=PROCEDURE,
    )


def stage(name: str, label: str, unless: Exception_ | None = None, why: str = "") -> Permission:
    """A permission of whichever side the programme lets take a stage."""
    return Permission(
        f"funding.{name}",
        label,
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        sides=SIDES,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


PERMISSIONS = (
    of("look", msg("Anträge ansehen"), frozenset({"ministry", "authority", "body", "auditor"})),
    Permission(
        "funding.take_over",
        msg("Antrag auf eine Nachfolgerin übergehen lassen"),
        STEERING,
    ),
    of("apply", msg("Antrag beginnen"), OWN),
    of("write", msg("In einen Antrag schreiben"), WRITERS),
    of("attach", msg("Anlage zu einem Antrag hinzufügen oder herausnehmen"), WRITERS),
    stage("hand_in", msg("Antrag einreichen")),
    stage("note", msg("Zwischenschritt eines Antrags vermerken")),
    stage("assess", msg("Prüfung eines Antrags abschließen")),
    stage("send_back", msg("Antrag zurückgeben")),
    stage(
        "take_back",
        msg("Einreichung eines Antrags zurücknehmen"),
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    stage("reopen", msg("Prüfung eines Antrags wieder aufnehmen")),
    of("withdraw", msg("Förderantrag zurückziehen"), OWN),
    of("discard", msg("Entwurf eines Antrags verwerfen"), OWN),
    of("restore", msg("Verworfenen Antrag wiederherstellen"), OWN),
    of("ask", msg("Frage zu einem Antrag stellen"), EXAMINERS),
    of("withdraw_question", msg("Frage zu einem Antrag zurückziehen"), EXAMINERS),
    of("answer", msg("Frage zu einem Antrag beantworten"), OWN),
    of("settle", msg("Konzept, Finanzierung oder Ziele eines Antrags abschließen"), EXAMINERS),
)
