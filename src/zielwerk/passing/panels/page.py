"""What the page of a pass-on shows: amounts, stands, checks, papers, what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from zielwerk.core.permissions import Actor
from zielwerk.passing import queries
from zielwerk.passing.models import PassOn, ProviderPaper
from zielwerk.passing.queries import PassDraft
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing.amounts import Instalment
from zielwerk.rulebook.passing.checks import CHECKS, Outcome, Rule
from zielwerk.rulebook.passing.days import EVENTS, next_due
from zielwerk.rulebook.passing.ways import Document, Way
from zielwerk.rulebook.refusal import Said, msg

Wait: TypeAlias = tuple[Said, str]
"""A sentence about what is waited for, and where to go; empty where nowhere."""


@dataclass(frozen=True)
class YearRow:
    """A budget year: granted to the measure, passed on by this one and by others, spent."""

    year: int
    granted: Cents
    passed: Cents
    others: Cents
    left: Cents
    spent: Cents | None
    taken: int | None
    day: date | None
    note: str = ""

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def is_overspent(self) -> bool:
        return self.spent is not None and self.spent > self.passed


@dataclass(frozen=True)
class CheckRow:
    """A check: its name, what was answered, the reason."""

    rule: Rule
    outcome: Outcome | None
    reason: str


@dataclass(frozen=True)
class PaperRow:
    """A paper: whether it is there, its file, until when it was due."""

    code: str
    label: str
    due: date | None
    is_late: bool
    there: ProviderPaper | None


def year_rows(case: PassOn, on: date) -> list[YearRow]:
    """Each budget year of the measure's grant, with what this pass-on has of it."""
    around, amounts = queries.around_of(case, on), PassDraft.of(case).amounts
    spent = queries.spent_of([case.first_pk]).get(case.first_pk, {})
    years = sorted({*around.granted, *(year for year, cents in amounts.items() if cents)})
    rows = []
    for year in years:
        row = spent.get(year)
        rows.append(
            YearRow(
                year,
                Cents(around.granted.get(year, 0)),
                Cents(amounts.get(year, 0)),
                Cents(around.granted.get(year, 0) - around.rest.get(year, 0)),
                Cents(around.rest.get(year, 0) - amounts.get(year, 0)),
                Cents(row.cents) if row and row.cents is not None else None,
                row.taken if row else None,
                row.day if row else None,
                str(row.note) if row else "",
            )
        )
    return rows


def check_rows(case: PassOn, way: Way | None) -> Iterator[CheckRow]:
    """What its way asks to be checked, and what was answered."""
    answers = PassDraft.of(case).checks
    for check in way.checks if way else ():
        rule, answer = CHECKS[check], answers.get(check)
        outcome = rule.outcomes.get(answer.outcome) if answer else None
        yield CheckRow(rule, outcome, answer.reason if answer else "")


def paper_rows(case: PassOn, way: Way | None, on: date) -> list[PaperRow]:
    """The papers that its way asks for, each there or missing."""
    if way is None:
        return []
    known = queries.papers_of([case.first_pk]).get(case.first_pk, {})
    there = {code: row for code, row in known.items() if row.is_there}
    missing = {each.paper.code: each for each in queries.papers_open(case, way, there, on)}
    return [
        PaperRow(
            paper.code,
            paper.label,
            missing[paper.code].due if paper.code in missing else None,
            paper.code in missing and missing[paper.code].is_late,
            there.get(paper.code),
        )
        for paper in way.papers
    ]


def next_of(case: PassOn, way: Way | None, rows: list[PaperRow], on: date) -> dict[str, Any]:
    """What comes next, and by when; nothing of what is not in force."""
    there = [row.code for row in rows if row.there]
    missing = queries.papers_open(case, way, there, on)
    due = next_due(queries.dues_of(case, way, missing), on)
    if due is None:
        return {}
    return {"day": due.day, "what": EVENTS[due.event], "is_late": due.day < on}


def instalments(case: PassOn) -> list[tuple[date, Cents]]:
    parts: tuple[Instalment, ...] = PassDraft.of(case).instalments
    return [(each.day, Cents(each.cents)) for each in parts]


def conditions(case: PassOn, user: Actor) -> list[dict[str, Any]]:
    """The conditions that it inherits, of what is in force those of its document."""
    if not queries.may_read(user, case):
        return []
    if case.content:
        return list(case.content["conditions"])
    way = queries.way_of(case)
    issued: dict[str, Any] = case.notice.content or {}
    every = issued.get("conditions", []) if way and way.inherits else []
    return [each for each in every if each.get("inherits")]


def waits(case: PassOn, rows: Sequence[PaperRow], next_: dict[str, Any]) -> Iterator[Wait]:
    """What is waited for of what is in force: papers that are late, the next day."""
    if not case.counts:
        return
    if late := [Label(row.label) for row in rows if row.is_late]:
        yield Said(LATE, {"papers": late}), "#unterlagen"
    if next_:
        yield Said(NEXT, {"day": next_["day"], "what": Label(next_["what"])}), ""


LATE = msg("Es fehlen Unterlagen des Trägers: {papers}.")
NEXT = msg("Als Nächstes am {day}: {what}.")


def concluding(case: PassOn, on: date) -> tuple[str, dict[str, Any]]:
    """The page that asks before it comes into force: all that its document will say."""
    way = queries.way_of(case)
    context = {
        "case": case,
        "way": way,
        "draft": PassDraft.of(case),
        "checks": list(check_rows(case, way)),
        "instalments": instalments(case),
        "sees_around": True,
        "has_preview": way is not None and way.document is not Document.NONE,
        "years": year_rows(case, on),
        "total": Cents(case.amount_cents),
        "warnings": queries.warnings_of(case, on),
    }
    return "passing/concluding.html", context
