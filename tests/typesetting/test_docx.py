"""A document to be edited holds the same words, in an order that screen readers follow."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.docx import render

TABLE = b.Table(
    "Weitergegeben",
    (b.Column("Maßnahme"), b.Column("Betrag", "amount")),
    (((b.Text("Werkstatt"),), (b.Text("40.000,00 €"),)),),
    ((b.Text("Summe"),), (b.Text("40.000,00 €"),)),
)
DOCUMENT = b.Document(
    title="Vorlage",
    subject="Programm 2026",
    author="Main-Kinzig-Kreis",
    date=date(2026, 5, 4),
    label="Entwurf",
    blocks=(
        b.Heading(3, "Begründung"),
        b.Paragraph((b.Text("Der Kreis "), b.Strong("gibt weiter"), b.Text("."))),
        b.BulletList(((b.Text("Sachbericht"),),)),
        b.Facts("Zur Sache", (("Träger", (b.Text("Bildungswerk"),)),)),
        TABLE,
    ),
)


def read(document: b.Document = DOCUMENT) -> "docx.document.Document":
    return docx.Document(BytesIO(render(document)))


def test_words_headings_and_lists_stand_in_their_order() -> None:
    said = [(p.style.name, p.text) for p in read().paragraphs]
    assert said == [
        ("Title", "Vorlage"),
        ("Normal", "Entwurf"),
        ("Normal", "Main-Kinzig-Kreis, 04.05.2026"),
        ("Heading 1", "Begründung"),  # no level is skipped
        ("Normal", "Der Kreis gibt weiter."),
        ("List Bullet", "Sachbericht"),
        ("Caption", "Zur Sache"),
        ("Caption", "Weitergegeben"),
    ]


def test_a_table_says_its_head_its_rows_and_its_sum() -> None:
    facts, table = read().tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [["Träger", "Bildungswerk"]]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Maßnahme", "Betrag"],
        ["Werkstatt", "40.000,00 €"],
        ["Summe", "40.000,00 €"],
    ]
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
    assert [head is not None for head in heads] == [True, False, False]


def test_it_says_title_language_and_day_and_no_program() -> None:
    properties = read().core_properties
    assert (properties.title, properties.author) == ("Vorlage", "Main-Kinzig-Kreis")
    assert (properties.language, properties.created.date()) == ("de-DE", date(2026, 5, 4))
    assert "python" not in f"{properties.comments}{properties.last_modified_by}".lower()


def test_many_authors_are_cut_in_the_property_and_stand_whole_in_the_text() -> None:
    names = ", ".join(f"Landkreis {number}" for number in range(50))
    made = read(replace(DOCUMENT, author=names))
    assert made.core_properties.author.startswith("Landkreis 0, Landkreis 1, ")
    assert len(made.core_properties.author) == 255
    assert any(names in paragraph.text for paragraph in made.paragraphs)


def test_the_same_text_is_the_same_file_and_control_characters_are_none() -> None:
    assert render(DOCUMENT) == render(DOCUMENT)
    odd = b.Document("a\x00b", "", "", (b.Paragraph((b.Text("c\x07d"),)),))
    texts = [p.text for p in docx.Document(BytesIO(render(odd))).paragraphs]
    assert not any(sign in text for text in texts for sign in "\x00\x07")


def test_a_table_of_many_columns_lies_on_its_side_and_amounts_keep_to_one_line() -> None:
    amounts = tuple(b.Column(f"Betrag {number}", "amount") for number in range(6))
    columns = (b.Column("Maßnahme"), *amounts)
    cells = ((b.Text("Werkstatt"),), *((b.Text("106.500,00 €"),) for _ in amounts))
    heading, table = (
        b.Heading(2, "Programmjahr 2026"),
        b.Table("Programmjahr 2026", columns, (cells,)),
    )
    made = docx.Document(BytesIO(render(replace(DOCUMENT, blocks=(heading, table)))))
    page, widths = made.sections[0], [cell.width for cell in made.tables[0].rows[0].cells]
    assert page.page_width > page.page_height
    assert sum(widths) <= page.page_width - page.left_margin - page.right_margin
    assert min(widths[1:]) >= len("106.500,00 €") * Cm(0.2)
    assert [each.text for each in made.paragraphs].count("Programmjahr 2026") == 1
    assert all(
        row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        for row in made.tables[0].rows
    )
