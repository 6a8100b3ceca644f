"""Whose turn it is, as it is said to each side."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext

from zielwerk.core.permissions import Actor
from zielwerk.language import German
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.phrases import SIDES
from zielwerk.rulebook.negotiation import turn_said, waited
from zielwerk.rulebook.refusal import Said
from zielwerk.ui import bodies


def side_name(side: str, draft: DraftDocument) -> str:
    """What a side of a draft is called, as briefly as its organisation is."""
    if side == "body":
        return bodies.short(draft.ags)
    rules = packs.load(draft.programme, draft.year)
    there = packs.bodies_in(draft.programme, draft.year)
    body = next((each for each in there if each.ags == draft.ags), None)
    role: Any = side
    competent = side in ("ministry", "authority") and competence.competent(
        rules.organisations, role, rules.begins, body
    )
    if not competent:
        return gettext(SIDES.get(side, side))
    return German(competent.short_name or competent.name)


def own_side(user: Actor, draft: DraftDocument) -> str:
    """The side that a person belongs to; empty where she belongs to neither."""
    return user.side if user.side in (draft.drafting, draft.answering) else ""


def days_owed(programme: str, since: Any, today: date) -> int:
    """For how many working days a move has been owed."""
    return waited(localdate(since), today, packs.programme(programme).holidays)


def turn_line(draft: DraftDocument, user: Actor, today: date) -> Said | None:
    """Whose turn it is since when, in the words of the person's side."""
    return turn_said(
        draft.turn,
        own_side(user, draft),
        side_name(draft.turn, draft) if draft.turn else "",
        localdate(draft.state_since),
        days_owed(draft.programme, draft.state_since, today),
    )
