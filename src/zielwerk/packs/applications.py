"""What a year says of its applications fits together: forms, categories, papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from zielwerk.packs import checks
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.model import Applying, CostPool, FlatRate, Programme
from zielwerk.rulebook.refusal import msg

Placed = Sequence[tuple[Place, Any]]
Raws = Mapping[str, Placed]


def check_year(tables: Raws, written: Raws, report: Report) -> None:
    """Flat rates and pools name categories that there are, and say what their kind needs.

    ``tables`` are the typed entries, ``written`` those as they stand.
    """
    rates, pools = tables["flat_rate"], tables["cost_pool"]
    known = [str(raw.get("code")) for _, raw in written["cost_category"] if isinstance(raw, dict)]
    checks.declared_only(rates, "category", lambda rate: (rate.category,), known, report)
    checks.declared_only(rates, "of", lambda rate: rate.of, known, report)
    checks.declared_only(pools, "categories", lambda pool: pool.categories, known, report)
    checks.not_at_once(rates, "category", lambda rate: (rate.category,), report)
    checks.not_at_once(pools, "categories", lambda pool: pool.categories, report)
    for place, rate in rates:
        _check_rate(place, rate, report)
    for place, pool in pools:
        _check_percent(place, pool, report)
        checks.each_once(place, "categories", pool.categories, report)


def _check_rate(place: Place, rate: FlatRate, report: Report) -> None:
    is_fixed = rate.kind == "fixed"
    if is_fixed != bool(rate.amount_cents) or is_fixed == bool(rate.percent):
        report.add(place, "kind", _FIXED_OR_SHARE)
    elif rate.kind == "total" and rate.rule.percent >= 100:
        report.add(place, "percent", _TOO_MUCH, value=rate.percent)
    else:
        _check_percent(place, rate, report)
    if rate.per_seat and not is_fixed:
        report.add(place, "per_seat", _SEATS_OF_SHARE)
    if rate.of and is_fixed:
        report.add(place, "of", _CATEGORIES_OF_FIXED)
    if rate.kind == "staff" and not rate.of:
        report.add(place, "kind", _NO_STAFF)
    if rate.category in rate.of:
        report.add(place, "of", _OF_ITSELF, near=rate.category, value=rate.category)


def _check_percent(place: Place, entry: FlatRate | CostPool, report: Report) -> None:
    if entry.rule.percent > 100:
        report.add(place, "percent", _TOO_MUCH, value=entry.percent)


def check_head(applying: Applying | None, place: Place, report: Report) -> None:
    """The usual form is allowed, and a share is said where there is one."""
    if applying is None:
        return
    place = Place(place.of("application").file, "application")
    checks.each_once(place, "forms", applying.forms, report)
    if applying.form not in applying.forms:
        choices = ", ".join(applying.forms)
        params = {"value": applying.form, "choices": choices}
        report.add(place, "form", checks.UNKNOWN, near=applying.form, **params)
    if applying.share and "share" not in applying.forms:
        report.add(place, "percent", _NO_SHARE)
    if applying.share is not None and not 0 < applying.share <= 100:
        report.add(place, "percent", _TOO_MUCH, value=applying.percent)


def check_programme(
    head: Mapping[str, Any], tables: Raws, programme: Programme, report: Report
) -> None:
    """Declarations and papers stand where a year is applied for; papers where they can exist."""
    applying = head.get("application")
    papers = tables["application_attachment"]
    if not applying:
        for place, _ in (*tables["declaration"], *papers):
            report.add(place, "code", _NO_APPLICATION)
        return
    for place, raw in papers:
        once = raw.get("once_in") if isinstance(raw, dict) else ""
        without_strategy = once == "strategy" and programme.strategy is None
        without_agreement = once == "agreement" and applying.get("agreement", "none") == "none"
        if without_strategy or without_agreement:
            report.add(place, "once_in", _NOT_THERE, near=str(once), value=once)


_FIXED_OR_SHARE = msg(
    "{file}, Zeile {line}, {field}: Zu „fixed“ gehört amount_cents, zu jeder anderen Art percent;"
    " nie beides."
)
_TOO_MUCH = msg("{file}, Zeile {line}, {field}: {value} Prozent sind hier nicht möglich.")
_SEATS_OF_SHARE = msg("{file}, Zeile {line}, {field}: Je Platz gibt es nur einen festen Betrag.")
_CATEGORIES_OF_FIXED = msg(
    "{file}, Zeile {line}, {field}: Ein fester Betrag bemisst sich nach keiner Kostenart."
)
_NO_STAFF = msg(
    "{file}, Zeile {line}, {field}: Welche Kostenarten Personalkosten sind, steht in „of“."
)
_OF_ITSELF = msg("{file}, Zeile {line}, {field}: „{value}“ kann sich nicht nach sich bemessen.")
_NO_SHARE = msg(
    "{file}, Zeile {line}, {field}: Ein Anteil steht nur, wo forms die Form „share“ zulässt."
)
_NO_APPLICATION = msg(
    "{file}, Zeile {line}, {field}: Das Programmjahr kennt keinen Antrag ([application])."
)
_NOT_THERE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es hier nicht, also liegt dort auch nichts vor."
)
