"""Booking what a notice grants: it is committed, measure by measure and budget year by year.

A notice binds money that the body was given, whether or not an agreement names it; planning stays
as it is. What falls due in a later year consumes the authority that permits it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries
from zielwerk.ledger.actions.booking import hold, post
from zielwerk.ledger.actions.consuming import authority_of, consume
from zielwerk.ledger.actions.postings import DrawsFirst, Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.rulebook.grant.cover import Bound, Want, covered, released
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Grant:
    """What a notice, or an act on one, grants a body: by measure and budget year, in cents.

    A measure's name is that of its account; below zero it gets less than before. Each budget year
    draws on money that is due in it (:func:`zielwerk.rulebook.grant.cover.covered`).
    """

    programme: str
    programme_year: int
    ags: str
    wants: tuple[Want, ...]
    value_date: date
    case: str
    draws_first: DrawsFirst = "general"
    code: EntryCode = EntryCode.GRANT
    is_granted: bool = True

    @property
    def fund(self) -> Fund:
        """The general money of the year."""
        return Fund(self.programme, self.programme_year)

    @property
    def more(self) -> list[Want]:
        return [want for want in self.wants if want.cents > 0]

    @property
    def less(self) -> list[Want]:
        """Who gets less, the amounts above zero."""
        return [replace(want, cents=-want.cents) for want in self.wants if want.cents < 0]


@action("ledger.record")
def record_granted(actor: Actor, grant: Grant, *, at: datetime) -> list[Transfer]:
    """Commit what a notice grants, and release what an act on it takes back.

    Refused (``grant.not_covered``) where the body has too little that is free in a budget year,
    and where less is committed than is to be released.
    """
    _hold_money(grant)
    booked = post(actor, list(_releases(grant)), at=at) if grant.less else []
    if grant.more:
        free = queries.uncommitted(grant.programme, grant.programme_year, grant.ags)
        cover = covered(grant.more, free, grant.draws_first)
        if cover.refusals:
            raise Refused(*cover.refusals)
        booked += post(actor, [_posting(grant, bound) for bound in cover.bound], at=at)
    return booked + consume(actor, grant, booked, at=at)


def _hold_money(grant: Grant) -> None:
    """Hold all that the body was given, so that nobody else binds or moves it meanwhile."""
    places = (Place.ALLOCATED, Place.AGREED)
    general = [AccountKey.planning(grant.fund, place, grant.ags) for place in places]
    own = [key.whole for key in queries.held(general) if key.place in places]
    hold({*general, *own, *authority_of(grant)})


def _releases(grant: Grant) -> Iterator[Posting]:
    """What goes back of what was committed to those who get less."""
    committed = queries.committed(grant.programme, grant.programme_year, grant.ags)
    for want in grant.less:
        own = {
            (key.earmark, key.tranche): cents
            for key, cents in committed.items()
            if key.measure == want.measure
        }
        parts, lacking = released(want.measure, want.year, want.cents, own)
        if lacking:
            raise Refused(
                Refusal(
                    "ledger.not_committed",
                    _NOT_COMMITTED,
                    {"year": str(want.year), "missing": Cents(lacking)},
                )
            )
        yield from (_posting(grant, part, is_release=True) for part in parts)


def _posting(grant: Grant, bound: Bound, *, is_release: bool = False) -> Posting:
    earmark, tranche = bound.pot
    committed = AccountKey(
        Book.COMMITMENT,
        Place.COMMITTED,
        grant.programme,
        grant.programme_year,
        tranche.budget_year,
        "",
        tranche.source,
        earmark,
        grant.ags,
        bound.measure,
        tranche.due_year,
    )
    ends = (replace(committed, place=Place.OUTSIDE, measure=""), committed)
    source, target = reversed(ends) if is_release else ends
    return Posting(source, target, bound.cents, grant.code, grant.value_date, grant.case)


_NOT_COMMITTED = msg(
    "Im Haushaltsjahr {year} ist weniger gebunden, als zurückgehen soll. Es fehlen {missing}."
)
