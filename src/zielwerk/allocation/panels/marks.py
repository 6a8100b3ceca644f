"""The marks beside a scenario's figures: reservation, assumption, invention; its key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext

from zielwerk.allocation.forms.scenario import is_same_key, key_of_pack, weight_text
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.queries import key_of, last_year_rule, method_of
from zielwerk.language import German, translate, value_text
from zielwerk.packs.model import AllocationKey, Indicator, Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import (
    LAST_YEAR_LABELS,
    METHOD_MEANINGS,
    METHODS,
    SAINTE_LAGUE,
    LastYear,
    Method,
)
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.scenario import ScenarioState
from zielwerk.ui import figures

NOT_IN_FORCE = msg("Der Haushalt {year} ist noch nicht in Kraft.")
NOT_COVERED = msg("Der Rahmen des Haushalts beträgt {frame}, verteilt werden sollen {total}.")
INVENTED_DATA = msg("Kennzahlen für die Vorführung erfunden")
ENDED = (ScenarioState.DECIDED, ScenarioState.DISCARDED)


@dataclass(frozen=True)
class Marks:
    """``reservations`` say why a scenario stands under budget reservation, none if it does not.

    ``pack_key`` is the key that the rules name for the purpose, ``is_own_key`` whether the
    scenario's differs from it, ``assumed`` the sources that no public text states.
    """

    reservations: tuple[Refusal, ...]
    pack_key: AllocationKey | None
    is_own_key: bool
    assumed: tuple[str, ...]
    is_invented: bool

    def beside(self, *, is_by_hand: bool) -> str:
        """The marks of one amount in a line; one set by hand rests on no data and no key."""
        labels = [gettext("unter Haushaltsvorbehalt")] if self.reservations else []
        labels += [gettext("Annahme")] if self.assumed and not is_by_hand else []
        labels += [gettext(INVENTED_DATA)] if self.is_invented and not is_by_hand else []
        return "; ".join(labels)


def marks_of(scenario: Scenario, rules: Year) -> Marks:
    key = next(
        (candidate for candidate in rules.allocation_keys if candidate.earmark == scenario.earmark),
        None,
    )
    assumed = [key.source.text] if key and key.source.assumed else []
    weighted = [
        indicator for indicator in rules.indicators if indicator.code in scenario.key["weights"]
    ]
    assumed += [
        German(f"{indicator.label}: {indicator.source.text}")
        for indicator in weighted
        if indicator.source.assumed
    ]
    rounding = scenario.key["rounding_cents"]
    return Marks(
        reservations=tuple(_reservations(scenario)),
        pack_key=key,
        is_own_key=key is None
        or not is_same_key(scenario.key, key_of_pack(key, rounding, _method(scenario, key))),
        assumed=tuple(assumed),
        is_invented=scenario.data.is_invented,
    )


def _method(scenario: Scenario, key: AllocationKey) -> Method:
    """The method by which a scenario under the pack's key rounds: a change has its own."""
    is_change = method_of(scenario.key) == SAINTE_LAGUE
    return SAINTE_LAGUE if is_change else key.method_in(scenario.year)


def _reservations(scenario: Scenario) -> Iterator[Refusal]:
    """The reasons why the budget does not carry the scenario yet; none for an ended scenario."""
    if scenario.state in ENDED:
        return
    if not programmes.is_in_force(scenario.fund):
        yield Refusal("programme.budget_not_in_force", NOT_IN_FORCE, {"year": scenario.year})
    frame = programmes.frame_cents(scenario.fund)
    if frame < scenario.end_cents:
        params = {"frame": Cents(frame), "total": Cents(scenario.end_cents)}
        yield Refusal("programme.frame_too_small", NOT_COVERED, params)


def key_lines(
    key: Mapping[str, Any], indicators: Mapping[str, Indicator], last_year: LastYear
) -> list[tuple[str, str]]:
    """A key in words: label and value, the weights as they are and as parts of their sum."""
    percent = key.get("max_change_percent")
    lines = [
        (gettext("Sockelbetrag"), figures.euro(key["base_cents"])),
        (gettext("Mindestbetrag"), _euro(key.get("floor_cents"))),
        (gettext("Höchstbetrag"), _euro(key.get("cap_cents"))),
        (gettext("Größte Veränderung zum Vorjahr"), _percent(percent)),
        (gettext("Als Vorjahr gilt"), gettext(LAST_YEAR_LABELS[last_year])),
        (gettext("Rundungseinheit"), figures.euro(key["rounding_cents"])),
        (gettext("Rundungsverfahren"), gettext(METHODS[method_of(key)])),
    ]
    lines += _across(key)
    weights = {code: Fraction(weight) for code, weight in key_of({**key}).weights.items()}
    total = sum(weights.values(), Fraction())
    for code, weight in weights.items():
        label = indicators[code].label if code in indicators else German(code, code)
        part = f" ({figures.percent(weight / total, 1)})" if total else ""
        lines.append((_weight_label(label), weight_text(weight) + part))
    return lines


def methods() -> list[tuple[str, str]]:
    """The methods of rounding in words: label and meaning."""
    return [(gettext(METHODS[name]), gettext(METHOD_MEANINGS[name])) for name in METHODS]


def _weight_label(label: str) -> German:
    frame, english = msg("Gewicht: {name}"), getattr(label, "english", "")
    in_english = translate(frame, "en").format(name=english) if english else ""
    return German(frame.format(name=label), in_english)


def _across(key: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The change across the board, where the key has one."""
    percent, cents = key.get("across_percent"), key.get("across_cents")
    if percent is not None:
        sign = "+" if Fraction(percent) > 0 else ""
        text = f"{sign}{figures.plain(Fraction(percent))}\N{NO-BREAK SPACE}%"
        yield gettext("Alle anteilig geändert"), text
    elif cents:
        yield gettext("Alle anteilig geändert"), figures.signed_euro(cents)


def key_sentence(scenario: Scenario, rules: Year) -> str:
    """The key of a scenario in one line."""
    indicators = {indicator.code: indicator for indicator in rules.indicators}
    language = (get_language() or "de")[:2]
    lines = key_lines(scenario.key, indicators, last_year_rule(rules, scenario.earmark))
    return "; ".join(f"{value_text(label, language)}: {value}" for label, value in lines)


def _percent(percent: Any) -> str:
    if percent is None:
        return "–"
    return f"{figures.plain(Fraction(str(percent)))}\N{NO-BREAK SPACE}%"


def _euro(cents: int | None) -> str:
    return "–" if cents is None else figures.euro(cents)
