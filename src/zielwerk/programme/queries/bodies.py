"""Reads of the regional bodies: their facts, and their holdings in the planning book."""

from datetime import date
from typing import TypeAlias

from django.http import Http404

from zielwerk.core.permissions import Actor, may_see
from zielwerk.core.roles import PROVIDER
from zielwerk.language import German
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body
from zielwerk.programme.queries.money import holdings
from zielwerk.programme.queries.parties import bodies_of
from zielwerk.rulebook.planning import Fund, Holding
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.tranche import Tranche
from zielwerk.tables import Column, Kind

Tranches: TypeAlias = dict[Tranche, Holding]


def body(user: Actor, programme: str, ags: str) -> tuple[Body, ...]:
    """A body that the person may see as it was and is, newest first; else Http404.

    Facts of bodies are public: a Träger sees them where it takes part, and no money.
    """
    versions = [body for body in packs.bodies(programme) if body.ags == ags]
    is_partner = user.side == PROVIDER and ags in bodies_of(user.party)
    if not versions or not (may_see(user, ags) or is_partner):
        raise Http404
    return tuple(sorted(versions, key=lambda version: version.valid_from or date.min, reverse=True))


def body_title(body: Body) -> German:
    """A body's name with its kind, so that bodies of one name are told apart."""
    return German(naming.official(body))


def is_comparable(programme: str, body: Body, year: int) -> bool:
    """Whether the body's figures of ``year`` can be compared with those of the year before."""
    return not breaks_before(programme, body, year)


def breaks_before(programme: str, body: Body, year: int) -> tuple[str, ...]:
    """Why the body's figures of ``year`` cannot be compared with those of the year before."""
    return breaks(programme, body, packs.year_before(programme, year), year)


def breaks(programme: str, body: Body, earlier: int, later: int) -> tuple[str, ...]:
    """Why the body's figures of one year cannot be compared with those of a later one."""
    first, last = (packs.first_day(programme, year) for year in (earlier, later))
    return tuple(
        each.text for each in packs.breaks_of(programme, body.ags) if first < each.day <= last
    )


def key_column(programme: str) -> Column:
    """The column of a table in which bodies stand by their key."""
    identifier = packs.programme(programme).identifier
    example = packs.bodies(programme)[0].ags
    return Column(
        "ags", str(identifier.label), Kind.KEY, pattern=identifier.pattern, example=example
    )


def no_such_body(ags: str) -> Refusal:
    """The refusal of a body that the programme does not have."""
    sentence = msg("{ags}: Diese Körperschaft gibt es im Programm nicht.")
    return Refusal("programme.no_such_body", sentence, {"ags": ags})


def kinds_of_body(programme: str, ags: str) -> dict[int, Tranches]:
    """A body's holdings by programme year and tranche, all purposes, under earlier names too.

    One query.
    """
    keys = (ags, *packs.earlier_keys(programme, ags))
    balances = ledger.account_balances(book=Book.PLANNING, programme=programme, ags__in=keys)
    years = {key.programme_year for key, _ in balances}
    return {
        year: holdings(
            (one for one in balances if one[0].programme_year == year), lambda key: key.tranche
        )
        for year in sorted(years)
    }


def tranches_of_body(programme: str, ags: str, **narrower: object) -> dict[Fund, Tranches]:
    """What a body holds of each tranche, by fund, the newest year first; one query."""
    balances = ledger.account_balances(book=Book.PLANNING, programme=programme, ags=ags, **narrower)
    funds = sorted({key.fund for key, _ in balances}, key=lambda fund: (-fund.year, fund.earmark))
    return {
        fund: holdings(
            (balance for balance in balances if balance[0].fund == fund), lambda key: key.tranche
        )
        for fund in funds
    }


def holdings_of_year(programme: str, year: int) -> dict[str, Holding]:
    """The bodies' holdings of a programme year, all purposes, by AGS; one query."""
    balances = ledger.account_balances(book=Book.PLANNING, programme=programme, programme_year=year)
    return holdings((balance for balance in balances if balance[0].ags), lambda key: key.ags)


def uncovered_of_body(programme: str, ags: str) -> list[tuple[AccountKey, int]]:
    """A body's uncovered accounts, which are below zero until somebody covers them; one query."""
    return ledger.account_balances(
        book=Book.PLANNING, place=Place.UNCOVERED, programme=programme, ags=ags
    )
