"""One programme year from the first draft of its budget to the year after it.

Every act that an official has is done at its door; after each, every place where a figure stands
is read and held to an independent model (``tests/journeys/year/model.py``).
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.journeys.programmes import Example
from tests.journeys.year.acts import agreements, allocation, budget, moves
from tests.journeys.year.model import Fund, Line
from tests.journeys.year.places import Reading
from tests.journeys.year.walk import Walk, walking
from zielwerk.agreements import queries as recorded
from zielwerk.packs import loading as packs

YEAR = 2025
WALKED_ON = {
    "sqlite": {"kreisbudget_suedland", "lotsenfonds_nordmark"},
    "postgresql": {"aqb_hessen"},
}
EURO = 100
THOUSAND = 1000 * EURO
Step = tuple[str, date, Callable[[], object]]


class Year:
    """The acts of the year in their order; each is named and has its day."""

    def __init__(self, walk: Walk, example: Example) -> None:
        self.walk, self.example, self.rules = walk, example, packs.load(walk.programme, YEAR)
        given = packs.demo_year(walk.programme, YEAR).appropriations
        self.general, self.purpose = (
            Line(YEAR, one.budget_line, one.money_source, one.earmark) for one in given[:2]
        )
        self.sums = {self.general: given[0].amount_cents, self.purpose: given[1].amount_cents}
        self.fund, self.earmarked = Fund(YEAR), Fund(YEAR, self.purpose.earmark)
        others = [one.ags for one in packs.bodies_in(walk.programme, YEAR)]
        self.own, self.by_text = walk.cast.body.ags, example.ags
        self.third, self.fourth = [a for a in others if a not in (self.own, self.by_text)][:2]
        self.unit = self.rules.allocation_keys[0].rounding_cents

    def held(self, place: str, ags: str = "", fund: Fund | None = None) -> int:
        return self.walk.notes.has((fund or self.fund).spot(place, ags))

    def given(self, ags: str) -> int:
        return self.walk.notes.given(self.fund, ags)

    @property
    def next_lines(self) -> dict[Line, int]:
        return {line._replace(year=YEAR + 1): cents for line, cents in self.sums.items()}

    def steps(self) -> Iterator[Step]:
        yield from self.spring()
        yield from self.agreements()
        yield from self.changes()
        yield from self.autumn()
        yield from self.turn()

    def spring(self) -> Iterator[Step]:
        """The budget comes, and its money is shared out."""
        walk, general, purpose = self.walk, self.general, self.purpose
        cents = self.sums[general]
        due = YEAR + 1
        yield "draft", date(YEAR, 1, 7), lambda: budget.draft(walk, general, cents * 9 // 10)
        yield (
            "provisional management",
            date(YEAR, 1, 9),
            lambda: budget.go_on_provisionally(walk, general, cents // 4),
        )
        yield "budget in force", date(YEAR, 2, 3), lambda: budget.enact(walk, general, cents)
        yield (
            "budget of a purpose in force",
            date(YEAR, 2, 3),
            lambda: budget.enact(walk, purpose, self.sums[purpose]),
        )
        yield (
            "authority for next year",
            date(YEAR, 2, 4),
            lambda: budget.authorise(walk, general, due, cents // 10),
        )
        yield (
            "authority for the year after",
            date(YEAR, 2, 4),
            lambda: budget.authorise(walk, general, due + 1, cents // 20),
        )
        yield "needs", date(YEAR, 2, 10), lambda: allocation.bring_in_needs(walk, YEAR)
        by_hand = {self.by_text: self.example.amount_cents}
        yield (
            "first allocation",
            date(YEAR, 2, 20),
            lambda: allocation.share_out(walk, self.fund, cents * 9 // 10, by_hand),
        )
        yield (
            "allocation for a purpose",
            date(YEAR, 3, 3),
            lambda: allocation.share_out(walk, self.earmarked, self.sums[purpose] * 8 // 10),
        )

    def agreements(self) -> Iterator[Step]:
        """Agreements are concluded, recorded and published."""
        walk, example = self.walk, self.example
        text = example.file.read_bytes().replace(str(example.year).encode(), str(YEAR).encode())
        text = text.replace(b"24. Juni", "24. März".encode())  # before it is recorded in April
        yield (
            "agreement by its text",
            date(YEAR, 4, 2),
            lambda: agreements.record_text(walk, YEAR, self.by_text, text, example.amount_cents),
        )
        yield (
            "agreement of the own body",
            date(YEAR, 4, 9),
            lambda: agreements.record_by_hand(
                walk, YEAR, self.own, self.given(self.own) - 60 * THOUSAND
            ),
        )
        yield (
            "agreement in part",
            date(YEAR, 4, 11),
            lambda: agreements.record_by_hand(walk, YEAR, self.third, self.given(self.third) // 2),
        )
        yield (
            "agreement recorded by mistake and annulled",
            date(YEAR, 4, 14),
            lambda: agreements.record_by_mistake(
                walk, YEAR, self.fourth, self.given(self.fourth) // 3
            ),
        )
        yield "published", date(YEAR, 4, 22), self.publish_all

    def publish_all(self) -> None:
        for agreement in recorded.standing().order_by("pk"):
            agreements.publish(self.walk, agreement)

    def changes(self) -> Iterator[Step]:
        """Money is blocked, released, added; bodies give back and get more."""
        walk = self.walk
        yield (
            "block beyond what is free",
            date(YEAR, 5, 5),
            lambda: budget.block(walk, self.general, self.free_money + 7 * THOUSAND + 1),
        )
        yield (
            "release of a part",
            date(YEAR, 5, 19),
            lambda: budget.release(walk, self.general, 5 * THOUSAND),
        )
        yield (
            "supplementary budget by mistake and corrected",
            date(YEAR, 5, 26),
            lambda: budget.supplement_by_mistake(walk, self.general, 80 * THOUSAND + 50),
        )
        yield "waiver", date(YEAR, 6, 2), self.waive
        yield "the state's gap covered", date(YEAR, 6, 5), self.cover_state
        yield (
            "supplementary budget",
            date(YEAR, 6, 11),
            lambda: budget.supplement(walk, self.general, 40 * THOUSAND + 50),
        )
        yield (
            "money given anew",
            date(YEAR, 6, 20),
            lambda: moves.give(walk, self.fund, self.fourth, 10 * THOUSAND, self.waiver),
        )

    @property
    def free_money(self) -> int:
        """What nobody has of the money of this budget; permissions for later are apart."""
        free = self.walk.notes.parts(self.fund.spot("free"))
        return sum(cents for spot, cents in free.items() if not spot.due_year)

    def waive(self) -> None:
        self.waiver = moves.waive(self.walk, self.fund, self.own, 12 * THOUSAND + 34)

    def cover_state(self) -> None:
        moves.cover(self.walk, self.fund, "", self.walk.notes.coverable(self.fund, ""))

    def autumn(self) -> Iterator[Step]:
        """The budget is cut, the allocation changed, an agreement concluded anew."""
        walk, due = self.walk, YEAR + 1
        yield (
            "cut beyond what is free",
            date(YEAR, 9, 8),
            lambda: budget.cut(walk, self.general, self.free_money + 9 * THOUSAND),
        )
        yield "changed allocation", date(YEAR, 9, 29), self.change
        yield "changed agreement", date(YEAR, 10, 13), self.conclude_anew
        yield "changed agreement published", date(YEAR, 10, 20), self.publish_anew
        yield (
            "authority blocked",
            date(YEAR, 10, 27),
            lambda: budget.block_authority(walk, self.general, due, 30 * THOUSAND),
        )
        yield (
            "authority released",
            date(YEAR, 11, 3),
            lambda: budget.release_authority(walk, self.general, due, 20 * THOUSAND),
        )
        yield (
            "authority cut",
            date(YEAR, 11, 10),
            lambda: budget.cut_authority(walk, self.general, due, 5 * THOUSAND),
        )
        yield (
            "authority consumed",
            date(YEAR, 11, 28),
            lambda: budget.consume(walk, self.general, due, self.sums[self.general] // 12),
        )
        yield (
            "next year's draft",
            date(YEAR, 12, 8),
            lambda: budget.bring_in_draft(walk, self.next_lines),
        )
        for line, cents in self.next_lines.items():
            yield (
                f"next budget in force {line.earmark}",
                date(YEAR, 12, 18),
                lambda line=line, cents=cents: budget.enact(walk, line, cents),
            )

    def change(self) -> None:
        """The own body loses more than what is not agreed with it, the others keep theirs."""
        notes = self.walk.notes
        amounts = {ags: self.given(ags) for ags in notes.bodies(self.fund)}
        amounts[self.own] -= 20 * THOUSAND + self.held("allocated", self.own)
        allocation.share_out(self.walk, self.fund, sum(amounts.values()), amounts)

    def conclude_anew(self) -> None:
        agreed = self.held("agreed", self.own)
        self.changed = agreements.change(self.walk, YEAR, self.own, agreed - 20 * THOUSAND)

    def publish_anew(self) -> None:
        agreements.publish(self.walk, self.changed)

    def turn(self) -> Iterator[Step]:
        """The year is closed, and the next one begins."""
        walk, after = self.walk, YEAR + 1
        change = next(one for one in packs.successions(walk.programme) if len(one.successors) > 1)
        shares = {ags: 3 - number for number, ags in enumerate(change.successors)}
        begins = set(change.successors) - {one.ags for one in packs.bodies_in(walk.programme, YEAR)}
        yield "year closed", date(after, 1, 15), self.close
        yield (
            "next year's needs",
            date(after, 2, 2),
            lambda: allocation.bring_in_needs(walk, after, without=begins),
        )
        yield "next allocation", date(after, 2, 9), self.share_out_next
        yield (
            "succession",
            date(after, 2, 23),
            lambda: moves.succeed(walk, change.code, after, shares),
        )

    def close(self) -> None:
        left = self.walk.notes.left(YEAR)
        budget.close_year(self.walk, YEAR, {(line, year): cents // 2 for line, year, cents in left})

    def share_out_next(self) -> None:
        fund = Fund(YEAR + 1)
        allocation.share_out(self.walk, fund, self.walk.notes.to_give(fund) * 8 // 10)


SEASONS = {"published", "money given anew", "authority consumed", "year closed", "succession"}
"""After these every place is read; after each step, where ``--exhaustive`` asks for it."""


@pytest.mark.django_db
def test_each_figure_is_the_same_everywhere_all_year(
    example: Example, pytestconfig: pytest.Config, record_property: Callable[[str, int], None]
) -> None:
    is_long = pytestconfig.getoption("--exhaustive")
    with walking(YEAR) as walk:
        reading = Reading(walk)
        for name, day, act in Year(walk, example).steps():
            walk.on(day)
            try:
                act()
            except Exception as error:
                raise AssertionError(f"{name}: {error}\n{reading.report()}") from error
            reading.after(name, everywhere=is_long or name in SEASONS)
        for name, figure in reading.figures(1).items():
            record_property(name, figure)
        assert not reading.differences, reading.report()
        assert reading.compared > 5_000
