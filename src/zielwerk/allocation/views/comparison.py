"""Two scenarios side by side: their keys, their sums, every body's amounts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.allocation import queries
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.forms.scenario import ComparisonForm, data_label
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels.marks import Marks, key_lines, key_sentence, marks_of
from zielwerk.allocation.panels.table import Row, Table, table_of
from zielwerk.core import exports, permissions
from zielwerk.core.ui import figures
from zielwerk.core.ui.charts import Bar
from zielwerk.core.views import Request, may
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell


@dataclass(frozen=True)
class Side:
    """One of the two: its table, its marks, what it rests on in words."""

    table: Table
    marks: Marks
    facts: list[tuple[str, str]]
    key: str

    @property
    def scenario(self) -> Scenario:
        return self.table.scenario

    @property
    def title(self) -> str:
        return f"{self.scenario.file_number}: {self.scenario.name}"


@dataclass(frozen=True)
class Pair:
    """One body in both; None where a scenario does not know it or cannot be computed."""

    ags: str
    title: str
    a: Row | None
    b: Row | None

    @property
    def change(self) -> str:
        cents = self.change_cents
        return "" if cents is None else figures.signed_euro(cents)

    @property
    def change_cents(self) -> int | None:
        return self.b.amount_cents - self.a.amount_cents if self.a and self.b else None

    @property
    def change_percent(self) -> str:
        return figures.change(self.b.amount_cents, self.a.amount_cents) if self.a and self.b else ""


@may("allocation.look")
@require_safe
def compare(request: Request) -> HttpResponse:
    """Lay two scenarios side by side; the address names both."""
    known = queries.scenarios(request.user, settings.PROGRAMME).defer("data__values")
    is_asked = {"a", "b"} <= request.GET.keys()
    first = {"a": request.GET.get("a"), "b": request.GET.get("b")}
    form = ComparisonForm(request.GET if is_asked else None, known, first)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "allocation/scenario_compare.html", {"form": form}, status=status)
    a, b = (
        _side(SCENARIOS.find(request.user, settings.PROGRAMME, form.cleaned_data[name]))
        for name in ("a", "b")
    )
    pairs = list(_pairs(a.table, b.table))
    if exports.wanted(request):
        return _export(request, a, b, pairs)
    context = {
        "form": form,
        "a": a,
        "b": b,
        "sides": (a, b),
        "pairs": pairs,
        "facts": list(_facts(a, b)),
        "bars": [
            Bar(
                f"{one.title}, {one.ags}", one.b.amount_cents, one.a.amount_cents if one.a else None
            )
            for one in pairs
            if one.b
        ],
        "may_draft": not permissions.role_refusal(request.user, "allocation.draft"),
    }
    return render(request, "allocation/scenario_compare.html", context)


def _side(one: Scenario) -> Side:
    rules = programmes.rules(one.programme, one.year, one.rule_version)
    table = table_of(one)
    facts = [
        (gettext("Programmjahr"), str(one.year)),
        (gettext("Zweckbindung"), programmes.purpose(one.fund)),
        (gettext("Stand"), gettext(one.state_label)),
        (gettext("Zu verteilen"), figures.euro(one.total_cents)),
        (gettext("Verteilt"), figures.euro(table.shared_cents)),
        (gettext("Rest unter einer Rundungseinheit"), figures.euro(table.residual_cents)),
        (gettext("Datenstand"), data_label(one.data)),
        (gettext("Von Hand gesetzt"), str(len(one.overrides))),
        *key_lines(one.key, {each.code: each for each in rules.indicators}),
    ]
    return Side(table, marks_of(one, rules), facts, key_sentence(one.key, rules))


def _facts(a: Side, b: Side) -> Iterator[tuple[str, str, str]]:
    """What both rest on, line by line; what only one has stands beside a dash."""
    left, right = dict(a.facts), dict(b.facts)
    for label in dict.fromkeys([*left, *right]):
        yield label, left.get(label, "–"), right.get(label, "–")


def _pairs(a: Table, b: Table) -> Iterator[Pair]:
    left = {row.body.ags: row for row in a.rows}
    right = {row.body.ags: row for row in b.rows}
    for ags in sorted(left.keys() | right.keys()):
        some = right.get(ags) or left[ags]
        yield Pair(ags, some.title, left.get(ags), right.get(ags))


def _export(request: Request, a: Side, b: Side, pairs: list[Pair]) -> HttpResponse:
    names = [(side.scenario.file_number, side) for side in (a, b)]
    headings = [gettext("AGS"), gettext("Gebietskörperschaft")]
    headings += [gettext("Betrag {number}").format(number=number) for number, _ in names]
    headings += [gettext("Unterschied")]
    for about in (gettext("Name"), gettext("Schlüssel"), gettext("Datenstand")):
        headings += [f"{about} {number}" for number, _ in names]
    headings += [gettext("Hinweise {number}").format(number=number) for number, _ in names]
    origin: list[Cell] = [side.scenario.name for side in (a, b)]
    origin += [side.key for side in (a, b)]
    origin += [data_label(side.scenario.data) for side in (a, b)]
    origin += [side.marks.words() for side in (a, b)]
    rows = (
        [*(one.ags, one.title, _cents(one.a), _cents(one.b), _difference(one)), *origin]
        for one in pairs
    )
    return exports.response(request, "verteilung vergleich", headings, rows, at=timezone.now())


def _cents(row: Row | None) -> Cents | None:
    return Cents(row.amount_cents) if row else None


def _difference(one: Pair) -> Cents | None:
    return None if one.change_cents is None else Cents(one.change_cents)
