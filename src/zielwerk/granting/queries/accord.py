"""What a notice would grant beside what the agreements in force say of each measure."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries.applied import Applied
from zielwerk.measures import queries as measures
from zielwerk.packs.model import Year
from zielwerk.rulebook.grant.accord import Agreed, Asked, Line, compared
from zielwerk.rulebook.grant.amounts import Amounts


@dataclass(frozen=True)
class Accord:
    """The agreements of a body and year that hold, and each measure beside what they say.

    No agreement and no lines where none is recorded yet.
    """

    numbers: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def accord_of(notice: GrantNotice, what: Applied, granted: Amounts, rules: Year) -> Accord | None:
    """What is agreed, applied for and granted, measure by measure; three queries at most.

    None where the programme knows no agreement beside or before the application.
    """
    terms = rules.application
    if terms is None or terms.agreement == "none":
        return None
    where = {"programme": notice.programme, "year": notice.year, "ags": notice.ags}
    found = list(
        agreements.standing().filter(**where).prefetch_related("agreed").order_by("ordinal")
    )
    if not found:
        return Accord()
    asked = [
        Asked(each.measure.key, each.measure.title, each.measure.planned)
        for each in what.measures(granted)
    ]
    named = [each for agreement in found for each in _named(agreement, rules)]
    total = sum(agreement.amount_cents for agreement in found)
    lines = compared(asked, what.amounts, granted, named, total)
    return Accord(tuple(agreement.file_number for agreement in found), lines)


def _named(agreement: Agreement, rules: Year) -> list[Agreed]:
    """The measures of an agreement; by budget year as they were planned when it was made."""
    rows = sorted(agreement.agreed.all(), key=lambda row: row.pk)
    plans = _years_planned(
        [row.planned for row in rows if row.planned], agreement.recorded_at, rules
    )
    return [
        Agreed(
            measure.title,
            row.planned,
            measure.amount_cents,
            _matching(plans.get(row.planned, {}), measure.amount_cents),
        )
        for row, measure in zip(rows, agreement.content.measures, strict=True)
    ]


def _years_planned(numbers: list[str], moment: datetime, rules: Year) -> dict[str, dict[int, int]]:
    """What the programme was to pay of each plan, by budget year; nothing asked without plans."""
    own = {each.code for each in rules.cost_sources if each.of_programme}
    sums: dict[str, dict[int, int]] = {}
    for number, plan in measures.plans_as_of(numbers, moment).items() if numbers else ():
        years = sums.setdefault(number, {})
        for line in plan.costs:
            if line.source in own:
                years[line.budget_year] = years.get(line.budget_year, 0) + line.amount_cents
    return sums


def _matching(by_year: dict[int, int], cents: int | None) -> dict[int, int]:
    """The years of a plan, where they add up to what was agreed: else nobody knows them."""
    return dict(sorted(by_year.items())) if cents and sum(by_year.values()) == cents else {}
