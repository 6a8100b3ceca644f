"""From what a decision names to what the books keep: tranche by tranche, measure by measure.

A decision names a place of a fund and an amount. The books keep the money of each tranche, and
of each measure that receives some, on an account of its own. What is committed follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zielwerk.ledger import queries
from zielwerk.ledger.actions.postings import Posting, in_commitments
from zielwerk.ledger.models import Account, AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import split
from zielwerk.rulebook.tranche import GIVEN, TAKEN, UNKNOWN, Order, Tranche, shares

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
            covers = [one for one in postings if one.target.place in BELOW_ZERO]
            others = [one for one in postings if one.target.place not in BELOW_ZERO]
            parts = [*(part for one in covers for part in self._cover(one)), *self._give(others)]
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
        day = min(posting.value_date for posting in postings)
        free = queries.free_money(source.programme, day, source.fund)[source.fund]
        there = {
            tranche: own - free[tranche].later_cents - free[tranche].gone_cents
            for tranche, own in tranches.items()
            if tranche in free
        }
        is_enough = sum(max(each, 0) for each in there.values()) >= cents
        return there if is_enough else tranches

    def _cover(self, posting: Posting) -> Iterator[Posting]:
        """What is below zero is made good: by money of the same tranche, then by other money.

        In the second case the body holds so much of the other tranche from then on. A permission
        for later never covers money that the state itself lacks: that stays uncovered.
        """
        left = posting.amount_cents
        there = self._drawable([posting], left)
        held = {
            key: min(cents, there.get(key.tranche, 0))
            for key, cents in self._parts(posting.source).items()
        }
        lacking = {key: -cents for key, cents in self._parts(posting.target).items() if cents < 0}
        pairs = [(one, gap) for one in held for gap in lacking]
        pairs.sort(key=lambda pair: (pair[0].tranche != pair[1].tranche, pair[0].tranche.place))
        for key, gap in pairs:
            is_same = key.tranche == gap.tranche
            if not (is_same or gap.ags or gap.tranche == UNKNOWN):
                continue
            cents = min(held[key], lacking[gap], left)
            if cents <= 0:
                continue
            held[key], lacking[gap], left = held[key] - cents, lacking[gap] - cents, left - cents
            yield replace(posting, source=key, target=gap, amount_cents=cents)
            if not is_same and gap.ags:
                yield from self._exchanged(posting, gap, key.tranche, cents)
        if posting.target.ags:
            yield from _lacking(posting, left)

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


def _lacking(posting: Posting, cents: int) -> Iterator[Posting]:
    if cents:
        yield replace(posting, amount_cents=cents)
