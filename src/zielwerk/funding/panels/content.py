"""What an application says, as its pages show it: sums, measures, findings, changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from zielwerk.funding.forms import name_of
from zielwerk.funding.models import Application, Submission
from zielwerk.funding.queries import REASON, Judged
from zielwerk.funding.queries.words import Words
from zielwerk.language import German, translate
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import (
    FORMS,
    WEIGHTS,
    Answers,
    AppliedMeasure,
    Finding,
    Weight,
)
from zielwerk.rulebook.lifecycle import OWN_RULE
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import language, said

LOOKS: Mapping[str, str] = {
    Weight.STOPS: "danger",
    Weight.ASKS: "warning",
    Weight.HINTS: "info",
}
"""How the badge of a finding looks by its weight."""
REASONED = msg("begründet")
REASON_OF = msg("Begründung")


@dataclass(frozen=True)
class Sums:
    """Who pays how much in which budget year, and the cost beside it, in cents."""

    years: tuple[int, ...]
    rows: tuple[tuple[German, tuple[Cents | None, ...], Cents], ...]
    income: tuple[tuple[Cents | None, ...], Cents]
    cost: tuple[tuple[Cents | None, ...], Cents]

    @property
    def is_even(self) -> bool:
        return self.income == self.cost


def sums(judged: Judged, rules: Year, key: str = "") -> Sums | None:
    """The sums of an application, or of one of its measures; None where no amount is there."""
    measures = [m for m in judged.read.application.measures if not key or m.key == key]
    incomes = [line for measure in measures for line in measure.incomes]
    costs = [line for measure in measures for line in measure.costs]
    years = tuple(sorted({line.year for line in incomes} | {line.year for line in costs}))
    if not years:
        return None

    def by_year(lines: Sequence[Any]) -> tuple[tuple[Cents | None, ...], Cents]:
        found = tuple(
            Cents(sum(line.cents for line in lines if line.year == year))
            if any(line.year == year for line in lines)
            else None
            for year in years
        )
        return found, Cents(sum(line.cents for line in lines))

    words = Words(rules)
    rows = tuple(
        (words.said("cost_sources", code), *by_year([i for i in incomes if i.source == code]))
        for code in dict.fromkeys(line.source for line in incomes)
    )
    return Sums(years, rows, by_year(incomes), by_year(costs))


@dataclass(frozen=True)
class Arithmetic:
    """What the form of financing allows, row by row, and what was applied for beside it."""

    form: str
    rows: tuple[tuple[str, Cents], ...]
    applied: Cents
    left: Cents
    hints: tuple[str, ...]
    basis: str


def arithmetic(judged: Judged) -> Arithmetic | None:
    """The arithmetic of the form of financing; None before one is chosen and costs are there."""
    grant, form = judged.grant, judged.read.application.form
    if not grant.steps or not judged.read.application.cost_cents:
        return None
    applied = judged.applied_cents
    return Arithmetic(
        FORMS.get(form, form),
        tuple((said(step.label), Cents(step.cents)) for step in grant.steps),
        Cents(applied),
        Cents(grant.allowed - applied),
        tuple(said(hint) for hint in grant.hints),
        "" if grant.basis == OWN_RULE else grant.basis,
    )


@dataclass(frozen=True)
class FindingRow:
    """A finding as a page says it: the place by its name, with the door to it."""

    place: SafeString
    sentence: str
    basis: str
    label: str
    look: str
    url: str
    reason: str


def finding_rows(
    application: Application, judged: Judged, rules: Year, findings: Sequence[Finding]
) -> list[FindingRow]:
    """Findings in the order of their weight, each with the door to the field that it is about."""
    words, titles = words_of(rules), titles_of(judged)
    reason = translate(REASON_OF, language())
    rows = []
    for each in findings:
        is_reasoned = each.weight is Weight.ASKS and bool(judged.reason_of(each))
        asks, named = each.weight is Weight.ASKS, words(each.place, titles)
        rows.append(
            FindingRow(
                format_html("{}, {}", named, reason) if asks else named,
                said(each.said),
                "" if each.basis == OWN_RULE else each.basis,
                REASONED if is_reasoned else WEIGHTS[each.weight],
                "success" if is_reasoned else LOOKS[each.weight],
                url_of(application, each.place, f"{REASON}{each.key}" if asks else each.place),
                judged.reason_of(each) if asks else "",
            )
        )
    return rows


def titles_of(judged: Judged) -> dict[str, str]:
    return {each.key: each.title for each in judged.read.application.measures}


def url_of(application: Application, place: str, field: str = "") -> str:
    """Where a place can be read and written; ``field`` is the place to lead to, if not itself."""
    field = field or place
    head, *rest = place.split("/")
    if head == "attachment":
        return reverse("funding:application", args=[application.pk]) + "#anlagen"
    if head == "m" and rest:
        page = reverse("funding:measure", args=[application.pk, rest[0]])
        is_field = field != place or (len(rest) > 1 and rest[-1] not in ("cost", "income"))
        return f"{page}#id_{name_of(field)}" if is_field else page
    if head == "m" or field == "":
        return reverse("funding:application", args=[application.pk])
    return f"{reverse('funding:head', args=[application.pk])}#id_{name_of(field)}"


@dataclass(frozen=True)
class MeasureRow:
    """A measure in the table of an application; amounts in cents."""

    key: str
    title: str
    url: str
    cost: Cents
    applied: Cents
    stops: int
    asks: int


def measure_rows(application: Application, judged: Judged, rules: Year) -> Iterator[MeasureRow]:
    own = [each.code for each in rules.cost_sources if each.of_programme]
    for each in judged.read.application.measures:
        found = judged.at(f"m/{each.key}")
        stops = sum(finding.weight is Weight.STOPS for finding in found)
        asks = sum(one.weight is Weight.ASKS and not judged.reason_of(one) for one in found)
        url = reverse("funding:measure", args=[application.pk, each.key])
        applied = Cents(each.income_from(own))
        cost = Cents(each.cost_cents)
        yield MeasureRow(each.key, each.title, url, cost, applied, stops, asks)


def taken_out(answers: Answers) -> list[tuple[str, str]]:
    """The measures that were taken out, by key, with their titles."""
    titles = _titles(answers)
    keys = [place.removeprefix("m/") for place, text in answers.items() if not text]
    return [(key, titles.get(key, "")) for key in keys if key.isdecimal()]


@dataclass(frozen=True)
class Changed:
    """A place that differs between two submissions, with both texts as they were typed."""

    place: SafeString
    before: str
    after: str


def changed(before: Submission | None, after: Submission, rules: Year) -> list[Changed]:
    """What of a submission differs from the one before; nothing where it was the first."""
    if before is None:
        return []
    old, new = before.answers, after.answers
    titles = {**_titles(old), **_titles(new)}
    words = words_of(rules)
    return [
        Changed(words(place, titles), old.get(place, ""), new.get(place, ""))
        for place in sorted({*old, *new})
        if old.get(place, "") != new.get(place, "")
    ]


def _titles(answers: Answers) -> dict[str, str]:
    return {
        place.split("/")[1]: text
        for place, text in answers.items()
        if place.startswith("m/") and place.endswith("/title")
    }


def words_of(rules: Year) -> Callable[[str, Mapping[str, str]], SafeString]:
    """The names of places in the words of a year's rules, in the person's language."""
    words = Words(rules)

    def named(place: str, titles: Mapping[str, str]) -> SafeString:
        first, *others = (conditional_escape(said(part)) for part in words.parts(place, titles))
        return format_html(
            "{}{}", first, format_html_join("", ", {}", ((each,) for each in others))
        )

    return named


@dataclass(frozen=True)
class Lines:
    """The costs of a measure by category, or its incomes by source; amounts in cents."""

    caption: str
    head: str
    rows: tuple[tuple[German, int, Cents], ...]
    total: Cents


def lines(measure: AppliedMeasure, rules: Year) -> Iterator[Lines]:
    """What a measure costs, and who pays, as whoever reads it sees it."""
    words = Words(rules)
    for caption, head, table, entries in (
        (
            msg("Was es kostet"),
            msg("Kostenart"),
            "cost_categories",
            [(each.category, each.year, each.cents) for each in measure.costs],
        ),
        (
            msg("Wer bezahlt"),
            msg("Finanzierungsquelle"),
            "cost_sources",
            [(each.source, each.year, each.cents) for each in measure.incomes],
        ),
    ):
        rows = tuple((words.said(table, code), year, Cents(cents)) for code, year, cents in entries)
        if rows:
            yield Lines(caption, head, rows, Cents(sum(cents for *_, cents in rows)))


def given_reasons(judged: Judged, findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """What the body was asked for a reason, with the reason that it gave."""
    asked = [each for each in findings if each.weight is Weight.ASKS]
    return [(said(each.said), judged.reason_of(each)) for each in asked if judged.reason_of(each)]


def cells(rows: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """What is said, as a page shows it; what is not said is left out."""
    return [(label, said(value)) for label, value in rows if value]
