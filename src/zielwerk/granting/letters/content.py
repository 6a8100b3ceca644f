"""What a notice says, as data: put together once, when it is issued, and kept for good.

Everything is written out in words and amounts as they hold on that day, so that nothing is looked
up in other rules later.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from zielwerk.agreements import queries as agreements
from zielwerk.core import installation
from zielwerk.granting import queries
from zielwerk.granting.models import GrantNotice, Issuing
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Condition, Year
from zielwerk.packs.notices import delivery_law, filled
from zielwerk.rulebook.application import FORMS, Form
from zielwerk.rulebook.grant.amounts import Amounts, by_year, whole
from zielwerk.rulebook.grant.citation import parse, written
from zielwerk.rulebook.grant.conditions import by_kind
from zielwerk.rulebook.grant.course import outcome_of
from zielwerk.rulebook.grant.instalments import instalments
from zielwerk.rulebook.money import round_half_up
from zielwerk.rulebook.refusal import Refused


def notice_content(notice: GrantNotice, day: date) -> dict[str, Any]:
    """All that a notice of a day says."""
    rules, what = packs.load(notice.programme, notice.year), queries.applied(notice)
    draft = queries.NoticeDraft.of(notice)
    amounts = {place: cents for place, cents in draft.amounts.items() if cents}
    total = whole(amounts)
    body = queries.body_of_case(notice)
    conditions = _conditions(rules, body, day, draft)
    measures = what.measures(amounts)
    plan = financing_plan(what, amounts, rules)
    return {
        **head(notice, rules, body, day),
        "kind": "notice",
        "label": str(rules.notice.label) if rules.notice else "",
        "basis": _cited(rules.notice.basis) if rules.notice else "",
        "outcome": outcome_of(notice.applied_cents, total).value,
        "application": notice.application.file_number,
        "submission": notice.submission,
        "handed_in": localdate(what.submission.entered_at).isoformat(),
        "agreement": _agreement(notice),
        "agreement_label": str(rules.programme.document.label),
        "applied_cents": notice.applied_cents,
        "amount_cents": total,
        "form": FORMS.get(what.content.form, ""),
        "form_code": what.content.form,
        "share": share_granted(what, plan),
        "period": _period(what, amounts),
        "measures": [_measure(each, rules) for each in measures],
        "plan": plan,
        "by_year": {str(year): cents for year, cents in by_year(amounts).items()},
        "instalments": [
            {"day": each.day.isoformat(), "year": each.year, "cents": each.cents}
            for each in instalments(
                by_year(amounts), rules.notice.instalments if rules.notice else (), day
            )
        ],
        "conditions": list(worded(conditions, rules, day)),
        "reserved": bool(rules.notice and rules.notice.final in draft.conditions and total),
        "reason": draft.reason,
        "remark": draft.remark,
        "remedy": remedy(notice, rules, body, day),
    }


def head(case: Issuing, rules: Year, body: Body | None, day: date) -> dict[str, Any]:
    """Who issues to whom, when, under which rules."""
    authority = queries.competent(rules, "authority", day, body)
    return {
        "number": case.file_number,
        "day": day.isoformat(),
        "programme": str(rules.programme.name),
        "year": case.year,
        "year_label": str(rules.label),
        "rule_version": case.rule_version,
        "body": {"name": str(case.body_name), "ags": case.ags, "seat": body.seat if body else ""},
        "authority": {
            "name": str(authority.name) if authority else "",
            "seat": str(authority.seat) if authority else "",
        },
        "line": installation.line(),
        "is_invented": case.is_invented,
    }


def remedy(case: Issuing, rules: Year, body: Body | None, day: date) -> dict[str, Any]:
    """How it is contested, where, and within how many months of being made known."""
    law = delivery_law(rules, day)
    kind = rules.notice.remedy if rules.notice else "suit"
    there = queries.competent(rules, "court" if kind == "suit" else "authority", day, body)
    return {
        "kind": kind,
        "months": law.remedy_months,
        "at": str(there.name) if there else "",
        "seat": str(there.seat) if there else "",
        "basis": law.remedy_basis,
    }


def provisions(notice: GrantNotice, day: date) -> list[tuple[str, str]]:
    """The provisions that a notice has, or would have of a day, as numbered in its document.

    Each with its title and its citation.
    """
    if notice.content:
        return [(each["title"], each["citation"]) for each in notice.content["conditions"]]
    rules = packs.load(notice.programme, notice.year)
    draft, body = queries.NoticeDraft.of(notice), queries.body_of_case(notice)
    groups = by_kind(_conditions(rules, body, day, draft)).values()
    return [(str(each.title), _cited(each.citation)) for group in groups for each in group]


def _conditions(
    rules: Year, body: Body | None, day: date, draft: queries.NoticeDraft
) -> tuple[Condition, ...]:
    """The provisions that go with a notice; none with one that grants nothing."""
    if not whole(draft.amounts):
        return ()
    return queries.conditions_of(rules, body, day, draft.conditions)


def worded(conditions: Iterable[Condition], rules: Year, day: date) -> Iterator[dict[str, Any]]:
    """The provisions by what they are, with the values of the day and their citations."""
    for kind, group in by_kind(tuple(conditions)).items():
        for each in group:
            yield {
                "code": each.code,
                "kind": kind.value,
                "title": str(each.title),
                "text": str(filled(rules, each, day)),
                "citation": _cited(each.citation),
                "inherits": each.inherits,
                "assumed": each.source.assumed,
            }


def _cited(citation: str) -> str:
    """A citation in the one way of writing; as it is where it cannot be read."""
    try:
        return written(parse(citation)) if citation else ""
    except Refused:
        return citation


def _agreement(notice: GrantNotice) -> str:
    rows = agreements.standing().filter(
        programme=notice.programme, year=notice.year, ags=notice.ags
    )
    return ", ".join(row.file_number for row in rows.order_by("pk"))


def _period(what: queries.Applied, amounts: Amounts) -> list[str]:
    """From the first to the last day of the measures that get something."""
    granted = {measure for measure, _ in amounts}
    chosen = [measure for measure in what.content.measures if measure.key in granted]
    first = [measure.first_day for measure in chosen if measure.first_day]
    last = [measure.last_day for measure in chosen if measure.last_day]
    return [min(first).isoformat(), max(last).isoformat()] if first and last else []


def _measure(each: queries.MeasureAmounts, rules: Year) -> dict[str, Any]:
    kinds = {kind.code: str(kind.label) for kind in rules.measure_types}
    return {
        "key": each.measure.key,
        "title": each.measure.title,
        "type": kinds.get(each.measure.type, ""),
        "first_day": each.measure.first_day.isoformat() if each.measure.first_day else "",
        "last_day": each.measure.last_day.isoformat() if each.measure.last_day else "",
        "seats": each.measure.seats,
        "carrier": each.measure.carrier,
        "earmark": each.measure.earmark,
        "cost_cents": each.measure.cost_cents,
        "applied": {str(year): cents for year, cents in each.applied.items()},
        "granted": {str(year): cents for year, cents in each.granted.items()},
        "open_cents": each.open_cents,
    }


def share_granted(what: queries.Applied, plan: Mapping[str, Any]) -> str:
    """Of a share, how many percent of the cost what is granted is; two decimals, half up.

    Whoever grants less than was applied for grants another share than was applied for.
    """
    costs = sum(cents for _, cents in plan["costs"])
    if what.content.form != Form.SHARE or not costs:
        return ""
    hundredths = round_half_up(plan["grant_cents"] * 100_00, costs)
    return f"{(Decimal(hundredths) / 100).normalize():f}"


def financing_plan(what: queries.Applied, amounts: Amounts, rules: Year) -> dict[str, Any]:
    """The binding financing plan: cost by category, who pays; the grant in place of the wish."""
    own = {each.code for each in rules.cost_sources if each.of_programme}
    costs: dict[str, int] = {}
    incomes: dict[str, int] = {}
    granted = {measure for measure, _ in amounts}
    for measure in what.content.measures:
        if measure.key not in granted:
            continue
        for cost in measure.costs:
            costs[cost.category] = costs.get(cost.category, 0) + cost.cents
        for income in measure.incomes:
            if income.source not in own:
                incomes[income.source] = incomes.get(income.source, 0) + income.cents
    categories = {each.code: str(each.label) for each in rules.cost_categories}
    sources = {each.code: str(each.label) for each in rules.cost_sources}
    total = whole(amounts)
    return {
        "costs": [[categories.get(code, code), cents] for code, cents in costs.items()],
        "incomes": [[sources.get(code, code), cents] for code, cents in incomes.items()],
        "grant_cents": total,
        "open_cents": max(sum(costs.values()) - sum(incomes.values()) - total, 0),
    }
