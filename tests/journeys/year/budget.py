"""The model's budget: what each act of the state's budget does to its lines and to planning."""

from collections.abc import Iterator, Mapping

from tests.journeys.year.model import Line, Money, Spot, of_line

TAKEN_FROM = ("supplementary", "appropriated")
PAYS = ("burdened", "carried_over", "appropriated", "supplementary")
NEVER_IN_FORCE = ("draft", "provisional", "blocked")


class Budget(Money):
    """The acts on a line of the budget, in the order in which a year has them."""

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
        self.provide(given, cents)
        self._redeem_promises_for(line, "appropriated")

    def supplement(self, line: Line, cents: int) -> None:
        more = of_line(line, "supplementary")
        self.move(more.at("outside"), more, cents)
        self.provide(more, cents)
        self._redeem_promises_for(line, "supplementary")

    def authorise(self, line: Line, due: int, cents: int) -> None:
        permitted = of_line(line, "permitted", due=due)
        self.move(permitted.at("outside"), permitted, cents)
        self.provide(permitted, cents)

    def consume(self, line: Line, due: int, cents: int) -> None:
        """Somebody promised money of a later year."""
        consumed = of_line(line, "consumed", due=due)
        self.move(consumed.at("permitted"), consumed, cents)
        payers = [of_line(line._replace(year=due), place) for place in TAKEN_FROM[::-1]]
        if any(self.came_in(spot) for spot in payers):
            self._redeem(consumed, cents, payers)

    def _redeem_promises_for(self, line: Line, place: str) -> None:
        """What earlier years promised for this one burdens its money."""
        for spot, cents in sorted(self.held.items()):
            is_due = spot.place == "consumed" and spot.due_year == line.year
            if is_due and spot.line[1:] == line[1:]:
                self._redeem(spot, cents, [of_line(line, place)])

    def _redeem(self, consumed: Spot, cents: int, payers: list[Spot]) -> None:
        """The money of the due year now serves the older programme year."""
        due = consumed.due_year
        self.move(consumed, consumed.at("redeemed"), cents)
        burdened = consumed._replace(place="burdened", budget_year=due, due_year=0)
        parts, lacking = self.taken(payers, cents)
        for spot, part in parts:
            self.move(spot, burdened, part)
        available = burdened._replace(place="appropriated", year=due)
        self.move(available.at("uncovered"), burdened, lacking)
        self.provide(available, -cents)

    def cut(self, line: Line, cents: int) -> None:
        self._take_away(line, "outside", cents)

    def block(self, line: Line, cents: int) -> None:
        self._take_away(line, "blocked", cents)

    def _take_away(self, line: Line, to: str, cents: int) -> None:
        own = [of_line(line, place) for place in TAKEN_FROM]
        parts, lacking = self.taken([*own, *self._spots(line, "carried_over")], cents)
        for spot, part in parts:
            self.move(spot, of_line(line, to, year=spot.year), part)
            self.provide(spot, -part)
        self.move(own[1].at("uncovered"), own[1].at(to), lacking)
        self.provide(own[1], -lacking)

    def _spots(self, line: Line, *places: str) -> list[Spot]:
        """The spots of a line's money of any programme year, oldest first."""
        found = [spot for spot in self.held if spot.line == line and not spot.due_year]
        return sorted(spot for spot in found if spot.place in places)

    def release(self, line: Line, cents: int) -> None:
        """What was blocked comes back; what is uncovered meanwhile is covered with it first."""
        blocked, free = of_line(line, "blocked"), line.fund.spot("free")
        for source, target in (
            (blocked, blocked.at("appropriated")),
            (free.at("outside"), free),
        ):
            covered = min(cents, -self.held[target.at("uncovered")])
            self.move(source, target.at("uncovered"), covered)
            self.move(source, target, cents - covered)

    # --- the end of a year ----------------------------------------------------------------

    def close_year(self, year: int, carried: Mapping[tuple[Line, int], int]) -> None:
        """Money with a consent goes to the next year, the rest lapses; nothing was paid yet."""
        for gap in self._of_year(year, "uncovered"):
            self._cover(gap)
        for spot in self._of_year(year, *NEVER_IN_FORCE):
            self.move(spot, spot.at("lapsed"), self.held[spot])
        for spot in sorted(spot for spot in self.held if spot.budget_year == year):
            if spot.place == "permitted":
                self.provide(spot, -self.held[spot])
                self.move(spot, spot.at("lapsed"), self.held[spot])
        for line, serves in sorted({(spot.line, spot.year) for spot in self._of_year(year, *PAYS)}):
            spots = [of_line(line, place, year=serves) for place in PAYS]
            parts, lacking = self.taken(spots, carried.get((line, serves), 0))
            assert not lacking, "more is carried over than there is"
            for spot, part in parts:
                lapsed = self.held[spot] - part
                self.move(spot, spot._replace(place="carried_over", budget_year=year + 1), part)
                self.move(spot, spot.at("lapsed"), lapsed)
                self.provide(spot, -lapsed)

    def _of_year(self, year: int, *places: str) -> list[Spot]:
        """The spots of a budget year's money where there is some."""
        of_year = (spot for spot in self.held if spot.budget_year == year and not spot.due_year)
        return sorted(spot for spot in of_year if spot.place in places and self.held[spot])

    def _cover(self, gap: Spot) -> None:
        """A line's own money covers what it lacks: that of the same year first, then by age."""
        payers = self._spots(gap.line, *PAYS)
        payers.sort(key=lambda spot: (spot.year != gap.year, spot.year, PAYS.index(spot.place)))
        for spot, part in self.taken(payers, -self.held[gap])[0]:
            self.move(spot, gap, part)
            if spot.year != gap.year:
                self.provide(spot, -part)
                self.provide(gap, part)

    def left(self, year: int) -> Iterator[tuple[Line, int, int]]:
        """What a year's end can carry over: line, programme year served, and how much."""
        after = type(self)()
        after.held = self.held.copy()
        for gap in after._of_year(year, "uncovered"):
            after._cover(gap)
        spots = after._of_year(year, *PAYS)
        for line, serves in sorted({(spot.line, spot.year) for spot in spots}):
            yield line, serves, sum(after.held[of_line(line, p, year=serves)] for p in PAYS)
