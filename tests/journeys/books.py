"""The truth behind figures, computed from single transfers and from what was written down."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

from django.conf import settings as site
from django.utils import timezone

from tests.journeys.things import LATER, Free, Thing, Tranche, make_good
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.allocation import queries as allocation
from zielwerk.allocation.models import Scenario
from zielwerk.imports.models import TableImport
from zielwerk.ledger.models import AccountKey, Book, Place, Transfer
from zielwerk.measures.models import Measure
from zielwerk.packs import loading as packs
from zielwerk.publication.models import Edition
from zielwerk.rulebook.calendar import is_valid

__all__ = ["LATER", "Books", "Thing"]
Moment: TypeAlias = Callable[[datetime], bool]  # whether what was recorded then counts
SPENDABLE = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER, Place.BURDENED)
BOUND = (Place.CONSUMED, Place.BURDENED, Place.EXPENDED)
AT_HAND = (*SPENDABLE, Place.DRAFT, Place.PROVISIONAL, Place.BLOCKED, Place.PERMITTED)


class Books:
    """All transfers, added up again for every question."""

    def __init__(self) -> None:
        self.moves: dict[AccountKey, list[tuple[int, datetime]]] = defaultdict(list)
        self.days: dict[AccountKey, list[date]] = defaultdict(list)  # from when each counts
        for one in Transfer.objects.select_related("source", "target"):
            for key, sign in ((one.source.key, -1), (one.target.key, 1)):
                self.moves[key].append((sign * one.amount_cents, one.recorded_at))
                self.days[key].append(one.value_date)
        self.scenarios = {one.file_number: one for one in Scenario.objects.select_related("data")}
        self.years = packs.years(site.PROGRAMME)
        self.truths: dict[str, Callable[[Thing], int | None]] = {
            name.removeprefix("of_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("of_")
        }

    def held(self, place: Place, of: Thing, until: Moment | None = None) -> int:
        """What is in a place for a thing, in cents, by what was recorded at moments that count."""
        return sum(
            cents
            for key, moves in self.moves.items()
            if key.place == place and of.holds(key)
            for cents, at in moves
            if until is None or until(at)
        )

    def settle(self, asked: set[tuple[str, Thing]]) -> None:
        """Find the truth of all these figures, while the database is there."""
        self.known = {(code, of): self.truth(code, of) for code, of in asked}
        self.filled_keys = [
            key for key, moves in self.moves.items() if sum(cents for cents, _ in moves)
        ]
        self.filled = {key.place for key in self.filled_keys}
        rules = [packs.load(site.PROGRAMME, year) for year in self.years]
        self.unknown = (
            set() if any(each.published_total_cents for each in rules) else {"published_total"}
        )
        limits = (rule.current_business_cents for each in rules for rule in each.signings)
        self.unknown |= set() if any(limits) else {"current_business"}
        self.unknown |= set() if self.may_close else {"left"}
        capped = (rate.most_cents for each in rules for rate in each.flat_rates)
        self.unknown |= set() if any(capped) else {"most_in_year"}

    @property
    def may_close(self) -> bool:
        """Whether the first budget year lacks nothing: only then rests are offered for consent."""
        first = min(key.budget_year for key in self.filled_keys if key.place in AT_HAND)
        gaps = (key for key in self.filled_keys if key.place == Place.UNCOVERED)
        return not any(first in (key.budget_year, key.programme_year) for key in gaps)

    def truth(self, code: str, of: Thing) -> int | None:
        """The figure by this code of the glossary; None where nothing says it."""
        if code in self.truths:
            return self.truths[code](of)
        return self.held(Place(code), of) if code in Place.values else None

    # --- planning -----------------------------------------------------------------------

    def of_given(self, of: Thing, until: Moment | None = None) -> int:
        places = (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED)
        return sum(self.held(place, of, until) for place in places)

    def of_difference(self, of: Thing) -> int:
        return self.of_given(of) - self.held(Place.AGREED, of)

    def of_waivable(self, of: Thing) -> int:
        return self.held(Place.ALLOCATED, of)

    def of_pending(self, of: Thing) -> int:
        """Moves of the same money that nobody decided: a body's own waivers, or what is given."""
        moves = Adjustment.objects.filter(state="declared", year=of.year, earmark=of.earmark)
        kinds = {"waiver"} if of.ags else {"reallocation", "cover"}
        moves = moves.filter(kind__in=kinds)
        own = moves.filter(ags=of.ags) if of.ags else moves
        return sum(move.amount_cents for move in own)

    def of_frame(self, of: Thing) -> int:
        """What came into planning is what the budget permits."""
        return -self.held(Place.OUTSIDE, of)

    # --- what is free ---------------------------------------------------------------------

    def _free(self, of: Thing, until: Moment | None, on: date) -> list["Free"]:
        """The tranches of a fund as they were at a moment, those of a thing alone."""
        sums: dict[Tranche, Free] = defaultdict(Free)
        for key, moves in self.moves.items():
            if (key.programme_year, key.earmark) != (of.year, of.earmark):
                continue
            cents = sum(moved for moved, at in moves if until is None or until(at))
            found = sums[key.source, key.budget_year, key.due_year]
            if key.book == Book.AUTHORISATION and key.place in BOUND:
                found.bound += cents
            elif key.book == Book.PLANNING and key.ags:
                found.held += cents if key.place in (Place.ALLOCATED, Place.AGREED) else 0
                found.gap -= cents if key.place in (Place.UNCOVERED, Place.OPENING) else 0
            elif key.book == Book.PLANNING and key.place == Place.UNCOVERED:
                found.own_gap -= cents
            elif key.book == Book.PLANNING and key.place == Place.FREE:
                found.unallocated += cents
                days = zip(moves, self.days[key], strict=True)
                found.later += sum(
                    moved for (moved, at), day in days if day > on and (until is None or until(at))
                )
        for (_, budget_year, due_year), found in sums.items():
            is_over = due_year and budget_year < on.year
            used = found.unallocated if is_over else found.bound - found.held
            found.gone = max(0, min(used, found.unallocated))
        make_good(dict(sorted(sums.items(), key=lambda one: (one[0][2] > 0, one[0][1:]))))
        part = replace(of, year=None, earmark=None, ags=None, scenario="", case="")
        return [
            found
            for (source, budget_year, due_year), found in sums.items()
            if part.holds(
                AccountKey(
                    Book.PLANNING,
                    Place.FREE,
                    source=source,
                    budget_year=budget_year,
                    due_year=due_year,
                )
            )
        ]

    def _free_now(self, of: Thing) -> list["Free"]:
        return self._free(of, None, timezone.localdate())

    def of_spare(self, of: Thing) -> int:
        return sum(one.free for one in self._free_now(of))

    def of_later(self, of: Thing) -> int:
        return sum(one.later for one in self._free_now(of))

    def of_gone(self, of: Thing) -> int:
        return sum(one.gone for one in self._free_now(of))

    def of_owed(self, of: Thing) -> int:
        return sum(one.owed for one in self._free_now(of))

    # --- the end of a budget year ---------------------------------------------------------

    def of_left(self, of: Thing) -> int:
        of = Thing(book=Book.AUTHORISATION, budget_year=of.budget_year, due_year=0)
        return sum(self.held(place, of) for place in (*SPENDABLE, Place.UNCOVERED))

    def of_at_hand(self, of: Thing) -> int:
        return sum(self.held(place, of) for place in AT_HAND)

    def of_covers(self, of: Thing) -> int:
        return min(-self.held(Place.UNCOVERED, of), self.of_at_hand(of))

    def of_spends(self, of: Thing) -> int:
        paid = replace(of, book=Book.CASH)
        return self.held(Place.PAID, paid) - self.held(Place.EXPENDED, of)

    def of_lapses(self, of: Thing) -> int:
        of = replace(of, book=Book.AUTHORISATION)
        return self.of_at_hand(of) - self.of_covers(of) - self.of_spends(of)

    def of_unpaid(self, of: Thing) -> int:
        return self.held(Place.AGREED, of) - self.held(Place.PAID, replace(of, book=Book.CASH))

    def of_lacking_after(self, of: Thing) -> int:
        return max(0, self.of_lapses(of) - self.held(Place.FREE, of))

    # --- scenarios ----------------------------------------------------------------------

    def scenario(self, of: Thing) -> Scenario:
        return self.scenarios[of.scenario]

    def _fund(self, of: Thing, years: int = 0) -> Thing:
        one = self.scenario(of)
        return Thing(year=one.year - years, ags=of.ags, earmark=one.earmark)

    @cached_property
    def computed(self) -> dict[str, dict[str, int]]:
        """What scenarios that are not decided come to."""
        open_ones = [one for one in self.scenarios.values() if not one.decided_at]
        return {one.file_number: allocation.distribution_of(one).amounts for one in open_ones}

    def of_decided_amount(self, of: Thing) -> int:
        cents = self.of_decided_kinds(of)
        assert cents is not None
        return cents

    def of_new(self, of: Thing) -> int | None:
        known = self.computed.get(of.scenario)
        if known and of.due_year is not None:
            return None  # of which kind it would be nothing says before it is booked
        return known[of.ags or ""] if known else self.of_decided_amount(of)

    def _until(self, of: Thing) -> Moment | None:
        """The moments that count for a scenario: all, or those before it was kept."""
        case = self.scenario(of)
        decided, proposed = case.decided_at, case.proposed_at
        if decided:
            return lambda at: at < decided
        return (lambda at: at <= proposed) if proposed else None

    def of_before(self, of: Thing) -> int:
        return self.of_given(self._fund(of), self._until(of))

    def of_agreed(self, of: Thing) -> int:
        if not of.scenario:
            return self.held(Place.AGREED, of)
        return self.held(Place.AGREED, self._fund(of), self._until(of))

    def of_given_today(self, of: Thing) -> int:
        return self.of_given(self._fund(of))

    def of_free_decided(self, of: Thing) -> int:
        fund, case = self._fund(of), self.scenario(of)
        fund = replace(fund, source=of.source, budget_year=of.budget_year, due_year=of.due_year)
        moment = case.decided_at or case.proposed_at
        assert moment
        found = self._free(fund, self._until(of), timezone.localdate(moment))
        return sum(one.free for one in found)

    of_free_proposed = of_free_decided

    def _effect(self, of: Thing) -> tuple[int, int] | None:
        """What was free of a kind before a decision and after it; None where nobody decided."""
        if self.scenario(of).decided_at is None:
            return None
        return self.of_free_decided(of), self._free_after(of)

    def _free_after(self, of: Thing) -> int:
        fund, decided = self._fund(of), self.scenario(of).decided_at
        assert decided
        fund = replace(fund, source=of.source, budget_year=of.budget_year, due_year=of.due_year)
        found = self._free(fund, lambda at: at <= decided, timezone.localdate(decided))
        return sum(one.free for one in found)

    def of_free_after(self, of: Thing) -> int | None:
        effect = self._effect(of)
        return effect[1] if effect else None

    def of_needed(self, of: Thing) -> int | None:
        effect = self._effect(of)
        return effect[0] - effect[1] if effect else None

    def of_released(self, of: Thing) -> int | None:
        effect = self._effect(of)
        return max(effect[1], 0) - max(effect[0], 0) if effect else None

    def of_covers_gap(self, of: Thing) -> int | None:
        effect = self._effect(of)
        return effect[1] - effect[0] - max(effect[1], 0) + max(effect[0], 0) if effect else None

    def of_shared_kinds(self, of: Thing) -> int | None:
        """What the bodies of a scenario have of a kind, once it was decided."""
        return self.of_decided_kinds(replace(of, ags="*"))

    def of_decided_kinds(self, of: Thing) -> int | None:
        decided = self.scenario(of).decided_at
        kind = {"source": of.source, "budget_year": of.budget_year, "due_year": of.due_year}
        fund = replace(self._fund(of), **kind)
        return self.of_given(fund, lambda at: at <= decided) if decided else None

    def of_since(self, of: Thing) -> int | None:
        return self.of_given_today(of) - self.of_decided_amount(of) if of.scenario else None

    def of_moved(self, of: Thing) -> int:
        return self.of_new(of) - self.of_before(of)

    def of_last_year(self, of: Thing) -> int:
        return self.of_given(self._fund(of, years=1), self._until(of))

    def of_to_last_year(self, of: Thing) -> int:
        return self.of_new(of) - self.of_last_year(of)

    def of_then_uncovered(self, of: Thing) -> int:
        held = self.held(Place.ALLOCATED, self._fund(of), self._until(of))
        return max(0, -self.of_moved(of) - held)

    def of_start_total(self, of: Thing) -> int:
        return self.scenario(of).total_cents

    def of_total(self, of: Thing) -> int:
        one = self.scenario(of)
        known = self.computed.get(of.scenario)
        return allocation.distribution_of(one).total_cents if known else one.end_cents

    def of_shared_out(self, of: Thing) -> int:
        one = self.scenario(of)
        bodies = [body.ags for body in packs.bodies_in(one.programme, one.year)]
        return sum(self.of_new(Thing(ags=ags, scenario=of.scenario)) for ags in bodies)

    def of_residual(self, of: Thing) -> int:
        return self.of_total(of) - self.of_shared_out(of)

    of_undistributed = of_residual

    def of_by_hand(self, of: Thing) -> int:
        return len(self.scenario(of).overrides)

    def _of_key(self, of: Thing, name: str) -> int | None:
        if of.scenario:
            found: int | None = self.scenario(of).key.get(name)
            return found
        keys = packs.load(site.PROGRAMME, of.year or 0).allocation_keys
        return next(getattr(key, name) for key in keys if key.earmark == of.earmark)

    def of_base(self, of: Thing) -> int | None:
        return self._of_key(of, "base_cents")

    def of_floor(self, of: Thing) -> int | None:
        return self._of_key(of, "floor_cents")

    def of_cap(self, of: Thing) -> int | None:
        return self._of_key(of, "cap_cents")

    def of_rounding(self, of: Thing) -> int | None:
        return self._of_key(of, "rounding_cents")

    def of_scenario_gap(self, of: Thing) -> int:
        first, second = of.scenario.split()
        return self.of_new(Thing(ags=of.ags, scenario=second)) - self.of_new(
            Thing(ags=of.ags, scenario=first)
        )

    def of_amount_kinds(self, of: Thing) -> int | None:
        """What a move took of a kind, from single bookings; of one that is not decided nothing."""
        booked = Transfer.objects.filter(case=of.case).select_related("source", "target")
        taken = [
            one
            for one in booked
            if one.source.place in (Place.ALLOCATED, Place.FREE)
            and one.source.place != one.target.place
        ]
        kind = Thing(budget_year=of.budget_year, due_year=of.due_year, source=of.source)
        return sum(one.amount_cents for one in taken if kind.holds(one.source.key)) or None

    # --- what was written down ----------------------------------------------------------

    def of_amount(self, of: Thing) -> int | None:
        if of.due_year is not None and of.case and not of.transfer:
            return self.of_amount_kinds(of)
        if of.transfer:
            return Transfer.objects.get(pk=of.transfer).amount_cents
        found = Adjustment.objects.filter(file_number=of.case).first()
        return found.amount_cents if found else None

    def _agreements(self, of: Thing) -> list[Agreement]:
        found = recorded.standing().filter(year=of.year)
        return list(found if of.ags == "*" else found.filter(ags=of.ags))

    def of_agreement_amount(self, of: Thing) -> int:
        return sum(one.amount_cents for one in self._agreements(of))

    def of_measures(self, of: Thing) -> int:
        return sum(len(one.content.measures) for one in self._agreements(of))

    def of_carried_out(self, of: Thing) -> int:
        today = timezone.localdate()
        found = Measure.objects.filter(year=of.year, ags=of.ags).prefetch_related("deliveries")
        return sum(
            any(is_valid(by.valid_from, by.valid_until, today) for by in one.deliveries.all())
            for one in found
        )

    def of_bodies_allocated(self, of: Thing) -> int:
        given = (self.of_given(Thing(year=of.year, ags=ags)) for ags in self._bodies(of))
        return sum(cents > 0 for cents in given)

    def of_bodies_recorded(self, of: Thing) -> int:
        return len(self._agreements(of))

    def of_bodies_recording(self, of: Thing) -> int:
        recorded = {one.ags for one in self._agreements(of)}
        found = Intake.objects.filter(year=of.year, state__in=("review", "accept"))
        begun = set(found.values_list("ags", flat=True)) - recorded
        return len(begun & set(self._bodies(of)))

    def of_bodies_published(self, of: Thing) -> int:
        found = Edition.objects.filter(year=of.year, state="published", superseded_at=None)
        return found.filter(ags__in=self._bodies(of)).count()

    def _bodies(self, of: Thing) -> list[str]:
        known = {one.ags for one in packs.bodies(site.PROGRAMME)}
        return sorted(known if of.ags == "*" else {of.ags or ""})

    def of_published_total(self, of: Thing) -> int | None:
        return packs.load(site.PROGRAMME, of.year or 0).published_total_cents

    def of_rows(self, of: Thing) -> int:
        content = bytes(TableImport.objects.get(pk=of.table).file.content)
        return len(content.decode("utf-8-sig").splitlines()) - 1
