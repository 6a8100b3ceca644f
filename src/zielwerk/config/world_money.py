"""The demo's money: budgets, needs, decided shares and moves, from the packs' invented data.

Everything is done by the verbs that people use, at the times at which they would; figures
come from the packs' demo data and are labelled as invented there.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import cycle
from typing import Any

from django.db.models import Sum

from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements import queries as agreements
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.forms.scenario import key_of_pack
from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario
from zielwerk.allocation.queries import method_to_begin_with
from zielwerk.budget import actions as budget
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.identity.models import User
from zielwerk.measures import actions as measure_actions
from zielwerk.measures import queries as measures
from zielwerk.measures.actions import NewDelivery
from zielwerk.negotiation import queries as negotiation
from zielwerk.packs import loading as packs
from zielwerk.packs.demo import DemoYear
from zielwerk.packs.model import AllocationKey
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

BASIS = "Haushaltsgesetz {year} (für die Vorführung erfunden)"
BY_HAND = "aus der veröffentlichten Vereinbarung; der Schlüssel ist nicht veröffentlicht"
INVENTED_BY_HAND = f"aus der Vereinbarung, die {INVENTED} ist"
COMMENT = f"Kennzahlen {INVENTED}; was von Hand gesetzt ist, sagt seine Herkunft selbst"


def years(programme: str) -> Iterator[int]:
    """The programme years whose money the demo invents; of drafts none."""
    for code, year in packs.available():
        is_open = code == programme and not packs.load(programme, year).is_draft
        if is_open and packs.demo_year(programme, year).indicators:
            yield year


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


def later(at: datetime, acts: int) -> datetime:
    """So many acts later: two hours lie between them, four of them on a working day."""
    days, place = divmod(acts, 4)
    day = at
    while days or day.weekday() > 4:
        day += timedelta(days=1)
        days -= bool(days and day.weekday() < 5)
    return day + place * timedelta(hours=2)


def authorise(officer: User, programme: str, year: int) -> None:
    """The year's budget comes into force, with its commitment authority."""
    demo, at = packs.demo_year(programme, year), moment(year, 1, 12)
    basis, day = BASIS.format(year=year), date(year, 1, 1)
    for appropriation in demo.appropriations:
        line = budget.Line(
            programme,
            year,
            appropriation.budget_line,
            appropriation.money_source,
            appropriation.earmark,
        )
        entry = budget.Entry(line, appropriation.amount_cents, day, basis)
        budget.enact(officer, entry, at=at)
    for demo_authority in demo.authorities:
        line = budget.Line(
            programme,
            year,
            demo_authority.budget_line,
            demo_authority.money_source,
            demo_authority.earmark,
        )
        authority = budget.Authority(
            line, demo_authority.due_year, demo_authority.amount_cents, day, basis
        )
        budget.authorise(officer, authority, at=at)


def commit(officer: User, programme: str, year: int) -> None:
    """Notices outside these books consume the authority for later years.

    Where notices are recorded here, they do.
    """
    if packs.load(programme, year).grants:
        return
    for authority in packs.demo_year(programme, year).authorities:
        line = budget.Line(
            programme,
            year,
            authority.budget_line,
            authority.money_source,
            authority.earmark,
        )
        consumption = budget.Consumption(
            line,
            authority.due_year,
            authority.amount_cents,
            date(year, 11, 30),
            f"Altbestand-{year}",
        )
        budget.consume(officer, consumption, at=moment(year, 11, 30))


def enter_needs(officer: User, programme: str, year: int, demo: DemoYear) -> IndicatorData:
    needs = allocation.Needs(
        programme,
        year,
        f"Kennzahlen {INVENTED}",
        demo.reference_date or date(year - 1, 6, 30),
        {
            indicators.ags: {code: Fraction(value) for code, value in indicators.values.items()}
            for indicators in demo.indicators
        },
        is_invented=True,
    )
    return allocation.enter_indicators(officer, needs, at=moment(year, 1, 13))


def scenario(
    officer: User,
    data: IndicatorData,
    key: AllocationKey,
    total_cents: int,
    name: str,
    at: datetime,
    **changes: Any,
) -> Scenario:
    fund = Fund(data.programme, data.year, key.earmark)
    kept = key_of_pack(key, key.rounding_cents, method_to_begin_with(fund, key))
    columns = {"comment": "", "key": kept, "overrides": {}, **changes}
    draft = allocation.Draft(name=name, total_cents=total_cents, data=data, **columns)
    start = allocation.Start(fund, draft)
    return allocation.begin(officer, start, at=at)


def share_out(
    cast: Cast,
    programme: str,
    year: int,
    agreed: Mapping[str, int],
    public: Collection[str] = (),
) -> None:
    """Two persons decide the general money of a year.

    ``agreed`` are amounts by AGS that agreements already name: those are set by hand. Of
    ``public`` ones, by AGS, the amount is real and never said to be invented.
    """
    demo = packs.demo_year(programme, year)
    data = enter_needs(cast.officer, programme, year, demo)
    total = sum(
        appropriation.amount_cents
        for appropriation in demo.appropriations
        if not appropriation.earmark
    )
    key = next(key for key in packs.load(programme, year).allocation_keys if not key.earmark)
    by_hand = {
        ags: {"amount_cents": cents, "reason": BY_HAND if ags in public else INVENTED_BY_HAND}
        for ags, cents in sorted(agreed.items())
    }
    case = scenario(
        cast.officer,
        data,
        key,
        total,
        f"Verteilung {year}",
        moment(year, 1, 20),
        comment=COMMENT,
        overrides=by_hand,
    )
    walk(cast, case, moment(year, 1, 25), timedelta(days=2))


