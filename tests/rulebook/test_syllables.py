"""Where long words of headings are parted."""

import pytest

from zielwerk.rulebook.syllables import SOFT, parted


@pytest.mark.parametrize(
    "word",
    [
        "Gebiets|kör|per|schaft",
        "Unter|schriften",
        "Vorbe|rei|tung",
        "Durch|füh|rung",
        "Fällig|keits|jahr",
        "Haushalts|stelle",
        "Verpflich|tungs|er|mäch|ti|gung",
        "Zielverein|ba|rungen",
        "zugewiesen",
        "vollständig",
        "und",
    ],
)
def test_a_long_word_is_parted_between_syllables_and_no_short_one(word: str) -> None:
    assert parted(word.replace("|", "")).replace(SOFT, "|") == word


def test_what_is_no_word_stays_as_it_is() -> None:
    text = "ZV-2024-0001, 1.600.100,00 €, b9dd7f6bab6cb27f"
    assert parted(text) == text
