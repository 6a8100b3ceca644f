"""Moves of the money of a fund, and their bookings.

A fund (Fördertopf) is the money of a programme year for one purpose. The planning book says
how much of it is free, and what each regional body holds: allocated, agreed, uncovered, and
what of it came before these books (its opening entry). Four sentences hold throughout:

1. Bodies do not trade: money passes from one to another only by way of what is free.
2. What is uncovered is covered first, at the state before anybody gains, at a body before
   more is allocated to it.
3. What is agreed changes with the agreement alone. Money that a cut takes from it is not there
   until the agreement is concluded anew: it shows as uncovered, and as much stays free for it.
4. No budget in these books gave the money of an opening entry. The next decision takes it
   from what is free; what is waived before that goes back where it came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.budget import draw
from zielwerk.rulebook.kinds import FREE, LACKING, Account, Kinds, Place
from zielwerk.rulebook.tranche import FreeMoney, Tranche


@dataclass(frozen=True, order=True)
class Fund:
    """The money of a programme year for one purpose; ``earmark`` is empty for general money."""

    programme: str
    year: int
    earmark: str = ""


HELD: tuple[Place, ...] = ("allocated", "agreed", "uncovered", "opening")
"""The places of a body's money, in the order of :class:`Holding`."""


@dataclass(frozen=True)
class Holding:
    """A body's money of a fund, in cents; uncovered and opening are below zero, as booked."""

    allocated_cents: int = 0
    agreed_cents: int = 0
    uncovered_cents: int = 0
    opening_cents: int = 0

    @property
    def total_cents(self) -> int:
        """The amount given to the body, less what was taken away again (uncovered)."""
        return self.allocated_cents + self.agreed_cents + self.uncovered_cents


NOTHING = Holding()


@dataclass(frozen=True)
class Standing:
    """The balances of a fund in the planning book, in cents.

    ``uncovered_cents`` is the state's own, below zero, as booked; ``bodies`` are those that
    hold anything, by AGS. ``coverable_cents`` is the part of the state's own gap for which there
    is money of the same tranche: a permission for later covers no money that is lacking.
    ``later_cents`` of what nobody was allocated count from a later day only, ``gone_cents`` are
    no longer available. ``tranches`` say what is free of each, ``kinds`` who holds which.
    """

    free_cents: int = 0
    uncovered_cents: int = 0
    bodies: Mapping[str, Holding] = field(default_factory=dict)
    coverable_cents: int | None = None
    later_cents: int = 0
    gone_cents: int = 0
    tranches: Mapping[Tranche, FreeMoney] = field(default_factory=dict)
    kinds: Kinds = field(default_factory=Kinds)

    def of(self, ags: str) -> Holding:
        return self.bodies.get(ags, NOTHING)

    @property
    def totals(self) -> dict[str, int]:
        """The total of each body that has any, in cents by AGS."""
        return {
            a: holding.total_cents
            for a, holding in sorted(self.bodies.items())
            if holding.total_cents
        }

    @property
    def short_cents(self) -> int:
        """The uncovered amount of the state and of the bodies, above zero."""
        return -self.uncovered_cents - sum(
            holding.uncovered_cents for holding in self.bodies.values()
        )

    @property
    def owed_cents(self) -> int:
        """What must first be made good: all that is uncovered, and what came before these books."""
        return self.short_cents + self.opened_cents

    @property
    def spare_cents(self) -> int:
        """The money that is free, in cents; below zero where less is there than is owed.

        It is what nobody was allocated and counts already, less what must first be made good.
        """
        return self.there_cents - self.owed_cents

    @property
    def there_cents(self) -> int:
        """What nobody was allocated, counts already and is still available, in cents."""
        return self.free_cents - self.later_cents - self.gone_cents

    @property
    def opened_cents(self) -> int:
        """The bodies' allocations that came before these books, above zero."""
        return -sum(holding.opening_cents for holding in self.bodies.values())


@dataclass(frozen=True)
class Booking:
    """Money that passes from one account of a fund to another; ``code`` says why, as booked."""

    code: str
    source: Account
    target: Account
    amount_cents: int


def after(standing: Standing, bookings: Iterable[Booking]) -> Standing:
    """The standing once these bookings are made."""
    cents = {FREE: standing.free_cents, LACKING: standing.uncovered_cents}
    for ags, holding in standing.bodies.items():
        cents |= {Account(place, ags): getattr(holding, f"{place}_cents") for place in HELD}
    for booking in bookings:
        for account, sign in ((booking.source, -1), (booking.target, 1)):
            cents[account] = cents.get(account, 0) + sign * booking.amount_cents
    bodies = {
        ags: Holding(*(cents.get(Account(place, ags), 0) for place in HELD))
        for ags in {account.ags for account in cents if account.ags}
    }
    return Standing(cents[FREE], cents[LACKING], bodies)


def changes(standing: Standing, amounts: Mapping[str, int]) -> dict[str, int]:
    """Each body's gain (above zero) or loss against its total, in cents by AGS."""
    return {ags: cents - standing.of(ags).total_cents for ags, cents in amounts.items()}


