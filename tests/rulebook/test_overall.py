"""Targets of a whole agreement: what last year leaves to be looked at."""

from dataclasses import replace

from zielwerk.rulebook.overall import reviewed, to_review
from zielwerk.rulebook.target import Baseline, Target, TargetKind, TargetRules, later

RULES = TargetRules({"entries": True}, ("young",), ("2026-01", "2026-12"))
VALUE = Target(
    1,
    TargetKind.VALUE,
    "entries",
    "young",
    40,
    Baseline(2024, 31, "Verbleibstatistik"),
    assumption="Zwei Lehrkräfte sind da",
    data_source="Teilnahmeliste",
    curve=(("2026-06", 20), ("2026-12", 40)),
)


def fields(target: Target, rules: TargetRules = RULES) -> list[str]:
    return [review.field for review in to_review(target, rules)]


def test_only_what_was_true_of_last_year_asks_to_be_looked_at() -> None:
    assert fields(VALUE) == ["value", "baseline"]
    assert fields(replace(VALUE, baseline=None, has_no_baseline=True)) == ["value"]
    assert fields(Target(1, TargetKind.WORDS, words="Wer anfängt, bleibt.")) == []
    assert fields(Target(1, TargetKind.OBSERVATION, "entries", has_no_baseline=True)) == []


def test_what_the_year_no_longer_knows_asks_to_be_looked_at() -> None:
    gone = TargetRules({}, (), RULES.months)
    assert fields(VALUE, gone) == ["indicator", "subgroup", "value", "baseline"]


def test_whoever_changes_a_detail_has_looked_at_it() -> None:
    open_ = to_review(VALUE, RULES)
    left = reviewed(open_, VALUE, replace(VALUE, value=50))
    assert [review.field for review in left] == ["baseline"]
    left = reviewed(open_, VALUE, replace(VALUE, assumption="Eine Lehrkraft ist da"))
    assert [review.field for review in left] == ["baseline"]
    assert reviewed(open_, VALUE, VALUE) == open_
    as_words = Target(1, TargetKind.WORDS, words="Viele")
    assert reviewed(open_, VALUE, as_words) == ()


def test_its_course_moves_by_a_year() -> None:
    assert later(VALUE, 1).curve == (("2027-06", 20), ("2027-12", 40))
    assert later(VALUE, 1).value == 40
