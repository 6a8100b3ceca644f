"""Acts by chance: what an official may do now, as the model knows, with an amount that chance says.

Each takes the walk, a body and a part in thousandths, and does nothing where nothing can be done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tests.journeys.year.acts import agreements, allocation, budget, moves
from tests.journeys.year.model import Fund, Line, of_line
from tests.journeys.year.walk import Walk
from zielwerk.agreements import queries as recorded
from zielwerk.packs import loading as packs

MOST = 1000


@dataclass
class Chance:
    """The line and the fund about which chance decides, and the walk in which it does."""

    walk: Walk
    line: Line

    @property
    def fund(self) -> Fund:
        return Fund(self.walk.year)

    def part(self, cents: int, thousandths: int) -> int:
        """Some of an amount, at least a cent of it where there is any."""
        return max(cents * thousandths // MOST, min(cents, 1))

    def in_line(self, *places: str, due: int = 0) -> int:
        return sum(self.walk.notes.held[of_line(self.line, place, due=due)] for place in places)

    # --- the budget -----------------------------------------------------------------------

    def supplement(self, ags: str, part: int) -> None:
        budget.supplement(self.walk, self.line, part * 123_45 + 1)

    def cut(self, ags: str, part: int) -> None:
        if cents := self.part(self.in_line("appropriated", "supplementary") // 3, part):
            budget.cut(self.walk, self.line, cents)

    def block(self, ags: str, part: int) -> None:
        if cents := self.part(self.in_line("appropriated", "supplementary") // 3, part):
            budget.block(self.walk, self.line, cents)

    def release(self, ags: str, part: int) -> None:
        if cents := self.part(self.walk.notes.blocked_of(self.line), part):
            budget.release(self.walk, self.line, cents)

    def authorise(self, ags: str, part: int) -> None:
        budget.authorise(self.walk, self.line, self.line.year + 1, part * 1_000_00 + 1)

    def cut_authority(self, ags: str, part: int) -> None:
        due = self.line.year + 1
        if cents := self.part(self.in_line("permitted", due=due) // 3, part):
            budget.cut_authority(self.walk, self.line, due, cents)

    def block_authority(self, ags: str, part: int) -> None:
        due = self.line.year + 1
        if cents := self.part(self.in_line("permitted", due=due) // 3, part):
            budget.block_authority(self.walk, self.line, due, cents)

    def release_authority(self, ags: str, part: int) -> None:
        due = self.line.year + 1
        if cents := self.part(self.walk.notes.blocked_of(self.line, due), part):
            budget.release_authority(self.walk, self.line, due, cents)

    def mistake(self, ags: str, part: int) -> None:
        budget.supplement_by_mistake(self.walk, self.line, part * 54_321 + 1)

    def consume(self, ags: str, part: int) -> None:
        due = self.line.year + 1
        if cents := self.part(self.in_line("permitted", due=due), part):
            budget.consume(self.walk, self.line, due, cents)

    # --- bodies ---------------------------------------------------------------------------

    def waive(self, ags: str, part: int) -> None:
        if cents := self.part(self.walk.notes.waivable(self.fund, ags), part):
            moves.waive(self.walk, self.fund, ags, cents)

    def give(self, ags: str, part: int) -> None:
        if cents := self.part(self.walk.notes.to_give(self.fund), part):
            moves.give(self.walk, self.fund, ags, cents)

    def cover_body(self, ags: str, part: int) -> None:
        if cents := self.part(self.walk.notes.coverable(self.fund, ags), part):
            moves.cover(self.walk, self.fund, ags, cents)

    def cover_state(self, ags: str, part: int) -> None:
        if cents := self.part(self.walk.notes.coverable(self.fund, ""), part):
            moves.cover(self.walk, self.fund, "", cents)

    def lower(self, ags: str, part: int) -> None:
        self._change(ags, -self.part(self.walk.notes.given(self.fund, ags) // 2, part))

    def more(self, ags: str, part: int) -> None:
        self._change(ags, self.part(self.walk.notes.to_give(self.fund), part))

    def _change(self, ags: str, by: int) -> None:
        """A new decision: one body has more or less, all others what they have."""
        notes = self.walk.notes
        of_year = [body.ags for body in packs.bodies_in(self.walk.programme, self.fund.year)]
        amounts = {body: max(notes.given(self.fund, body), 0) for body in of_year}
        amounts[ags] += by
        is_feasible = all(notes.given(self.fund, body) >= 0 for body in of_year)
        if by and is_feasible and sum(amounts.values()):
            allocation.share_out(self.walk, self.fund, sum(amounts.values()), amounts)

    def agree(self, ags: str, part: int) -> None:
        """An agreement over more or less than is allocated, where the paper may name more."""
        rules = packs.load(self.walk.programme, self.fund.year)
        allocated = self.walk.notes.has(self.fund.spot("allocated", ags))
        cents = self.part(allocated if rules.grants else allocated * 5 // 4, part)
        if cents > 2 and (self.fund.year, ags) not in self.walk.notes.agreements:
            agreements.record_by_hand(self.walk, self.fund.year, ags, cents)

    def conclude_anew(self, ags: str, part: int) -> None:
        """The agreement is changed to more or less than it was, within what the body has."""
        notes = self.walk.notes
        agreed = notes.has(self.fund.spot("agreed", ags))
        has = agreed + notes.has(self.fund.spot("allocated", ags))
        cents = max(self.part(has, part), 10_00)
        named = notes.agreements.get((self.fund.year, ags))
        if named == [agreed] and agreed not in (0, cents):
            agreements.change(self.walk, self.fund.year, ags, cents)

    def publish(self, ags: str, part: int) -> None:
        for agreement in recorded.standing().filter(ags=ags, year=self.fund.year):
            if (agreement.year, ags) not in self.walk.notes.published:
                agreements.publish(self.walk, agreement)

    # --- the turn of the year -------------------------------------------------------------

    def settle(self) -> bool:
        """What is uncovered is covered, else nobody closes the year; whether that was possible."""
        walk, notes = self.walk, self.walk.notes
        if lacking := notes.why_not_closed(self.line.year):
            budget.supplement(walk, self.line, lacking * 2)
        for spot, cents in notes.parts(self.fund.spot("uncovered")).items():
            if spot.due_year:
                budget.authorise(walk, self.line, spot.due_year, -cents)
        for ags in ("", *notes.bodies(self.fund)):
            if cents := notes.coverable(self.fund, ags):
                moves.cover(walk, self.fund, ags, cents)
        return not notes.why_not_closed(self.line.year)

    def turn(self, part: int) -> "Chance | None":
        """The year is closed with consents, and the next one's budget is in force."""
        walk, year = self.walk, self.line.year
        if not self.settle():
            return None
        walk.on(date(year + 1, 1, 20))
        left = walk.notes.left(year)
        consents = {(line, serves): self.part(cents, part) for line, serves, cents in left}
        budget.close_year(walk, year, consents)
        following = self.line._replace(year=year + 1)
        budget.enact(walk, following, 20_000_000_00)
        return replace(self, line=following)


Verb = Callable[[Chance, str, int], None]
VERBS: dict[str, Verb] = {
    verb.__name__: verb
    for verb in (
        Chance.supplement,
        Chance.cut,
        Chance.block,
        Chance.release,
        Chance.authorise,
        Chance.cut_authority,
        Chance.block_authority,
        Chance.release_authority,
        Chance.mistake,
        Chance.consume,
        Chance.waive,
        Chance.give,
        Chance.cover_body,
        Chance.cover_state,
        Chance.lower,
        Chance.more,
        Chance.agree,
        Chance.conclude_anew,
        Chance.publish,
    )
}
