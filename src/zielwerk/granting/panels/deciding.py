"""What a decision does: to each measure, to each budget year, to what is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zielwerk.granting import letters, queries
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.granting.panels.accord import accord
from zielwerk.granting.panels.standing import standing
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.amounts import Amounts, added, by_year, effects, whole
from zielwerk.rulebook.grant.course import OUTCOMES, outcome_of
from zielwerk.rulebook.grant.paths import PATHS, Kind
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class MeasureRow:
    """A measure in a budget year: before and after the decision, and the difference."""

    title: German
    year: int
    before: Cents
    after: Cents
    change: Cents
    open: Cents | None = None


@dataclass(frozen=True)
class MoneyRow:
    """A budget year: what is wanted of it, what is free, what stays free; below zero is missing."""

    year: int
    wanted: Cents
    free: Cents
    left: Cents


def measure_rows(notice: GrantNotice) -> list[MeasureRow]:
    """What a notice does to each measure in each budget year; ``open`` stands at its last one."""
    what, draft = queries.applied(notice), queries.NoticeDraft.of(notice)
    rows = []
    for each in what.measures(draft.amounts):
        years = sorted({*each.applied, *each.granted})
        for year in years:
            before, after = each.applied.get(year, 0), each.granted.get(year, 0)
            left = Cents(each.open_cents) if year == years[-1] else None
            title = German(each.measure.title)
            rows.append(
                MeasureRow(title, year, Cents(before), Cents(after), Cents(after - before), left)
            )
    return rows


def change_rows(act: GrantAct, on: date) -> list[MeasureRow]:
    """What an act does to each measure in each budget year that it changes or that stands."""
    draft = queries.ActDraft.of(act)
    if act.is_issued and act.content:
        return [
            MeasureRow(
                German(each["title"]),
                each["year"],
                Cents(each["before"]),
                Cents(each["after"]),
                Cents(each["after"] - each["before"]),
            )
            for each in act.content["changes"]
        ]
    titles = {m.key: m.title for m in queries.applied(act.notice).content.measures}
    before = queries.held_before(act, on)
    return [
        MeasureRow(
            German(titles.get(each.measure, each.measure)),
            each.year,
            Cents(each.before_cents),
            Cents(each.after_cents),
            Cents(each.change_cents),
        )
        for each in effects(before, added(before, draft.amounts))
    ]


def money_rows(case: Issuing, amounts: Amounts) -> list[MoneyRow]:
    """What is wanted of each budget year beside what is free in it."""
    return [
        MoneyRow(each.year, Cents(each.wanted), Cents(each.free), Cents(each.left))
        for each in queries.money_by_year(case, amounts)
    ]


def sums_by_year(chosen: Sequence[GrantNotice]) -> list[tuple[str, Cents]]:
    """What several notices grant in each budget year."""
    sums: dict[int, int] = {}
    for notice in chosen:
        for year, cents in by_year(queries.NoticeDraft.of(notice).amounts).items():
            sums[year] = sums.get(year, 0) + cents
    return [(str(year), Cents(cents)) for year, cents in sorted(sums.items())]


def issuing(case: Issuing, on: date) -> dict[str, Any]:
    """What whoever issues has before her: amounts, effects, money, what stands in the document."""
    amounts = queries.drafted(case)
    context: dict[str, Any] = {
        "case": case,
        "facts": queries.facts_of(case, on),
        "money": money_rows(case, amounts),
        "total": Cents(whole(amounts)),
    }
    if isinstance(case, GrantAct):
        return {
            **context,
            "rows": change_rows(case, on),
            "is_act": True,
            "standing": standing(case, on),
            "reason": queries.ActDraft.of(case).reason,
            "preview_url": reverse("granting:preview_of_act", args=[case.pk]),
            "path": PATHS[Kind(case.kind)],
        }
    assert isinstance(case, GrantNotice)
    draft = queries.NoticeDraft.of(case)
    return {
        **context,
        "rows": measure_rows(case),
        "is_act": False,
        "reason": draft.reason,
        "remark": draft.remark,
        "conditions": letters.provisions(case, on),
        "preview_url": reverse("granting:preview", args=[case.pk]),
        "applied": Cents(case.applied_cents),
        "outcome": OUTCOMES[outcome_of(case.applied_cents, whole(amounts))],
        "accord": accord(case, packs.load(case.programme, case.year)),
    }
