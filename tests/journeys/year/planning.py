"""The model's planning: what each act does to the money of a fund and of its bodies."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from tests.journeys.year.model import COMMITMENT, Fund, Money, Spot

ON_BODIES = ("allocated", "agreed", "uncovered", "opening")


class Planning(Money):
    """The acts on a fund: decide, agree, waive, give, cover, succeed."""

    def given(self, fund: Fund, ags: str) -> int:
        """What a body has in all, less what was taken away again."""
        return sum(self.held[fund.spot(p, ags)] for p in ("allocated", "agreed", "uncovered"))

    def bodies(self, fund: Fund) -> list[str]:
        """Whose spots of a fund have anything in them."""
        holds = (s for s in self.held if s.ags and self.held[s] and fund.spot(s.place, s.ags) == s)
        return sorted({spot.ags for spot in holds})

    def short(self, fund: Fund) -> int:
        """What is uncovered at the state and at all bodies, above zero."""
        owed = [fund.spot("uncovered", ags) for ags in ("", *self.bodies(fund))]
        return -sum(self.held[spot] for spot in owed)

    def to_give(self, fund: Fund) -> int:
        """What may be given anew: what is free, less what must first be made good."""
        return max(self.held[fund.spot("free")] - self.short(fund), 0)

    # --- decisions ------------------------------------------------------------------------

    def decide(self, case: str, fund: Fund, amounts: Mapping[str, int]) -> None:
        """Every body has its amount in all; who is not named keeps what it has."""
        free, before = fund.spot("free"), {ags: self.given(fund, ags) for ags in amounts}
        self.decided[case], self.before[case] = dict(amounts), before
        for ags, had in before.items():
            back = max(had - amounts[ags], 0)
            parts, beyond = self.taken([fund.spot("allocated", ags)], back)
            for spot, part in parts:
                self.move(spot, free, part)
            self.move(fund.spot("uncovered", ags), free, beyond)
        lacking = fund.spot("uncovered")
        self.move(free, lacking, min(self.held[free], -self.held[lacking]))
        for ags in self.bodies(fund):
            opening = fund.spot("opening", ags)
            self.move(free, opening, -self.held[opening])
        for ags, had in before.items():
            more, owed = max(amounts[ags] - had, 0), fund.spot("uncovered", ags)
            covered = min(more, -self.held[owed])
            self.move(free, owed, covered)
            self.move(free, fund.spot("allocated", ags), more - covered)

    def agree(self, year: int, ags: str, cents: int, purposes: Sequence[str] = ()) -> None:
        """An agreement over ``cents``; it draws on money without a purpose first."""
        self.agreements[year, ags].append(cents)
        general = Fund(year)
        funds = [general, *(Fund(year, purpose) for purpose in sorted(purposes))]
        if not any(self.came_in(fund.spot("allocated", ags)) for fund in funds):
            opening = general.spot("opening", ags)
            self.move(opening, general.spot("allocated", ags), cents)
        parts, lacking = self.taken([fund.spot("allocated", ags) for fund in funds], cents)
        for spot, part in parts:
            self._agreed(spot, spot.at("agreed"), part)
        self._agreed(general.spot("uncovered", ags), general.spot("agreed", ags), lacking)

    def _agreed(self, source: Spot, agreed: Spot, cents: int) -> None:
        self.move(source, agreed, cents)
        if self.is_granted:
            committed = self._committed(agreed)
            self.move(committed.at("outside"), committed, cents)

    def _committed(self, agreed: Spot) -> Spot:
        return agreed._replace(book=COMMITMENT, place="committed")

    def _take(self, source: Spot, target: Spot, cents: int) -> None:
        """Take from a body; what was agreed with it is committed to it no longer."""
        self.move(source, target, cents)
        if source.place == "agreed" and self.is_granted:
            committed = self._committed(source)
            self.move(committed, committed.at("outside"), cents)

    # --- moves ----------------------------------------------------------------------------

    def _own(self, fund: Fund, ags: str) -> list[Spot]:
        return [fund.spot("allocated", ags), fund.spot("agreed", ags)]

    def waivable(self, fund: Fund, ags: str) -> int:
        return sum(self.held[spot] for spot in self._own(fund, ags))

    def waive(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        """A body gives back what is not agreed first; what no budget gave goes where it was."""
        self.moves[case] = cents
        parts, lacking = self.taken(self._own(fund, ags), cents)
        assert not lacking, "nobody waives what is not there"
        opening = fund.spot("opening", ags)
        for spot, part in parts:
            opened = min(-self.held[opening], part)
            self._take(spot, opening, opened)
            self._take(spot, fund.spot("free"), part - opened)

    def give(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        assert cents <= self.to_give(fund), "nobody gives what must be made good"
        self.moves[case] = cents
        self.move(fund.spot("free"), fund.spot("allocated", ags), cents)

    def coverable(self, fund: Fund, ags: str) -> int:
        """How much of what is uncovered there can be covered: by its own money, or free money."""
        free, owed = self.held[fund.spot("free")], -self.held[fund.spot("uncovered", ags)]
        if not ags:
            return min(free, owed)
        spare = max(free + self.held[fund.spot("uncovered")], 0)
        return min(self.waivable(fund, ags) + spare, owed)

    def cover(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        assert cents <= self.coverable(fund, ags)
        self.moves[case] = cents
        own = self._own(fund, ags) if ags else []
        for spot, part in self.taken([*own, fund.spot("free")], cents)[0]:
            self._take(spot, fund.spot("uncovered", ags), part)

    # --- succession -----------------------------------------------------------------------

    def succeed(self, years: Sequence[int], source: str, shares: Mapping[str, Fraction]) -> None:
        """What a body holds passes to others by shares; it keeps its own where it has one."""
        funds = {Fund(s.year, s.earmark) for s in self.held if s.ags == source and s.year in years}
        for fund in sorted(funds):
            for place in ON_BODIES:
                self._pass(fund.spot(place, source), shares)

    def _pass(self, spot: Spot, shares: Mapping[str, Fraction]) -> None:
        for ags, cents in by_shares(self.held[spot], shares).items():
            if ags == spot.ags or not cents:
                continue
            heir = spot._replace(ags=ags)
            giver, taker = (spot, heir) if cents > 0 else (heir, spot)
            self.move(giver, taker, abs(cents))
            if spot.place == "agreed" and self.is_granted:
                self.move(self._committed(giver), self._committed(taker), abs(cents))


def by_shares(cents: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """An amount by shares to the cent; those with the largest rest get what is over."""
    whole, sign = sum(shares.values()), -1 if cents < 0 else 1
    exact = {ags: abs(cents) * share / whole for ags, share in shares.items()}
    parts = {ags: floor(part) for ags, part in exact.items()}
    ranked = sorted(exact, key=lambda ags: parts[ags] - exact[ags])  # stable: first named first
    for ags in ranked[: abs(cents) - sum(parts.values())]:
        parts[ags] += 1
    return {ags: sign * part for ags, part in parts.items()}
