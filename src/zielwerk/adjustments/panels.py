"""The list of moves of money, and what one of them does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from zielwerk.adjustments.actions import MoveFacts, would_move
from zielwerk.adjustments.models import Adjustment
from zielwerk.ledger.models import Place
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.lists import PURPOSE
from zielwerk.rulebook.adjustment import KIND_LABELS
from zielwerk.rulebook.kinds import Account, Kinds, Moved, drawn, turned
from zielwerk.rulebook.kinds import Place as At
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tranche import Tranche
from zielwerk.ui import lists, wording
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column


def body_name(name: str, ags: str) -> str:
    """The body whose money moves; the giver of the money where it is no body's."""
    return lists.short_name(name, ags) if ags else wording.territory()


IF_DECIDED = msg(
    "Welche Mittel bewegt wurden, steht mit der Entscheidung fest; vorher steht hier nichts. Was "
    "weder Barmittel noch Ermächtigung ist, stammt von vor diesen Büchern."
)
ADJUSTMENTS = (
    FILE_NUMBER,
    Column("kind", msg("Art"), labels=KIND_LABELS),
    KEY_OF_BODY,
    lists.body(value=body_name),
    Column("year", msg("Programmjahr")),
    PURPOSE,
    lists.amount("amount_cents", msg("Betrag")),
    lists.amount("money_cents", msg("davon Barmittel"), meaning=IF_DECIDED),
    lists.amount("authority_cents", msg("davon Ermächtigung")),
    lists.amount("unknown_cents", msg("davon Mittelart nicht bekannt"), is_file_only=True),
    STATE,
    Column("reason", msg("Begründung"), is_file_only=True),
    Column("declared_at", msg("Erklärt"), is_file_only=True),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)


Lines = list[tuple[str, int]]  # amounts with their kinds of money


@dataclass(frozen=True)
class PlaceMoved:
    """A place before and after a move, by kind of money; ``ags`` is empty for the state's."""

    ags: str
    label: str
    before: Lines
    after: Lines
    is_total: bool = False


def places_moved(ags: str, before: Kinds, after: Kinds) -> list[PlaceMoved]:
    """The places of the body and of the state before and after a move."""

    def moved(place: At, whose: str) -> PlaceMoved:
        had, has = (programmes.by_kind(one.at(Account(place, whose))) for one in (before, after))
        return PlaceMoved(whose, Place(place).said, had, has)

    places = []
    if ags:
        total = (programmes.by_kind(before.given(ags)), programmes.by_kind(after.given(ags)))
        places += [moved("allocated", ags), moved("agreed", ags)]
        places += _filled(moved("uncovered", ags))
        places.append(PlaceMoved(ags, msg("zusammen"), *total, is_total=True))
        places += _filled(moved("opening", ags))
    return [*places, moved("free", ""), *_filled(moved("uncovered", ""))]


def _filled(place: PlaceMoved) -> list[PlaceMoved]:
    return [place] if place.before or place.after else []


def of_kinds(moves: Sequence[Moved]) -> dict[str, Any]:
    """What a move takes by kind of money, and what of the agreed becomes another kind by it."""
    return {
        "drawn": programmes.by_kind(drawn(moves)),
        "turned": [
            (programmes.tranche(one), programmes.tranche(other), cents)
            for (one, other), cents in turned(moves).items()
        ],
    }


def decision(adjustment: Adjustment, facts: MoveFacts, on: date) -> dict[str, Any]:
    """What the page that asks before a decision shows: every place before and after."""
    before = facts.standing.kinds
    moves = would_move(adjustment, facts.standing, on)
    return {
        "facts": facts,
        "adjustment": adjustment,
        "purpose": programmes.purpose(adjustment.fund),
        "places": places_moved(adjustment.ags, before, before.after(moves)),
        "is_possible": facts.amount_cents <= facts.available_cents,
        **of_kinds(moves),
    }


@dataclass(frozen=True)
class Available:
    """Money of a kind that a move could take, in cents.

    The last row of a fund says what open moves want of it, of whatever kind
    (``pending_cents``).
    """

    year: int
    purpose: str
    tranche: str
    cents: int | None = None
    pending_cents: int | None = None


def available_rows(
    kinds: Mapping[Fund, Mapping[Tranche, int]], pending: Mapping[Fund, int]
) -> Iterator[Available]:
    """What is there of each fund, by kind; the newest year first."""
    for fund in sorted(kinds.keys() | pending.keys(), key=lambda one: (-one.year, one.earmark)):
        purpose = programmes.purpose(fund)
        for tranche, cents in kinds.get(fund, {}).items():
            if cents:
                yield Available(fund.year, purpose, programmes.tranche(tranche), cents)
        if wanted := pending.get(fund, 0):
            all_kinds = gettext("alle Mittelarten zusammen")
            yield Available(fund.year, purpose, all_kinds, pending_cents=wanted)
