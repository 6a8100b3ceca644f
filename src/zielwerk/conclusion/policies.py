"""Who begins conclusions, enters signatures and concludes.

Which side concludes is said by the programme: the one that takes the first stage. Each side
enters its own signatures; whoever concludes may enter those of the other as well, where they came
by post, under a permission of its own. Nobody concludes who checked the signatures.
"""

from typing import Any

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.core.permissions import (
    OWN_ONLY,
    Actor,
    Exception_,
    Permission,
    in_perimeter,
)
from zielwerk.core.roles import DECIDING, ENTERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import Refusal, msg

PROCEDURE = "conclusion"
NOBODY_ELSE = frozenset[str]()
GIVERS = of_sides(ENTERING, "ministry", "authority")
DECIDERS = of_sides(DECIDING, "ministry", "authority")
SIDES = of_sides(ENTERING, "ministry", "authority", "body")
OTHER_SIDE = Refusal(
    "conclusion.other_side", msg("Das ist eine Unterschrift der anderen Seite, nicht der Ihren.")
)
NOT_CONCLUDING = Refusal(
    "conclusion.not_concluding", msg("Das tut die Seite, die das Schriftstück abschließt.")
)
OWN_SIDE_ALONE = msg("nur Unterschriften der eigenen Seite")
CONCLUDING_ALONE = msg("nur die Seite, die das Schriftstück abschließt")


def conclusion_of(subject: object) -> Conclusion | None:
    """The conclusion that something is or belongs to."""
    if isinstance(subject, Conclusion):
        return subject
    found = getattr(subject, "conclusion", None)
    if found is None and hasattr(subject, "signature"):
        found = subject.signature.conclusion
    return found if isinstance(found, Conclusion) else None


def of_other_side(actor: Actor, subject: Any) -> Refusal | None:
    """Why somebody does not enter or strike out what another side signed."""
    side = getattr(subject, "side", "")
    return None if not side or side == actor.side else OTHER_SIDE


def not_concluding(actor: Actor, subject: Any) -> Refusal | None:
    """Why somebody of another side does not do what the concluding side does."""
    case = conclusion_of(subject) or getattr(subject, "draft", subject)
    side = queries.concluding_side(case.programme, case.year)
    return None if not side or side == actor.side else NOT_CONCLUDING


def neither_side(actor: Actor, subject: Any) -> Refusal | None:
    """Why somebody strikes nothing out: it is another side's, and she does not conclude either."""
    return of_other_side(actor, subject) and not_concluding(actor, subject)


def of_side(
    name: str,
    label: str,
    roles: frozenset[str],
    unless: Exception_ | None = None,
    why: str = "",
) -> Permission:
    """A permission of the sides that have a part in concluding, as far as ``roles`` go."""
    return Permission(
        f"conclusion.{name}",
        label,
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        sides=roles,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


def of_concluding(name: str, label: str) -> Permission:
    """A permission of the side that concludes."""
    return of_side(name, label, GIVERS, not_concluding, CONCLUDING_ALONE)


PERMISSIONS = (
    Permission(
        "conclusion.look",
        msg("Abschlüsse ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        only_with=PROCEDURE,
    ),
    of_concluding("begin", msg("Abschluss beginnen")),
    of_side(
        "enter",
        msg("Unterschrift der eigenen Seite eintragen"),
        SIDES,
        of_other_side,
        OWN_SIDE_ALONE,
    ),
    of_concluding("enter_for", msg("Unterschrift der anderen Seite eintragen, die per Post kam")),
    of_side(
        "strike",
        msg("Eingetragene Unterschrift streichen"),
        SIDES,
        neither_side,
        msg("nur die eigene Seite, oder wer abschließt"),
    ),
    of_side("keep_file", msg("Unterschriebenes Exemplar ablegen"), SIDES),
    of_side("resolve", msg("Beschluss zu einem Abschluss vermerken"), SIDES),
    Permission(
        "conclusion.decide_signing",
        msg("Festlegen, wie eine Gebietskörperschaft unterschreibt"),
        NOBODY_ELSE,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        sides=SIDES,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
        only_where=queries.may_decide_of,
    ),
    of_side("check", msg("Unterschriften eines Abschlusses prüfen"), GIVERS),
    of_side("note", msg("Zwischenschritt eines Abschlusses vermerken"), GIVERS),
    of_side("conclude", msg("Verhandeltes Schriftstück abschließen"), DECIDERS),
    of_concluding("send_back", msg("Geprüften Abschluss zurückgeben")),
    of_side(
        "take_back",
        msg("Prüfung eines Abschlusses zurücknehmen"),
        GIVERS,
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    of_concluding("abandon", msg("Abschluss abbrechen")),
    of_concluding("resume", msg("Abgebrochenen Abschluss wieder aufnehmen")),
)
