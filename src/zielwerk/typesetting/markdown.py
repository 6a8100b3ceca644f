"""The Markdown of the packs: paragraphs, lists, strong, emphasis, and ``{slots}``.

Slots are filled after parsing, so that a value can never become markup.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

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
WRAPPERS = {"strong": Strong, "em": Emphasis}

Values = Mapping[str, str | Inlines]


def blocks_from(markdown: str, slots: Values) -> tuple[Block, ...]:
    """The blocks of a text with its slots filled.

    A value is text or inlines. Raises Refused for a slot without value and for a brace that
    is left over.
    """
    tree = SyntaxTreeNode(PARSER.parse(markdown))
    return tuple(_block(node, slots) for node in tree.children)


def _block(node: SyntaxTreeNode, slots: Values) -> Block:
    if node.type in ("bullet_list", "ordered_list"):
        items = tuple(
            tuple(part for child in item.children for part in _inlines(child, slots))
            for item in node.children
        )
        return BulletList(items) if node.type == "bullet_list" else NumberedList(items)
    return Paragraph(tuple(_inlines(node, slots)))


def _inlines(node: SyntaxTreeNode, slots: Values) -> Iterator[Inline]:
    """The words below a paragraph, emphasis kept."""
    for part in node.walk():
        if part.type != "text":
            continue
        kinds = [WRAPPERS[a.type] for a in _above(part) if a.type in WRAPPERS]
        yield from _filled(part.content, slots, kinds[0] if kinds else Text)


def _above(node: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    found = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _filled(text: str, slots: Values, kind: type[Text | Strong | Emphasis]) -> Iterator[Inline]:
    last = 0
    for slot in SLOT.finditer(text):
        yield from _plain(text[last : slot.start()], kind)
        value = slots.get(slot.group(1))
        if value is None:
            raise Refused(
                Refusal(
                    "typesetting.empty_slot",
                    msg("Für die Stelle „{slot}“ im Text gibt es keinen Wert."),
                    {"slot": slot.group(1)},
                )
            )
        if isinstance(value, str):
            yield kind(value)
        else:
            yield from value
        last = slot.end()
    yield from _plain(text[last:], kind)


def _plain(text: str, kind: type[Text | Strong | Emphasis]) -> Iterator[Inline]:
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
