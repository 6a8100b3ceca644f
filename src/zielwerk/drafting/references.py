"""What a clause announces in another one: goals, key figures, or the clause itself."""

import re
from collections.abc import Iterator

from zielwerk.drafting.model import Clause, Content, Document, PieceKind
from zielwerk.rulebook.checking import Reference

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_GOALS = re.compile(r"\bZiele?n?\b")
_FIGURES = re.compile(r"\bEckdaten\b")


def references(document: Document) -> tuple[Reference, ...]:
    """Every reference from one clause to another, each once, in the order of the text.

    What a sentence names before the number is what it announces there.
    """
    mark = _mark_of(document.clauses)
    found = (each for clause in document.clauses for each in _of_clause(clause, mark))
    return tuple(dict.fromkeys(found))


def with_goals(document: Document) -> tuple[str, ...]:
    """The numbers of the clauses that hold goals: those that list targets, where there are any."""
    return tuple(_listing(document, "targets")) if document.content.targets else ()


def with_figures(document: Document) -> tuple[str, ...]:
    """The numbers of the clauses that hold more figures than the total."""
    content = document.content
    slots = [slot for slot in ("measures", "earmarks") if _has_figures(content, slot)]
    return tuple(number for slot in slots for number in _listing(document, slot))


def _mark_of(clauses: tuple[Clause, ...]) -> re.Pattern[str]:
    """Numbers of clauses as this document writes them: "§ 5", "Ziffer 3"."""
    words = {clause.number.rpartition(" ")[0] for clause in clauses} - {""}
    named = "|".join(sorted(map(re.escape, words)) or ["§"])
    return re.compile(rf"(?:{named}) \d+[a-z]?")


def _of_clause(clause: Clause, mark: re.Pattern[str]) -> Iterator[Reference]:
    for piece in clause.pieces:
        if piece.kind is PieceKind.PLACE:
            continue
        for sentence in _SENTENCE.split(piece.text):
            for named in mark.finditer(sentence):
                before = sentence[: named.start()]
                what = "goals" if _GOALS.search(before) else "clause"
                what = "figures" if _FIGURES.search(before) else what
                if named[0] != clause.number:
                    yield Reference(clause.number, named[0], what)


def _listing(document: Document, slot: str) -> Iterator[str]:
    for clause in document.clauses:
        if any(each.kind is PieceKind.PLACE and each.text == slot for each in clause.pieces):
            yield clause.number


def _has_figures(content: Content, slot: str) -> bool:
    if slot == "earmarks":
        return any(each.amount_cents is not None for each in content.earmarks)
    return any(
        each.places is not None or each.amount_cents is not None for each in content.measures
    )
