"""What the model says of a figure: by the glossary's code of a word, of a thing."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.journeys.things import Thing, form
from tests.journeys.year.model import Free, Fund, Spot, Tranche
from tests.journeys.year.walk import Walk

GIVEN = ("allocated", "agreed", "uncovered")


class Truth:
    """Asks the model; None where no act that it was told says the figure."""

    def __init__(self, walk: Walk, places: set[str], bodies: set[str]) -> None:
        self.notes, self.places, self.bodies = walk.notes, places, bodies
        self.words: dict[str, Callable[[Thing], int | None]] = {
            name.removeprefix("of_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("of_")
        }

    def of(self, code: str, of: Thing) -> int | None:
        if code in self.words:
            return self.words[code](of)
        return self.held((code,), of) if code in self.places else None

    def held(self, places: tuple[str, ...], of: Thing) -> int:
        return sum(
            cents
            for spot, cents in self.notes.held.items()
            if spot.place in places and is_of(spot, of)
        )

    # --- money ----------------------------------------------------------------------------

    def of_given(self, of: Thing) -> int:
        return self.held(GIVEN, of)

    def of_difference(self, of: Thing) -> int:
        return self.held(("allocated", "uncovered"), of)

    def of_waivable(self, of: Thing) -> int:
        return self.held(("allocated",), of)

    def of_frame(self, of: Thing) -> int:
        return -self.held(("outside",), of)

    # --- what is free ---------------------------------------------------------------------

    def _free(self, of: Thing) -> list[Free]:
        """The tranches of a fund that a thing is about."""
        fund = Fund(of.year or 0, of.earmark or "")
        return of_tranches(self.notes.free(fund), fund, of)

    def of_later(self, of: Thing) -> int:
        return sum(one.later for one in self._free(of))

    def of_gone(self, of: Thing) -> int:
        return sum(one.gone for one in self._free(of))

    def of_owed(self, of: Thing) -> int:
        return sum(one.owed for one in self._free(of))

    def of_spare(self, of: Thing) -> int:
        return sum(one.free for one in self._free(of))

    def of_left(self, of: Thing) -> int | None:
        return sum(cents for *_, cents in self.notes.left(of.budget_year or 0))

    def of_pending(self, of: Thing) -> int:
        """What is declared and not decided: a body's own waivers, or what free money is to do."""
        kinds = ("waiver",) if of.ags else ("reallocation", "cover")
        return sum(
            cents
            for kind, fund, ags, cents in self.notes.open_moves.values()
            if kind in kinds
            and fund == Fund(of.year or 0, of.earmark or "")
            and of.ags in (None, "", ags)
        )

    # --- what was decided -----------------------------------------------------------------

    def of_amount(self, of: Thing) -> int | None:
        if of.due_year is None:
            return self.notes.moves.get(of.case)
        kind = replace(of, year=None, ags=None, earmark=None)  # also what comes from elsewhere
        moved = self.notes.moved.get(of.case, ())
        return sum(
            cents
            for source, target, cents in moved
            if source.place in ("allocated", "free")
            and source.place != target.place
            and is_of(source, kind)
        )

    def of_decided_amount(self, of: Thing) -> int | None:
        if of.due_year is not None:
            kinds = self.notes.given_after.get(of.scenario, {}).get(of.ags or "", {})
            return sum(cents for spot, cents in kinds.items() if is_of(spot, of))
        return self.notes.decided.get(of.scenario, {}).get(of.ags or "")

    def of_before(self, of: Thing) -> int | None:
        return self.notes.before.get(of.scenario, {}).get(of.ags or "")

    def of_new(self, of: Thing) -> int | None:
        return self.of_decided_amount(of)

    def of_moved(self, of: Thing) -> int | None:
        new, before = self.of_new(of), self.of_before(of)
        return None if new is None or before is None else new - before

    def _fund(self, of: Thing) -> Thing | None:
        """The fund of a decided scenario, at one body."""
        fund = self.notes.funds.get(of.scenario)
        return Thing(year=fund.year, earmark=fund.earmark, ags=of.ags) if fund else None

    def of_given_today(self, of: Thing) -> int | None:
        fund = self._fund(of)
        return self.of_given(fund) if fund else None

    def of_since(self, of: Thing) -> int | None:
        today, decided = self.of_given_today(of), self.of_decided_amount(of)
        return None if today is None or decided is None else today - decided

    def of_free_decided(self, of: Thing) -> int | None:
        if of.scenario not in self.notes.free_before:
            return None
        fund = self.notes.funds[of.scenario]
        found = of_tranches(self.notes.free_before[of.scenario], fund, of)
        return sum(one.free for one in found)

    def of_agreed(self, of: Thing) -> int | None:
        if not of.scenario or of.budget_year is not None:  # a tranche: as it is today
            return self.held(("agreed",), of)
        return self.notes.agreed_before.get(of.scenario, {}).get(of.ags or "")

    def of_shared_out(self, of: Thing) -> int | None:
        amounts = self.notes.decided.get(of.scenario)
        return sum(amounts.values()) if amounts else None

    # --- agreements -----------------------------------------------------------------------

    def _agreements(self, of: Thing) -> list[int]:
        return [
            cents
            for (year, ags), amounts in self.notes.agreements.items()
            for cents in amounts
            if of.year in (None, year) and of.ags in (None, "*", ags)
        ]

    def of_agreement_amount(self, of: Thing) -> int:
        return sum(self._agreements(of))

    def of_bodies_recorded(self, of: Thing) -> int:
        return len({ags for year, ags in self.notes.agreements if self._is_asked(year, ags, of)})

    def of_bodies_published(self, of: Thing) -> int:
        return len({ags for year, ags in self.notes.published if self._is_asked(year, ags, of)})

    def of_bodies_allocated(self, of: Thing) -> int:
        given = (self.of_given(Thing(year=of.year, ags=ags)) for ags in self.bodies)
        return sum(cents > 0 for cents in given) if of.ags == "*" else sum([self.of_given(of) > 0])

    def _is_asked(self, year: int, ags: str, of: Thing) -> bool:
        return year == of.year and of.ags in ("*", ags)


def of_tranches(free: Mapping[Tranche, Free], fund: Fund, of: Thing) -> list[Free]:
    """Those of a fund's tranches that a thing is about."""
    return [one for tranche, one in free.items() if is_of(fund.spot("free").of(tranche), of)]


def is_of(spot: Spot, of: Thing) -> bool:
    """Whether money in a spot is of a thing."""
    is_whose = bool(spot.ags) if of.ags == "*" else of.ags in (None, spot.ags)
    return (
        is_whose
        and spot.book == of.book
        and of.year in (None, spot.year)
        and of.earmark in (None, spot.earmark)
        and of.budget_year in (None, spot.budget_year)
        and of.budget_line in (None, spot.budget_line)
        and of.source in (None, spot.source)
        and of.due_year in (None, spot.due_year, form(spot.budget_year, spot.due_year))
    )
