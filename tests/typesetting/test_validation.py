"""The check of PDFs can fail: ten ways to break a good one, each caught."""

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.typesetting.examples import agreement
from tests.typesetting.validation import lengths_are_true, pdf_faults
from zielwerk.typesetting.pdf import render

GOOD = render(agreement(clauses=1))


def elements(node: pikepdf.Object, kind: str) -> Iterator[pikepdf.Dictionary]:
    """All structure elements of a kind below a node."""
    if isinstance(node, Array):
        for child in node:  # type: ignore[attr-defined]
            yield from elements(child, kind)
    elif isinstance(node, Dictionary):
        if node.get("/S") == Name(f"/{kind}"):
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


def no_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfuaid:part"]


def not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def no_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def title_not_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def heading_without_scope(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf.Root.StructTreeRoot, "TH"):
        del cell.A
        if "/ID" in cell:
            del cell.ID
    for cell in elements(pdf.Root.StructTreeRoot, "TD"):
        del cell.A


def skipped_level(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf.Root.StructTreeRoot, "H2")).S = Name.H4


def untagged_content(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(b"0 0 10 10 re f"), prepend=True)


def figure_without_words(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf.Root.StructTreeRoot, "P")).S = Name.Figure


FAULTS: list[Callable[[pikepdf.Pdf], None]] = [
    no_language,
    no_title,
    no_claim,
    not_marked,
    no_structure,
    title_not_shown,
    heading_without_scope,
    skipped_level,
    untagged_content,
    figure_without_words,
]


def saved(spoil: Callable[[pikepdf.Pdf], None], **settings: bool) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        spoil(pdf)
        pdf.save(made, preserve_pdfa=True, deterministic_id=True, **settings)
    return made.getvalue()


def test_rewriting_alone_breaks_nothing() -> None:
    assert pdf_faults(GOOD) == []
    assert pdf_faults(saved(lambda pdf: None)) == []


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_a_broken_document_is_caught(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    assert pdf_faults(saved(spoil)) != []


def test_a_wrong_length_is_caught() -> None:
    assert lengths_are_true(GOOD)
    said = GOOD.index(b"/Length ") + len(b"/Length ")
    wrong = b"9" if GOOD[said : said + 1] != b"9" else b"8"
    broken = GOOD[:said] + wrong + GOOD[said + 1 :]
    assert not lengths_are_true(broken)
    assert pdf_faults(broken) != []


def test_data_that_end_like_a_line_are_no_fault() -> None:
    def comment(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(pdf.make_stream(b"% data end here\r"), prepend=True)

    content = saved(comment, compress_streams=False)
    assert b"here\r\nendstream" in content
    assert pdf_faults(content) == []
