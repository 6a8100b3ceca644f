"""Changes of a document: what a proposal or an edit does to one of its nodes, and nothing else.

A change names the node by its id and brings the new value. What it does to a version that has
the node is the same, whenever it is applied: so proposals are accepted one by one, in any order.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from zielwerk.drafting.clauses import one_line
from zielwerk.drafting.model import Clause, Document, Measure, Piece, PieceKind, Target
from zielwerk.drafting.targets import beneath, has_targets_place, target_words
from zielwerk.drafting.views import slot_values, spoken, typed_words, values
from zielwerk.packs.wording import SLOTS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.markdown import SLOT

BLANK_LINE = re.compile(r"\n\s*\n")  # browsers send a return before each end of a line
OWN = "eigene"  # begins the ids of a body's additions
FRESH = "neu-"  # begins the ids of measures that nobody planned before
AGREED = "vereinbart-"  # begins the ids of measures that were agreed before they were planned here
EARMARK = "value/earmark."
AMOUNT = "value/amount"
WORD_VALUES = {"value/strategy": "strategy", "value/meeting": "meeting"}


class ChangeKind(StrEnum):
    """What a change does to its node."""

    WORDING = "wording"  # a paragraph or an item is worded otherwise
    VALUE = "value"  # an amount or a name that stands in the text
    MEASURE = "measure"  # title, places or amount of a measure
    TARGET = "target"  # what is aimed at, and what that rests on
    ADD = "add"  # a measure, a target, or an addition of the body
    DROP = "drop"  # a measure, a target, a paragraph, an item, or an addition


KIND_LABELS: Mapping[str, str] = {
    ChangeKind.WORDING: msg("anderer Wortlaut"),
    ChangeKind.VALUE: msg("anderer Wert"),
    ChangeKind.MEASURE: msg("Maßnahme ändern"),
    ChangeKind.TARGET: msg("Ziel ändern"),
    ChangeKind.ADD: msg("neu"),
    ChangeKind.DROP: msg("streichen"),
}


@dataclass(frozen=True)
class Change:
    """One change of the node ``node``.

    ``text`` is the new wording, with slots in braces, or a value in words; ``title`` heads an
    addition; ``cents`` is an amount, null where an earmark is to stand without one.
    """

    kind: ChangeKind
    node: str
    text: str = ""
    title: str = ""
    cents: int | None = None
    measure: Measure | None = None
    target: Target | None = None

    @property
    def is_addition(self) -> bool:
        """Whether it adds a clause of the body's own."""
        return self.kind is ChangeKind.ADD and self.measure is None and self.target is None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        """Undo :meth:`to_json`."""
        measure = Measure(**data["measure"]) if data["measure"] else None
        target = Target(**data["target"]) if data.get("target") else None
        kind = ChangeKind(data["kind"])
        return cls(**{**data, "kind": kind, "measure": measure, "target": target})


def applied(document: Document, change: Change) -> Document:
    """The document with the change; raises Refused where the node is not there any more.

    What is added must not be there yet; a paragraph that is worded otherwise says something.
    """
    is_there = value_of(document, change.node) is not None
    if is_there == (change.kind is ChangeKind.ADD):
        raise Refused(THERE_ALREADY if is_there else GONE)
    return _APPLY[change.kind](document, change)


def value_of(document: Document, node: str) -> Any:
    """What a node says, as JSON to compare; None where the document has no such node."""
    content = document.content
    if node == AMOUNT:
        return content.amount_cents
    if node in WORD_VALUES:
        return getattr(content, WORD_VALUES[node])
    if node.startswith(EARMARK):
        code = node.removeprefix(EARMARK)
        found = [each.amount_cents for each in content.earmarks if each.code == code]
        return {"cents": found[0]} if found else None
    if measure := measure_of(document, node):
        return asdict(measure)
    if target := target_of(document, node):
        return asdict(target)
    for clause in document.clauses:
        if clause.id == node:
            return [clause.title, *(piece.text for piece in clause.pieces)]
        for piece in clause.pieces:
            if piece.id == node:
                return piece.text
    return None


def measure_of(document: Document, node: str) -> Measure | None:
    """The measure that a node is, if it is one."""
    return next((each for each in document.content.measures if measure_node(each) == node), None)


