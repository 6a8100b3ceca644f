"""From what a decision names to what the books keep: tranche by tranche, measure by measure.

A decision names a place of a fund and an amount. The books keep the money of each tranche, and
of each measure that receives some, on an account of its own. What is committed follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from zielwerk.ledger import queries
from zielwerk.ledger.actions.postings import Posting, in_commitments
from zielwerk.ledger.models import Account, AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.rulebook.budget import draw
from zielwerk.rulebook.kinds import Moved
from zielwerk.rulebook.money import split
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import (
    GIVEN,
    TAKEN,
    UNKNOWN,
    FreeMoney,
    Order,
    Tranche,
    covers,
    shares,
)

BELOW_ZERO = (Place.UNCOVERED, Place.OPENING)
HELD = (Place.AGREED, Place.ALLOCATED)


def following(postings: Sequence[Posting]) -> list[Posting]:
    """The postings as the books keep them; see :func:`spread`."""
    return spread(postings)[0]


def spread(postings: Sequence[Posting]) -> tuple[list[Posting], dict[AccountKey, Account]]:
    """The postings as the books keep them, and the accounts of the bodies concerned.

    What is given is drawn from the tranches in the order that the programme assumes, the same
    mixture for all who receive by one act; what is taken, from those that the body holds, and
    from all measures in proportion. What is uncovered is covered by money of its own tranche
    first. What no account has is left with the place as a whole, where it is lacking.
    """
    touched = [key for posting in postings for key in (posting.source, posting.target)]
    held = queries.held(touched)
    spreading = _Spreading({key: account.balance_cents for key, account in held.items()})
    by_source: dict[AccountKey, list[Posting]] = defaultdict(list)
    for posting in postings:  # a place gives once it has received
        by_source[posting.source].append(posting)
    parts = [part for group in by_source.values() for part in spreading.spread(group)]
    return parts, held


def moved(parts: Iterable[Posting | Transfer]) -> list[Moved]:
    """What postings or bookings move within the planning of a fund, kind by kind."""
    moves = []
    for part in parts:
        source, target = (
            end.key if isinstance(end, Account) else end for end in (part.source, part.target)
        )
        if queries.is_of_fund(source) and queries.is_of_fund(target):
            ends = (queries.at(source), source.tranche, queries.at(target), target.tranche)
            moves.append(Moved(*ends, part.amount_cents))
    return moves


def order_of(key: AccountKey) -> Order:
    """In which order the programme's rules take from the tranches at this place."""
    is_given = key.place == Place.FREE
    code, usual = ("tranches_given", GIVEN) if is_given else ("tranches_taken", TAKEN)
    if (key.programme, key.programme_year) not in packs.available():
        return usual
    rules = packs.load(key.programme, key.programme_year)
    stated = (parameter.value for parameter in rules.parameters if parameter.code == code)
    return Order(next(stated, usual))


