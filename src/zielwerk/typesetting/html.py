"""Blocks as HTML: escaped, semantic, with the class names of the UI kit."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.characters import printable
from zielwerk.typesetting.outline import DEEPEST, stepped

NOTICE_WORDS = {"info": "Hinweis", "warning": "Warnung"}


class Markup(str):
    """HTML that is safe as it stands; templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def render_blocks(blocks: Iterable[b.Block], level: int = 2) -> Markup:
    """The blocks as HTML; headings of level 1 become ``h{level}``, none is skipped."""
    return Markup(_blocks(stepped(blocks), level))


def _blocks(blocks: Iterable[b.Block], level: int) -> str:
    return "\n".join(filter(None, (RENDERERS[type(block)](block, level) for block in blocks)))


def _said(text: str) -> str:
    return escape(printable(text))


def _inlines(inlines: b.Inlines) -> str:
    return "".join(_inline(part) for part in inlines)


def _inline(part: b.Inline) -> str:
    match part:
        case b.Text(text):
            return _said(text)
        case b.Strong(text):
            return f"<strong>{_said(text)}</strong>"
        case b.Emphasis(text):
            return f"<em>{_said(text)}</em>"
        case b.Link(text, _):
            url = part.address
            words = _said(text) if text.strip() else escape(url)
            return f'<a href="{escape(url)}">{words}</a>' if url else words
        case b.Correction(_, reads):
            reading = f"<ins>{_said(reads)}</ins> " if reads.strip() else ""
            note = f'<span class="zw-correction__signed">{_said(part.note)}</span>'
            return f'<span class="zw-correction">{reading}{note}</span>'


def _tag(level: int) -> str:
    return f"h{min(level, DEEPEST)}"


def _heading(block: b.Heading, level: int) -> str:
    tag = _tag(block.level + level - 1)
    return f"<{tag}>{_said(block.text)}</{tag}>"


def _paragraph(block: b.Paragraph, _level: int) -> str:
    return f"<p>{_inlines(block.inlines)}</p>" if block.inlines else ""


def _list(tag: str) -> Callable[[Any, int], str]:
    def render(block: b.BulletList | b.NumberedList, _level: int) -> str:
        items = "".join(f"<li>{_inlines(item)}</li>" for item in block.items)
        return f"<{tag}>{items}</{tag}>" if items else ""

    return render


def _facts(block: b.Facts, _level: int) -> str:
    rows = "".join(
        '<div class="kern-description-list-item">'
        f'<dt class="kern-description-list-item__key">{_said(term)}</dt>'
        f'<dd class="kern-description-list-item__value">{_inlines(value)}</dd></div>'
        for term, value in block.rows
    )
    return f'<dl class="kern-description-list">{rows}</dl>' if rows else ""


def _table(block: b.Table, _level: int) -> str:
    amounts = [" amount" if column.kind == "amount" else "" for column in block.columns]
    names = [_said(column.title) for column in block.columns]
    head = "".join(
        f'<th class="kern-table__header{amount}" role="columnheader" scope="col">{name}</th>'
        for name, amount in zip(names, amounts, strict=True)
    )

    def row(cells: tuple[b.Inlines, ...]) -> str:
        first = (
            f'<th class="kern-table__header{amounts[0]}" role="rowheader" scope="row">'
            f"{_inlines(cells[0])}</th>"
        )
        rest = "".join(
            f'<td class="kern-table__cell{amount}" role="cell" data-column="{name}">'
            f"{_inlines(cell)}</td>"
            for cell, name, amount in zip(cells[1:], names[1:], amounts[1:], strict=True)
        )
        return f'<tr class="kern-table__row" role="row">{first}{rest}</tr>'

    foot = (
        f'<tfoot class="kern-table__footer" role="rowgroup">{row(block.foot)}</tfoot>'
        if block.foot
        else ""
    )
    return (
        '<div class="zw-table"><table class="kern-table" role="table">'
        f'<caption class="kern-sr-only">{_said(block.caption)}</caption>'
        '<thead class="kern-table__head" role="rowgroup">'
        f'<tr class="kern-table__row" role="row">{head}</tr></thead>'
        '<tbody class="kern-table__body" role="rowgroup">'
        f"{''.join(map(row, block.rows))}</tbody>{foot}</table></div>"
    )


def _notice(block: b.Notice, _level: int) -> str:
    body = f'<div class="kern-alert__body zw-flow"><p>{_inlines(block.inlines)}</p></div>'
    return (
        f'<div class="kern-alert kern-alert--{block.kind}" role="note">'
        '<div class="kern-alert__header">'
        f'<span class="kern-icon kern-icon--{block.kind}" aria-hidden="true"></span>'
        f'<p class="kern-title"><span class="kern-sr-only">{NOTICE_WORDS[block.kind]}: </span>'
        f"{_said(block.title)}</p></div>{body if block.inlines else ''}</div>"
    )


def _clause(block: b.Clause, level: int) -> str:
    tag = _tag(block.level + level - 1)
    body = _blocks(block.blocks, level)
    return f'<section class="zw-flow"><{tag}>{_said(block.heading)}</{tag}>{body}</section>'


RENDERERS: dict[type, Callable[[Any, int], str]] = {
    b.Heading: _heading,
    b.Paragraph: _paragraph,
    b.BulletList: _list("ul"),
    b.NumberedList: _list("ol"),
    b.Facts: _facts,
    b.Table: _table,
    b.Notice: _notice,
    b.Clause: _clause,
}
