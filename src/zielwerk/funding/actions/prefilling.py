"""What an application says before anybody typed: what is planned, and what was said last year.

Nobody types twice what the house knows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zielwerk.funding import queries
from zielwerk.funding.models import Application, Origin
from zielwerk.measures import queries as measures
from zielwerk.rulebook.application import Answers, keys_of
from zielwerk.rulebook.application.answers import ITSELF, THERE
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.planned import OWN_DELIVERY, CostLine, Plan, folded

CARRIED_HEAD = ("form", "share")
CARRIED_FIELDS = ("staff", "places", "concept", "goals")
"""What no plan says and a measure of the same title said last year."""


@dataclass(frozen=True)
class Prefilled:
    """An answer, and where it comes from."""

    text: str
    origin: str


def prefilled(application: Application) -> dict[str, Prefilled]:
    """The first answers of an application by place; nothing where nothing is known."""
    where = (application.programme, application.year, application.ags)
    before = queries.last_year(*where)
    old = before.answers if before else {}
    answers = dict(_head(application, old))
    by_title = {folded(old.get(f"m/{key}/title", "")): key for key in keys_of(old)}
    for number, planned in enumerate(measures.plans_of(*where), 1):
        key, plan = f"m/{number}", planned.plan
        answers[key] = Prefilled(THERE, Origin.PLANNED)
        for name, text in _of_plan(plan, planned.file_number):
            answers[f"{key}/{name}"] = Prefilled(text, Origin.PLANNED)
        if last := by_title.get(folded(plan.title)):
            for name in CARRIED_FIELDS:
                if text := old.get(f"m/{last}/{name}", ""):
                    answers[f"{key}/{name}"] = Prefilled(text, Origin.CARRIED)
    return answers


def _head(application: Application, old: Answers) -> Iterator[tuple[str, Prefilled]]:
    for name in CARRIED_HEAD:
        if text := old.get(name, ""):
            yield name, Prefilled(text, Origin.CARRIED)
    terms = queries.rules_of(application).application
    if terms and not old.get("form"):
        yield "form", Prefilled(terms.form, Origin.PLANNED)
    if terms and terms.percent and not old.get("share"):
        yield "share", Prefilled(terms.percent.replace(".", ","), Origin.PLANNED)


def _of_plan(plan: Plan, number: str) -> Iterator[tuple[str, str]]:
    """What a plan says, as the answers of a measure; what it does not say is left out."""
    days = {"first_day": plan.first_day, "last_day": plan.last_day}
    said: Mapping[str, str] = {
        "planned": number,
        "title": plan.title,
        "type": plan.type,
        **{name: f"{day:%d.%m.%Y}" if day else "" for name, day in days.items()},
        "seats": str(plan.seats or ""),
        "language": plan.language,
        "earmark": plan.earmark,
        "passing_on": plan.passing_on,
        "carrier": ITSELF if plan.passing_on == OWN_DELIVERY else plan.carrier,
    }
    yield from ((name, text) for name, text in said.items() if text)
    for table, of in (("cost", "category"), ("income", "source")):
        for (code, year), cents in _summed(plan.costs, of).items():
            yield f"{table}/{code}/{year}", _written(cents)


def _summed(lines: tuple[CostLine, ...], of: str) -> dict[tuple[str, int], int]:
    """The planned cost by category, or by source, and budget year."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        sums[getattr(line, of), line.budget_year] += line.amount_cents
    return {key: cents for key, cents in sums.items() if cents}


def _written(cents: int) -> str:
    """An amount as people type it: 1.600,00."""
    return format_euro(cents).removesuffix("€").strip()
