"""The model's budget: what each act of the state's budget does to its lines and to planning."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.journeys.year.model import Fund, Line, Money, Spot, of_line
from tests.journeys.year.shares import by_size

TAKEN_FROM = ("supplementary", "appropriated", "carried_over")
BURDENED = ("appropriated", "supplementary")
PAYS = ("burdened", "carried_over", "appropriated", "supplementary")
NEVER_IN_FORCE = ("draft", "provisional", "blocked")
PASSES_ON = ("agreed", "allocated", "free")
Origins = list[tuple[Spot, int]]


@dataclass
class Budget(Money):
    """The acts on a line of the budget, in the order in which a year has them."""

    blocked: dict[Spot, Origins] = field(default_factory=lambda: defaultdict(list))
    """By the spot where it is blocked, programme year aside: where it was taken from, in order."""

    def estimate(self, line: Line, cents: int) -> None:
        self.move(of_line(line, "outside"), of_line(line, "draft"), cents)

    def provide_provisionally(self, line: Line, cents: int) -> None:
        self.move(of_line(line, "draft"), of_line(line, "provisional"), cents)

    def enact(self, line: Line, cents: int) -> None:
        """The act gives ``cents``; the draft is used up, and what it had beyond that is gone."""
        given, left = of_line(line, "appropriated"), cents
        for place in ("provisional", "draft"):
            spot = of_line(line, place)
            part = min(self.held[spot], left)
            left -= part
            self.move(spot, given, part)
            self.move(spot, given.at("outside"), self.held[spot])
        self.move(given.at("outside"), given, left)
        self._came(given, cents)
        self._redeem_promises_for(line, given)

    def supplement(self, line: Line, cents: int) -> None:
        more = of_line(line, "supplementary")
        self.move(more.at("outside"), more, cents)
        self._came(more, cents)
        self._redeem_promises_for(line, more)

    def authorise(self, line: Line, due: int, cents: int) -> None:
        permitted = of_line(line, "permitted", due=due)
        self.move(permitted.at("outside"), permitted, cents)
        self._came(permitted, cents)

    def _came(self, spot: Spot, cents: int) -> None:
        """What came covers first what its line and what planning lacks."""
        gap = spot.at("uncovered")
        self._cover(spot, gap, min(cents, -self.held[gap]))
        self.make_good(spot, cents)

    def _cover(self, spot: Spot, gap: Spot, cents: int) -> None:
        """What was blocked beyond what was there is, from then on, what covers it."""
        self.move(spot, gap, cents)
        origins = Origins()
        for origin, held in reversed(self.blocked[_block_of(gap)]):
            part = min(held, cents) if origin == gap else 0
            cents -= part
            rest = ((origin, held - part), (spot, part))
            origins += [(where, some) for where, some in rest if some]
        self.blocked[_block_of(gap)] = origins[::-1]

    # --- permissions ----------------------------------------------------------------------

    def consume(self, line: Line, due: int, cents: int) -> None:
        """Somebody promised money of a later year."""
        consumed = of_line(line, "consumed", due=due)
        self.move(consumed.at("permitted"), consumed, cents)
        payers = [of_line(line._replace(year=due), place) for place in BURDENED]
        if any(self.came_to(spot) for spot in payers):
            self._redeem(consumed, cents, payers)

    def came_to(self, spot: Spot) -> bool:
        return any(target == spot for _, target in self.flows)

    def redeem_from(self, line: Line, due: int, payer: Line, cents: int) -> None:
        """A person decides which line pays what another one had promised."""
        consumed = of_line(line, "consumed", due=due)
        self._redeem(consumed, cents, [of_line(payer, place) for place in BURDENED])

    def _redeem_promises_for(self, line: Line, spot: Spot) -> None:
        """What earlier years promised for this one burdens its money."""
        for consumed, cents in sorted(self.held.items()):
            is_due = consumed.place == "consumed" and consumed.due_year == line.year
            if cents and is_due and consumed.line[1:] == line[1:]:
                self._redeem(consumed, cents, [spot])

    def _redeem(self, consumed: Spot, cents: int, payers: list[Spot]) -> None:
        """The money of the due year now serves the older programme year and its purpose."""
        self.move(consumed, consumed.at("redeemed"), cents)
        available = payers[0].at("appropriated")
        burdened = available._replace(
            place="burdened", year=consumed.year, earmark=consumed.earmark
        )
        self._exchange(consumed, burdened, cents)
        self.provide(available, -cents)
        parts, lacking = self.taken(payers, cents)
        for spot, part in parts:
            self.move(spot, burdened, part)
        self.move(available.at("uncovered"), burdened, lacking)

    def _exchange(self, authorised: Spot, later: Spot, cents: int) -> None:
        """What planning has of one tranche becomes the other: what is agreed, given, free."""
        left, fund = cents, (authorised.year, authorised.earmark)
        for place in PASSES_ON:
            there = {
                spot: held
                for spot, held in self.held.items()
                if spot.place == place
                and (spot.year, spot.earmark) == fund
                and spot.tranche == authorised.tranche
                and held > 0
            }
            part = min(sum(there.values()), left)
            left -= part
            for spot, some in by_size(part, there).items():
                self.pass_on(spot, spot.of(later.tranche), some)
        outside = Fund(*fund).spot("outside")
        self.move(outside.of(later.tranche), outside.of(authorised.tranche), cents - left)

    # --- taken away and given back --------------------------------------------------------

    def cut(self, line: Line, cents: int) -> None:
        self._take_away(self._takeable(line), of_line(line, "appropriated"), "outside", cents)

    def block(self, line: Line, cents: int) -> None:
        self._take_away(self._takeable(line), of_line(line, "appropriated"), "blocked", cents)

    def cut_authority(self, line: Line, due: int, cents: int) -> None:
        permitted = of_line(line, "permitted", due=due)
        self._take_away([permitted], permitted, "outside", cents)

    def block_authority(self, line: Line, due: int, cents: int) -> None:
        permitted = of_line(line, "permitted", due=due)
        self._take_away([permitted], permitted, "blocked", cents)

    def _takeable(self, line: Line) -> list[Spot]:
        carried = self._spots(line, "carried_over")
        carried.sort(key=lambda spot: (spot.year != line.year, spot.year))
        return [of_line(line, "supplementary"), of_line(line, "appropriated"), *carried]

    def _take_away(self, spots: list[Spot], own: Spot, to: str, cents: int) -> None:
        parts, lacking = self.taken(spots, cents)
        for spot, part in [*parts, (own.at("uncovered"), lacking)]:
            self.move(spot, spot.at(to), part)
            self.provide(spot if spot.place != "uncovered" else own, -part)
            if part and to == "blocked":
                self.blocked[_block_of(spot)].append((spot, part))

    def _spots(self, line: Line, *places: str) -> list[Spot]:
        """The spots of a line's money of any programme year, oldest first."""
        found = [spot for spot in self.held if spot.line == line and not spot.due_year]
        return sorted(spot for spot in found if spot.place in places)

    def release(self, line: Line, cents: int) -> None:
        self._release(of_line(line, "appropriated"), cents)

    def blocked_of(self, line: Line, due: int = 0) -> int:
        """What is blocked of a line, or of its permission for a year."""
        return sum(cents for _, cents in self.blocked[_block_of(of_line(line, "blocked", due=due))])

    def release_authority(self, line: Line, due: int, cents: int) -> None:
        self._release(of_line(line, "permitted", due=due), cents)

    def _release(self, own: Spot, cents: int) -> None:
        """What was blocked last goes back first, to where it was; what lacks is closed first."""
        origins = self.blocked[_block_of(own)]
        drawn = Origins()
        while cents:
            origin, held = origins.pop()
            drawn.append((origin, min(held, cents)))
            if held > cents:
                origins.append((origin, held - cents))
            cents -= drawn[-1][1]
        for origin, part in drawn:
            gap = origin.at("uncovered")
            if origin == gap:
                available = origin.at(own.place)
                closing = min(part, -self.held[gap])
                self.move(gap.at("blocked"), gap, closing)
                self.move(gap.at("blocked"), available, part - closing)
            else:
                available = origin
                self.move(origin.at("blocked"), origin, part)
                self._cover(origin, gap, min(part, -self.held[gap]))
            self.make_good(available, part)

    # --- the end of a year ----------------------------------------------------------------

    def close_year(self, year: int, carried: Mapping[tuple[Line, int], int]) -> None:
        """Money with a consent goes to the next year, the rest lapses; nothing was paid yet."""
        taken = list[tuple[Spot, int]]()
        for spot in self._of_year(year, *NEVER_IN_FORCE):
            self.move(spot, spot.at("lapsed"), self.held[spot])
        for gap in self._of_year(year, "uncovered"):
            taken += self._close_gap(gap)
        for spot in self._of_year(year, "permitted"):
            taken.append((spot, self.held[spot]))
            self.move(spot, spot.at("lapsed"), self.held[spot])
        money = [spot for spot in self._of_year(year, *PAYS) if not spot.due_year]
        for line, serves in sorted({(spot.line, spot.year) for spot in money}):
            taken += self._close_line(line, serves, carried.get((line, serves), 0))
        for spot, cents in taken:  # what planning loses, once it has all that it gets
            self.provide(spot, -cents)

    def _close_line(self, line: Line, serves: int, cents: int) -> Origins:
        spots = [of_line(line, place, year=serves) for place in PAYS]
        parts, lacking = self.taken(spots, cents)
        assert not lacking, "more is carried over than there is"
        lapsed = Origins()
        for spot, part in parts:
            rest, later = self.held[spot] - part, spot._replace(budget_year=line.year + 1)
            self.move(spot, later.at("carried_over"), part)
            self.move(spot, spot.at("lapsed"), rest)
            lapsed.append((spot, rest))
        own = spots[0]
        self._exchange(own, own._replace(budget_year=line.year + 1), cents)
        return lapsed

    def _of_year(self, year: int, *places: str) -> list[Spot]:
        """The spots of a budget year where there is something."""
        of_year = (spot for spot in self.held if spot.budget_year == year and self.held[spot])
        return sorted(s for s in of_year if s.place in places and s.book == "authorisation")

    def _close_gap(self, gap: Spot) -> Origins:
        """A line's own money covers what it lacks: that of the same year first, then by age."""
        payers = [gap.at("permitted")] if gap.due_year else self._spots(gap.line, *PAYS)
        order = [*PAYS, "permitted"]
        payers.sort(key=lambda spot: (spot.year != gap.year, spot.year, order.index(spot.place)))
        elsewhere = Origins()
        for spot, part in self.taken(payers, -self.held[gap])[0]:
            self.move(spot, gap, part)
            if spot.year != gap.year:
                elsewhere.append((spot, part))
                self.provide(gap, part)
        return elsewhere

    def left(self, year: int) -> Iterator[tuple[Line, int, int]]:
        """What a year's end can carry over: line, programme year served, and how much."""
        after = type(self)()
        after.held = self.held.copy()
        for gap in after._of_year(year, "uncovered"):
            after._close_gap(gap)
        spots = [spot for spot in after._of_year(year, *PAYS) if not spot.due_year]
        for line, serves in sorted({(spot.line, spot.year) for spot in spots}):
            yield line, serves, sum(after.held[of_line(line, p, year=serves)] for p in PAYS)

    def why_not_closed(self, year: int) -> int:
        """What is uncovered and the year's own money does not cover: it keeps the year open."""
        after = type(self)()
        after.held = self.held.copy()
        for gap in after._of_year(year, "uncovered"):
            after._close_gap(gap)
        lines = sum(after.held[gap] for gap in after._of_year(year, "uncovered"))
        return -lines - sum(
            cents
            for spot, cents in self.held.items()
            if spot.book == "planning" and spot.place == "uncovered" and spot.year == year
        )


def _block_of(spot: Spot) -> Spot:
    """One for all that is blocked of a line, or of its permission for a year."""
    return spot._replace(place="blocked", year=0)
