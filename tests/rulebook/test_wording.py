"""Signed wording against its reading version."""

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.wording import corrections


def test_a_corrected_word_carries_what_was_signed() -> None:
    signed = "Das HMS! stellt dem Landkreis inn Jahr 2024 Mittel bereit."
    reads = "Das HMSI stellt dem Landkreis im Jahr 2024 Mittel bereit."
    marked = [(one.signed, one.reads) for one in corrections(signed, reads) if one.is_correction]
    assert marked == [("HMS!", "HMSI"), ("inn", "im")]


def test_blanks_line_ends_and_hyphenation_are_healed_silently() -> None:
    signed = "der Landkreis Main -Kinzig -Kreis und die Aus-\nbildung\n\nder Jugend"
    reads = "der Landkreis Main-Kinzig-Kreis und die Ausbildung der Jugend"
    assert [one.is_correction for one in corrections(signed, reads)] == [False]


def test_words_that_were_struck_or_added_show() -> None:
    assert [
        (one.signed, one.reads) for one in corrections("a b c", "a c d") if one.is_correction
    ] == [
        ("b", ""),
        ("", "d"),
    ]


def test_quotation_marks_and_dashes_are_no_corrections() -> None:
    signed, reads = 'das "Bündnis" -- nein - "AQB"', "das „Bündnis“ -- nein – „AQB“"
    assert [one.is_correction for one in corrections(signed, reads)] == [False]


def test_lines_of_the_reading_version_stay_lines() -> None:
    signed = "Projekte:\n\n• Team -Camp\n\n• Robotlk"
    reads = "Projekte:\n• Team-Camp\n• Robotik"
    stretches = corrections(signed, reads)
    assert "".join(one.reads for one in stretches[:1]) == "Projekte:\n• Team-Camp\n•"
    assert (stretches[1].signed, stretches[1].reads) == ("Robotlk", "Robotik")


WORDS = st.lists(st.text(alphabet="abcäß§-", min_size=1, max_size=4), max_size=12)


@given(WORDS, WORDS)
def test_the_stretches_are_the_reading_version_again(signed: list[str], reads: list[str]) -> None:
    stretches = corrections(" ".join(signed), " ".join(reads))
    assert " ".join(one.reads for one in stretches if one.reads).split() == " ".join(reads).split()
