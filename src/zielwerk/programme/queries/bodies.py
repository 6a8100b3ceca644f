"""Reads of the regional bodies: who they are, and what the planning book says of them."""

from datetime import date

from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.programme.queries.money import holdings
from zielwerk.rulebook.planning import Holding
from zielwerk.rulebook.refusal import Refusal, msg


def body(user: Actor, programme: str, ags: str) -> tuple[Body, ...]:
    """A body within the person's perimeter as it was and is, newest first; else Http404."""
    found = [one for one in packs.bodies(programme) if one.ags == ags]
    if not found or (user.ags and user.ags != ags):
        raise Http404
    return tuple(sorted(found, key=lambda one: one.valid_from or date.min, reverse=True))


def body_title(body: Body) -> str:
    """A body's name with its kind, so that those of one name are told apart."""
    is_said = body.name.startswith((body.kind, "Stadt "))
    return body.name if is_said else f"{body.name} ({body.kind})"


def comparable(body: Body, year: int) -> bool:
    """Whether the body's figures of ``year`` can be compared with those of the year before."""
    return not breaks(body, year - 1, year)


def breaks(body: Body, earlier: int, later: int) -> tuple[str, ...]:
    """Why the body's figures of one year cannot be compared with those of a later one."""
    first, last = date(earlier, 1, 1), date(later, 1, 1)
    return tuple(one.text for one in body.breaks if first < one.day <= last)


def no_such_body(ags: str) -> Refusal:
    """Said where a table names a body that the programme does not have."""
    sentence = msg("AGS {ags}: Diese Körperschaft gibt es im Programm nicht.")
    return Refusal("programme.no_such_body", sentence, {"ags": ags})


def holdings_of_body(programme: str, ags: str) -> dict[int, Holding]:
    """What a body holds by programme year, all purposes; one query."""
    found = ledger.account_balances(book=Book.PLANNING, programme=programme, ags=ags)
    return holdings(found, lambda key: key.programme_year)


def holdings_of_year(programme: str, year: int) -> dict[str, Holding]:
    """What each body holds of a programme year, all purposes, by AGS; one query."""
    found = ledger.account_balances(book=Book.PLANNING, programme=programme, programme_year=year)
    return holdings((one for one in found if one[0].ags), lambda key: key.ags)


def uncovered_of_body(programme: str, ags: str) -> list[tuple[AccountKey, int]]:
    """What somebody must still resolve for a body: accounts below zero, in cents; one query."""
    return ledger.account_balances(
        book=Book.PLANNING, place=Place.UNCOVERED, programme=programme, ags=ags
    )
