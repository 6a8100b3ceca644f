"""Blocks as a Word document to be edited: headings, lists, tables with repeated head rows.

The same blocks give the same bytes: no clock, no name of a program. What stands in a cell is text,
never a formula or a field.
"""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.characters import without_controls

MOST_LEVELS = 9  # styles of headings that Word knows
MOST_NAMED = 255  # characters of a property, such as the names of many authors
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP can name


def render(document: b.Document) -> bytes:
    """The document as DOCX."""
    made = docx.Document()
    _head(made, document)
    made.add_heading(_clean(document.title), level=0)
    for line in filter(None, (document.label, _about(document))):
        made.add_paragraph(_clean(line))
    for block in b.outlined(document.blocks):
        _add(made, block)
    kept = BytesIO()
    made.save(kept)
    return _stable(kept.getvalue())


def _about(document: b.Document) -> str:
    """Number and day on one line, where there are any."""
    day = f"{document.date:%d.%m.%Y}" if document.date else ""
    return ", ".join(filter(None, (document.file_number, document.author, day)))


def _head(made: Any, document: b.Document) -> None:
    """What readers and archives ask for: title, subject, author, language, the day."""
    properties = made.core_properties
    properties.title, properties.subject = _named(document.title), _named(document.subject)
    properties.author, properties.comments = _named(document.author), _named(document.label or "")
    properties.language = LANGUAGES.get(document.language, document.language)
    day = document.date
    moment = datetime(*(day.timetuple()[:3] if day else EPOCH[:3]), tzinfo=UTC)
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by = ""
    _speak(made, properties.language)


def _named(text: str) -> str:
    """A property of the package, no longer than the format holds."""
    whole = _clean(text)
    return whole if len(whole) <= MOST_NAMED else f"{whole[: MOST_NAMED - 1]}…"


def _speak(made: Any, language: str) -> None:
    """The language of all text, which spelling and screen readers go by."""
    fonts = made.styles["Normal"].element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    fonts.append(spoken)


def _add(made: Any, block: b.Block) -> None:
    match block:
        case b.BulletList(items) | b.NumberedList(items):
            style = "List Bullet" if isinstance(block, b.BulletList) else "List Number"
            for item in items:
                _words(made.add_paragraph(style=style), item)
        case b.Facts(caption, rows):
            _facts(made, caption, rows)
        case b.Table():
            _table(made, block)
        case b.Clause():
            if block.level:
                made.add_heading(_clean(block.heading), level=min(block.level, MOST_LEVELS))
            for part in block.blocks:
                _add(made, part)
        case _:
            _say(made, block)


def _say(made: Any, block: b.Block) -> None:
    """A block of words alone; places for signatures and contents are none in an edited text."""
    match block:
        case b.Heading(level, text):
            made.add_heading(_clean(text), level=min(level, MOST_LEVELS))
        case b.Paragraph(inlines):
            _words(made.add_paragraph(), inlines)
        case b.Notice(_, title, inlines):
            paragraph = made.add_paragraph()
            paragraph.add_run(f"{_clean(title)} ").bold = True
            _words(paragraph, inlines)
        case b.SignatureBlock(signatures):
            for one in signatures:
                words = filter(None, (one.place_and_date, one.party, one.office, one.name))
                made.add_paragraph(_clean(", ".join(words)))


def _facts(made: Any, caption: str, rows: tuple[tuple[str, b.Inlines], ...]) -> None:
    if caption:
        made.add_paragraph(_clean(caption), style="Caption")
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for term, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(_clean(term)).bold = True
        _words(cells[1].paragraphs[0], value)


def _table(made: Any, block: b.Table) -> None:
    """A table under its caption; its head is repeated on each page, amounts stand to the right."""
    made.add_paragraph(_clean(block.caption), style="Caption")
    table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(_clean(column.title)).bold = True
        _align(cell, column)
    _repeat(table.rows[0])
    for row in block.rows:
        _row(table, block.columns, row, is_strong=False)
    if block.foot:
        _row(table, block.columns, block.foot, is_strong=True)


def _row(
    table: Any, columns: tuple[b.Column, ...], row: tuple[b.Inlines, ...], *, is_strong: bool
) -> None:
    # The cells of the row alone: asked of the table, each would be looked for among all.
    cells = [_Cell(cell, table) for cell in table.add_row()._tr.tc_lst]
    for cell, column, inlines in zip(cells, columns, row, strict=True):
        _words(cell.paragraphs[0], inlines, is_strong=is_strong)
        _align(cell, column)


def _repeat(row: Any) -> None:
    """Say that a row is a heading: it is read out as one, and repeated on each page."""
    properties = row._tr.get_or_add_trPr()
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    properties.append(heading)


def _align(cell: _Cell, column: b.Column) -> None:
    if column.kind == "amount":
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _words(paragraph: Paragraph, inlines: b.Inlines, *, is_strong: bool = False) -> None:
    for part in inlines:
        match part:
            case b.Strong(text):
                paragraph.add_run(_clean(text)).bold = True
            case b.Emphasis(text):
                paragraph.add_run(_clean(text)).italic = True
            case b.Link(text, url):
                paragraph.add_run(_clean(text if text == url else f"{text} ({url})"))
            case b.Correction(_, reads):
                paragraph.add_run(_clean(reads))
            case b.Text(text):
                paragraph.add_run(_clean(text)).bold = True if is_strong else None


def _clean(text: str) -> str:
    return without_controls(text)


def _stable(content: bytes) -> bytes:
    """The same package with one moment for all its parts: the same text is the same file."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