def open_questions(cast: Cast, programme: str, year: int) -> None:
    """Open cases of the newest year: one scenario to decide, others tried, a waiver."""
    demo, rules = packs.demo_year(programme, year), packs.load(programme, year)
    data = enter_needs(cast.officer, programme, year, demo)
    for key in rules.allocation_keys:
        total = sum(
            appropriation.amount_cents
            for appropriation in demo.appropriations
            if appropriation.earmark == key.earmark
        )
        if not total:
            continue
        if key.earmark:
            label = next(earmark.label for earmark in rules.earmarks if earmark.code == key.earmark)
            case = scenario(cast.officer, data, key, total, label[:80], moment(year, 3, 2))
            walk(cast, case, moment(year, 3, 4), timedelta(days=1), to_the_end=False)
            continue
        cut = total * 95 // 100 // key.rounding_cents * key.rounding_cents
        scenario(
            cast.officer,
            data,
            key,
            cut,
            "Kürzung um fünf Prozent",
            moment(year, 9, 15),
            comment=f"Was wäre, wenn im Herbst gekürzt würde ({INVENTED})",
        )
    waive(cast, programme, year)


def waive(cast: Cast, programme: str, year: int) -> None:
    """One body waived a part, which was taken back and is meant for another.

    It negotiates nothing: what others negotiate and apply for goes by what they have.
    """
    fund = Fund(programme, year)
    part = 100 * packs.load(programme, year).allocation_keys[0].rounding_cents
    left = _left_of(fund)
    talking = negotiation.drafted_keys(programme, year) - _agreed(fund).keys()
    keys = [each.ags for each in packs.demo_year(programme, year).indicators if each.ags in left]
    giving = (ags for ags in keys if left[ags] >= part and ags not in talking)
    first = next(giving, "")
    second = next((ags for ags in keys if ags != first), "")
    if not first or not second:
        return
    move = adjustments.Move(
        AdjustmentKind.WAIVER,
        fund,
        first,
        part,
        f"Ein Kurs kommt nicht zustande ({INVENTED})",
    )
    clerk, chief = cast.takers("adjustment", year, first)
    waiver = adjustments.declare(clerk, move, at=moment(year, 10, 2))
    waiver = adjustments.decide(chief, waiver, at=moment(year, 10, 5))
    gives = adjustments.Move(
        AdjustmentKind.REALLOCATION,
        fund,
        second,
        part,
        f"Mehrbedarf an Plätzen ({INVENTED})",
        follows=waiver,
    )
    clerk, _ = cast.takers("adjustment", year, second)
    adjustments.declare(clerk, gives, at=moment(year, 10, 8))


def _agreed(fund: Fund) -> dict[str, int]:
    """What is agreed with bodies in a year, in cents by key."""
    rows = agreements.standing().filter(programme=fund.programme, year=fund.year)
    return dict(rows.order_by().values_list("ags").annotate(Sum("amount_cents")))


def _left_of(fund: Fund) -> dict[str, int]:
    """What bodies were given in a year without a purpose and is not agreed, in cents by key."""
    agreed = _agreed(fund)
    rows = BodyAllocation.objects.filter(programme=fund.programme, year=fund.year, earmark="")
    given = rows.order_by("pk").values_list("ags", "amount_cents")  # what is decided last counts
    return {ags: cents - agreed.get(ags, 0) for ags, cents in given}


def enter_parties(officer: User, programme: str, year: int) -> None:
    """Providers, own companies and Jobcenters, with the bodies they belong to."""
    relations_by_party: dict[tuple[str, str], list[NewRelation]] = {}
    for party in packs.demo_year(programme, year).parties:
        relation = NewRelation(party.ags, party.passing_on)
        relations_by_party.setdefault((party.name, party.kind), []).append(relation)
    for (name, kind), relations in relations_by_party.items():
        new = NewParty(programme, name, kind, relations, is_invented="erfunden" in name)
        enter_party(officer, new, at=moment(year, 1, 14))


def deliver(officer: User, programme: str, year: int, invented: Collection[str]) -> None:
    """Carriers of the measures of invented agreements, by AGS: providers in turn.

    Only of invented ones: of a real agreement nothing is made up.
    """
    for ags in sorted(invented):
        carriers = programmes.relations(programme, ags).exclude(passing_on="")
        if not carriers:
            continue
        entered = measures.measures(officer, programme, year).filter(ags=ags)
        for measure, relation in zip(entered, cycle(carriers), strict=False):
            new = NewDelivery(
                relation.passing_on, packs.first_day(programme, year), party=relation.party
            )
            measure_actions.deliver(officer, measure, new, at=moment(year, 9, 10))
