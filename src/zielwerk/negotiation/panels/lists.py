"""The list of drafts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from zielwerk.core.permissions import Actor
from zielwerk.negotiation.models import DraftDocument
from zielwerk.negotiation.panels.turns import days_owed, own_side, side_name
from zielwerk.rulebook.refusal import msg, msgs
from zielwerk.ui import lists
from zielwerk.ui.lists import FILE_NUMBER, INVENTED, INVENTED_BODY, KEY_OF_BODY, STATE, Column
from zielwerk.ui.tags.values import day


def turns(keys: Collection[Any], user: Actor) -> Mapping[Any, str]:
    """Who owes the next move, in the words of the person's side."""
    found: dict[Any, str] = {}
    for draft in DraftDocument.objects.filter(pk__in=keys).defer("words", "trail"):
        if not draft.turn:
            found[draft.pk] = ""
        elif draft.turn == own_side(user, draft):
            found[draft.pk] = gettext("Sie sind am Zug")
        else:
            found[draft.pk] = side_name(draft.turn, draft)
    return found


def owed(turn: str, since: datetime, programme: str) -> int | None:
    """For how many working days the move has been owed."""
    return days_owed(programme, since, timezone.localdate()) if turn else None


def since_when(since: datetime, turn: str, programme: str) -> SafeString:
    """The day, and for how many working days the move has been owed."""
    days = owed(turn, since, programme)
    told = day(localdate(since))
    if days is None:
        return format_html("{}", told)
    one, several = DAYS
    words = ngettext(one, several, days).format(days=days)
    return format_html('{}<br><span class="zw-muted">{}</span>', told, words)


DAYS = msgs("ein Arbeitstag", "{days} Arbeitstage")
DRAFTS = (
    FILE_NUMBER,
    KEY_OF_BODY,
    INVENTED_BODY,
    Column("year", msg("Programmjahr")),
    # No sum: years, and what was given up and drafted again, would stand in it twice.
    lists.amount("amount_cents", msg("Betrag"), adds_up=False),
    STATE,
    Column("turn", msg("Am Zug"), ("pk",), names=turns, sort=()),
    Column(
        "since",
        msg("Seit"),
        ("state_since", "turn", "programme"),
        value=lambda since, turn, programme: localdate(since),
        cell=since_when,
        sort=("state_since",),
    ),
    Column(
        "owed",
        msg("Arbeitstage"),
        ("turn", "state_since", "programme"),
        owed,
        sort=(),
        is_number=True,
        is_file_only=True,
    ),
    Column(
        "open_proposals",
        msg("Offene Vorschläge"),
        is_number=True,
    ),
    Column("version", msg("Fassung"), is_number=True, is_file_only=True),
    Column("code", msg("Prüfzeichen"), is_file_only=True, sort=()),
    Column("drafted_at", msg("Entworfen"), is_file_only=True),
    INVENTED,
)
