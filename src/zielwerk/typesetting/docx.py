"""Blocks as a Word document to be edited: headings, lists, tables with repeated head rows.

The same blocks give the same bytes: no clock, no name of a program. What stands in a cell is text,
never a formula or a field.
"""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.characters import without_controls

MOST_LEVELS = 9  # styles of headings that Word knows
MOST_NAMED = 255  # characters of a property, such as the names of many authors
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP can name
TYPEFACE = "Arial"  # there, or its equal, wherever such a document is opened
SIZE, SMALL = Pt(10.5), Pt(9)
SHORT, LONG, MARGIN = Cm(21), Cm(29.7), Cm(2.5)  # a sheet of A4
CROWDED = 6  # columns; with a table of more of them the sheet lies on its side
FIGURE, ROOM = Cm(0.22), Cm(0.5)  # width of a figure of an amount, and around it


def render(document: b.Document) -> bytes:
    """The document as DOCX."""
    made = docx.Document()
    _head(made, document)
    _dress(made)
    blocks = list(b.outlined(document.blocks))
    _lay(made, is_wide=any(isinstance(x, b.Table) and len(x.columns) > CROWDED for x in blocks))
    made.add_heading(_clean(document.title), level=0)
    for line in filter(None, (document.label, _about(document))):
        made.add_paragraph(_clean(line))
    above = ""
    for block in blocks:
        _add(made, block, above)
        above = block.text if isinstance(block, b.Heading) else ""
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


def _dress(made: Any) -> None:
    """One typeface for all, in place of those that a theme names."""
    for style in made.styles:
        fonts = style.element.rPr.rFonts if style.element.rPr is not None else None
        if fonts is not None:
            fonts.attrib.clear()
            fonts.set(qn("w:ascii"), TYPEFACE)
            fonts.set(qn("w:hAnsi"), TYPEFACE)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = TYPEFACE, SIZE


def _lay(made: Any, *, is_wide: bool) -> None:
    """A sheet of A4, on its side where a table has many columns."""
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _add(made: Any, block: b.Block, above: str = "") -> None:
    match block:
        case b.BulletList(items) | b.NumberedList(items):
            style = "List Bullet" if isinstance(block, b.BulletList) else "List Number"
            for item in items:
                _words(made.add_paragraph(style=style), item)
        case b.Facts(caption, rows):
            _facts(made, caption, rows)
        case b.Table():
            _table(made, block, above)
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


def _table(made: Any, block: b.Table, above: str) -> None:
    """A table under its caption; its head is repeated on each page, amounts stand to the right.

    A caption that the heading ``above`` it says already is not said again.
    """
    if block.caption != above:
        caption = made.add_paragraph(_clean(block.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
    page = made.sections[0]
    widths = _widths(block, page.page_width - page.left_margin - page.right_margin)
    table = made.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = tuple((b.Text(column.title),) for column in block.columns)
    _repeat(_row(table, block.columns, head, widths, is_strong=True))
    for row in block.rows:
        _row(table, block.columns, row, widths, is_strong=False)
    if block.foot:
        _row(table, block.columns, block.foot, widths, is_strong=True)


def _widths(block: b.Table, whole: int) -> list[Length]:
    """How wide each column is: amounts as they need it, columns of text share what is left."""
    needed = [
        _needed(block, place) if column.kind == "amount" else 0
        for place, column in enumerate(block.columns)
    ]
    left = whole - sum(needed)
    shares = sum(each.share for each in block.columns if each.kind != "amount")
    return [
        Length(need or left * column.share // shares)
        for need, column in zip(needed, block.columns, strict=True)
    ]


def _needed(block: b.Table, place: int) -> int:
    """How wide a column of amounts is, by its longest cell."""
    cells = [row[place] for row in (*block.rows, block.foot) if row]
    said = [block.columns[place].title, *("".join(map(_said, cell)) for cell in cells)]
    return max(map(len, said)) * FIGURE + ROOM


def _said(part: b.Inline) -> str:
    return part.reads if isinstance(part, b.Correction) else part.text


def _row(
    table: Any,
    columns: tuple[b.Column, ...],
    row: tuple[b.Inlines, ...],
    widths: Sequence[Length],
    *,
    is_strong: bool,
) -> Any:
    """A row of a table, never parted between two pages."""
    made = table.add_row()
    made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    # The cells of the row alone: asked of the table, each would be looked for among all.
    cells = [_Cell(cell, table) for cell in made._tr.tc_lst]
    for cell, column, inlines, width in zip(cells, columns, row, widths, strict=True):
        _words(cell.paragraphs[0], inlines, is_strong=is_strong)
        _align(cell, column)
        cell.width = width
        for run in cell.paragraphs[0].runs:
            run.font.size = SMALL
    return made


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
