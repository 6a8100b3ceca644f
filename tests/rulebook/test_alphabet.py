"""The order of German words and what a search finds: DIN 5007-1 and people's spellings."""

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.alphabet import holds, searchable, sort_key, words

NAMES = st.text("aäÄeoöuüsßSẞz Zé-_%\\1é\N{COMBINING DIAERESIS}", max_size=12)


def test_umlauts_stand_with_their_letters_and_case_counts_nothing():
    ordered = [
        "Ärzte helfen",
        "Arztpraxis",
        "ausbilden",
        "Bad Orb",
        "Baden",
        "Gross",
        "Groß-Gerau",
        "Gross-Umstadt",
        "Mueller",
        "Muller",
        "Müller",
        "Ofen",
        "Öffnung",
        "Übergang",
        "Umweg",
        "Zukunft",
    ]
    assert sorted(sorted(ordered), key=sort_key) == ordered


def test_marks_in_front_move_nothing():
    assert sorted(["„Zeit“", "Beginn", "(Anfang)"], key=sort_key) == [
        "(Anfang)",
        "Beginn",
        "„Zeit“",
    ]


@given(NAMES, NAMES)
def test_only_the_same_name_has_the_same_key(one: str, other: str) -> None:
    same = [" ".join(unicodedata.normalize("NFC", name).split()) for name in (one, other)]
    assert (sort_key(one) == sort_key(other)) == (same[0] == same[1])


@given(st.lists(NAMES, max_size=8))
def test_the_order_of_keys_is_the_same_byte_by_byte(names: list[str]) -> None:
    keys = sorted(map(sort_key, names))
    assert all(first.encode() <= second.encode() for first, second in pairwise(keys))
    assert not any("\0" in key for key in keys)


def test_every_spelling_finds_the_umlaut():
    kept = searchable(["Werra-Meißner-Kreis", "Übergänge gestalten"])
    for wish in ("meißner", "MEISSNER", "übergänge", "uebergaenge", "ubergange", "Kreis überg"):
        assert holds(kept, wish), wish
    for wish in ("meisner", "Kreis Kassel"):
        assert not holds(kept, wish), wish


def test_a_word_with_an_umlaut_finds_the_name_that_was_written_without():
    assert holds(searchable(["Mueller"]), "Müller")
    assert holds(searchable(["Muller"]), "Müller")


def test_signs_are_letters():
    kept = searchable(["100_% im Blick", r"a\b"])
    for wish in ("%", "_", "\\", "100_%", r"A\B"):
        assert holds(kept, wish), wish
    for wish in ("1%", "_i", "100__", "\\\\"):
        assert not holds(kept, wish), wish


@given(NAMES, st.integers(0, 12), st.integers(0, 12))
def test_every_part_of_a_word_finds_it(name: str, start: int, end: int) -> None:
    part = name[start:end]
    if part[:1] != "\N{COMBINING DIAERESIS}" and name[end : end + 1] != "\N{COMBINING DIAERESIS}":
        assert holds(searchable([name]), part)
        assert holds(searchable([name]), part.upper())


def test_nothing_to_look_for_finds_everything():
    assert words("  \t ") == []
    assert holds("", "")
