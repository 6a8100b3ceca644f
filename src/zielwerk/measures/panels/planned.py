"""One planned measure: its facts, costs, targets, what is to be reviewed, what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext

from zielwerk.language import German, sentence, translate
from zielwerk.measures.forms.targets import month_name
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.measures.queries.words import TABLE_OF, Words
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import LABELS, OWN_DELIVERY, Change, Plan, by_source
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import KINDS, Target, TargetKind, sentences
from zielwerk.ui.tags.values import language, said

FACTS = (
    *("type", "first_day", "last_day", "seats", "target_groups", "group_reason"),
    *("age_reason", "legal_areas", "part_time", "language", "carrier", "passing_on"),
    *("earmark", "priorities", "frameworks", "accessibility", "gender"),
)
ITSELF = msg("die Gebietskörperschaft selbst")


def fact_rows(plan: Plan, words: Words) -> list[tuple[str, Any]]:
    """What is planned, a line each; what nobody said yet has no line."""
    rows = []
    for name in FACTS:
        value = getattr(plan, name)
        if name == "carrier" and plan.passing_on == OWN_DELIVERY:
            value = gettext(ITSELF)
        if value in (None, "", ()):
            continue
        rows.append((translate(LABELS[name], language()), _drawn(name, value, words)))
    return rows


def _drawn(name: str, value: Any, words: Words) -> Any:
    """A value on the page; words of the data know their language."""
    if name in TABLE_OF:
        codes = value if isinstance(value, tuple) else (value,)
        return format_html_join(", ", "{}", ((words.said(TABLE_OF[name], c),) for c in codes))
    if isinstance(value, tuple) or name in ("part_time", "language"):
        return words.shown(name, value, language())
    is_typed = name in ("group_reason", "age_reason", "accessibility", "gender", "carrier")
    return German(value) if is_typed and value != gettext(ITSELF) else said(value)


@dataclass(frozen=True)
class CostTable:
    """The planned cost: lines, sums by source and budget year, the whole; all in cents."""

    years: Sequence[int]
    rows: Sequence[tuple[German, German, Sequence[Cents | None], Cents]]
    sums: Sequence[Cents]
    by_source: Sequence[tuple[German, Cents]]
    total: Cents


def cost_table(plan: Plan, words: Words) -> CostTable | None:
    """The costs by category and source, with a column for each budget year; None without any."""
    if not plan.costs:
        return None
    years = sorted({line.budget_year for line in plan.costs})
    cells: dict[tuple[str, str], dict[int, int]] = {}
    for line in plan.costs:
        row = cells.setdefault((line.category, line.source), {})
        row[line.budget_year] = row.get(line.budget_year, 0) + line.amount_cents
    rows = [
        (
            words.said("cost_categories", category),
            words.said("cost_sources", source),
            [Cents(row[year]) if year in row else None for year in years],
            Cents(sum(row.values())),
        )
        for (category, source), row in cells.items()
    ]
    sums = [Cents(sum(row.get(year, 0) for row in cells.values())) for year in years]
    sources = by_source(plan.costs).items()
    named = [(words.said("cost_sources", source), Cents(cents)) for source, cents in sources]
    return CostTable(years, rows, sums, named, Cents(plan.cost_cents or 0))


@dataclass(frozen=True)
class TargetRow:
    """A target: its kind, its sentences, and the months of its course with their values."""

    target: Target
    kind: str
    sentences: Sequence[str]
    course: Sequence[tuple[str, int]]


def target_rows(targets: Iterable[Target], words: Words) -> Iterator[TargetRow]:
    spoken = language()
    for target in targets:
        told = [sentence(each, spoken) for each in sentences(target, words.names(target, spoken))]
        kind = translate(KINDS[TargetKind(target.kind)], spoken)
        course = [(month_name(month), value) for month, value in target.curve]
        yield TargetRow(target, kind, told, course)


def reviews(
    planned: PlannedMeasure | OverallTarget, labels: Mapping[str, str] = LABELS
) -> list[tuple[str, str, str]]:
    """What asks to be looked at: field, its name, the reason."""
    spoken = language()
    return [
        (review.field, translate(labels[review.field], spoken), translate(review.reason, spoken))
        for review in planned.reviews
    ]


@dataclass(frozen=True)
class ChangeRow:
    """A line of what changed: what, its value before and after; empty where there was none."""

    what: str
    before: str
    after: str


def changed(changes: Sequence[Change], words: Words) -> list[ChangeRow]:
    """What changed between two versions, as people read it."""
    spoken, rows = language(), []
    for change in changes:
        what = translate(LABELS[change.field], spoken)
        if change.field == "costs":
            assert change.what is not None
            what = f"{what}: {words.line(change.what, spoken)}"  # type: ignore[arg-type]
        elif isinstance(change.what, Target):
            what = gettext("Ziel {number}").format(number=change.what.number)
        texts = (words.shown(change.field, each, spoken) for each in (change.before, change.after))
        rows.append(ChangeRow(what, *texts))
    return rows
