"""The Markdown of the packs: paragraphs, lists, strong, emphasis, and ``{slots}``.

Slots are filled after parsing, so that a value can never become markup.
"""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.blocks import (
    Block,
    BulletList,
    Emphasis,
    Inline,
    Inlines,
    NumberedList,
    Paragraph,
    Strong,
    Text,
)

PARSER = MarkdownIt("zero").enable(["emphasis", "list", "newline"])
SLOT = re.compile(r"\{([a-z_]+)\}")
LISTS = ("bullet_list", "ordered_list")

Kind = type[Text | Strong | Emphasis]
Values = Mapping[str, str | Inline | Inlines]


def blocks_from(markdown: str, slots: Values) -> tuple[Block, ...]:
    """The blocks of a text with its slots filled.

    A value is text or inlines. Raises Refused for a slot without value, for a brace that is
    left over and for a list within a list.
    """
    tree = SyntaxTreeNode(PARSER.parse(markdown))
    return tuple(_block(node, slots) for node in tree.children)


def inlines_from(text: str, slots: Values) -> Inlines:
    """The words of one paragraph without any markup, its slots filled; raises as above."""
    return tuple(_filled(" ".join(text.split()), Text, slots))


def _block(node: SyntaxTreeNode, slots: Values) -> Block:
    if node.type not in LISTS:
        return Paragraph(tuple(_inlines(node, Text, slots)))
    items = tuple(_item(item, slots) for item in node.children)
    if node.type == "bullet_list":
        return BulletList(items)
    return NumberedList(items, start=int(node.attrs.get("start", 1)))


def _item(node: SyntaxTreeNode, slots: Values) -> Inlines:
    """The words of a list's item; its paragraphs follow each other."""
    parts: list[Inline] = []
    for child in node.children:
        if child.type in LISTS:
            raise Refused(
                Refusal(
                    "typesetting.nested_list",
                    msg("Im Text steht eine Aufzählung in einer Aufzählung."),
                )
            )
        if parts:
            parts.append(Text(" "))
        parts += _inlines(child, Text, slots)
    return tuple(parts)


def _inlines(node: SyntaxTreeNode, kind: Kind, slots: Values) -> Iterator[Inline]:
    """The words below a node; the innermost emphasis counts."""
    for part in node.children:
        match part.type:
            case "text":
                yield from _filled(part.content, kind, slots)
            case "softbreak" | "hardbreak":
                yield Text(" ")
            case "strong":
                yield from _inlines(part, Strong, slots)
            case "em":
                yield from _inlines(part, Emphasis, slots)
            case _:
                yield from _inlines(part, kind, slots)


def _filled(text: str, kind: Kind, slots: Values) -> Iterator[Inline]:
    last = 0
    for slot in SLOT.finditer(text):
        yield from _plain(text[last : slot.start()], kind)
        yield from _value(slot[1], kind, slots)
        last = slot.end()
    yield from _plain(text[last:], kind)


def _value(name: str, kind: Kind, slots: Values) -> Inlines:
    if name not in slots:
        raise Refused(
            Refusal(
                "typesetting.empty_slot",
                msg("Für die Stelle „{slot}“ im Text gibt es keinen Wert."),
                {"slot": name},
            )
        )
    value = slots[name]
    if isinstance(value, str):
        return (kind(value),)
    return value if isinstance(value, tuple) else (value,)


def _plain(text: str, kind: Kind) -> Iterator[Inline]:
    if "{" in text or "}" in text:
        raise Refused(
            Refusal(
                "typesetting.brace",
                msg("Im Text steht eine geschweifte Klammer ohne gültige Stelle: „{text}“."),
                {"text": text.strip()[:80]},
            )
        )
    if text:
        yield kind(text)
