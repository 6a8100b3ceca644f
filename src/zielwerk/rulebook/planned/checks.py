"""What is missing of a planned measure, and what in it contradicts itself or the year's rules.

Every fault is a sentence. None keeps an interim state from being saved; all of them keep a
measure from being ready.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned.content import Plan
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.target import TargetRules
from zielwerk.rulebook.target import faults as target_faults

OWN_DELIVERY = "own_delivery"
"""The packs' code where the body itself carries a measure out."""
Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class PlanRules:
    """What a programme year knows, as far as a plan may name it; codes to what is asked of them.

    ``types`` tell whether they have participants, ``groups`` whether they need a reason,
    ``frameworks`` their first and last day, inclusive and perhaps open, ``indicators`` whether
    they are counted on. ``strategy`` are the priorities in force, ``carriers`` the numbers of
    the parties of the body within the period. ``titles`` are those of the other measures of the
    body and year, folded by :func:`folded`.
    """

    period: Period
    budget_years: range
    types: Mapping[str, bool] = field(default_factory=dict)
    groups: Mapping[str, bool] = field(default_factory=dict)
    frameworks: Mapping[str, Days] = field(default_factory=dict)
    indicators: Mapping[str, bool] = field(default_factory=dict)
    legal_areas: Collection[str] = ()
    earmarks: Collection[str] = ()
    categories: Collection[str] = ()
    sources: Collection[str] = ()
    passing_on: Collection[str] = ()
    strategy: Collection[str] = ()
    carriers: Collection[int] = ()
    titles: Collection[str] = ()


def folded(title: str) -> str:
    """A title as it is compared: without case and without more blanks than one."""
    return " ".join(title.split()).casefold()


def faults(plan: Plan, rules: PlanRules) -> tuple[Refusal, ...]:
    """All faults of a plan, in the order of its form; empty where it may be ready."""
    return tuple(refusal for check in CHECKS for refusal in check(plan, rules))


