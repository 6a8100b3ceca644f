"""What a notice would grant beside what the agreements in force say of each measure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries.applied import Applied
from zielwerk.granting.queries.drafts import NoticeDraft
from zielwerk.ledger import queries as ledger
from zielwerk.measures import queries as measures
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.accord import Agreed, Asked, Line, compared


@dataclass(frozen=True)
class Accord:
    """The agreements of a body and year that hold, and each measure beside what they say.

    No agreement and no lines where none is recorded yet.
    """

    numbers: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


Body = ledger.Body
Years = Mapping[tuple[str, datetime], dict[int, int]]
"""Cents by budget year of plans, by their number and the moment of the agreement."""


def accord_of(notice: GrantNotice, what: Applied) -> Accord | None:
    """What is agreed, applied for and granted, measure by measure; three queries at most.

    None where the programme knows no agreement beside or before the application.
    """
    return accords_of([notice], {notice.pk: what})[notice.pk]


def accords_of(
    notices: Collection[GrantNotice], what: Mapping[int, Applied]
) -> dict[int, Accord | None]:
    """The same of many notices, by their keys; three queries at most for all of them."""
    asking = [each for each in notices if _asks(_rules(each))]
    standing = _standing(asking) if asking else {}
    plans = _years_planned([each for found in standing.values() for each in found])
    accords: dict[int, Accord | None] = dict.fromkeys((each.pk for each in notices), None)
    for each in asking:
        accords[each.pk] = _accord(each, what[each.pk], standing.get(body_of(each), []), plans)
    return accords


def body_of(notice: GrantNotice) -> Body:
    """The body and year that a notice is for."""
    return notice.programme, notice.year, notice.ags


def _rules(notice: GrantNotice | Agreement) -> Year:
    return packs.load(notice.programme, notice.year)


def _asks(rules: Year) -> bool:
    return rules.application is not None and rules.application.agreement != "none"


def _standing(notices: Collection[GrantNotice]) -> dict[Body, list[Agreement]]:
    """The agreements that hold, by the body and year of the notices."""
    found: dict[Body, list[Agreement]] = {body_of(each): [] for each in notices}
    rows = agreements.standing().filter(
        programme__in={each.programme for each in notices},
        year__in={each.year for each in notices},
        ags__in={each.ags for each in notices},
    )
    for agreement in rows.prefetch_related("agreed").order_by("ordinal"):
        found.get((agreement.programme, agreement.year, agreement.ags), []).append(agreement)
    return found


def _accord(
    notice: GrantNotice, what: Applied, standing: Sequence[Agreement], plans: Years
) -> Accord:
    """A notice beside the agreements of its body."""
    if not standing:
        return Accord()
    granted = NoticeDraft.of(notice).amounts
    asked = [
        Asked(each.measure.key, each.measure.title, each.measure.planned)
        for each in what.measures(granted)
    ]
    named = [each for agreement in standing for each in _named(agreement, plans)]
    total = sum(agreement.amount_cents for agreement in standing)
    lines = compared(asked, what.amounts, granted, named, total)
    return Accord(tuple(agreement.file_number for agreement in standing), lines)


def _named(agreement: Agreement, plans: Years) -> list[Agreed]:
    """The measures of an agreement; by budget year as they were planned when it was made."""
    # Rows are made in the order of the text; their position is the place of an account.
    rows = sorted(agreement.agreed.all(), key=lambda row: row.pk)
    return [
        Agreed(
            measure.title,
            row.planned,
            measure.amount_cents,
            _matching(plans.get((row.planned, agreement.recorded_at), {}), measure.amount_cents),
        )
        for row, measure in zip(rows, agreement.content.measures, strict=True)
    ]


def _years_planned(standing: Iterable[Agreement]) -> Years:
    """What the programme was to pay of each plan that an agreement names, by budget year."""
    own = {
        (row.planned, agreement.recorded_at): {
            each.code for each in _rules(agreement).cost_sources if each.of_programme
        }
        for agreement in standing
        for row in agreement.agreed.all()
        if row.planned
    }
    sums: dict[tuple[str, datetime], dict[int, int]] = {}
    for named, plan in measures.plans_as_of(own).items():
        years = sums.setdefault(named, {})
        for line in plan.costs:
            if line.source in own[named]:
                years[line.budget_year] = years.get(line.budget_year, 0) + line.amount_cents
    return sums


def _matching(by_year: dict[int, int], cents: int | None) -> dict[int, int]:
    """The years of a plan, where they add up to what was agreed: else nobody knows them."""
    return dict(sorted(by_year.items())) if cents and sum(by_year.values()) == cents else {}
