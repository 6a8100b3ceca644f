"""A programme year walked to its end by the demo's people: every act that an official has.

From the draft of the budget to the January after it, by the verbs that the pages use, each on
its day and by whoever may. Each act leaves a row: when, who, what, and under which number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Agreement
from zielwerk.allocation.models import IndicatorData
from zielwerk.budget import actions as budget
from zielwerk.config import world, world_money
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.identity import queries as people
from zielwerk.identity.models import User
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.agreement import Measure, Terms
from zielwerk.rulebook.planning import Fund, Standing
from zielwerk.rulebook.refusal import Refusal, Refused, msg

THOUSAND = 1000_00
PACE = timedelta(minutes=5)
NO_YEAR = Refusal(
    "demo.no_year_to_walk",
    msg("Das Programm hat kein Programmjahr mit erfundenen Mitteln, auf das ein weiteres folgt."),
)


class Act(NamedTuple):
    """What somebody did: on which day, who, what, and under which file number."""

    on: date
    who: str
    what: str
    number: str


def year_to_walk() -> int:
    """The newest year that has invented money and another year after it."""
    known = list(world_money.years(settings.PROGRAMME))
    found = [year for year in known if year + 1 in known]
    if not found:
        raise Refused(NO_YEAR)
    return max(found)


def build() -> list[Act]:
    """Make the demo's people in an empty database and let them walk the year."""
    if people.anybody():
        raise Refused(world.NOT_EMPTY)
    with transaction.atomic():  # a year that was interrupted leaves nothing behind
        year = Year(world.enrol_cast(), settings.PROGRAMME, year_to_walk())
        for season in (year.spring, year.agree, year.summer, year.autumn, year.winter, year.turn):
            season()
    return year.acts


