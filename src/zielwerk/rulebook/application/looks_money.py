"""What the rules of an application look at in its money: lines, sums, limits, what is there."""

from collections.abc import Iterator, Mapping

from zielwerk.rulebook.application.content import Application, AppliedMeasure, Cost, Form, Income
from zielwerk.rulebook.application.facts import ApplicationRules
from zielwerk.rulebook.application.financing import grant, percent_said
from zielwerk.rulebook.application.flat_rates import exceeded
from zielwerk.rulebook.application.looks import Found, Look, at
from zielwerk.rulebook.application.pools import compared
from zielwerk.rulebook.money import Cents


def costs(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if not measure.costs:
            yield Found(at(measure, "cost"))


def nothing_asked(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.costs and measure.income_from(rules.programme_sources) <= 0:
            yield Found(at(measure, "income"))


def _lines(measure: AppliedMeasure) -> Iterator[tuple[str, Cost | Income]]:
    """All lines with their addresses."""
    for cost in measure.costs:
        yield at(measure, "cost", cost.category, cost.year), cost
    for income in measure.incomes:
        yield at(measure, "income", income.source, income.year), income


def line_unknown(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        for place, line in _lines(measure):
            if isinstance(line, Cost):
                is_known = line.category in rules.categories
            else:
                is_known = line.source in rules.sources
            if not is_known:
                yield Found(place)


def line_year(application: Application, rules: ApplicationRules) -> Look:
    years = rules.budget_years
    for measure in application.measures:
        for place, line in _lines(measure):
            if line.year not in years:
                ends = {"first": str(years[0]), "last": str(years[-1])}
                yield Found(place, {"year": str(line.year), **ends})


def line_amount(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        for place, line in _lines(measure):
            if line.cents <= 0:
                yield Found(place, {"amount": Cents(line.cents)})


def line_twice(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        seen = set[str]()
        for place, _ in _lines(measure):
            if place in seen:
                yield Found(place)
            seen.add(place)


def balance(application: Application, rules: ApplicationRules) -> Look:
    """Costs and financing of a measure are the same in every budget year."""
    for measure in application.measures:
        if measure.costs and measure.incomes:
            cost, income = _by_year(measure.costs), _by_year(measure.incomes)
            for year in sorted({*cost, *income}):
                spent, paid = cost.get(year, 0), income.get(year, 0)
                if spent != paid:
                    amounts = {"cost": Cents(spent), "income": Cents(paid)}
                    yield Found(at(measure, "income"), {"year": str(year), **amounts}, str(year))


def _by_year(lines: tuple[Cost, ...] | tuple[Income, ...]) -> dict[int, int]:
    sums = dict[int, int]()
    for line in lines:
        sums[line.year] = sums.get(line.year, 0) + line.cents
    return sums


def without_income(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.costs and not measure.incomes:
            yield Found(at(measure, "income"))


def earmark_unknown(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        if measure.earmark and measure.earmark not in rules.earmarks:
            yield Found(at(measure, "earmark"))


def earmark_over(application: Application, rules: ApplicationRules) -> Look:
    """More is applied for under an earmark than the body has there.

    Told where the running sum passes it first.
    """
    sums, told = dict[str, int](), set[str]()
    asked = _by_earmark(application, rules)
    for measure in application.measures:
        code = measure.earmark
        if not code or rules.allocated is None:
            continue
        sums[code] = sums.get(code, 0) + measure.income_from(rules.programme_sources)
        has = rules.allocated.get(code, 0)
        if sums[code] > has and code not in told:
            told.add(code)
            params = {"earmark": rules.earmarks.get(code, code), "amount": Cents(asked[code])}
            yield Found(at(measure, "earmark"), params | {"allocated": Cents(has)})


def general_over(application: Application, rules: ApplicationRules) -> Look:
    """More is applied for without an earmark than the body has without one."""
    if rules.allocated is None or not any(rules.allocated):
        return
    asked, has = _by_earmark(application, rules).get("", 0), rules.allocated.get("", 0)
    if asked > has:
        yield Found("", {"amount": Cents(asked), "allocated": Cents(has)})


def _by_earmark(application: Application, rules: ApplicationRules) -> Mapping[str, int]:
    sums = dict[str, int]()
    for measure in application.measures:
        asked = measure.income_from(rules.programme_sources)
        sums[measure.earmark] = sums.get(measure.earmark, 0) + asked
    return sums


def nothing_allocated(application: Application, rules: ApplicationRules) -> Look:
    if rules.allocated is None:
        yield Found("")


def over_allocated(application: Application, rules: ApplicationRules) -> Look:
    asked = application.income_from(rules.programme_sources)
    if rules.allocated is not None and asked > (has := sum(rules.allocated.values())):
        yield Found("", {"amount": Cents(asked), "allocated": Cents(has)})


def over_agreed(application: Application, rules: ApplicationRules) -> Look:
    asked, agreed = application.income_from(rules.programme_sources), rules.agreed_cents
    if agreed is not None and rules.agreement != "none" and asked > agreed:
        yield Found("", {"amount": Cents(asked), "fixed": Cents(agreed)})


def over_grant(application: Application, rules: ApplicationRules) -> Look:
    """More is applied for than the form of financing allows."""
    if application.form == Form.SHARE and not application.share_percent:
        return
    asked = application.income_from(rules.programme_sources)
    allowed = grant(
        application.form,
        application.cost_cents,
        application.income_from(rules.own_sources),
        application.income_from(rules.third_sources),
        asked if application.form == Form.FIXED else None,
        application.share_percent,
    )
    if allowed.steps and asked > allowed.allowed:
        place = "share" if application.form == Form.SHARE else "form"
        yield Found(place, {"amount": Cents(asked), "allowed": Cents(allowed.allowed)})


def full_with_others(application: Application, rules: ApplicationRules) -> Look:
    others = application.income_from((*rules.own_sources, *rules.third_sources))
    if application.form == Form.FULL and others > 0:
        yield Found("form", {"amount": Cents(others)})


def own_share(application: Application, rules: ApplicationRules) -> Look:
    least, own = rules.own_share, application.income_from(rules.own_sources)
    if least is not None and own * 100 < least * application.cost_cents:
        yield Found("", {"percent": percent_said(least), "amount": Cents(own)})


def flat_rates(application: Application, rules: ApplicationRules) -> Look:
    for measure in application.measures:
        for each in exceeded(measure, rules.flat_rates):
            params: dict[str, object] = {"rate": each.rate.label, "limit": Cents(each.limit)}
            params["amount"] = Cents(each.line.cents)
            place = at(measure, "cost", each.line.category, each.line.year)
            yield Found(place, params, basis=each.rate.basis)


def pools(application: Application, rules: ApplicationRules) -> Look:
    """Positions that are higher than the binding plan lets them be."""
    for measure in application.measures:
        if binding := rules.binding.get(measure.key):
            for each in compared(binding, measure.costs, rules.pools).needs_consent:
                label = rules.categories.get(each.category, each.category)
                params = {"category": label, "more": Cents(each.more), "why": each.why}
                place = at(measure, "cost", each.category, each.year)
                yield Found(place, params, basis=each.pool.basis if each.pool else "")


def over_binding(application: Application, rules: ApplicationRules) -> Look:
    """More in all than the binding plan of a measure has."""
    for measure in application.measures:
        if binding := rules.binding.get(measure.key):
            total = sum(line.cents for line in binding)
            if measure.cost_cents > total:
                amounts = {"amount": Cents(measure.cost_cents), "binding": Cents(total)}
                yield Found(at(measure, "cost"), amounts)
