"""The code that a page carries: written, printed, read by programs that are not ours."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scans.cast import HASH, REFERENCE, VERSION, paper, pictures
from tests.typesetting.examples import agreement
from tests.typesetting.test_pdf import structure
from tests.typesetting.validation import pdf_faults
from zielwerk.scans.codes import (
    HASH_DIGITS,
    MOST_PAGES,
    MOST_VERSIONS,
    Code,
    beginning,
    check_code,
    marks,
    parse,
    payload,
)
from zielwerk.typesetting.blocks import Mark
from zielwerk.typesetting.pdf import CannotSet, pages_of, render

CODE = Code(REFERENCE, VERSION, beginning(HASH), 4, 12)


@st.composite
def codes(draw: st.DrawFn) -> Code:
    pages = draw(st.integers(1, MOST_PAGES))
    characters = st.characters(exclude_categories=("C", "Z"))
    return Code(
        draw(st.text(characters, min_size=1, max_size=60)),
        draw(st.integers(0, MOST_VERSIONS)),
        draw(st.text("0123456789abcdef", min_size=HASH_DIGITS, max_size=HASH_DIGITS)),
        draw(st.integers(1, pages)),
        pages,
    )


@given(codes())
def test_what_is_written_is_read(code: Code) -> None:
    try:
        written = payload(code)
    except ValueError:
        assert len(code.reference.encode()) > 60
        return
    assert parse(written) == code
    assert set(written) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@given(st.integers(0), st.sampled_from("0123456789ABCDEFXYZ%/:-"))
def test_one_other_character_and_it_is_no_code_of_ours(at: int, other: str) -> None:
    written = payload(CODE)
    place = at % len(written)
    spoilt = written[:place] + other + written[place + 1 :]
    assert (parse(spoilt) is None) == (spoilt != written)


@given(st.text())
def test_codes_of_others_are_not_ours(text: str) -> None:
    assert parse(text) is None
    assert parse(payload(CODE) + text) is None or not text


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/",
        "WIFI:S:Rathaus;T:WPA;P:geheim;;",
        payload(CODE).replace("ZW1", "ZW2"),
        payload(CODE).lower(),
        payload(CODE)[:-1],
    ],
)
def test_a_code_of_another_form_is_not_guessed_at(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "values",
    [
        ("", 1, HASH[:32], 1, 1),
        ("ZV\n1", 1, HASH[:32], 1, 1),
        ("ZV", -1, HASH[:32], 1, 1),
        ("ZV", 1, HASH, 1, 1),
        ("ZV", 1, HASH[:31] + "G", 1, 1),
        ("ZV", 1, HASH[:32], 0, 1),
        ("ZV", 1, HASH[:32], 3, 2),
        ("ZV", 1, HASH[:32], 1, 10_000),
    ],
)
def test_what_no_page_can_say_is_a_fault(values: tuple[str, int, str, int, int]) -> None:
    with pytest.raises(ValueError, match="not "):
        Code(*values)


def test_every_page_says_in_letters_what_its_code_says() -> None:
    opened = pypdfium2.PdfDocument(paper())
    count = len(opened)
    assert count > 4
    for number, page in enumerate(opened, 1):
        said = page.get_textpage().get_text_bounded()
        assert f"Aktenzeichen {REFERENCE}" in said
        assert f"Fassung {VERSION}" in said
        assert f"Prüfcode {check_code(HASH)}" in said
        assert f"Seite {number} von {count}" in said
    opened.close()
    assert check_code("9f86d081884c7d65" * 4) == "9F86-D081-884C-7D65"


def test_a_paper_with_codes_passes_both_profiles_and_is_the_same_file_again() -> None:
    assert pdf_faults(paper()) == []
    again = render(agreement(12), marked=marks(REFERENCE, VERSION, HASH))
    assert again == paper()


def test_codes_are_seen_and_not_read_out() -> None:
    assert structure(paper()) == structure(render(agreement(12)))


def test_a_paper_without_codes_is_as_it_was() -> None:
    assert len(render(agreement())) < len(render(agreement(), marked=marks("ZV", 1, HASH)))
    assert b"Aktenzeichen" not in render(agreement())


def test_a_mark_that_cannot_be_drawn_makes_no_document() -> None:
    with pytest.raises(CannotSet):
        render(agreement(1), marked=lambda page, pages: Mark("no picture", (f"{page}/{pages}",)))


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_another_decoder_reads_the_same(dpi: int, tmp_path: Path) -> None:
    """zbar shares no code with zxing, which reads scans, nor with segno, which draws."""
    count = pages_of(paper())
    for number, picture in enumerate(pictures(paper(), dpi), 1):
        file = tmp_path / f"{number}.png"
        picture.save(file)
        done = subprocess.run(
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert parse(done.stdout.strip()) == Code(
            REFERENCE, VERSION, beginning(HASH), number, count
        )
