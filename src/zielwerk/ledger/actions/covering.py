"""What was committed to a body stays covered by what the body was given, or visibly is not.

A commitment stands until an act changes it, whatever happens to the money behind it. What a
decision would take from behind it is refused; what a cut, a succession or a correction takes shows
in the book of commitments as uncovered, and is covered again as soon as money comes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from zielwerk.ledger import queries
from zielwerk.ledger.actions.postings import Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

GIVEN = queries.GIVEN
REFUSED = frozenset({EntryCode.WAIVER})
"""Decisions of somebody who can first have the notice changed: they take nothing committed."""

Pot: TypeAlias = AccountKey
"""The book of commitments' account of what is uncovered of a body's tranche."""


@dataclass
class Stand:
    """What a body was given of a tranche, what of it is committed, and what is uncovered of that.

    In cents; ``uncovered`` is below zero, as booked.
    """

    given: int = 0
    committed: int = 0
    uncovered: int = 0

    @property
    def off(self) -> int:
        """By how much the gap has grown (above zero) or closed since it was booked."""
        return max(self.committed - self.given, 0) + self.uncovered


def gaps(postings: Sequence[Posting]) -> list[Posting]:
    """What is to be booked for gaps that these postings, which are booked, opened or closed."""
    touched = moved(postings)
    if not touched:
        return []
    return [
        _gap(postings[-1], pot, stand.off)
        for pot, stand in sorted(stands_of(touched).items())
        if stand.off
    ]


def why_not_taken(postings: Sequence[Posting], gap: Posting) -> Refusal | None:
    """Why a decision must not open a gap; None for what happens whatever is committed.

    Nothing is committed without money, and nobody waives what is committed.
    """
    if gap.source.place != Place.UNCOVERED:
        return None
    if not any(one.code in REFUSED or _commits(one, gap.source) for one in postings):
        return None
    return Refusal("ledger.committed", _COMMITTED, {"missing": Cents(gap.amount_cents)})


def _commits(posting: Posting, pot: Pot) -> bool:
    return posting.source.place == Place.OUTSIDE and _pot(posting.target) == pot


def stands_of(touched: Iterable[Pot]) -> Mapping[Pot, Stand]:
    """The stand of these tranches now; of bodies without any commitment none."""
    pots = frozenset(touched)
    stands: dict[Pot, Stand] = defaultdict(Stand)
    bodies = {(pot.programme, pot.programme_year, pot.ags) for pot in pots}
    for key, cents in queries.behind_commitments(bodies):
        pot = _pot(key)
        if pot not in pots:
            continue
        if key.book == Book.PLANNING:
            stands[pot].given += cents
        elif key.place == Place.COMMITTED:
            stands[pot].committed += cents
        else:
            stands[pot].uncovered += cents
    return stands


def moved(postings: Iterable[Posting]) -> set[Pot]:
    """The tranches of bodies of which more or less is given or committed than before."""
    sums: dict[Pot, int] = defaultdict(int)
    for pot, cents in _changes(postings):
        sums[pot] += cents
    return {pot for pot, cents in sums.items() if cents}


def _changes(postings: Iterable[Posting]) -> Iterator[tuple[Pot, int]]:
    for posting in postings:
        for key, sign in ((posting.source, -1), (posting.target, 1)):
            is_given = key.book == Book.PLANNING and key.place in GIVEN
            is_committed = key.book == Book.COMMITMENT and key.place == Place.COMMITTED
            if key.ags and (is_given or is_committed):
                yield _pot(key), (1 if is_given else -1) * sign * posting.amount_cents


def _pot(key: AccountKey) -> Pot:
    return replace(key, book=Book.COMMITMENT, place=Place.UNCOVERED, measure="")


def _gap(posting: Posting, pot: Pot, cents: int) -> Posting:
    ends = (pot, replace(pot, place=Place.OUTSIDE))
    source, target = ends if cents > 0 else reversed(ends)
    return replace(
        posting, source=source, target=target, amount_cents=abs(cents), code=EntryCode.COVER
    )


_COMMITTED = msg(
    "Davon sind {missing} durch Bescheid gebunden. Zuerst ist der Bescheid zu ändern, etwa durch "
    "eine Freimeldung."
)