@dataclass
class Year:
    """The year as it is walked; amounts are those of the pack's invented budget."""

    cast: Cast
    programme: str
    year: int
    acts: list[Act] = field(default_factory=list)
    line: budget.Line = field(init=False)
    cents: int = field(init=False)
    own: str = field(init=False)
    other: str = field(init=False)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    waiver: Adjustment | None = None

    def __post_init__(self) -> None:
        given = packs.demo_year(self.programme, self.year).appropriations[0]
        self.line = budget.Line(
            self.programme, self.year, given.budget_line, given.money_source, given.earmark
        )
        self.cents, self.own = given.amount_cents, self.cast.body.ags
        others = (body.ags for body in packs.bodies_in(self.programme, self.year))
        self.other = next(ags for ags in others if ags != self.own)

    @property
    def fund(self) -> Fund:
        return self.line.fund

    def moment(self, month: int, day: int) -> datetime:
        """Nine o'clock on a day; months after the twelfth are those of the next year."""
        later, month = divmod(month - 1, 12)
        return world_money.moment(self.year + later, month + 1, day)

    def told(self, at: datetime, who: User, what: str, number: str) -> None:
        self.acts.append(Act(timezone.localdate(at), who.name, what, number))

    def standing(self, at: datetime) -> Standing:
        return programmes.standing(self.fund, timezone.localdate(at))

    def free_money(self, at: datetime) -> int:
        """What nobody was allocated of this budget's money; permissions for later are apart."""
        tranches = self.standing(at).tranches.items()
        return sum(of.unallocated_cents for one, of in tranches if not one.is_authority)

    # --- the budget -----------------------------------------------------------------------

    def enter(self, what: str, verb: Any, at: datetime, cents: int, **more: Any) -> None:
        """The officer enters an act of the budget; ``more`` are the year, or when it is due."""
        line = replace(self.line, budget_year=more.get("year", self.year))
        day = max(timezone.localdate(at), date(line.budget_year, 1, 1))
        basis = world_money.BASIS.format(year=line.budget_year)
        entry = (
            budget.Authority(line, more["due"], cents, day, basis)
            if "due" in more
            else budget.Entry(line, cents, day, basis)
        )
        booked = verb(self.cast.officer, entry, at=at)
        self.told(at, self.cast.officer, what, booked[0].case)

    def spring(self) -> None:
        """The budget comes, and its money is shared out."""
        enter, at, cents = self.enter, self.moment, self.cents
        enter("Entwurf veranschlagt", budget.estimate, at(1, 7), cents * 9 // 10)
        go_on = budget.provide_provisionally
        enter("vorläufige Haushaltsführung", go_on, at(1, 9), cents // 4)
        data = self.enter_needs(self.year)
        enter("Haushalt in Kraft gesetzt", budget.enact, at(2, 3), cents)
        for years, part in ((1, 10), (2, 20)):
            due = self.year + years
            what = f"Verpflichtungsermächtigung, fällig {due}"
            enter(what, budget.authorise, at(2, 4), cents // part, due=due)
        self.share_out("Mittel verteilt", data, cents * 9 // 10, at(2, 18))

    def enter_needs(self, year: int) -> IndicatorData:
        demo = packs.demo_year(self.programme, year)
        data = world_money.enter_needs(self.cast.officer, self.programme, year, demo)
        at = world_money.moment(year, 1, 13)
        self.told(at, self.cast.officer, f"Kennzahlen {year} erfasst", "")
        return data

    def share_out(
        self,
        what: str,
        data: IndicatorData,
        cents: int,
        at: datetime,
        by_hand: Mapping[str, int] | None = None,
    ) -> None:
        """One person proposes, others are heard where the programme asks it, a second decides."""
        keys = packs.load(self.programme, data.year).allocation_keys
        key = next(key for key in keys if not key.earmark)
        cents = sum(by_hand.values()) if by_hand else cents - cents % key.rounding_cents
        reason = f"im Gespräch festgelegt ({INVENTED})"
        overrides = {
            ags: {"amount_cents": amount, "reason": reason}
            for ags, amount in (by_hand or {}).items()
        }
        case = world_money.scenario(
            self.cast.officer, data, key, cents, f"{what} {at:%d.%m.}", at, overrides=overrides
        )
        case, ended = walk(self.cast, case, at + PACE, PACE)
        self.told(at, self.cast.officer, f"{what}: vorgelegt", case.file_number)
        self.told(ended, self.cast.head, f"{what}: entschieden", case.file_number)

    # --- agreements -----------------------------------------------------------------------

    def agree(self) -> None:
        """Two bodies conclude an agreement; two persons record each, and it is published."""
        held = self.standing(self.moment(4, 1)).bodies
        own, other = held[self.own].allocated_cents, held[self.other].allocated_cents
        self.record(self.own, own - 60 * THOUSAND, self.moment(4, 9))
        self.record(self.other, other // 2, self.moment(4, 11))

    def record(self, ags: str, cents: int, at: datetime) -> None:
        intake = world.record_and_publish(self.cast, self.terms(ags, cents), True, at)
        assert intake.agreement
        self.agreements[ags] = intake.agreement
        self.told_recorded("Vereinbarung", intake.agreement, at)

    def told_recorded(self, what: str, agreement: Agreement, at: datetime) -> None:
        clerk, second = self.cast.takers("recording", self.year, agreement.ags)
        self.told(at, clerk, f"{what} erfasst: {agreement.body_name}", agreement.file_number)
        self.told(at, second, f"{what} bestätigt, veröffentlicht", agreement.file_number)

    def terms(self, ags: str, cents: int) -> Terms:
        """An invented agreement of two courses, each with its part where each receives it."""
        rules = packs.load(self.programme, self.year)
        by_measure = rules.programme.document.recipient == "measure"
        parts = (cents - cents // 3, cents // 3) if by_measure else (None, None)
        courses = tuple(
            Measure(rules.measure_types[0].code, f"Kurs {number} ({INVENTED})", part)
            for number, part in enumerate(parts, 1)
        )
        frame: dict[str, Any] = world.frame(self.programme, self.year, ags)
        signatures = tuple(world.signatures_of(rules, world.bodies(self.programme, self.year)[ags]))
        return Terms(**frame, amount_cents=cents, measures=courses, signatures=signatures)

    # --- the year goes on -----------------------------------------------------------------

    def summer(self) -> None:
        """Money is blocked, released, added; a body gives back, another gets more."""
        enter, at = self.enter, self.moment
        beyond = self.free_money(at(5, 5)) + 7 * THOUSAND
        enter("gesperrt, mehr als frei war", budget.block, at(5, 5), beyond)
        enter("zum Teil freigegeben", budget.release, at(5, 19), 5 * THOUSAND)
        waived = self.move("Verzicht", AdjustmentKind.WAIVER, self.own, 12 * THOUSAND, at(6, 2))
        gap = -self.standing(at(6, 5)).uncovered_cents
        self.move("Lücke im Haushalt gedeckt", AdjustmentKind.COVER, "", gap, at(6, 5))
        enter("Nachtragshaushalt", budget.supplement, at(6, 11), 40 * THOUSAND)
        give = partial(self.move, "Mehrbedarf zugewiesen", AdjustmentKind.REALLOCATION)
        give(self.other, 10 * THOUSAND, at(6, 20), follows=waived)

    def move(
        self,
        what: str,
        kind: AdjustmentKind,
        ags: str,
        cents: int,
        at: datetime,
        follows: Adjustment | None = None,
    ) -> Adjustment:
        """One person declares a move of money, a second decides it."""
        clerk, second = self.cast.takers("adjustment", self.year, ags)
        reason = f"Bedarf hat sich geändert ({INVENTED})"
        new = adjustments.Move(kind, self.fund, ags, cents, reason, follows=follows)
        declared = adjustments.declare(clerk, new, at=at)
        moved, ended = walk(self.cast, declared, at + PACE, PACE)
        self.told(at, clerk, f"{what}: erklärt", moved.file_number)
        self.told(ended, second, f"{what}: entschieden", moved.file_number)
        return moved

    def autumn(self) -> None:
        """The budget is cut; a body loses what was agreed, and its agreement is changed."""
        at = self.moment
        beyond = self.free_money(at(9, 8)) + 9 * THOUSAND
        self.enter("gekürzt, mehr als frei war", budget.cut, at(9, 8), beyond)
        held = self.standing(at(9, 29)).bodies
        amounts = {ags: holding.total_cents for ags, holding in held.items()}
        amounts[self.own] -= 20 * THOUSAND + held[self.own].allocated_cents
        data = IndicatorData.objects.get(programme=self.programme, year=self.year)
        self.share_out("Verteilung geändert", data, 0, at(9, 29), amounts)
        cover = partial(self.move, "Lücke der Körperschaft zum Teil gedeckt", AdjustmentKind.COVER)
        cover(self.own, 5 * THOUSAND, at(10, 6))
        less = -self.standing(at(10, 13)).bodies[self.own].uncovered_cents
        changed = world.change(self.cast, self.agreements[self.own], less, at(10, 13))
        self.told_recorded("geänderte Vereinbarung", changed, at(10, 13))

    def winter(self) -> None:
        """Authority is blocked, released, cut and consumed; the next budget redeems it."""
        enter, at, due = self.enter, self.moment, self.year + 1
        said = "Verpflichtungsermächtigung"
        enter(f"{said} gesperrt", budget.block_authority, at(10, 27), 30 * THOUSAND, due=due)
        enter(f"{said} freigegeben", budget.release_authority, at(11, 3), 20 * THOUSAND, due=due)
        enter(f"{said} gekürzt", budget.cut_authority, at(11, 10), 5 * THOUSAND, due=due)
        day = timezone.localdate(at(11, 28))
        used = budget.Consumption(self.line, due, self.cents // 12, day, f"Altbestand-{self.year}")
        budget.consume(self.cast.officer, used, at=at(11, 28))
        self.told(at(11, 28), self.cast.officer, f"{said} in Anspruch genommen", used.case)
        enter(f"Entwurf {due} veranschlagt", budget.estimate, at(12, 8), self.cents, year=due)
        what = f"Haushalt {due} in Kraft, Verpflichtungen eingelöst"
        enter(what, budget.enact, at(12, 18), self.cents, year=due)

    def turn(self) -> None:
        """The year is closed, half of what is left is carried over, and the next one begins."""
        ends = budget.foreseen_closing(self.programme, self.year).ends
        consents = [
            budget.Consent(end.line, end.programme_year, end.left_cents // 2)
            for end in ends
            if end.left_cents > 1
        ]
        at, officer, basis = self.moment(13, 11), self.cast.officer, f"Erlass ({INVENTED})"
        booked = budget.close_year(officer, self.programme, self.year, consents, basis, at=at)
        what = f"Haushaltsjahr {self.year} abgeschlossen, Ausgabereste übertragen"
        self.told(at, officer, what, booked[0].case if booked else "")
        data, day = self.enter_needs(self.year + 1), self.moment(13, 20)
        following = Fund(self.programme, self.year + 1)
        spare_cents = programmes.standing(following, timezone.localdate(day)).spare_cents
        self.share_out(f"Mittel {self.year + 1} verteilt", data, spare_cents * 8 // 10, day)


def table(acts: list[Act]) -> list[str]:
    """The acts as rows for people, in the order in which they were done."""
    who = max(len(act.who) for act in acts)
    number = max(len(act.number) for act in acts)
    return [
        f"{act.on:%d.%m.%Y}  {act.who:<{who}}  {act.number:<{number}}  {act.what}" for act in acts
    ]
