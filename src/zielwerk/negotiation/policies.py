"""Who drafts, answers, comments and proposes.

Which side drafts and which answers is said by the programme: the side that takes the first stage,
and the first other one. What only one of them may do, the verbs ask for.
"""

from zielwerk.core.permissions import Actor, Exception_, Permission
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.negotiation import Sides
from zielwerk.rulebook.refusal import Refusal, msg

PROCEDURE = "negotiation"
NOBODY_ELSE = frozenset[str]()
SIDES = of_sides(ENTERING, "ministry", "authority", "body")
SEEN = msg("nur Entwürfe, die man sieht")
OF_DRAFTING = Refusal("negotiation.of_drafting", msg("Das tut die Seite, die den Entwurf macht."))
OF_SIDES = Refusal("negotiation.of_sides", msg("Das tun nur die beiden Seiten des Entwurfs."))
DRAFTING_ALONE = msg("nur die Seite, die den Entwurf macht")
SIDES_ALONE = msg("nur die beiden Seiten des Entwurfs")


def draft_of(subject: object) -> DraftDocument | None:
    """The draft that something is or is about."""
    if isinstance(subject, DraftDocument):
        return subject
    found = getattr(subject, "draft", None)
    return found if isinstance(found, DraftDocument) else None


def seen(actor: Actor, subject: object) -> bool:
    """A scope: whether the draft is there for the person, or within her perimeter if yet to be."""
    draft = draft_of(subject)
    if draft is not None:
        return queries.is_seen(actor, draft)
    return getattr(subject, "ags", None) in actor.perimeter


def not_drafting(actor: Actor, subject: object) -> Refusal | None:
    """Why somebody of another side does not do what the drafting side does."""
    draft = draft_of(subject)
    if draft is not None:
        side = draft.drafting
    else:
        side = queries.sides(subject.programme, subject.year).drafting  # type: ignore[attr-defined]
    return None if actor.side == side or not side else OF_DRAFTING


def of_neither_side(actor: Actor, subject: object) -> Refusal | None:
    """Why somebody who belongs to neither side says nothing about the draft."""
    draft = draft_of(subject)
    sides = queries.sides_in(draft) if draft else Sides("")
    return None if actor.side in sides else OF_SIDES


def of_side(name: str, label: str, unless: Exception_, why: str) -> Permission:
    """A permission of the sides of the procedure, without those whom ``unless`` leaves out."""
    return Permission(
        f"negotiation.{name}",
        label,
        NOBODY_ELSE,
        scope=seen,
        scope_label=SEEN,
        unless=unless,
        unless_label=why,
        sides=SIDES,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


def of_drafting(name: str, label: str) -> Permission:
    """A permission of the side that drafts."""
    return of_side(name, label, not_drafting, DRAFTING_ALONE)


def of_both(name: str, label: str) -> Permission:
    """A permission of both sides."""
    return of_side(name, label, of_neither_side, SIDES_ALONE)


def of_year(name: str, label: str) -> Permission:
    """A permission of the side that drafts, for what concerns several bodies of a year.

    What becomes of each body asks for its own permission.
    """
    return Permission(
        f"negotiation.{name}",
        label,
        NOBODY_ELSE,
        unless=not_drafting,
        unless_label=DRAFTING_ALONE,
        sides=SIDES,
        procedure=PROCEDURE,
        only_with=PROCEDURE,
    )


PERMISSIONS = (
    Permission(
        "negotiation.look",
        msg("Entwürfe ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=seen,
        scope_label=SEEN,
        only_with=PROCEDURE,
    ),
    of_year("draft_year", msg("Entwürfe eines Jahres anlegen")),
    of_year("amend_after_cut", msg("Änderungen nach einer Kürzung entwerfen")),
    of_year("amend_pair", msg("Änderungen zweier Gebietskörperschaften zugleich entwerfen")),
    of_drafting("draft", msg("Entwurf anlegen")),
    of_drafting("amend", msg("Änderung entwerfen")),
    of_drafting("edit", msg("Entwurf bearbeiten")),
    of_drafting("open", msg("Feste Stelle für Änderungen öffnen")),
    of_drafting("close", msg("Geöffnete Stelle wieder schließen")),
    of_both("send", msg("Entwurf übersenden")),
    of_both("accept", msg("Fassung eines Entwurfs annehmen")),
    of_both("settle", msg("Text eines Entwurfs feststellen")),
    of_both("answer", msg("Auf einen Entwurf antworten")),
    of_both("note_answer", msg("Antwort der anderen Seite von anderem Weg eintragen")),
    of_both("hand_over", msg("Entwurf zur Antwort zurückgeben")),
    of_both("recall", msg("Zug zurückholen")),
    of_both("reopen", msg("Angenommenen Entwurf wieder öffnen")),
    of_both("end", msg("Verhandlung ohne Ergebnis beenden")),
    of_both("resume", msg("Verhandlung wieder aufnehmen")),
    of_both("discard", msg("Entwurf verwerfen")),
    of_both("restore", msg("Verworfenen Entwurf wiederherstellen")),
    of_both("propose", msg("Änderung vorschlagen")),
    of_both("accept_proposal", msg("Vorschlag annehmen")),
    of_both("reject_proposal", msg("Vorschlag ablehnen")),
    of_both("withdraw_proposal", msg("Eigenen Vorschlag zurückziehen")),
    of_both("comment", msg("Für beide Seiten kommentieren")),
    of_both("comment_internally", msg("Nur für die eigene Seite kommentieren")),
    of_both("answer_check", msg("Frage der Prüfung beantworten")),
)