def strangers(standing: Standing, amounts: Mapping[str, int]) -> tuple[str, ...]:
    """Bodies that have money of the fund and no place in the distribution."""
    return tuple(ags for ags in standing.totals if ags not in amounts)


@dataclass(frozen=True)
class Needed:
    """The terms of the free money that a decision needs, in cents, none below zero.

    ``gains_cents`` is what bodies gain. ``opened_cents`` (what came before these books) and
    ``short_cents`` (all that is uncovered) must be made good first. ``covered_cents`` is what of
    the gains covers uncovered amounts of the same bodies and so is counted already;
    ``given_back_cents`` is what bodies lose and the decision really gives back.
    """

    gains_cents: int = 0
    opened_cents: int = 0
    short_cents: int = 0
    covered_cents: int = 0
    given_back_cents: int = 0

    @property
    def cents(self) -> int:
        """What is taken of the money that is free; below zero where the decision frees some."""
        return self.gains_cents - self.covered_cents - self.given_back_cents

    @property
    def owed_cents(self) -> int:
        """What must be made good before anybody gains; it is not free."""
        return self.opened_cents + self.short_cents

    @property
    def only_frees(self) -> bool:
        """Whether nobody gains and nothing must be made good first."""
        return not self.gains_cents and not self.owed_cents


NOTHING_NEEDED = Needed()


def needed(standing: Standing, amounts: Mapping[str, int]) -> Needed:
    """The terms of the free money that a decision needs, beyond what it really gives back.

    Who only takes needs nothing: then all that bodies lose is given back. Who gives must first
    make good what came before these books and all that is uncovered, and counts as given back
    only what is allocated and not agreed.
    """
    changed = changes(standing, amounts)
    gains = sum(cents for cents in changed.values() if cents > 0)
    if not gains and not standing.opened_cents:
        return Needed(given_back_cents=-sum(changed.values()))
    return Needed(
        gains_cents=gains,
        opened_cents=standing.opened_cents,
        short_cents=standing.short_cents,
        covered_cents=sum(_covered(standing.of(ags), cents) for ags, cents in changed.items()),
        given_back_cents=sum(
            _given_back(standing.of(ags), cents) for ags, cents in changed.items()
        ),
    )


def needed_cents(standing: Standing, amounts: Mapping[str, int]) -> int:
    """The free money that a decision needs, beyond what it really gives back, in cents."""
    return needed(standing, amounts).cents


def _coverable(standing: Standing) -> int:
    """The part of the state's own gap that free money may cover."""
    most = standing.coverable_cents
    return -standing.uncovered_cents if most is None else most


def _covered(holding: Holding, change: int) -> int:
    """The part of a gain that covers the body's uncovered amount."""
    return min(max(change, 0), -holding.uncovered_cents)


def _given_back(holding: Holding, change: int) -> int:
    """The part of a loss that is not agreed yet."""
    return min(max(-change, 0), holding.allocated_cents)


def decision(standing: Standing, amounts: Mapping[str, int]) -> list[Booking]:
    """The bookings after which every body has its decided amount, in cents by AGS.

    First what bodies lose, a fact: it comes from what is allocated, and beyond that it is
    uncovered. Then what the state lacks is covered as far as there is money, what came before
    these books is made good, and bodies gain.
    """
    changed = changes(standing, amounts)
    bookings = []
    for ags, cents in changed.items():
        back = _given_back(standing.of(ags), cents)
        bookings.append(Booking("cut", Account("allocated", ags), FREE, back))
        bookings.append(Booking("cut", Account("uncovered", ags), FREE, max(-cents, 0) - back))
    given_back = sum(booking.amount_cents for booking in bookings)
    free = standing.free_cents + given_back
    covered = min(_coverable(standing) + given_back, -standing.uncovered_cents, free)
    bookings.append(Booking("cover", FREE, LACKING, covered))
    for ags, holding in standing.bodies.items():
        bookings.append(Booking("opening", FREE, Account("opening", ags), -holding.opening_cents))
    for ags, cents in changed.items():
        covered = _covered(standing.of(ags), cents)
        gain = max(cents, 0) - covered
        bookings.append(Booking("cover", FREE, Account("uncovered", ags), covered))
        bookings.append(Booking("allocation", FREE, Account("allocated", ags), gain))
    return [booking for booking in bookings if booking.amount_cents > 0]


SourceT = TypeVar("SourceT")


def promises(
    sources: Sequence[tuple[SourceT, int]], wants: Iterable[tuple[str, int]], beyond: SourceT
) -> list[tuple[SourceT, str, int]]:
    """From which source each recipient gets its money, in their order: (source, recipient, cents).

    What no source has is left with ``beyond``, where it shows as uncovered.
    """
    left, shared = list(sources), []
    for recipient, wanted_cents in wants:
        parts, gap_cents = draw(left, wanted_cents)
        drawn = dict(parts)
        left = [(source, cents - drawn.get(source, 0)) for source, cents in left]
        if gap_cents:
            drawn = {beyond: 0, **drawn}
            drawn[beyond] += gap_cents
        shared += [(source, recipient, cents) for source, cents in drawn.items()]
    return shared


