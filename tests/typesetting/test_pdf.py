"""What a reader, an archive and a screen reader get from a PDF."""

import io
import threading
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.typesetting.examples import DATA, agreement, words
from tests.typesetting.validation import pdf_faults
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.pdf import render

DAY = date(2024, 7, 1)
GOOD = render(agreement())


def opened(content: bytes = GOOD) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """The text of all pages in the order of the file, hyphens at line ends healed."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    joined = "\n".join(pages).replace("\ufffe", "").replace("\x02", "")
    return " ".join(joined.split())


def small(*blocks: b.Block, title: str = "Titel") -> b.Document:
    return b.Document(title=title, subject="", author="", date=DAY, blocks=blocks)


def structure(content: bytes) -> list[str]:
    """The kinds of all structure elements, in reading order."""

    def kinds(node: pikepdf.Object) -> list[str]:
        if isinstance(node, pikepdf.Array):
            return [kind for child in node for kind in kinds(child)]  # type: ignore[attr-defined]
        if not isinstance(node, pikepdf.Dictionary):
            return []
        own = [str(node.S).removeprefix("/")] if "/S" in node else []
        return own + (kinds(node.K) if "/K" in node else [])

    with opened(content) as pdf:
        return kinds(pdf.Root.StructTreeRoot)


def headings(content: bytes) -> list[tuple[str, int]]:
    """The scope of each heading cell, and its place in its row."""

    def cells(node: pikepdf.Object) -> list[tuple[str, int]]:
        if isinstance(node, pikepdf.Array):
            return [cell for child in node for cell in cells(child)]  # type: ignore[attr-defined]
        if not isinstance(node, pikepdf.Dictionary) or "/K" not in node:
            return []
        if node.get("/S") == pikepdf.Name.TR:
            row = enumerate(node.K)  # type: ignore[call-overload]
            return [(str(cell.A[0].Scope), n) for n, cell in row if cell.S == pikepdf.Name.TH]
        return cells(node.K)

    with opened(content) as pdf:
        return cells(pdf.Root.StructTreeRoot)


def test_every_block_passes_both_profiles() -> None:
    assert pdf_faults(GOOD) == []


def test_contents_stand_in_order() -> None:
    said = text_of(GOOD)
    expected = [
        "Zielvereinbarung 2024: Main-Kinzig-Kreis",
        "Maßgeblich ist das unterzeichnete Original.",
        "Vertragspartner",
        "Regierungspräsidium Kassel",
        "Maßnahmen nach Titel und Betrag",
        "412.000,00 €",
        "Summe",
        "3. Antrag stellen",
        "Kein Geld",
        "§ 1 Gemeinsame Ziele 1",
        "HMSI [im erfassten Text: „HMS!“] verfolgt",
        "§ 4 Gemeinsame Ziele 4",
        "[entfallen; im erfassten Text: „inn“]",
        "im [ergänzt]",
        "Für das Land",
        "Wiesbaden, 1. Juli 2024",
    ]
    places = [said.find(words) for words in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_every_page_says_where_it_belongs() -> None:
    document = pypdfium2.PdfDocument(GOOD)
    for number, page in enumerate(document, 1):
        said = page.get_textpage().get_text_bounded()
        assert f"Seite {number} von {len(document)}" in said
        assert "ZV-2024-06435" in said
        assert "Für die Vorführung erfunden" in said
    assert len(document) > 2
    document.close()


def test_metadata_name_title_language_and_label() -> None:
    with opened() as pdf:
        assert pdf.Root.Lang in ("de", "de-DE")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Zielvereinbarung 2024: Main-Kinzig-Kreis"
            assert metadata["dc:creator"] == [agreement().author]
            assert "Für die Vorführung erfunden" in metadata["dc:description"]
            assert "ZV-2024-06435" in metadata["pdf:Keywords"]
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfuaid:part"] == "1"


def test_bookmarks_follow_the_headings() -> None:
    document = pypdfium2.PdfDocument(GOOD)
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    assert marks[:5] == [
        (0, "Zielvereinbarung 2024: Main-Kinzig-Kreis"),
        (1, "Vertragspartner"),
        (1, "Maßnahmen"),
        (2, "Überblick"),
        (1, "Wortlaut"),
    ]
    assert marks[-1] == (2, "§ 4 Gemeinsame Ziele 4")


def test_the_title_is_the_one_heading_above_all_others() -> None:
    kinds = structure(GOOD)
    assert kinds.count("H1") == 1
    assert [kind for kind in kinds if kind.startswith("H")][:4] == ["H1", "H2", "H2", "H3"]
    assert "Title" not in kinds


def test_terms_are_a_list_and_tables_have_headings() -> None:
    terms = b.Facts("Angaben", (("Land", words("Hessen")), ("Jahr", words("2024"))))
    kinds = structure(render(small(terms)))
    assert [kind for kind in kinds if kind in ("L", "LI", "Lbl", "LBody")] == [
        *("L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody")
    ]
    kinds = structure(GOOD)
    assert kinds.count("Caption") == 1
    assert {"THead", "TBody", "TFoot", "Link"} <= set(kinds)


def test_a_table_over_pages_repeats_its_heading_for_the_eye_only() -> None:
    rows = tuple((words(f"Maßnahme {n}"), words(f"{n},00 €")) for n in range(120))
    columns = (b.Column("Titel"), b.Column("Betrag", "amount"))
    content = render(small(b.Table("", columns, rows)))
    document = pypdfium2.PdfDocument(content)
    assert len(document) >= 3
    for page in document:
        assert "Betrag" in page.get_textpage().get_text_bounded()
    document.close()
    assert structure(content).count("THead") == 1
    assert [scope for scope, _ in headings(content)].count("/Column") == 2
    assert [scope for scope, _ in headings(content)].count("/Row") == 120
    assert pdf_faults(content) == []


def test_the_first_cell_names_its_row_in_every_table() -> None:
    signatures = b.Table(
        "Unterschriften",
        tuple(b.Column(title) for title in ("Für", "Amt", "Ort", "Datum")),
        (
            tuple(words(cell) for cell in ("Das Land", "Ministerin", "Wiesbaden", "unbekannt")),
            tuple(words(cell) for cell in ("Der Kreis", "Landrat", "Gelnhausen", "1. Juli 2024")),
        ),
    )
    content = render(small(b.Clause("§ 9", "Schluss", (signatures,)), signatures))
    first = [place for scope, place in headings(content) if scope == "/Row"]
    assert first == [0, 0, 0, 0]
    assert structure(content).count("TH") == 2 * (4 + 2)
    assert structure(content).count("TD") == 2 * 2 * 3
    assert pdf_faults(content) == []


def test_a_caption_is_not_said_twice() -> None:
    facts = b.Facts("Mittel", (("Betrag", words("1,00 €")),))
    assert text_of(render(small(b.Heading(1, "Mittel"), facts))).count("Mittel") == 1
    assert text_of(render(small(b.Heading(1, "Geld"), facts))).count("Mittel") == 1


def test_a_label_is_read_out_once_even_without_a_notice() -> None:
    labelled = replace(small(b.Paragraph(words("Text."))), label="Entwurf")
    assert text_of(render(labelled)).count("Entwurf") == 2  # the header's and the readable one


def test_long_values_and_words_break_over_lines_and_pages() -> None:
    long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 400
    content = render(small(b.Facts("", (("Gesetz", words(long)),))))
    document = pypdfium2.PdfDocument(content)
    assert len(document) > 4
    document.close()
    assert pdf_faults(content) == []


def test_nothing_runs_over_the_margin() -> None:
    code = "A1" * 150
    cells = (words(code), words("1,00 €"))
    content = render(
        small(
            b.Paragraph(words(code)),
            b.Facts("", ((code, words(code)),)),
            b.Table("", (b.Column("Titel"), b.Column("Betrag", "amount")), (cells,)),
            b.Notice("info", code, words(code)),
            title=code,
        )
    )
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
        assert right < page.get_width() - 24 / 25.4 * 72
    document.close()


@pytest.mark.parametrize("data", [DATA, bytes(range(256)), b""], ids=["text", "binary", "empty"])
def test_attachments_come_out_as_they_went_in(data: bytes) -> None:
    file = b.Attachment("daten.bin", "application/octet-stream", "Daten", data)
    content = render(replace(small(), attachments=(file,)))
    with opened(content) as pdf:
        assert pdf.attachments["daten.bin"].get_file().read_bytes() == data
        assert pdf.attachments["daten.bin"].description == "Daten"
    assert pdf_faults(content) == []


def test_the_same_document_is_the_same_file() -> None:
    assert render(agreement()) == GOOD
    assert render(agreement(), made_on=date(2025, 1, 1)) != GOOD


def test_a_file_needs_a_date_which_is_never_invented() -> None:
    undated = replace(agreement(), date=None)
    with pytest.raises(ValueError, match="date"):
        render(undated)
    assert pdf_faults(render(undated, made_on=DAY)) == []


def test_skipped_levels_are_lifted() -> None:
    content = render(small(b.Heading(3, "Tief"), b.Heading(1, "Oben"), b.Heading(4, "Unten")))
    kinds = [kind for kind in structure(content) if kind.startswith("H")]
    assert kinds == ["H1", "H2", "H2", "H3"]
    assert pdf_faults(content) == []


def test_threads_may_set_documents_at_the_same_time() -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(render(agreement()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [GOOD] * 4


def test_a_word_may_break_right_behind_a_link() -> None:
    link = b.Link("Donaudampfschifffahrtsgesellschafts", "https://example.org/")
    for lead in range(0, 60, 3):
        inlines = (b.Text("x" * lead + " "), link, b.Text("kapitänsmütze."))
        assert render(small(b.Paragraph((*inlines, b.Text(" "), *inlines))))


def test_links_lead_only_to_pages_and_mailboxes() -> None:
    with pytest.raises(ValueError, match="address"):
        b.Link("klick", "javascript:alert(1)")


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("Вася", "Вася"),
        ("☐ offen → ☑", "☐ offen → ☑"),
        ("gut 😀", "gut 😀"),
        ("王", "[U+738B]"),
        ("\x00a\x07b\ud800c\u202ed", "abcd"),
        ("𝐀𝟏 ﬀ １２", "A1 ff 12"),
        ("Main\u2011Kinzig", "Main-Kinzig"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("e\u0301", "é"),
    ],
)
def test_unusual_characters_are_drawn_or_named(pasted: str, shown: str) -> None:
    content = render(small(b.Paragraph(words(f"vorn {pasted} hinten"))))
    assert f"vorn {shown} hinten" in text_of(content).replace("\u00a0", " ")
    assert pdf_faults(content) == []


def test_arabic_and_hebrew_are_drawn() -> None:
    content = render(small(b.Paragraph(words("السلام שלום"))))
    said = text_of(content)
    assert set("السلام") <= set(said)
    assert set("שלום") <= set(said)
    assert pdf_faults(content) == []


def everywhere(text: str) -> b.Document:
    """A document with one text wherever a text can stand."""
    inlines: b.Inlines = (
        b.Text(text),
        b.Strong(text),
        b.Emphasis(text),
        b.Correction(signed=text, reads=text),
        b.Link(text, "https://example.org/"),
        b.Text(text, "en"),
    )
    return b.Document(
        title=text,
        subject=text,
        author=text,
        date=DAY,
        file_number=text,
        label=text,
        attachments=(b.Attachment("daten.txt", "text/plain", text, b"x"),),
        blocks=(
            b.Heading(2, text),
            b.Paragraph(inlines),
            b.BulletList((inlines, ())),
            b.NumberedList((inlines,)),
            b.Facts(text, ((text, inlines), ("", ()))),
            b.Table(text, (b.Column(text), b.Column(text, "amount")), ((inlines, ()),), ()),
            b.Table("", (b.Column(text),), ()),
            b.Notice("warning", text, inlines),
            b.Clause(text, text, (b.Paragraph(inlines), b.Clause("", "", ()))),
            b.SignatureBlock((b.Signature(text, text, text, text, text),)),
            b.SigningFields((b.SigningField("feld", text, text),)),
        ),
    )


@example("")
@example("\u200b")
@example("ohne\u00ad")
@example("BE\u07f6AA")
@example("#let x = 1; $x$ *a* _b_ @c <d> \\ ` // [e] {f}")
@example("😀👩‍👩‍👧🇩🇪 中文 x\u20dd\ufeff\ufffe\ue000\U0001f9ff\u0e01\u0e33")
@settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=40))
def test_any_text_anywhere_gives_a_valid_document(text: str) -> None:
    assert pdf_faults(render(everywhere(text))) == []