def measure_node(measure: Measure) -> str:
    return f"measures/{measure.id}"


def target_of(document: Document, node: str) -> Target | None:
    """The target that a node is, if it is one."""
    return next((each for each in document.content.targets if target_node(each) == node), None)


def target_node(target: Target) -> str:
    return f"targets/{target.id}"


def piece_of(document: Document, node: str) -> Piece | None:
    """The paragraph or item that a node is, if it is one."""
    pieces = (piece for clause in document.clauses for piece in clause.pieces)
    found = next((piece for piece in pieces if piece.id == node), None)
    return found if found and found.kind is not PieceKind.PLACE else None


def clause_of(document: Document, node: str) -> Clause | None:
    """The clause that a node is, or stands in."""
    for clause in document.clauses:
        if clause.id == node or any(piece.id == node for piece in clause.pieces):
            return clause
    return None


def words_of(document: Document, node: str) -> str:
    """What a node says as people read it; empty where the document has no such node."""
    if measure := measure_of(document, node):
        return typed_words(measure)
    if target := target_of(document, node):
        return target_words(target)
    if piece := piece_of(document, node):
        return spoken(piece, document.content)
    clause = clause_of(document, node)
    if clause:
        said = [spoken(piece, document.content) for piece in clause.pieces if _is_said(piece)]
        return "\n\n".join([f"{clause.number} {clause.title}", *said])
    return next((value.text for value in values(document) if value.id == node), "")


def _is_said(piece: Piece) -> bool:
    return piece.kind is not PieceKind.PLACE


def is_fixed(document: Document, node: str) -> bool:
    """Whether a node may be changed only once somebody opened it: fixed clauses, and values.

    Measures, targets and additions are what is negotiated.
    """
    if node.partition("/")[0] in ("measures", "targets"):
        return False
    clause = clause_of(document, node)
    if clause is None:
        return not node.startswith(f"{OWN}-")
    return not (clause.is_negotiable or clause.is_own)


def templated(document: Document, piece: Piece, words: str) -> str:
    """The text with its slots again, from words in which people read their values.

    Raises Refused where a value of the text is not in the words any more, naming it: it is
    changed where it stands, not in a sentence; and for braces, which nobody may type.
    """
    words = one_line(words)
    if "{" in words or "}" in words:
        raise Refused(BRACES)
    said = slot_values(document.content)
    parts, position = [], 0
    for slot in SLOT.finditer(piece.text):
        value = one_line(said[slot[1]])
        found = words.find(value, position)
        if found < 0:
            params = {"value": value, "name": Label(SLOTS[slot[1]])}
            raise Refused(Refusal("drafting.value_lost", VALUE_LOST, params))
        parts += [words[position:found], slot[0]]
        position = found + len(value)
    return "".join([*parts, words[position:]])


def _worded(document: Document, change: Change) -> Document:
    if not change.text.strip():
        raise Refused(NO_TEXT)

    def reword(piece: Piece) -> tuple[Piece, ...]:
        if piece.id != change.node:
            return (piece,)
        return (replace(piece, text=change.text, is_plain=True),)

    return _pieces(document, reword)


def _valued(document: Document, change: Change) -> Document:
    content, node = document.content, change.node
    if node == AMOUNT:
        content = replace(content, amount_cents=change.cents or 0)
    elif node in WORD_VALUES:
        said: dict[str, Any] = {WORD_VALUES[node]: one_line(change.text)}
        content = replace(content, **said)
    else:
        code = node.removeprefix(EARMARK)
        earmarks = tuple(
            replace(each, amount_cents=change.cents) if each.code == code else each
            for each in content.earmarks
        )
        content = replace(content, earmarks=earmarks)
    return replace(document, content=content)


def _measured(document: Document, change: Change) -> Document:
    assert change.measure
    new = change.measure
    old = document.content.measures
    measures = tuple(new if measure_node(each) == change.node else each for each in old)
    return replace(document, content=replace(document.content, measures=measures))


def _targeted(document: Document, change: Change) -> Document:
    assert change.target
    new = change.target
    old = document.content.targets
    targets = tuple(new if target_node(each) == change.node else each for each in old)
    return replace(document, content=replace(document.content, targets=targets))