def given_back(
    agreed: Sequence[tuple[SourceT, int]], uncovered: Mapping[SourceT, int], cents: int
) -> list[tuple[SourceT, Place, int]]:
    """Where agreed money goes once an agreement names less by ``cents``: (fund, place, cents).

    ``agreed`` are the cents that the agreement has of each fund, in the order in which an
    agreement draws on them, ``uncovered`` what the body lacks of each, below zero as booked.
    First the body's uncovered amounts are covered, in that order: the agreement is concluded
    anew for what is there. The rest is allocated again and no longer agreed, taken in the
    opposite order: what was drawn on last is given back first. Raises ``ValueError`` where so
    much is not agreed.
    """
    left, moves = dict(agreed), list[tuple[SourceT, Place, int]]()
    if cents > sum(left.values()):
        raise ValueError("an agreement cannot give back more than is agreed")
    gaps = [(fund, min(left[fund], -uncovered.get(fund, 0))) for fund in left]
    covers, rest_cents = draw(gaps, cents)
    for fund, covered in covers:
        left[fund] -= covered
        moves.append((fund, "uncovered", covered))
    backwards = [(fund, left[fund]) for fund, _ in reversed(agreed)]
    for fund, returned in draw(backwards, rest_cents)[0]:
        moves.append((fund, "allocated", returned))
    return [move for move in moves if move[2]]


def touched_by_decision(bodies: Iterable[str]) -> set[Account]:
    """All accounts that a decision over these bodies may book on."""
    places: tuple[Place, ...] = ("allocated", "uncovered", "opening")
    return {FREE, LACKING, *(Account(place, ags) for ags in bodies for place in places)}


def available_cents(standing: Standing, kind: AdjustmentKind, ags: str) -> int:
    """The money available to waive, reallocate or cover, in cents."""
    return sum(cents for _, cents in _sources(standing, kind, ags))


def adjustment(
    standing: Standing, kind: AdjustmentKind, ags: str, amount_cents: int
) -> list[Booking]:
    """The bookings of a waiver, a reallocation or a cover, as far as there is money for it.

    ``ags`` is the body that waives, receives or is covered; empty to cover what the state
    itself lacks.
    """
    sources, _ = draw(_sources(standing, kind, ags), amount_cents)
    targets = _targets(standing, kind, ags, amount_cents)
    bookings = []
    for source, cents in sources:
        parts, _ = draw(targets, cents)
        targets = [(account, room - dict(parts).get(account, 0)) for account, room in targets]
        bookings += [Booking(kind.value, source, target, part) for target, part in parts]
    return bookings


def touched_by_adjustment(kind: AdjustmentKind, ags: str) -> set[Account]:
    """All accounts that such a move may book on, and what is uncovered beside its sources."""
    sources = [account for account, _ in _sources(Standing(), kind, ags)]
    targets = [account for account, _ in _targets(Standing(), kind, ags, 0)]
    return {*sources, *targets, *(Account("uncovered", account.ags) for account in sources)}


def _sources(standing: Standing, kind: AdjustmentKind, ags: str) -> Sequence[tuple[Account, int]]:
    """The sources of a move, in order, with the cents available in each.

    A body waives what is allocated and not agreed. Only what is free is reallocated. A body
    covers with what is its own and not agreed first, then with what is free beyond what the state
    itself lacks; the state covers with what is free. What is agreed changes with the agreement
    alone.
    """
    holding = standing.of(ags)
    own_source = (Account("allocated", ags), holding.allocated_cents)
    if kind == AdjustmentKind.WAIVER:
        return [own_source]
    if kind == AdjustmentKind.REALLOCATION:
        return [(FREE, max(standing.spare_cents, 0))]
    there = max(standing.there_cents, 0)
    if not ags:
        return _at_most([(FREE, there)], _coverable(standing))
    spare = max(there + standing.uncovered_cents, 0)
    return _at_most([own_source, (FREE, spare)], -holding.uncovered_cents)


def _at_most(
    sources: Sequence[tuple[Account, int]], most_cents: int
) -> Sequence[tuple[Account, int]]:
    drawn = dict(draw(sources, most_cents)[0])
    return [(account, drawn.get(account, 0)) for account, _ in sources]


def _targets(
    standing: Standing, kind: AdjustmentKind, ags: str, amount_cents: int
) -> Sequence[tuple[Account, int]]:
    """The targets of a move, in order, with the cents that each can take."""
    if kind == AdjustmentKind.REALLOCATION:
        return [(Account("allocated", ags), amount_cents)]
    if kind == AdjustmentKind.COVER:
        return [(Account("uncovered", ags), amount_cents)]
    opened = -standing.of(ags).opening_cents
    return [(Account("opening", ags), opened), (FREE, amount_cents)]
