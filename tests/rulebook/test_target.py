"""Targets: a value, an observation, or words; each says what it rests on."""

from dataclasses import replace

import pytest

from zielwerk.language import sentence
from zielwerk.rulebook.target import (
    Baseline,
    Names,
    Target,
    TargetKind,
    TargetRules,
    faults,
    next_number,
    sentences,
)

RULES = TargetRules(
    {"entries": True, "attending": False},
    ("single_parents",),
    tuple(f"2026-{month:02}" for month in range(1, 13)),
)
VALUE = Target(
    1,
    TargetKind.VALUE,
    "entries",
    value=20,
    baseline=Baseline(2025, 15, "Teilnahmeliste"),
    assumption="Der Bildungsträger findet eine zweite Lehrkraft.",
    data_source="Teilnahmeliste",
    curve=(("2026-03", 5), ("2026-06", 12), ("2026-12", 20)),
)


def rules_broken(target: Target) -> list[str]:
    return [refusal.rule.removeprefix("targets.") for refusal in faults(target, RULES)]


def test_a_value_with_all_it_rests_on_can_stand() -> None:
    assert rules_broken(VALUE) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"indicator": "happiness"}, "indicator"),
        ({"subgroup": "everybody"}, "subgroup"),
        ({"value": None}, "value_missing"),
        ({"assumption": ""}, "assumption"),
        ({"data_source": ""}, "data_source"),
        ({"baseline": None}, "baseline"),
        ({"has_no_baseline": True}, "baseline"),
        ({"curve": (("2025-12", 5), ("2026-12", 20))}, "curve_outside"),
        ({"curve": (("2026-03", 9), ("2026-06", 8), ("2026-12", 20))}, "curve_falls"),
        ({"curve": (("2026-03", 5), ("2026-12", 19))}, "curve_ends"),
    ],
)
def test_what_a_value_lacks_or_contradicts_is_told(change: dict[str, object], rule: str) -> None:
    assert rules_broken(replace(VALUE, **change)) == [rule]  # type: ignore[arg-type]


def test_that_there_is_no_baseline_is_an_answer() -> None:
    assert rules_broken(replace(VALUE, baseline=None, has_no_baseline=True)) == []


def test_what_is_not_counted_on_may_fall_within_the_year() -> None:
    curve = (("2026-03", 20), ("2026-08", 8), ("2026-12", 20))
    assert rules_broken(replace(VALUE, indicator="attending", curve=curve)) == []


def test_an_observation_has_no_value_and_needs_no_assumption() -> None:
    watched = replace(VALUE, kind=TargetKind.OBSERVATION, value=None, curve=(), assumption="")
    assert rules_broken(watched) == []
    assert rules_broken(replace(watched, value=3)) == ["observation_with_value"]


def test_a_target_in_words_has_no_figures() -> None:
    words = Target(2, TargetKind.WORDS, words="Die Beratung öffnet auch abends.")
    assert rules_broken(words) == []
    assert rules_broken(replace(words, words="")) == ["words_missing"]
    assert rules_broken(replace(words, value=3)) == ["words_with_figures"]


def test_a_number_is_never_given_twice() -> None:
    assert next_number(()) == 1
    assert next_number((replace(VALUE, number=4), VALUE)) == 5


@pytest.mark.parametrize("target", [VALUE, Target(2, TargetKind.WORDS, words="Abends offen.")])
def test_a_target_comes_back_from_json_as_it_was(target: Target) -> None:
    assert Target.from_json(target.to_json()) == target


def test_a_target_is_told_in_sentences() -> None:
    names = Names("Eintritte", "Personen", "Alleinerziehende")
    assert [sentence(said) for said in sentences(VALUE, names)] == [
        "Eintritte, nur Alleinerziehende: Zielwert 20 Personen.",
        "Ausgangswert 2025: 15 (Teilnahmeliste).",
        "Annahme: Der Bildungsträger findet eine zweite Lehrkraft.",
        "Datenquelle: Teilnahmeliste.",
    ]
    watched = Target(3, TargetKind.OBSERVATION, "attending", has_no_baseline=True)
    assert [sentence(said) for said in sentences(watched, Names("Belegte Plätze", "", ""))] == [
        "Belegte Plätze: wird beobachtet, ohne Zielwert.",
        "Einen Ausgangswert gibt es nicht.",
    ]