@dataclass
class _Spreading:
    """The accounts of the bodies concerned with their balances, as postings move them."""

    held: dict[AccountKey, int]
    at: dict[AccountKey, list[AccountKey]] = field(init=False)  # those of each place
    free: dict[tuple[Fund, date], Mapping[Tranche, FreeMoney]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = defaultdict(list)
        for key in self.held:
            self.at[key.whole].append(key)

    def spread(self, postings: Sequence[Posting]) -> Iterator[Posting]:
        """The parts of postings that have one source, and what is committed of each."""
        source = postings[0].source
        if source.book != Book.PLANNING or source.tranche != UNKNOWN:
            parts: Iterable[Posting] = postings
        elif source.place in BELOW_ZERO:
            parts = self._owed(postings)
        else:
            gaps = [one for one in postings if one.target.place in BELOW_ZERO]
            others = [one for one in postings if one.target.place not in BELOW_ZERO]
            # Each is found when what comes before it has moved.
            parts = chain(chain.from_iterable(map(self._cover, gaps)), self._give(others))
        for part in parts:
            yield from self._moved(part)

    def _moved(self, part: Posting) -> Iterator[Posting]:
        for key, cents in ((part.source, -part.amount_cents), (part.target, part.amount_cents)):
            if key not in self.held:
                self.held[key] = 0
                self.at[key.whole].append(key)
            self.held[key] += cents
        yield part
        yield from self._commitments(part)

    def _parts(self, place: AccountKey) -> dict[AccountKey, int]:
        """The accounts of a place that are not empty, of one measure where it names one."""
        return {
            key: self.held[key]
            for key in self.at[place.whole]
            if self.held[key] and place.measure in ("", key.measure)
        }

    def _tranches(self, *places: AccountKey) -> dict[Tranche, int]:
        sums: dict[Tranche, int] = defaultdict(int)
        for place in places:
            for key, cents in self._parts(place).items():
                sums[key.tranche] += cents
        return sums

    def _give(self, postings: Sequence[Posting]) -> Iterator[Posting]:
        """Money that is there: the tranches of all, then the measures of each."""
        if not postings:
            return
        source = postings[0].source
        held, amounts = self._parts(source), [posting.amount_cents for posting in postings]
        drawn = shares(self._drawable(postings, sum(amounts)), amounts, order_of(source))
        for posting, tranches in zip(postings, drawn, strict=True):
            for tranche, cents in tranches.items():
                keys = [key for key in held if key.tranche == tranche]
                for key, part in zip(keys, split(cents, [held[k] for k in keys]), strict=True):
                    held[key] -= part
                    if part:
                        yield _part(posting, key, part)
            yield from _lacking(posting, posting.amount_cents - sum(tranches.values()))

    def _drawable(self, postings: Sequence[Posting], cents: int) -> Mapping[Tranche, int]:
        """What may be drawn of each tranche; of unallocated money what is available, if enough."""
        source = postings[0].source
        tranches = self._tranches(source)
        if source.place != Place.FREE or len(tranches) < 2:
            return tranches
        free = self._free(source, min(posting.value_date for posting in postings))
        there = {
            tranche: own - free[tranche].later_cents - free[tranche].gone_cents
            for tranche, own in tranches.items()
            if tranche in free
        }
        is_enough = sum(max(each, 0) for each in there.values()) >= cents
        return there if is_enough else tranches

    def _free(self, source: AccountKey, day: date) -> Mapping[Tranche, FreeMoney]:
        """What of a fund is free on a day, before anything is booked; read once."""
        at = (source.fund, day)
        if at not in self.free:
            self.free[at] = queries.free_money(source.programme, day, source.fund)[source.fund]
        return self.free[at]

    def _cover(self, posting: Posting) -> Iterator[Posting]:
        """What is below zero is made good: by money of the same tranche, then by other money.

        That is drawn in the order of what is given, whether it is free or the body's own, and the
        body holds so much of the other tranche from then on. A permission for later never covers
        money that the state itself lacks: that stays uncovered.
        """
        source, target = posting.source, posting.target
        parts = covers(
            self._drawable([posting], posting.amount_cents),
            {tranche: -cents for tranche, cents in self._tranches(target).items()},
            posting.amount_cents,
            order_of(replace(source, place=Place.FREE)),
            is_own_only=not target.ags,
        )
        held, lacking = self._parts(source), self._parts(target)
        for tranche, lacks, cents in parts:
            keys = [(key, held[key]) for key in held if key.tranche == tranche]
            gaps = [(key, -lacking[key]) for key in lacking if key.tranche == lacks]
            for key, gap, part in _paired(keys, gaps, cents):
                held[key], lacking[gap] = held[key] - part, lacking[gap] + part
                yield replace(posting, source=key, target=gap, amount_cents=part)
                if tranche != lacks and gap.ags:
                    yield from self._exchanged(posting, gap, tranche, part)
        if target.ags:
            yield from _lacking(posting, posting.amount_cents - sum(part[2] for part in parts))

    def _exchanged(
        self, posting: Posting, gap: AccountKey, tranche: Tranche, cents: int
    ) -> Iterator[Posting]:
        """What the body holds of the gap's tranche becomes money of the one that covers it."""
        for place in HELD:
            whole = replace(gap.whole, place=place)
            held = {key: own for key, own in self._parts(whole).items() if own > 0}
            for key, own in held.items():
                part = min(own, cents) if key.tranche == gap.tranche else 0
                cents -= part
                if part:
                    target = key.of(tranche)
                    yield replace(posting, source=key, target=target, amount_cents=part)

    def _owed(self, postings: Sequence[Posting]) -> Iterator[Posting]:
        """Money out of a place below zero: of the tranches that lie behind it."""
        for posting in postings:
            tranches = self._behind(posting)
            (drawn,) = shares(tranches, [posting.amount_cents], order_of(posting.source))
            for tranche, cents in drawn.items():
                yield _part(posting, posting.source.of(tranche), cents)
            yield from _lacking(posting, posting.amount_cents - sum(drawn.values()))

    def _behind(self, posting: Posting) -> Mapping[Tranche, int]:
        """The tranches that are concerned where nobody names them, in cents.

        By a succession what is lacking passes on as it is. Where a body loses what it has agreed,
        it lacks what it holds.
        """
        if posting.target.place in BELOW_ZERO:
            return {tranche: -cents for tranche, cents in self._tranches(posting.target).items()}
        source = posting.source
        return self._tranches(source, *(replace(source, place=place) for place in HELD))

    def _commitments(self, posting: Posting) -> Iterator[Posting]:
        """What a posting of agreed money does to what is committed of it.

        By a succession it passes on with the money; else what was committed to one is released.
        """
        committed = posting.source.committed
        cents = min(self.held.get(committed, 0), posting.amount_cents)
        if posting.source.place != Place.AGREED or cents <= 0:
            return
        self.held[committed] -= cents
        if posting.code == EntryCode.SUCCESSION:
            passed = posting.target.committed
            yield replace(posting, source=committed, target=passed, amount_cents=cents)
            return
        yield in_commitments(posting, committed, cents, is_released=True)
        if posting.target.place == Place.AGREED:
            yield in_commitments(posting, posting.target.committed, cents)


def _part(posting: Posting, source: AccountKey, cents: int) -> Posting:
    """A part of a posting, out of one account; a measure's money stays the measure's."""
    target = posting.target.of(source.tranche)
    if source.measure and target.place == Place.AGREED:
        target = replace(target, measure=source.measure)
    return replace(posting, source=source, target=target, amount_cents=cents)


def _paired(
    sources: Iterable[tuple[AccountKey, int]], gaps: Sequence[tuple[AccountKey, int]], cents: int
) -> Iterator[tuple[AccountKey, AccountKey, int]]:
    """An amount, from the one accounts to the others in order, each as far as it goes."""
    room = dict(gaps)
    for source, own in sources:
        taken, _ = draw(list(room.items()), min(own, cents))
        for gap, part in taken:
            room[gap] -= part
            cents -= part
            if part:
                yield source, gap, part


def _lacking(posting: Posting, cents: int) -> Iterator[Posting]:
    if cents:
        yield replace(posting, amount_cents=cents)
