"""The model's planning: what each act does to the money of a fund and of its bodies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

from tests.journeys.year.model import AUTHORISATION, PLANNING, Free, Fund, Money, Spot, Tranche
from tests.journeys.year.shares import by_shares, by_size, mixtures

ON_BODIES = ("allocated", "agreed", "uncovered", "opening")
BELOW_ZERO = ("uncovered", "opening")
HELD = ("agreed", "allocated")
BOUND = ("consumed", "burdened", "expended")
"""Where the authorisation says that promises used it."""
Wants = Mapping[str, int]  # by measure; the empty one is the body as a whole


class Planning(Money):
    """The acts on a fund: decide, agree, waive, give, cover, succeed."""

    def given(self, fund: Fund, ags: str) -> int:
        """What a body has in all, less what was taken away again."""
        return sum(self.has(fund.spot(p, ags)) for p in ("allocated", "agreed", "uncovered"))

    def bodies(self, fund: Fund) -> list[str]:
        """Whose spots of a fund have anything in them."""
        wholes = (whole for whole in list(self._at) if whole.ags and self.has(whole))
        return sorted({one.ags for one in wholes if fund.spot(one.place, one.ags) == one})

    def short(self, fund: Fund) -> int:
        """What is uncovered at the state and at all bodies, above zero."""
        return -sum(self.has(fund.spot("uncovered", ags)) for ags in ("", *self.bodies(fund)))

    def owed(self, fund: Fund) -> int:
        """What must first be made good: uncovered, or given before these books."""
        return self.short(fund) - sum(
            self.has(fund.spot("opening", ags)) for ags in self.bodies(fund)
        )

    def to_give(self, fund: Fund) -> int:
        """What may be given anew: what is there, less what must first be made good."""
        return max(self.there(fund) - self.owed(fund), 0)

    def there(self, fund: Fund) -> int:
        """What nobody was allocated, counts today and is still available."""
        return sum(one.there for one in self.free(fund).values())

    def free(self, fund: Fund) -> dict[Tranche, Free]:
        """What is free of each tranche: its own gap comes first, then those of other tranches."""
        parts = self._not_gone(fund)
        owed = self._owed_by_tranche(fund, {one: of.there for one, of in parts.items()})
        return {
            one: parts.get(one, Free())._replace(owed=owed.get(one, 0))
            for one in sorted({*parts, *owed})
        }

    def _not_gone(self, fund: Fund) -> dict[Tranche, Free]:
        used: dict[Tranche, int] = defaultdict(int)
        for spot, cents in self.held.items():
            if (spot.year, spot.earmark) != fund:
                continue
            if spot.book == AUTHORISATION and spot.place in BOUND:
                used[spot.tranche] += cents
            elif spot.book == PLANNING and spot.ags and spot.place in HELD:
                used[spot.tranche] -= cents
        parts = dict[Tranche, Free]()
        for tranche, cents in self._tranches(fund.spot("free")).items():
            is_later = not tranche.is_permission and tranche.budget_year > self.today
            is_over = tranche.is_permission and tranche.budget_year < self.today
            gone = cents if is_over else min(max(used[tranche], 0), cents)
            parts[tranche] = Free(cents, cents if is_later else 0, max(gone, 0))
        return parts

    def _owed_by_tranche(self, fund: Fund, there: Mapping[Tranche, int]) -> dict[Tranche, int]:
        """What of each tranche must make good first.

        A body's gap that its tranche cannot close is owed by the others, money first; the
        state's own only where nobody knows its tranche.
        """
        own = {t: -c for t, c in self._tranches(fund.spot("uncovered")).items()}
        lacking: dict[Tranche, int] = defaultdict(int)
        for ags in self.bodies(fund):
            for place in BELOW_ZERO:
                for tranche, cents in self._tranches(fund.spot(place, ags)).items():
                    lacking[tranche] -= cents
        lacking[Tranche()] += own.pop(Tranche(), 0)
        owed, left = dict(own), dict(there)
        for tranche in sorted({*own, *lacking, *there}):
            left[tranche] = max(left.get(tranche, 0) - own.get(tranche, 0), 0)
        beyond = dict[Tranche, int]()
        for tranche in sorted(lacking):
            same = min(left[tranche], lacking[tranche])
            left[tranche] -= same
            owed[tranche] = owed.get(tranche, 0) + same
            beyond[tranche] = lacking[tranche] - same
        for tranche, cents in beyond.items():
            for other in sorted(left):
                part = min(left[other], cents)
                left[other], cents = left[other] - part, cents - part
                owed[other] = owed.get(other, 0) + part
            owed[tranche] += cents
        return owed

    # --- from what an act names to tranches and measures ----------------------------------

    def spread(self, source: Spot, targets: Sequence[tuple[Spot, int]]) -> None:
        """Move amounts out of a place as a whole, tranche by tranche, measure by measure."""
        if source.place in BELOW_ZERO:
            for target, cents in targets:
                self._owe(source, target, cents)
            return
        for target, cents in targets:
            if target.place in BELOW_ZERO:
                self._make_good(source, target, cents)
        self._give(source, [one for one in targets if one[0].place not in BELOW_ZERO])

    def _tranches(self, *wholes: Spot) -> dict[Tranche, int]:
        sums: dict[Tranche, int] = defaultdict(int)
        for whole in wholes:
            for spot, cents in self._own(whole).items():
                sums[spot.tranche] += cents
        return dict(sorted(sums.items()))

    def _own(self, whole: Spot) -> dict[Spot, int]:
        """What a place has, of one measure where it names one."""
        parts = self.parts(whole)
        return {s: cents for s, cents in parts.items() if whole.measure in ("", s.measure)}

    def _give(self, source: Spot, targets: Sequence[tuple[Spot, int]]) -> None:
        amounts = [cents for _, cents in targets]
        held = self._drawable(source, sum(amounts))
        drawn = mixtures(held, amounts, in_order=source.place == "free")
        for (target, wanted), tranches in zip(targets, drawn, strict=True):
            for tranche, cents in tranches.items():
                held = {s: c for s, c in self._own(source).items() if s.tranche == tranche}
                for spot, part in by_size(cents, held).items():
                    to = target.of(tranche)
                    if spot.measure and target.place == "agreed":
                        to = to._replace(measure=spot.measure)
                    self.pass_on(spot, to, part)
            lacking = wanted - sum(tranches.values())
            if lacking:  # only what happened takes what is not there
                self.pass_on(source.whole.at("uncovered"), target, lacking)

    def _look(self, fund: Fund) -> None:
        """What of the free money is not there when an act begins; what comes back by it is."""
        self.not_there = {one: of.later + of.gone for one, of in self._not_gone(fund).items()}

    def _drawable(self, source: Spot, cents: int) -> dict[Tranche, int]:
        """What of each tranche may be drawn: of free money what is there, where that is enough."""
        own = self._tranches(source)
        if source.place != "free" or len(own) < 2:
            return own
        there = {one: held - self.not_there.get(one, 0) for one, held in own.items()}
        return there if sum(max(each, 0) for each in there.values()) >= cents else own

    def _make_good(self, source: Spot, target: Spot, cents: int) -> None:
        """By money of the same tranche, then by other; a permission never covers money's lack.

        A body holds so much of the other tranche from then on.
        """
        gaps = [spot for spot, lacking in self._own(target).items() if lacking < 0]
        there = self._drawable(source, cents)
        held = {s: min(c, there.get(s.tranche, 0)) for s, c in self._own(source).items()}
        pairs = [(spot, gap) for spot in held for gap in gaps]
        pairs.sort(key=lambda pair: (pair[0].tranche != pair[1].tranche, pair[0].tranche))
        for spot, gap in pairs:
            is_same = spot.tranche == gap.tranche
            if not is_same and not gap.ags and gap.tranche != Tranche():
                continue
            part = max(min(held[spot], -self.held[gap], cents), 0)
            cents, held[spot] = cents - part, held[spot] - part
            self.pass_on(spot, gap, part)
            if part and not is_same and gap.ags:
                self._change_tranche(gap, spot.tranche, part)

    def _change_tranche(self, gap: Spot, tranche: Tranche, cents: int) -> None:
        for place in HELD:
            for spot, held in self.parts(gap.at(place)).items():
                part = min(held, cents) if spot.tranche == gap.tranche else 0
                cents -= part
                if part > 0:
                    self.pass_on(spot, spot.of(tranche), part)

    def _owe(self, source: Spot, target: Spot, cents: int) -> None:
        """Out of a place below zero: of the tranches that lie behind it."""
        if target.place in BELOW_ZERO:
            behind = {one: -lacking for one, lacking in self._tranches(target).items()}
        else:
            behind = self._tranches(source, *(source.at(place) for place in HELD))
        (drawn,) = mixtures(behind, [cents], in_order=False)
        for tranche, part in drawn.items():
            self.move(source.of(tranche), target.of(tranche), part)
        self.move(source, target, cents - sum(drawn.values()))

    # --- decisions ------------------------------------------------------------------------

    def decide(self, case: str, fund: Fund, amounts: Mapping[str, int]) -> None:
        """Every body has its amount in all; who is not named keeps what it has."""
        self._look(fund)
        free, before = fund.spot("free"), {ags: self.given(fund, ags) for ags in amounts}
        self.decided[case], self.before[case] = dict(amounts), before
        self.funds[case], self.free_before[case] = fund, self.free(fund)
        agreed = {ags: self.has(fund.spot("agreed", ags)) for ags in amounts}
        self.agreed_before[case] = agreed
        lacking, had_free = fund.spot("uncovered"), self.has(free)
        coverable, given_back = self.coverable(fund, ""), 0
        for ags, had in before.items():
            back = max(had - amounts[ags], 0)
            part = min(back, self.has(fund.spot("allocated", ags)))
            given_back += back
            self.spread(fund.spot("allocated", ags), [(free, part)] if part else [])
            self.spread(fund.spot("uncovered", ags), [(free, back - part)])
        covered = min(coverable + given_back, -self.has(lacking), had_free + given_back)
        targets = [(lacking, covered)]
        for ags in self.bodies(fund):
            opening = fund.spot("opening", ags)
            targets.append((opening, -self.has(opening)))
        for ags, had in before.items():
            more, owed = max(amounts[ags] - had, 0), fund.spot("uncovered", ags)
            covered = min(more, -self.has(owed))
            targets += [(owed, covered), (fund.spot("allocated", ags), more - covered)]
        self.spread(free, [(target, cents) for target, cents in targets if cents])
        self.given_after[case] = {
            ags: {
                spot: cents
                for place in ON_BODIES
                if place != "opening"
                for spot, cents in self.parts(fund.spot(place, ags)).items()
            }
            for ags in amounts
        }

    # --- agreements -----------------------------------------------------------------------

    def agree(self, year: int, ags: str, wants: Wants, purposes: Sequence[str] = ()) -> None:
        """A first agreement: it draws on money without a purpose, then on those it names."""
        self.agreements[year, ags].append(sum(wants.values()))
        if not self._is_known(year, ags):
            general = Fund(year).spot("allocated", ags)
            self.move(general.at("opening"), general, sum(wants.values()))
        self._draw(year, ags, wants, purposes)

    def _is_known(self, year: int, ags: str) -> bool:
        """Whether anything was ever allocated to a body for a year, for whatever purpose."""
        came = {target.whole for _, target in self.flows if target.place == "allocated"}
        return any((whole.year, whole.ags) == (year, ags) for whole in came)

    def _draw(self, year: int, ags: str, wants: Wants, purposes: Sequence[str]) -> None:
        funds = [Fund(year), *(Fund(year, purpose) for purpose in sorted(purposes))]
        left = {fund: max(self.has(fund.spot("allocated", ags)), 0) for fund in funds}
        drawn: dict[Fund, list[tuple[Spot, int]]] = defaultdict(list)
        for measure, wanted in wants.items():
            for fund in funds:
                part = min(left[fund], wanted)
                left[fund], wanted = left[fund] - part, wanted - part
                agreed = fund.spot("agreed", ags)._replace(measure=measure)
                # What no money is there for is missing from the money without a purpose.
                drawn[fund].append((agreed, part))
            if wanted:
                agreed, part = drawn[funds[0]].pop()
                drawn[funds[0]].append((agreed._replace(measure=measure), part + wanted))
        for fund, targets in drawn.items():
            self._give(fund.spot("allocated", ags), [one for one in targets if one[1]])

    def change(self, year: int, ags: str, had: Wants, has: Wants, purposes: Sequence[str]) -> None:
        """A changed agreement: less closes what is uncovered first, more is drawn as at first."""
        self.agreements[year, ags][-1] = sum(has.values())
        less = {m: had[m] - has.get(m, 0) for m in had if had[m] > has.get(m, 0)}
        for measure, cents in less.items():
            self._give_back(year, ags, measure, cents, purposes)
        more = {m: has[m] - had.get(m, 0) for m in has if has[m] > had.get(m, 0)}
        if more:
            self._draw(year, ags, more, purposes)

    def _give_back(
        self, year: int, ags: str, measure: str, cents: int, purposes: Sequence[str]
    ) -> None:
        """First what is uncovered is made good, then what was drawn on last is given back first."""
        funds = [Fund(year), *(Fund(year, purpose) for purpose in sorted(purposes))]
        agreed = [fund.spot("agreed", ags)._replace(measure=measure) for fund in funds]
        left = {spot: sum(self._own(spot).values()) for spot in agreed}
        for spot in agreed:
            gap = spot.whole.at("uncovered")
            part = min(left[spot], -self.has(gap), cents)
            left[spot], cents = left[spot] - part, cents - part
            self.spread(spot, [(gap, part)] if part else [])
        for spot in reversed(agreed):
            part = min(left[spot], cents)
            cents -= part
            self.spread(spot, [(spot.whole.at("allocated"), part)] if part else [])
        assert not cents, "more is given back than was agreed"

    # --- moves ----------------------------------------------------------------------------

    @contextmanager
    def _noted(self, case: str, cents: int) -> Iterator[None]:
        """What a move of money is over, and what it moves."""
        first = len(self.journal)
        yield
        self.moves[case], self.moved[case] = cents, self.journal[first:]

    def waivable(self, fund: Fund, ags: str) -> int:
        """What a body may waive: what is agreed changes with the agreement alone."""
        return self.has(fund.spot("allocated", ags))

    def waive(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        """A body gives back; what no budget gave goes where it came from."""
        with self._noted(case, cents):
            opening = fund.spot("opening", ags)
            opened = min(-self.has(opening), cents)
            targets = [(opening, opened), (fund.spot("free"), cents - opened)]
            self.spread(fund.spot("allocated", ags), [one for one in targets if one[1]])

    def give(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        assert cents <= self.to_give(fund), "nobody gives what must be made good"
        self._look(fund)
        with self._noted(case, cents):
            self.spread(fund.spot("free"), [(fund.spot("allocated", ags), cents)])

    def coverable(self, fund: Fund, ags: str) -> int:
        """How much of what is uncovered there can be covered: by its own money, or free money."""
        free, gap = fund.spot("free"), fund.spot("uncovered", ags)
        if not ags:
            there, lacking = self._tranches(free), self._tranches(gap)
            same = sum(min(-cents, there.get(t, 0)) for t, cents in lacking.items() if t[1])
            of_any = min(-lacking.get(Tranche(), 0), self.has(free) - same)
            return min(same + of_any, max(self.there(fund), 0))
        spare = max(self.there(fund) + self.has(fund.spot("uncovered")), 0)
        return min(self.waivable(fund, ags) + spare, -self.has(gap))

    def cover(self, case: str, fund: Fund, ags: str, cents: int) -> None:
        assert cents <= self.coverable(fund, ags)
        self._look(fund)
        with self._noted(case, cents):
            gap, own = fund.spot("uncovered", ags), 0
            if ags:
                own = min(self.waivable(fund, ags), cents)
                self.spread(fund.spot("allocated", ags), [(gap, own)] if own else [])
            self.spread(fund.spot("free"), [(gap, cents - own)] if cents > own else [])

    # --- succession -----------------------------------------------------------------------

    def succeed(self, years: Sequence[int], source: str, shares: Mapping[str, Fraction]) -> None:
        """What a body holds passes to others by shares; it keeps its own where it has one."""
        wholes = [w for w in list(self._at) if w.ags == source and w.book == "planning"]
        for fund in sorted({Fund(w.year, w.earmark) for w in wholes if w.year in years}):
            for place in ON_BODIES:
                whole = fund.spot(place, source)
                parts = by_shares(self.has(whole), shares)
                heirs = [(whole._replace(ags=a), c) for a, c in parts.items() if a != source and c]
                if place in BELOW_ZERO:
                    for heir, cents in heirs:
                        self.spread(heir, [(whole, -cents)])
                else:
                    self.spread(whole, heirs)
