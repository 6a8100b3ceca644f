"""Acts that move a body's money: waived, given anew, covered, passed on to those who succeed."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.journeys import pages, stages
from tests.journeys.year.model import Fund
from tests.journeys.year.walk import Walk, written
from zielwerk.adjustments.models import Adjustment
from zielwerk.identity.models import User
from zielwerk.packs import loading as packs

MOVES = "/arbeit/mittelaenderungen"


def declare(
    walk: Walk, kind: str, person: User, fund: Fund, ags: str, cents: int, **more: str
) -> Adjustment:
    """Somebody declares a move of money, and nothing moves yet."""
    door, names = f"{MOVES}/{kind}", {"jahr": str(fund.year), "zweck": fund.earmark}
    typed = {"betrag": written(cents), "begruendung": "Bedarf hat sich geändert", **names, **more}
    if not person.ags:
        typed["ags"] = ags
    pages.press(walk.at_desk(person), door, door, **typed)
    declared = Adjustment.objects.latest("pk")
    walk.notes.open_moves[declared.file_number] = (declared.kind, fund, ags, cents)
    return declared


def settle(walk: Walk, move: Adjustment) -> None:
    """The second person decides, and the money moves."""
    page = f"{MOVES}/{move.pk}"
    stages.take_between(walk.cast, page, "adjustment", move.year, move.ags)
    stages.take_the_last(walk.cast, page, "adjustment", move.year, move.ags)
    kind, fund, ags, cents = walk.notes.open_moves.pop(move.file_number)
    verbs = {
        "waiver": walk.notes.waive,
        "reallocation": walk.notes.give,
        "cover": walk.notes.cover,
    }
    verbs[kind](move.file_number, fund, ags, cents)


def waive(walk: Walk, fund: Fund, ags: str, cents: int) -> Adjustment:
    """A body gives money back; its own coordinator declares it where it has one."""
    own = walk.cast.body.ags == ags
    clerk = walk.cast.body if own else walk.cast.takers("adjustment", fund.year, ags)[0]
    move = declare(walk, "verzicht", clerk, fund, ags, cents)
    settle(walk, move)
    return move


def give(walk: Walk, fund: Fund, ags: str, cents: int, follows: Adjustment | None = None) -> None:
    clerk, _ = walk.cast.takers("adjustment", fund.year, ags)
    more = {"folgt": str(follows.pk)} if follows else {}
    settle(walk, declare(walk, "umverteilung", clerk, fund, ags, cents, **more))


def cover(walk: Walk, fund: Fund, ags: str, cents: int) -> None:
    clerk, _ = walk.cast.takers("adjustment", fund.year, ags)
    settle(walk, declare(walk, "deckung", clerk, fund, ags, cents))


def succeed(walk: Walk, code: str, year: int, shares: Mapping[str, int]) -> None:
    """What a body holds of a year passes to those who come after it, by stated shares."""
    door = f"/arbeit/rechtsnachfolgen/neu/{code}"
    typed: dict[str, Any] = {f"anteil_{ags}": str(share) for ags, share in shares.items()}
    typed |= {"jahre": [str(year)], "grund": "Vereinbarung der Beteiligten"}
    page = pages.press(walk.officer, door, door, **typed)
    pages.take(walk.at_desk(walk.cast.head), page, "entscheiden")
    change = next(one for one in packs.successions(walk.programme) if one.code == code)
    for source in change.predecessors:
        walk.notes.succeed([year], source, {ags: Fraction(n) for ags, n in shares.items()})
