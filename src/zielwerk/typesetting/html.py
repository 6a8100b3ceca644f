"""Blocks as HTML: escaped, semantic, with the class names of the UI kit."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from zielwerk.typesetting import blocks as b


class Markup(str):
    """HTML that is safe as it stands; templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def render_blocks(blocks: Iterable[b.Block], level: int = 2) -> Markup:
    """The blocks as HTML; headings of level 1 become ``h{level}``."""
    return Markup("\n".join(_block(block, level) for block in blocks))


def _block(block: b.Block, level: int) -> str:
    return RENDERERS[type(block)](block, level)


def _inlines(inlines: b.Inlines) -> str:
    return "".join(_inline(part) for part in inlines)


def _inline(part: b.Inline) -> str:
    match part:
        case b.Text(text):
            return escape(text)
        case b.Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case b.Emphasis(text):
            return f"<em>{escape(text)}</em>"
        case b.Link(text, url):
            return f'<a href="{escape(url)}">{escape(text)}</a>'
        case b.Correction(signed, reads):
            return (
                f'<span class="zw-correction"><ins>{escape(reads) or "…"}</ins> '
                f'<span class="zw-correction__signed">[im Original: „{escape(signed)}“]</span></span>'
            )


def _heading(block: b.Heading, level: int) -> str:
    tag = f"h{min(block.level + level - 1, 6)}"
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _paragraph(block: b.Paragraph, _level: int) -> str:
    return f"<p>{_inlines(block.inlines)}</p>"


def _list(tag: str) -> Callable[[Any, int], str]:
    def render(block: b.BulletList | b.NumberedList, _level: int) -> str:
        items = "".join(f"<li>{_inlines(item)}</li>" for item in block.items)
        return f"<{tag}>{items}</{tag}>"

    return render


def _facts(block: b.Facts, _level: int) -> str:
    rows = "".join(
        '<div class="kern-description-list-item">'
        f'<dt class="kern-description-list-item__key">{escape(term)}</dt>'
        f'<dd class="kern-description-list-item__value">{_inlines(value)}</dd></div>'
        for term, value in block.rows
    )
    return f'<dl class="kern-description-list">{rows}</dl>'


def _table(block: b.Table, _level: int) -> str:
    def kind(index: int) -> str:
        return ' class="amount"' if block.columns[index].kind == "amount" else ""

    def name(index: int) -> str:
        return f' data-label="{escape(block.columns[index].title)}"'

    head = "".join(
        f'<th scope="col" role="columnheader"{kind(i)}>{escape(column.title)}</th>'
        for i, column in enumerate(block.columns)
    )

    def row(cells: tuple[b.Inlines, ...]) -> str:
        first = f'<th scope="row" role="rowheader">{_inlines(cells[0])}</th>'
        rest = "".join(
            f'<td role="cell"{kind(i)}{name(i)}>{_inlines(cell)}</td>'
            for i, cell in enumerate(cells[1:], 1)
        )
        return f'<tr role="row">{first}{rest}</tr>'

    foot = f'<tfoot role="rowgroup">{row(block.foot)}</tfoot>' if block.foot else ""
    return (
        '<div class="zw-table"><table class="kern-table" role="table">'
        f'<caption class="kern-sr-only">{escape(block.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(row, block.rows))}</tbody>{foot}</table></div>'
    )


def _notice(block: b.Notice, _level: int) -> str:
    return (
        f'<div class="zw-note zw-note--{block.kind}"><p><strong>{escape(block.title)}.</strong> '
        f"{_inlines(block.inlines)}</p></div>"
    )


def _clause(block: b.Clause, level: int) -> str:
    title = " ".join(part for part in (block.number, block.title) if part)
    body = "\n".join(_block(child, level) for child in block.blocks)
    return f'<section class="zw-flow"><h{level + 1}>{escape(title)}</h{level + 1}>{body}</section>'


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
