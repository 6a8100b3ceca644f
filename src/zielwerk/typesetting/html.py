"""Blocks as HTML: escaped, semantic, with the class names of the UI kit."""

from collections.abc import Iterable
from html import escape

from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.characters import without_controls

KINDS = {"info": "Hinweis", "warning": "Warnung"}


class Markup(str):
    """HTML that is safe as it is; templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def render_blocks(blocks: Iterable[b.Block], level: int = 2) -> Markup:
    """The blocks as HTML; headings of level 1 become ``h{level}``, none is skipped."""
    return Markup(_blocks(b.outlined(tuple(blocks)), level))


def _blocks(blocks: tuple[b.Block, ...], level: int) -> str:
    return "\n".join(_block(block, level) for block in blocks)


def _block(block: b.Block, level: int) -> str:
    match block:
        case b.Heading():
            return _heading(block.text, block.level, level)
        case b.Paragraph():
            return f"<p>{_inlines(block.inlines)}</p>"
        case b.BulletList():
            return f"<ul>{_items(block.items)}</ul>"
        case b.NumberedList():
            start = f' start="{block.start}"' if block.start != 1 else ""
            return f"<ol{start}>{_items(block.items)}</ol>"
        case b.Facts():
            return _facts(block)
        case b.Table():
            return _table(block)
        case b.Notice():
            return _notice(block)
        case b.SignatureBlock():
            return _signatures(block)
        case b.SigningFields():
            return _signing_fields(block)
        case b.Contents():  # a page has no numbers to lead to
            return ""
        case b.Clause():
            heading = _heading(block.heading, block.level, level) if block.level else ""
            return f'<section class="zw-flow">{heading}{_blocks(block.blocks, level)}</section>'


def _inlines(inlines: b.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(part: b.Inline) -> str:
    match part:
        case b.Text(text, language):
            words = _text(text)
            return f'<span lang="{_text(language)}">{words}</span>' if language else words
        case b.Strong(text):
            return f"<strong>{_text(text)}</strong>"
        case b.Emphasis(text):
            return f"<em>{_text(text)}</em>"
        case b.Link(text, url):
            return f'<a href="{_text(url)}">{_text(text)}</a>'
        case b.Correction():
            return _correction(part)


def _text(text: str) -> str:
    return escape(without_controls(text))


def _correction(part: b.Correction) -> str:
    """The reading version marked, with the signed wording beside it in words."""
    signed = f"im erfassten Text: „{_text(part.signed)}“"
    if not part.reads:
        signed = f"entfallen; {signed}"
    elif not part.signed:
        signed = "ergänzt"
    reading = f"<ins>{_text(part.reads)}</ins> " if part.reads else ""
    note = f'<span class="zw-correction__signed">[{signed}]</span>'
    return f'<span class="zw-correction">{reading}{note}</span>'


def _heading(text: str, depth: int, level: int) -> str:
    tag = f"h{min(depth + level - 1, 6)}"
    return f"<{tag}>{_text(text)}</{tag}>"


def _items(items: tuple[b.Inlines, ...]) -> str:
    return "".join(f"<li>{_inlines(item)}</li>" for item in items)


def _facts(block: b.Facts) -> str:
    rows = "".join(
        '<div class="kern-description-list-item">'
        f'<dt class="kern-description-list-item__key">{_text(term)}</dt>'
        f'<dd class="kern-description-list-item__value">{_inlines(value)}</dd></div>'
        for term, value in block.rows
    )
    return f'<dl class="kern-description-list">{rows}</dl>'


def _table(block: b.Table) -> str:
    """A table that stays one where a phone draws it as cards: each part says its role."""
    head = "".join(
        f'<th class="kern-table__header{_amount(column)}" role="columnheader" scope="col">'
        f"{_text(column.title)}</th>"
        for column in block.columns
    )
    rows = "".join(_row(block, cells) for cells in block.rows)
    foot = _row(block, block.foot) if block.foot else ""
    caption = f'<caption class="kern-sr-only">{_text(block.caption)}</caption>'
    return (
        '<div class="zw-table"><table class="kern-table" role="table">'
        f"{caption if block.caption else ''}"
        '<thead class="kern-table__head" role="rowgroup"><tr class="kern-table__row" role="row">'
        f'{head}</tr></thead><tbody class="kern-table__body" role="rowgroup">{rows}</tbody>'
        + (f'<tfoot class="kern-table__footer" role="rowgroup">{foot}</tfoot>' if foot else "")
        + "</table></div>"
    )


def _row(block: b.Table, cells: tuple[b.Inlines, ...]) -> str:
    first, *rest = zip(block.columns, cells, strict=True)
    name = (
        f'<th class="kern-table__header{_amount(first[0])}" role="rowheader" scope="row">'
        f"{_inlines(first[1])}</th>"
    )
    values = "".join(
        f'<td class="kern-table__cell{_amount(column)}" role="cell" '
        f'data-column="{_text(column.title)}">{_inlines(cell)}</td>'
        for column, cell in rest
    )
    return f'<tr class="kern-table__row" role="row">{name}{values}</tr>'


def _amount(column: b.Column) -> str:
    return " amount" if column.kind == "amount" else ""


def _notice(block: b.Notice) -> str:
    return (
        f'<div class="kern-alert kern-alert--{block.kind}" role="note">'
        '<div class="kern-alert__header">'
        f'<span class="kern-icon kern-icon--{block.kind}" aria-hidden="true"></span>'
        f'<p class="kern-title"><span class="kern-sr-only">{KINDS[block.kind]}: </span>'
        f"{_text(block.title)}</p></div>"
        f'<div class="kern-alert__body zw-flow"><p>{_inlines(block.inlines)}</p></div></div>'
    )


def _signatures(block: b.SignatureBlock) -> str:
    items = "".join(f"<li>{_signature(signature)}</li>" for signature in block.signatures)
    return f'<ul class="zw-signatures">{items}</ul>'


def _signing_fields(block: b.SigningFields) -> str:
    items = "".join(
        f"<li><strong>{_text(field.party)}</strong><br>{_text(field.office)}</li>"
        for field in block.fields
    )
    return f'<ul class="zw-signatures">{items}</ul>'


def _signature(signature: b.Signature) -> str:
    lines = [signature.place_and_date, signature.name, signature.office]
    details = "".join(f"<br>{_text(line)}" for line in lines if line.strip())
    return f"<strong>{_text(signature.party)}</strong>{details}"
