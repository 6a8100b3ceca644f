"""Drafts of the demo: one that both sides talk about, one that is sent, one in preparation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from zielwerk.config.cast import INVENTED, Cast
from zielwerk.config.world_money import later, moment
from zielwerk.drafting.changes import (
    Change,
    ChangeKind,
    is_fixed,
    measure_node,
    piece_of,
)
from zielwerk.drafting.model import Document
from zielwerk.drafting.views import nodes
from zielwerk.identity.models import User
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Edit, NewComment, NewDraft, NewProposal
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs

REASON = f"Mehr Anmeldungen als im Vorjahr ({INVENTED})."
MORE = "Wir berichten darüber zur Jahresmitte."


def make(cast: Cast, programme: str, year: int) -> None:
    """The drafts of three bodies, as of the newest year of the demo."""
    sides = queries.sides(programme, year)
    bodies = [body.ags for body in packs.bodies_in(programme, year)]
    if not sides.answering or cast.body.ags not in bodies:
        return
    at = moment(year, 2, 16)
    there = queries.drafted_keys(programme, year)
    others = [ags for ags in bodies if ags != cast.body.ags and ags not in there][:2]
    for number, ags in enumerate((cast.body.ags, *others)):
        drafter, _ = cast.pair(sides.drafting, ags)
        draft = actions.draft(drafter, NewDraft(programme, year, ags, is_invented=True), at=at)
        if number < 2:
            draft = actions.send(drafter, draft, at=later(at, 1))
        if number == 0:
            talk(cast.body, drafter, draft, later(at, 4))


def talk(body: User, drafter: User, draft: DraftDocument, at: datetime) -> None:
    """The body comments, notes something for itself and proposes; the other side proposes, too."""
    document = queries.newest(draft)
    label = {node.id: node.label for node in nodes(document)}
    for words in _wordings(document):
        edit = Edit(draft.version, label[words.node], words)
        actions.propose(body, NewProposal(draft, edit, REASON), at=at)
        break
    if not document.content.measures:
        return
    first = document.content.measures[0]
    node = measure_node(first)
    comment = NewComment(draft, node, label[node], f"Reichen die Plätze dafür? ({INVENTED})")
    actions.comment(drafter, comment, at=later(at, 1))
    inner = replace(comment, text=f"Höchstens zwei Plätze weniger ({INVENTED}).")
    actions.comment_internally(body, inner, at=later(at, 2))
    for who, more in ((body, 2), (drafter, 4)):
        places = (first.places or 10) + more
        change = Change(ChangeKind.MEASURE, node, measure=replace(first, places=places))
        new = NewProposal(draft, Edit(draft.version, label[node], change), REASON)
        actions.propose(who, new, at=later(at, 3))
        draft = DraftDocument.objects.get(pk=draft.pk)
    actions.answer(body, draft, at=later(at, 4))


def _wordings(document: Document) -> Iterator[Change]:
    """A sentence more for the paragraphs that may be worded otherwise."""
    for node in nodes(document):
        piece = piece_of(document, node.id)
        if piece and node.kind == "paragraph" and not is_fixed(document, node.id):
            yield Change(ChangeKind.WORDING, node.id, text=f"{piece.text} {MORE}")
