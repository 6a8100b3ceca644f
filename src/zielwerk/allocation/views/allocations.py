"""What bodies were given, each with the arithmetic that led to its amount."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation
from zielwerk.core import exports
from zielwerk.core.ui import figures
from zielwerk.core.ui.addresses import PAGE
from zielwerk.core.ui.filters import YearFilter
from zielwerk.core.views import Request, may
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import LIMIT_LABELS
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell

PAGE_LENGTH = 50


@may("allocation.look_at_allocations")
@require_safe
def allocations(request: Request) -> HttpResponse:
    """Decided allocations; whoever acts for a body sees that body's."""
    filters = YearFilter(request.GET, packs.years(settings.PROGRAMME))
    found = queries.allocations(request.user, settings.PROGRAMME, filters.year)
    if exports.file_format(request):
        return _export(request, found)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    context = {
        "filters": filters,
        "page": page,
        "rows": [(one, programmes.purpose(one.fund)) for one in page],
        "breaks": packs.breaks_within(settings.PROGRAMME, ((one.ags, one.year) for one in page)),
        "is_own_only": bool(request.user.ags),
    }
    return render(request, "allocation/allocations.html", context)


def _export(request: Request, found: Iterable[BodyAllocation]) -> HttpResponse:
    headings = [
        *(gettext("AGS"), gettext("Gebietskörperschaft"), gettext("Programmjahr")),
        *(gettext("Zweckbindung"), gettext("Bisher"), gettext("Entschiedener Betrag")),
        *(gettext("Entschieden"), gettext("Aktenzeichen"), gettext("Regelfassung")),
        gettext("Hinweise"),
    ]
    rows: Iterator[list[Cell]] = (
        [
            *(one.ags, one.body_name, one.year, programmes.purpose(one.fund)),
            *(Cents(one.before_cents), Cents(one.amount_cents), one.decided_at),
            *(one.scenario.file_number, one.scenario.rule_version, origin(one)),
        ]
        for one in found
    )
    return exports.response(request, "mittelzuweisungen", headings, rows, at=timezone.now())


def origin(one: BodyAllocation) -> str:
    """The label that what rests on invented data carries everywhere."""
    invented = one.scenario.data.is_invented
    return gettext("Daten für die Vorführung erfunden") if invented else ""


@may("allocation.look_at_allocations")
@require_safe
def allocation(request: Request, pk: int) -> HttpResponse:
    """One body's amount, step by step, and nothing of any other body."""
    one = queries.allocation(request.user, settings.PROGRAMME, pk)
    rules = programmes.rules(one.programme, one.year, one.scenario.rule_version)
    key = next((key for key in rules.allocation_keys if key.earmark == one.earmark), None)
    context: dict[str, Any] = {
        "allocation": one,
        "purpose": programmes.purpose(one.fund),
        "data": one.scenario.data,
        "moved": figures.signed_euro(one.amount_cents - one.before_cents),
        "assumed": key.source.text if key and key.source.assumed else "",
        "is_own_only": bool(request.user.ags),
    }
    if by_hand := one.arithmetic.get("by_hand"):
        context["reason"] = by_hand["reason"]
    else:
        labels = {each.code: (each.label, each.unit) for each in rules.indicators}
        context["terms"] = list(_terms(one.arithmetic, labels))
        context["steps"] = list(_steps(one))
    return render(request, "allocation/allocation.html", context)


@dataclass(frozen=True)
class Term:
    """One indicator: the body's value as a part of the state's total, times the weight."""

    label: str
    unit: str
    value: str
    total: str
    part: str
    weight: str
    product: str


def _terms(said: Mapping[str, Any], labels: Mapping[str, tuple[str, str]]) -> Iterator[Term]:
    for one in said["terms"]:
        value, total = Fraction(one["value"]), Fraction(one["total"])
        label, unit = labels.get(one["indicator"], (one["indicator"], ""))
        yield Term(
            label,
            unit,
            figures.plain(value),
            figures.plain(total),
            figures.percent(value / total, 4),
            figures.percent(Fraction(one["weight"]), 4),
            figures.percent(Fraction(one["product"]), 4),
        )


@dataclass(frozen=True)
class Reckoning:
    """One step of the arithmetic: what is reckoned, how, and what comes out."""

    title: str
    how: str
    result: str


def _steps(one: BodyAllocation) -> Iterator[Reckoning]:
    said = one.arithmetic
    share, rate = Fraction(said["share"]), Fraction(said["rate_cents"])
    base, before = said["base_cents"], Fraction(said["before_limits_cents"])
    yield Reckoning(
        gettext("Anteil am Bedarf"),
        gettext("Summe der gewichteten Anteile aus der Tabelle"),
        figures.percent(share, 6),
    )
    yield Reckoning(
        gettext("Betrag nach Bedarf"),
        gettext("Anteil × {rate}; so viel entfällt auf 100 % des Bedarfs").format(
            rate=figures.euro(rate)
        ),
        figures.euro(share * rate),
    )
    yield Reckoning(
        gettext("Mit Sockelbetrag"),
        gettext("{base} Sockelbetrag + {need}").format(
            base=figures.euro(base), need=figures.euro(share * rate)
        ),
        figures.euro(before),
    )
    yield Reckoning(
        gettext("Innerhalb der Grenzen"), _limits(said), figures.euro(Fraction(said["exact_cents"]))
    )
    yield Reckoning(
        gettext("Gerundet"),
        gettext(
            "auf ganze {unit}: {difference}. Abgerundet wird bei allen, und die größten Reste "
            "werden aufgerundet, bis die Summe stimmt."
        ).format(
            unit=figures.euro(said["rounding_cents"]),
            difference=_signed(Fraction(said["rounded_by_cents"])),
        ),
        figures.euro(one.amount_cents),
    )


def _signed(cents: Fraction) -> str:
    return ("+" if cents > 0 else "") + figures.euro(cents)


def _limits(said: Mapping[str, Any]) -> str:
    """Which limits applied, and which of them moved the amount."""
    parts = []
    for side, word in (("lower", gettext("mindestens")), ("upper", gettext("höchstens"))):
        by = said[f"{side}_by"]
        if by:
            label = gettext(LIMIT_LABELS[by])
            parts.append(f"{word} {figures.euro(said[f'{side}_cents'])} ({label})")
    if not parts:
        return gettext("Der Schlüssel setzt keine Grenzen.")
    if said["limited_by"]:
        name = said["limited_by"]
        label = gettext(LIMIT_LABELS[name])
        parts.append(gettext("der Betrag liegt an der Grenze: {limit}").format(limit=label))
    else:
        parts.append(gettext("der Betrag liegt dazwischen"))
    return "; ".join(parts)
