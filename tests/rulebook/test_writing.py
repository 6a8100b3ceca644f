"""What counts as a text that a person wrote, and as a day that can be meant."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.writing import is_within_reach, says_something, written


@pytest.mark.parametrize(
    "unseen",
    [
        *("", " ", "\n\t", "\u00a0", "\u200b", "\u200b\u200d\ufeff", "\u00ad", "\u2060"),
        *("\u0301", "\u3164", "\u2800", "\ufe0f", "\u200e\u200f", "\U000e0001", "\ue000"),
    ],
)
def test_what_nobody_sees_says_nothing(unseen: str) -> None:
    assert not says_something(unseen)
    assert written(unseen) == ""


@pytest.mark.parametrize("seen", ["x", "§", "5", "…", "ß", "🙂", "e\u0301", "王", "\u200bx"])
def test_what_is_seen_says_something(seen: str) -> None:
    assert says_something(seen)


def test_a_text_is_kept_composed_and_without_blanks_at_its_ends() -> None:
    assert written("  Gro\u00df-Gera\u0075\u0308 ") == "Groß-Geraü"
    assert written("zwei\nZeilen\tund mehr\r\n") == "zwei\nZeilen\tund mehr"


@pytest.mark.parametrize(
    ("odd", "rule", "sign"),
    [
        ("a\0b", "writing.control", "U+0000"),
        ("a\x0bb", "writing.control", "U+000B"),
        ("a\x85b", "writing.control", "U+0085"),
        ("a\ud800b", "writing.control", "U+D800"),
        ("a\u202eb", "writing.turned", "U+202E"),
        ("a\u2066b", "writing.turned", "U+2066"),
    ],
)
def test_what_cannot_be_read_as_it_is_stored_is_refused(odd: str, rule: str, sign: str) -> None:
    with pytest.raises(Refused) as refused:
        written(odd)
    (refusal,) = refused.value.refusals
    assert (refusal.rule, refusal.params["sign"]) == (rule, sign)


@given(st.text())
def test_what_is_kept_stays_as_it_is_when_it_is_written_again(text: str) -> None:
    try:
        once = written(text)
    except Refused:
        return
    assert written(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert bool(once) == says_something(once)


@pytest.mark.parametrize(
    ("day", "can_be_meant"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(2200, 1, 1), False),
        (date(205, 1, 1), False),
    ],
)
def test_a_day_that_can_be_meant(day: date, can_be_meant: bool) -> None:
    assert is_within_reach(day) == can_be_meant
