"""Comments of both kinds, places opened and closed, and answers to what the checks ask."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import save_case
from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import is_fixed, value_of
from zielwerk.language import sentence
from zielwerk.negotiation import queries
from zielwerk.negotiation.actions.drafting import held
from zielwerk.negotiation.actions.proposing import HERE, Told, refuse_untold, said_by
from zielwerk.negotiation.models import CheckAnswer, DraftDocument, InternalComment, SharedComment
from zielwerk.rulebook.negotiation import CLOSED
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something, written

LONGEST = 5000


@dataclass(frozen=True)
class NewComment:
    """What is said about one place of a draft; ``told`` where it came another way."""

    draft: DraftDocument
    node: str
    label: str
    text: str
    told: Told = HERE


@dataclass(frozen=True)
class NewAnswer:
    """What is answered to a finding of the checks."""

    draft: DraftDocument
    key: str
    text: str


@action("negotiation.comment")
def comment(actor: Actor, new: NewComment, *, at: datetime) -> SharedComment:
    """Say something about a place that both sides read."""
    draft = held(new.draft)
    _refuse(new)
    refuse_untold(new.told, at)
    return _shared(actor, draft, new, at)


@action("negotiation.comment_internally")
def comment_internally(actor: Actor, new: NewComment, *, at: datetime) -> InternalComment:
    """Say something about a place that one's own side alone reads."""
    draft = held(new.draft)
    _refuse(new)
    row = InternalComment(
        **_place(draft, new), side=actor.side, by=actor.audit_name, at=at, text=written(new.text)
    )
    row.save()
    seal(row)
    return row


@action("negotiation.open")
def open_node(actor: Actor, new: NewComment, *, at: datetime) -> SharedComment:
    """Open exactly this fixed place for changes, with a comment that says why."""
    draft = held(new.draft)
    _refuse(new)
    document = queries.newest(draft)
    if draft.state in CLOSED:
        raise Refused(IS_CLOSED)
    if value_of(document, new.node) is None:
        raise Refused(NO_SUCH_PLACE)
    if not is_fixed(document, new.node) or new.node in draft.opened:
        raise Refused(OPEN_ALREADY)
    draft.opened = [*draft.opened, new.node]
    draft = save_case(draft)
    return _shared(actor, draft, new, at, opens=True)


@action("negotiation.close")
def close_node(actor: Actor, new: NewComment, *, at: datetime) -> SharedComment:
    """Close an opened place again; proposals that were made about it stay to be decided."""
    draft = held(new.draft)
    _refuse(new)
    if new.node not in draft.opened:
        raise Refused(NOT_OPENED)
    draft.opened = [node for node in draft.opened if node != new.node]
    draft = save_case(draft)
    return _shared(actor, draft, new, at)


@action("negotiation.answer_check")
def answer_check(actor: Actor, new: NewAnswer, *, at: datetime) -> CheckAnswer:
    """Answer what the checks ask; an answer is never edited, the last one counts."""
    draft = held(new.draft)
    if draft.state in CLOSED:
        raise Refused(IS_CLOSED)
    if not says_something(new.text):
        raise Refused(NO_TEXT)
    found = {each.key: each for each in queries.findings(draft, localdate(at))}
    if new.key not in found:
        raise Refused(NOT_ASKED)
    row = CheckAnswer(
        draft=draft,
        key=new.key[:300],
        sentence=sentence(found[new.key].said),
        answer=written(new.text)[:LONGEST],
        side=actor.side,
        by=actor.audit_name,
        at=at,
    )
    row.save()
    seal(row)
    save_case(draft)  # whoever is about to accept sees that something was answered meanwhile
    return row


def _shared(
    actor: Actor, draft: DraftDocument, new: NewComment, at: datetime, *, opens: bool = False
) -> SharedComment:
    row = SharedComment(
        **_place(draft, new),
        **said_by(actor, draft, new.told, at),
        text=written(new.text),
        opens=opens,
    )
    row.save()
    seal(row)
    return row


def _place(draft: DraftDocument, new: NewComment) -> dict[str, object]:
    return {
        "draft": draft,
        "node": new.node,
        "label": new.label[:200],
        "version": draft.version,
    }


def _refuse(new: NewComment) -> None:
    if not says_something(new.text):
        raise Refused(NO_TEXT)
    if len(new.text) > LONGEST:
        raise Refused(Refusal("negotiation.too_long", TOO_LONG, {"most": LONGEST}))


NO_TEXT = Refusal("negotiation.no_text", msg("Es fehlt der Text."))
TOO_LONG = msg("Der Text ist länger als {most} Zeichen.")
NO_SUCH_PLACE = Refusal(
    "negotiation.no_such_place", msg("Diese Stelle gibt es in der neuesten Fassung nicht.")
)
OPEN_ALREADY = Refusal(
    "negotiation.open_already", msg("Diese Stelle ist schon offen für Vorschläge.")
)
NOT_OPENED = Refusal("negotiation.not_opened", msg("Diese Stelle wurde nicht geöffnet."))
NOT_ASKED = Refusal("negotiation.not_asked", msg("Das fragt die Prüfung nicht mehr."))
IS_CLOSED = Refusal("negotiation.is_closed", msg("Der Entwurf ist abgeschlossen oder aufgegeben."))
