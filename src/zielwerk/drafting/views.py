"""Views of a document: nodes to compare, blocks for page and PDF, plain text."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from zielwerk.drafting.model import Clause, Content, Document, Entry, Measure, Piece, PieceKind
from zielwerk.drafting.targets import OF_YEAR, target_words
from zielwerk.packs.wording import SLOTS
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.redline import Node
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.markdown import blocks_from, inlines_from

NOTHING_AGREED = "nichts vereinbart"
NO_TARGETS = "keine"
NO_AMOUNT = "ohne Betrag"
TYPE = "Maßnahmeart"
WORDS = ("strategy", "meeting")
VALUES = {
    "amount": "Gesamtbetrag",
    "strategy": "Regionale Strategie",
    "meeting": "Umsetzungsbesprechung",
}
BULLET = "•"


def slot_values(content: Content) -> Mapping[str, str]:
    """The words for every slot that is no list; what is still open says what it is."""
    values = {
        "year": str(content.year),
        "programme": content.programme_name,
        "budget_name": content.budget_name,
        "ministry": content.ministry,
        "ministry_short": content.ministry_short,
        "granting_authority": content.granting_authority,
        "portal": content.portal,
        "region": content.region,
        "amount": format_euro(content.amount_cents),
        "legal_areas": _in_a_sentence(content.legal_areas),
        "strategy": content.strategy,
        "meeting": content.meeting,
    }
    return {name: value or open_slot(name) for name, value in values.items()}


def open_slot(name: str) -> str:
    """What stands where a value is not known yet."""
    return f"[noch offen: {SLOTS[name]}]"


def nodes(document: Document) -> list[Node]:
    """The document as nodes to compare, in order; ids stay, labels are what people call them.

    A measure says its type, which page and print say above it.
    """
    return list(_nodes(document))


def values(document: Document) -> list[Node]:
    """The values that stand in the text as nodes of their own, in the order of :data:`VALUES`.

    An amount is one place to talk about and to change, however many paragraphs name it.
    """
    content = document.content
    nodes = [
        Node("value/amount", "value", VALUES["amount"], format_euro(content.amount_cents)),
        *(
            Node(f"value/earmark.{each.code}", "value", each.label, _amount(each.amount_cents))
            for each in content.earmarks
        ),
    ]
    said = slot_values(content)
    return [*nodes, *(Node(f"value/{name}", "value", VALUES[name], said[name]) for name in WORDS)]


def all_nodes(document: Document) -> list[Node]:
    """Every place that can be talked about and compared: values first, then the text in order."""
    return [*values(document), *nodes(document)]


def _amount(cents: int | None) -> str:
    return NO_AMOUNT if cents is None else format_euro(cents)


def spoken(piece: Piece, content: Content) -> str:
    """The words of a paragraph or an item as people read them, values filled in."""
    return _words(piece, slot_values(content))


def blocks(document: Document) -> tuple[b.Block, ...]:
    """The document as blocks, the same for page and PDF."""
    values = slot_values(document.content)
    return tuple(
        b.Clause(each.number, each.title, tuple(_clause_blocks(document.content, each, values)))
        for each in document.clauses
    )


def clause_texts(document: Document) -> list[tuple[str, str, str]]:
    """Number, title and text of each clause, as an agreement keeps them once it is made."""
    content = document.content
    values = slot_values(content)
    return [
        (
            clause.number,
            clause.title,
            "\n\n".join(_plain(block) for block in _clause_blocks(content, clause, values)),
        )
        for clause in document.clauses
    ]


def plain(document: Document) -> str:
    """The document as plain text: paragraphs between blank lines, a bullet before each item."""
    content = document.content
    head = [document.title, "zwischen", content.ministry, f"und {content.region}"]
    lines = [*head, f"zum {content.budget_name}"]
    for clause in document.clauses:
        lines.append(f"{clause.number}\n{clause.title}")
        lines += [_plain(block) for block in _clause_blocks(content, clause, slot_values(content))]
    return "\n\n".join(lines) + "\n"


def _nodes(document: Document) -> Iterator[Node]:
    values = slot_values(document.content)
    for clause in document.clauses:
        called = clause.number or clause.title
        yield Node(clause.id, "clause", called, f"{clause.number} {clause.title}".strip())
        for piece, place in zip(clause.pieces, _places(clause), strict=True):
            if piece.kind is PieceKind.PLACE:
                yield from _entries(document.content, piece.text, called)
            else:
                label = f"{called}, {place}"
                yield Node(piece.id, piece.kind, label, _words(piece, values))


def _places(clause: Clause) -> Iterator[str]:
    """What people call each piece: "Absatz 2", "Absatz 3 Nr. 1"; a list is one paragraph."""
    number, item = 0, 0
    for piece in clause.pieces:
        if piece.kind is PieceKind.ITEM:
            item += 1
            number += item == 1
            yield f"Absatz {number} Nr. {item}"
        else:
            number, item = number + 1, 0
            yield f"Absatz {number}"


def _entries(content: Content, slot: str, section: str) -> Iterator[Node]:
    if slot == "targets":
        yield from _targets(content, section)
        return
    noun = NOUNS[slot]
    for number, (name, text) in enumerate(_entries_of(content, slot), 1):
        yield Node(f"{slot}/{name}", "item", f"{section}, {noun} {number}", text)


def _targets(content: Content, section: str) -> Iterator[Node]:
    """Each target, called by its place among those of its measure: "§ 5, Maßnahme 2, Ziel 1"."""
    places = {each.id: f"{NOUNS['measures']} {at}, " for at, each in enumerate(content.measures, 1)}
    for measure, run in groupby(content.targets, key=lambda each: each.measure):
        for number, each in enumerate(run, 1):
            label = f"{section}, {places.get(measure, '')}Ziel {number}"
            yield Node(f"targets/{each.id}", "item", label, target_words(each))


def _entries_of(content: Content, slot: str) -> Iterator[tuple[str, str]]:
    match slot:
        case "measures":
            yield from ((each.id, typed_words(each)) for each in content.measures)
        case "earmarks":
            yield from ((each.code, entry_words(each)) for each in content.earmarks)
        case "targets":
            yield from ((each.id, target_words(each)) for each in content.targets)
        case _:
            yield from ((each.code, each.label) for each in content.frameworks)


def _clause_blocks(
    content: Content, clause: Clause, values: Mapping[str, str]
) -> Iterator[b.Block]:
    for kind, run in groupby(clause.pieces, key=lambda piece: piece.kind):
        match kind:
            case PieceKind.ITEM:
                yield b.BulletList(tuple(_inlines(piece, values) for piece in run))
            case PieceKind.PLACE:
                for piece in run:
                    yield from _list(content, piece.text)
            case _:
                yield from (b.Paragraph(_inlines(piece, values)) for piece in run)


def _list(content: Content, slot: str) -> Iterator[b.Block]:
    """The entries of a list slot; measures under their type, targets under their measure."""
    if slot == "targets" and content.targets:
        yield from _target_blocks(content)
        return
    if slot == "measures" and content.measures:
        for label, run in groupby(content.measures, key=lambda each: each.type_label):
            yield b.Paragraph((b.Strong(label),))
            yield b.BulletList(tuple((b.Text(measure_words(each)),) for each in run))
        return
    texts = [text for _name, text in _entries_of(content, slot)]
    yield b.BulletList(tuple((b.Text(text),) for text in texts or [nothing(slot)]))


def nothing(slot: str) -> str:
    """What stands in the place of a list that has no entries."""
    return NO_TARGETS if slot == "targets" else NOTHING_AGREED


def _target_blocks(content: Content) -> Iterator[b.Block]:
    titles = {each.id: each.title for each in content.measures}
    for measure, run in groupby(content.targets, key=lambda each: each.measure):
        yield b.Paragraph((b.Strong(titles.get(measure, OF_YEAR)),))
        yield b.BulletList(tuple((b.Text(target_words(each)),) for each in run))


def measure_words(measure: Measure) -> str:
    """A measure as the document names it: its title, and what is agreed beside it."""
    beside = []
    if measure.places is not None:
        beside.append("ein Platz" if measure.places == 1 else f"{measure.places} Plätze")
    if measure.amount_cents is not None:
        beside.append(format_euro(measure.amount_cents))
    return f"{measure.title} ({'; '.join(beside)})" if beside else measure.title


def typed_words(measure: Measure) -> str:
    """A measure in words that say its type, too."""
    words = measure_words(measure)
    return f"{words}, {TYPE}: {measure.type_label}" if measure.type_label else words


def entry_words(entry: Entry) -> str:
    """An earmark as the document names it, with its amount where one is stated."""
    amount = entry.amount_cents
    return entry.label if amount is None else f"{entry.label}: {format_euro(amount)}"


def _inlines(piece: Piece, values: Mapping[str, str]) -> b.Inlines:
    if piece.is_plain:
        return inlines_from(piece.text, values)
    (block,) = blocks_from(piece.text, values)
    assert isinstance(block, b.Paragraph)
    return block.inlines


def _words(piece: Piece, values: Mapping[str, str]) -> str:
    return _said(_inlines(piece, values))


def _said(inlines: b.Inlines) -> str:
    return "".join(each.text for each in inlines if not isinstance(each, b.Correction))


def _plain(block: b.Block) -> str:
    match block:
        case b.Paragraph():
            return _said(block.inlines)
        case b.BulletList():
            return "\n".join(f"{BULLET} {_said(item)}" for item in block.items)
    raise TypeError(block)


def _in_a_sentence(words: tuple[str, ...]) -> str:
    *first, last = words or ("",)
    return f"{', '.join(first)} und {last}" if first else last


NOUNS = {"measures": "Maßnahme", "earmarks": "Zweck", "frameworks": "Bezugsrahmen"}