def _of_title(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    if not plan.title:
        yield Refusal("plan.title", msg("Der Titel fehlt."))
    elif folded(plan.title) in rules.titles:
        params = {"title": plan.title}
        yield Refusal("plan.title_twice", TITLE_TWICE, params)
    if names_age_group(plan.title) and not plan.age_reason:
        yield Refusal("plan.age_group", AGE_GROUP, {"title": plan.title})
    if not plan.type:
        yield Refusal("plan.type", msg("Die Maßnahmeart fehlt."))
    elif plan.type not in rules.types:
        yield Refusal("plan.type_unknown", TYPE_UNKNOWN)


def _of_period(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    first, last = plan.first_day, plan.last_day
    if first is None or last is None:
        yield Refusal("plan.period", msg("Die Laufzeit fehlt: erster und letzter Tag."))
    elif last < first:
        yield Refusal("plan.period_reversed", msg("Der letzte Tag liegt vor dem ersten."))
    elif first < rules.period.first or last > rules.period.last:
        params = {"first": rules.period.first, "last": rules.period.last}
        yield Refusal("plan.period_outside", PERIOD_OUTSIDE, params)


def _of_people(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    """Whom it is for: measures without participants have neither places nor groups."""
    if not rules.types.get(plan.type, True):
        if plan.seats is not None:
            yield Refusal("plan.seats_without_participants", SEATS_WITHOUT)
        if plan.target_groups:
            yield Refusal("plan.groups_without_participants", GROUPS_WITHOUT)
        return
    if plan.seats is None:
        yield Refusal("plan.seats", msg("Die Zahl der Plätze fehlt."))
    elif plan.seats < 1:
        yield Refusal("plan.no_seats", msg("Eine Maßnahme hat mindestens einen Platz."))
    if not plan.target_groups:
        yield Refusal("plan.target_groups", msg("Bitte wenigstens eine Zielgruppe nennen."))
    if not set(plan.target_groups) <= set(rules.groups):
        yield Refusal("plan.group_unknown", GROUP_UNKNOWN)
    if any(rules.groups.get(code) for code in plan.target_groups) and not plan.group_reason:
        yield Refusal("plan.group_reason", GROUP_REASON)
    yield from _of_services(plan, rules)


def _of_services(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    """Who works together for the people, and in what form they take part."""
    if not plan.legal_areas:
        yield Refusal("plan.legal_areas", msg("Bitte wenigstens einen Rechtskreis nennen."))
    elif not set(plan.legal_areas) <= set(rules.legal_areas):
        yield Refusal("plan.legal_area_unknown", LEGAL_AREA_UNKNOWN)
    if not plan.part_time:
        yield Refusal("plan.part_time", msg("Ist eine Teilzeitform vorgesehen? Ja oder nein."))
    if not plan.language:
        yield Refusal("plan.language", msg("Gibt es einen Sprachanteil? Ja oder nein."))


def _of_carrier(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    if not plan.passing_on:
        yield Refusal("plan.carrier", msg("Wer führt durch, und wie wird weitergegeben?"))
    elif plan.passing_on not in rules.passing_on:
        yield Refusal("plan.passing_on_unknown", PASSING_ON_UNKNOWN)
    elif (plan.party is None) != (plan.passing_on == OWN_DELIVERY):
        yield Refusal("plan.carrier_contradicts", CARRIER_CONTRADICTS)
    elif plan.party is not None and plan.party not in rules.carriers:
        yield Refusal("plan.carrier_without_relation", CARRIER_GONE, {"name": plan.carrier})


def _of_money(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    if plan.earmark and plan.earmark not in rules.earmarks:
        yield Refusal("plan.earmark_unknown", EARMARK_UNKNOWN)
    if not plan.costs:
        yield Refusal("plan.costs", msg("Die geplanten Kosten fehlen."))
    for number, line in enumerate(plan.costs, 1):
        params: dict[str, object] = {"number": number}
        if line.category not in rules.categories or line.source not in rules.sources:
            yield Refusal("plan.cost_unknown", COST_UNKNOWN, params)
        if line.budget_year not in rules.budget_years:
            years = rules.budget_years
            params |= {
                "year": str(line.budget_year),
                "first": str(years[0]),
                "last": str(years[-1]),
            }
            yield Refusal("plan.cost_year", COST_YEAR, params)
        if line.amount_cents <= 0:
            amount = {"amount": Cents(line.amount_cents)}
            yield Refusal("plan.cost_amount", COST_AMOUNT, params | amount)
    named = [(line.category, line.source, line.budget_year) for line in plan.costs]
    if len(set(named)) < len(named):
        yield Refusal("plan.cost_twice", COST_TWICE)


def _of_basis(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    first, last = span_of(plan, rules)
    if any(not holds_within(rules.frameworks.get(code), first, last) for code in plan.frameworks):
        yield Refusal("plan.framework", FRAMEWORK_NOT_VALID, {"first": first, "last": last})
    if not set(plan.priorities) <= set(rules.strategy):
        yield Refusal("plan.priority", PRIORITY_GONE)
    if not plan.accessibility:
        yield Refusal("plan.accessibility", NO_ACCESSIBILITY)
    if not plan.gender:
        yield Refusal("plan.gender", NO_GENDER)


def _of_targets(plan: Plan, rules: PlanRules) -> Iterator[Refusal]:
    known = TargetRules(rules.indicators, tuple(rules.groups), months_of(plan, rules))
    for target in plan.targets:
        yield from target_faults(target, known)


CHECKS: Sequence[Callable[[Plan, PlanRules], Iterator[Refusal]]] = (
    *(_of_title, _of_period, _of_people, _of_carrier, _of_money, _of_basis, _of_targets),
)


def span_of(plan: Plan, rules: PlanRules) -> tuple[date, date]:
    """First and last day of the measure; those of the year where its period is not known."""
    first, last = plan.first_day or rules.period.first, plan.last_day or rules.period.last
    return (first, last) if first <= last else (rules.period.first, rules.period.last)


def holds_within(days: Days | None, first: date, last: date) -> bool:
    """Whether something valid on these days (None: on none) is so on any day of a period."""
    begin, end = days or (date.max, date.min)
    return (begin or first) <= last and (end or last) >= first


def months_of(plan: Plan, rules: PlanRules) -> tuple[str, ...]:
    """The months of the measure, of the whole year where its period is not known: ``2026-03``."""
    return months_between(*span_of(plan, rules))


def months_between(first: date, last: date) -> tuple[str, ...]:
    """The months from a day to another one, both included."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(f"{number // 12}-{number % 12 + 1:02}" for number in numbers)


_COUNTED = (
    r"Pl[äa]tz|TN\b|Teilnehm|Personen|Euro|EUR|€|%|Prozent|Uhr|Stunden|Monat|Woche|Tage|UE\b|Kurs"
    r"|Modul|Betrieb|Firm|Unternehm"
)  # "bis 20 Plätze" is no age
_AGE = re.compile(
    r"(?<!\w)(?:[UÜ] ?-? ?\d{2}(?!\d)"
    rf"|(?:unter|über|ab|bis) \d{{2}}(?![\d.,]*\d)(?! ?(?:{_COUNTED}))"
    r"|unter dreißig|über fünfzig|\d{2} ?(?:plus\b|\+))|\bÜ50|\b\d{2} ?[-–] ?\d{2} ?Jahre"
)


def names_age_group(title: str) -> bool:
    """Whether a title seems to name an age group: "U-25", "50plus", "ab 25". A question, no fault.

    "U-25" may as well name a team; whoever planned it says so.
    """
    return bool(_AGE.search(title))


TITLE_TWICE = msg("„{title}“ ist für dieses Programmjahr schon geplant.")
AGE_GROUP = msg(
    "Der Titel „{title}“ nennt eine Altersgruppe, die Maßnahmen sind grundsätzlich ohne"
    " Altersbegrenzungen: Was ist die Begründung?"
)
TYPE_UNKNOWN = msg("Diese Maßnahmeart gibt es im Programmjahr nicht.")
PERIOD_OUTSIDE = msg(
    "Die Laufzeit reicht über das Programmjahr hinaus; es geht vom {first} bis zum {last}."
)
SEATS_WITHOUT = msg("Eine Maßnahme ohne Teilnehmende hat keine Plätze.")
GROUPS_WITHOUT = msg("Eine Maßnahme ohne Teilnehmende hat keine Zielgruppe.")
GROUP_UNKNOWN = msg("Eine der Zielgruppen kennt das Programmjahr nicht.")
GROUP_REASON = msg("Für eine der Zielgruppen ist eine Begründung nötig.")
LEGAL_AREA_UNKNOWN = msg("Einen der Rechtskreise kennt das Programmjahr nicht.")
PASSING_ON_UNKNOWN = msg("Diese Art der Weitergabe kennt das Programmjahr nicht.")
CARRIER_CONTRADICTS = msg(
    "Eigene Durchführung heißt, dass niemand anderes beteiligt ist; jede andere Art nennt, an wen"
    " weitergegeben wird."
)
CARRIER_GONE = msg(
    "{name} gehört in der Laufzeit nicht zu den Beteiligten dieser Gebietskörperschaft."
)
EARMARK_UNKNOWN = msg("Diese Zweckbindung gibt es im Programmjahr nicht.")
COST_UNKNOWN = msg("Kosten, Zeile {number}: Bitte Kostenart und Finanzierungsquelle wählen.")
COST_YEAR = msg(
    "Kosten, Zeile {number}: Im Haushaltsjahr {year} fließt kein Geld dieses Programmjahrs; möglich"
    " ist {first} bis {last}."
)
COST_AMOUNT = msg("Kosten, Zeile {number}: Der Betrag {amount} ist nicht größer als null.")
COST_TWICE = msg(
    "Zwei Zeilen der Kosten nennen dieselbe Kostenart, Quelle und dasselbe Haushaltsjahr."
)
FRAMEWORK_NOT_VALID = msg("Ein Bezugsrahmen gilt in der Laufzeit vom {first} bis zum {last} nicht.")
PRIORITY_GONE = msg("Ein Schwerpunkt steht nicht in der Strategie, die in der Laufzeit gilt.")
NO_ACCESSIBILITY = msg("Die Aussage zur Barrierefreiheit fehlt.")
NO_GENDER = msg("Die Aussage zur geschlechtergerechten Gestaltung fehlt.")