def _added(document: Document, change: Change) -> Document:
    if change.measure:
        measures = [*document.content.measures, change.measure]
        types = list(dict.fromkeys(each.type for each in measures))
        measures.sort(key=lambda each: types.index(each.type))
        targets = beneath(measures, document.content.targets)
        content = replace(document.content, measures=tuple(measures), targets=targets)
        return replace(document, content=content)
    if change.target:
        return _aimed(document, change.target)
    if not (change.text.strip() and change.title.strip()):
        raise Refused(NO_TEXT)
    if set("{}") & set(change.text):
        raise Refused(BRACES)
    taken = [clause.number.rpartition(" ")[2] for clause in document.clauses if clause.is_own]
    number = max(map(int, taken), default=0) + 1
    paragraphs = [one_line(part) for part in BLANK_LINE.split(change.text) if part.strip()]
    pieces = tuple(
        Piece(f"{change.node}/{at}", PieceKind.PARAGRAPH, text, is_plain=True)
        for at, text in enumerate(paragraphs, 1)
    )
    own = Clause(change.node, f"Ergänzung {number}", one_line(change.title), pieces, True, True)
    return replace(document, clauses=(*document.clauses, own))


def _aimed(document: Document, target: Target) -> Document:
    """The document with a further target, beneath the measure that it is about."""
    content = document.content
    if not has_targets_place(document):
        raise Refused(NO_PLACE)
    if target.measure and target.measure not in {each.id for each in content.measures}:
        raise Refused(NO_MEASURE)
    targets = beneath(content.measures, (*content.targets, target))
    return replace(document, content=replace(content, targets=targets))


def _dropped(document: Document, change: Change) -> Document:
    node = change.node
    content = document.content
    if measure_of(document, node):
        measures = tuple(e for e in content.measures if measure_node(e) != node)
        targets = beneath(measures, content.targets)
        return replace(document, content=replace(content, measures=measures, targets=targets))
    if target_of(document, node):
        targets = tuple(e for e in content.targets if target_node(e) != node)
        return replace(document, content=replace(content, targets=targets))
    clause = clause_of(document, node)
    if clause is None or (clause.id == node and not clause.is_own):
        raise Refused(NOT_DROPPED)
    if clause.id == node:
        return replace(document, clauses=tuple(e for e in document.clauses if e.id != node))
    return _pieces(document, lambda piece: () if piece.id == node else (piece,))


def _pieces(document: Document, change: Callable[[Piece], tuple[Piece, ...]]) -> Document:
    clauses = tuple(
        replace(clause, pieces=tuple(new for piece in clause.pieces for new in change(piece)))
        for clause in document.clauses
    )
    return replace(document, clauses=clauses)


_APPLY: Mapping[ChangeKind, Callable[[Document, Change], Document]] = {
    ChangeKind.WORDING: _worded,
    ChangeKind.VALUE: _valued,
    ChangeKind.MEASURE: _measured,
    ChangeKind.TARGET: _targeted,
    ChangeKind.ADD: _added,
    ChangeKind.DROP: _dropped,
}
GONE = Refusal(
    "drafting.gone", msg("Diese Stelle gibt es in der neuesten Fassung nicht mehr: sie entfiel.")
)
THERE_ALREADY = Refusal("drafting.there_already", msg("Das steht in der neuesten Fassung schon."))
NO_PLACE = Refusal(
    "drafting.no_place", msg("Für Ziele hat dieser Text keine Stelle; er ist älter als sie.")
)
NO_MEASURE = Refusal(
    "drafting.no_measure",
    msg("Die Maßnahme, zu der das Ziel gehört, steht nicht im Text: Erst kommt sie hinein."),
)
NO_TEXT = Refusal(
    "drafting.no_text",
    msg("Es fehlt der Wortlaut. Soll die Stelle entfallen, schlagen Sie „Streichen“ vor."),
)
NOT_DROPPED = Refusal(
    "drafting.not_dropped", msg("Ganze Klauseln des Programms und Werte werden nicht gestrichen.")
)
BRACES = Refusal("drafting.braces", msg("Geschweifte Klammern kann der Text nicht enthalten."))
VALUE_LOST = msg(
    "„{value}“ ({name}) steht nicht mehr im Text. Solche Werte ändern Sie bei den Werten, nicht im "
    "Satz; hier bleiben sie, wie sie sind."
)
