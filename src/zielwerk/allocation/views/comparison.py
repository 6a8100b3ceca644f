"""Two scenarios side by side: their keys, their sums, every body's amounts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.allocation import queries
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.forms.scenario import ComparisonForm, data_label
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels.marks import Marks, key_lines, key_sentence, marks_of, methods
from zielwerk.allocation.panels.rows import Row
from zielwerk.allocation.panels.table import BY_HAND, Table, table_of
from zielwerk.core import exports, permissions
from zielwerk.language import German
from zielwerk.packs import naming
from zielwerk.packs.model import Indicator, Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell
from zielwerk.ui import bodies, figures, wording
from zielwerk.ui.charts import Bar
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request, may

OTHER_PURPOSE = msg(
    "{a} und {b} verteilen Mittel verschiedener Zweckbindungen. Die Beträge stehen "
    "nebeneinander; Unterschiede werden nicht gebildet."
)
NOT_COMPUTED = msg("{number} lässt sich nicht berechnen; es hat deshalb keine Beträge.")
ONLY_IN_ONE = msg("{body}: steht nur in {number} (Programmjahr {year}).")
BREAK = msg("{body} ist über die Jahre nicht vergleichbar: {why}")


@dataclass(frozen=True)
class Side:
    """One of the two: its table, its marks, its facts in words."""

    table: Table
    marks: Marks
    facts: list[tuple[str, str]]
    key: str

    @property
    def scenario(self) -> Scenario:
        return self.table.scenario

    @property
    def title(self) -> str:
        return German(f"{self.scenario.file_number}: {self.scenario.name}")

    @property
    def heading(self) -> str:
        """The heading above its amounts."""
        return gettext("Neu {number}").format(number=self.scenario.file_number)


@dataclass(frozen=True)
class Pair:
    """One body in both; None where a scenario does not know it or cannot be computed.

    ``breaks`` say why its figures of the two years cannot be compared.
    """

    ags: str
    title: str
    a: Row | None
    b: Row | None
    breaks: tuple[str, ...]
    has_one_purpose: bool

    @property
    def amount_a(self) -> str:
        return _amount(self.a)

    @property
    def amount_b(self) -> str:
        return _amount(self.b)

    @property
    def is_comparable(self) -> bool:
        return bool(self.a and self.b and self.has_one_purpose and not self.breaks)

    @property
    def change(self) -> str:
        cents = self.change_cents
        return "–" if cents is None else figures.signed_euro(cents)

    @property
    def change_cents(self) -> int | None:
        if not (self.a and self.b and self.is_comparable):
            return None
        return self.b.amount_cents - self.a.amount_cents

    @property
    def change_percent(self) -> str:
        if not (self.a and self.b and self.is_comparable):
            return ""
        return figures.change(self.b.amount_cents, self.a.amount_cents)


@may("allocation.look")
@require_safe
def compare(request: Request) -> HttpResponseBase:
    """Lay two scenarios side by side; the address names both."""
    scenarios = queries.scenarios(request.user, settings.PROGRAMME).defer("data__values")
    names_both = {"a", "b"} <= request.GET.keys()
    initial = {"a": request.GET.get("a"), "b": request.GET.get("b")}
    form = ComparisonForm(request.GET if names_both else None, scenarios, initial)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "allocation/scenario_compare.html", {"form": form}, status=status)
    a, b = _sides(
        *(
            SCENARIOS.find(request.user, settings.PROGRAMME, form.cleaned_data[name])
            for name in ("a", "b")
        )
    )
    pairs = list(_pairs(a, b))
    if exports.file_format(request):
        return _export(request, a, b, pairs)
    context = {
        "form": form,
        "a": a,
        "b": b,
        "sides": (a, b),
        "methods": methods(),
        "pairs": pairs,
        "facts": list(_facts(a, b)),
        "limits": list(_limits(a, b, pairs)),
        "bars": _bars(pairs),
        "may_draft": not permissions.role_refusal(request.user, "allocation.draft"),
    }
    return render(request, "allocation/scenario_compare.html", context)


def _sides(*scenarios: Scenario) -> Iterator[Side]:
    """The scenarios with their facts; an indicator has the same label on every side."""
    rules = [queries.rules_of(scenario) for scenario in scenarios]
    by_year = sorted(rules, key=lambda year_rules: year_rules.year)
    indicators = {
        indicator.code: indicator for year_rules in by_year for indicator in year_rules.indicators
    }
    for scenario, scenario_rules in zip(scenarios, rules, strict=True):
        yield _side(scenario, scenario_rules, indicators)


def _side(scenario: Scenario, rules: Year, indicators: Mapping[str, Indicator]) -> Side:
    table = table_of(scenario, timezone.localdate())
    is_computed = not table.refusals
    facts = [
        (gettext("Programmjahr"), str(scenario.year)),
        (gettext("Zweckbindung"), programmes.purpose(scenario.fund)),
        (gettext("Stand"), gettext(scenario.state_label)),
        (gettext("Ausgangssumme"), figures.euro(scenario.total_cents)),
        (gettext("Zu verteilen"), figures.euro(scenario.end_cents)),
        (gettext("Verteilt"), figures.euro(table.shared_cents) if is_computed else "–"),
        (gettext("Verteilt nach Mittelart"), _by_kind(table)),
        (table.rest, figures.euro(table.residual_cents) if is_computed else "–"),
        (gettext("Datenstand"), data_label(scenario.data)),
        (gettext("Von Hand gesetzte Beträge"), str(len(scenario.overrides))),
        *key_lines(scenario.key, indicators, queries.last_year_rule(rules, scenario.earmark)),
    ]
    return Side(table, marks_of(scenario, rules), facts, key_sentence(scenario, rules))


def _by_kind(table: Table) -> str:
    return "; ".join(f"{figures.euro(cents)} {kind}" for kind, cents in table.shared_kinds) or "–"


def _facts(a: Side, b: Side) -> Iterator[tuple[str, str, str]]:
    """The facts of both, line by line; a dash where only one has the fact."""
    facts_a, facts_b = dict(a.facts), dict(b.facts)
    for label in dict.fromkeys([*facts_a, *facts_b]):
        yield label, facts_a.get(label, "–"), facts_b.get(label, "–")


def _pairs(a: Side, b: Side) -> Iterator[Pair]:
    rows_a = {row.body.ags: row for row in a.table.rows}
    rows_b = {row.body.ags: row for row in b.table.rows}
    earlier, later = sorted((a.scenario.year, b.scenario.year))
    newest = rows_a | rows_b if b.scenario.year == later else rows_b | rows_a
    has_one_purpose = a.scenario.earmark == b.scenario.earmark
    for ags in naming.in_order(a.scenario.programme, newest):
        row = newest[ags]
        breaks = programmes.breaks(settings.PROGRAMME, row.body, earlier, later)
        yield Pair(
            ags, bodies.short(ags), rows_a.get(ags), rows_b.get(ags), breaks, has_one_purpose
        )


def _limits(a: Side, b: Side, pairs: Iterable[Pair]) -> Iterator[Refusal]:
    """The limits of the comparison, each with its reason."""
    numbers = {"a": a.scenario.file_number, "b": b.scenario.file_number}
    if a.scenario.earmark != b.scenario.earmark:
        yield Refusal("allocation.other_purpose", OTHER_PURPOSE, numbers)
    computed = [side for side in (a, b) if not side.table.refusals]
    for side in (a, b):
        if side not in computed:
            params = {"number": side.scenario.file_number}
            yield Refusal("allocation.not_computed", NOT_COMPUTED, params)
    if len(computed) < 2:
        return
    for pair in pairs:
        if pair.breaks:
            break_params = {"body": pair.title, "why": " ".join(pair.breaks)}
            yield Refusal("allocation.break", BREAK, break_params)
        elif not (pair.a and pair.b):
            scenario = b.scenario if pair.b else a.scenario
            body_params = {
                "body": pair.title,
                "number": scenario.file_number,
                "year": scenario.year,
            }
            yield Refusal("allocation.only_in_one", ONLY_IN_ONE, body_params)


def _bars(pairs: Iterable[Pair]) -> list[Bar]:
    """The second scenario's amounts, beside the first's where the two can be compared."""
    return [
        Bar(
            pair.title,
            pair.b.amount_cents,
            pair.a.amount_cents if pair.a and pair.is_comparable else None,
            (gettext("nicht vergleichbar"),) if pair.a and not pair.is_comparable else (),
        )
        for pair in pairs
        if pair.b
    ]


def _limit(pair: Pair) -> str:
    """The reason why a body has no difference, for the export; else empty."""
    if pair.breaks:
        return " ".join(pair.breaks)
    return "" if pair.is_comparable else gettext("nicht vergleichbar")


def _export(request: Request, a: Side, b: Side, pairs: list[Pair]) -> HttpResponseBase:
    names = [(side.scenario.file_number, side) for side in (a, b)]
    headings = [wording.key_heading(), gettext("Gebietskörperschaft"), gettext("Art")]
    headings += [a.heading, b.heading]
    headings += [gettext("Unterschied"), gettext("Nicht vergleichbar")]
    for aspect in (gettext("Name"), gettext("Schlüssel"), gettext("Datenstand")):
        headings += [f"{aspect} {number}" for number, _ in names]
    headings += [gettext("Hinweise {number}").format(number=number) for number, _ in names]
    origin: list[Cell] = [side.scenario.name for side in (a, b)]
    origin += [side.key for side in (a, b)]
    rows = (
        [
            *(pair.ags, pair.title, words(bodies.kind(pair.ags))),
            *(_cents(pair.a), _cents(pair.b)),
            *(_difference(pair), _limit(pair)),
            *origin,
            *(_data(side, row) for side, row in ((a, pair.a), (b, pair.b))),
            *(_marks(side, row) for side, row in ((a, pair.a), (b, pair.b))),
        ]
        for pair in pairs
    )
    return exports.response(request, "verteilung vergleich", headings, rows, at=timezone.now())


def _data(side: Side, row: Row | None) -> str:
    """The data that an amount rests on; one set by hand rests on none."""
    return "" if row and row.reason else data_label(side.scenario.data)


def _marks(side: Side, row: Row | None) -> str:
    marks = side.marks.beside(is_by_hand=bool(row and row.reason))
    by_hand = f"{gettext(BY_HAND)}: {row.reason}" if row and row.reason else ""
    return "; ".join(filter(None, (by_hand, marks)))


def _amount(row: Row | None) -> str:
    return figures.euro(row.amount_cents) if row else "–"


def _cents(row: Row | None) -> Cents | None:
    return Cents(row.amount_cents) if row else None


def _difference(pair: Pair) -> Cents | None:
    return None if pair.change_cents is None else Cents(pair.change_cents)
