"""Corrections teach: a table that people can read, and what a reading makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.language import sentence
from zielwerk.recognition.lessons import Lesson, lessons, parsed, taught, written
from zielwerk.recognition.own import OwnWords
from zielwerk.rulebook.refusal import Refused

WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("before", "after", "learned"),
    [
        ("Lager und Logisfik", "Lager und Logistik", ["Logisfik -> Logistik"]),
        ("das HMS! fördert", "das HMSI fördert", ["HMS! -> HMSI"]),
        ("Anlaut Beruf", "Anlauf Beruf", []),  # "Anlaut" is a word: the title was another one
        ("Holz", "Holz und Metall", []),
        ("Kurs 81", "Kurs B1", []),
        ("Jobfnx am Rnorgen", "Jobfux am Morgen", ["Jobfnx -> Jobfux", "Rnorgen -> Morgen"]),
    ],
)
def test_only_a_misread_word_teaches(before: str, after: str, learned: list[str]) -> None:
    assert [str(one) for one in taught(before, after)] == learned


@given(st.lists(st.builds(Lesson, WORDS, WORDS)))
def test_the_table_comes_back_as_it_was_written(table: list[Lesson]) -> None:
    assert parsed(written(table)) == tuple(sorted(set(table)))


def test_notes_and_blank_lines_are_left_out_and_what_is_no_lesson_is_named() -> None:
    assert parsed("# Namen\n\nJobfux\nLogisfik -> Logistik  # 2024\n") == (
        Lesson("Jobfux", "Jobfux"),
        Lesson("Logisfik", "Logistik"),
    )
    with pytest.raises(Refused) as caught:
        parsed("Jobfux\nLogisfik Logistik\n")
    assert "Zeile 2" in sentence(caught.value.refusals[0])


def test_a_word_of_the_dictionary_and_a_doubtful_lesson_change_nothing() -> None:
    known = lessons(parsed("Anlaut -> Anlauf\nKruz -> Kurz\nKruz -> Kreuz\nLogisfik -> Logistik"))
    own = OwnWords().taught(known)
    assert own.meant("Logisfik") == "Logistik"
    assert own.meant("Anlaut") is None
    assert "Kruz" not in known.confusions
