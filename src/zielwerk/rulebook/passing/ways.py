"""The ways in which a body passes a grant on, and what each of them needs.

Which ways there are is said by the programme year. What a way means is a closed list: a document
or none, whether the conditions of the notice go along, what is checked before, whether the Träger
owes a proof, and which papers are asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zielwerk.rulebook.passing.checks import Check
from zielwerk.rulebook.refusal import msg


class Document(StrEnum):
    """By what document it is passed on."""

    NOTICE = "notice"
    CONTRACT = "contract"
    ORDER = "order"
    NONE = "none"


DOCUMENTS: Mapping[str, str] = {
    Document.NOTICE: msg("Weiterleitungsbescheid"),
    Document.CONTRACT: msg("Weiterleitungsvertrag"),
    Document.ORDER: msg("Leistungsvertrag"),
    Document.NONE: msg("Vermerk über die eigene Durchführung"),
}
PRIVATE = frozenset({Document.CONTRACT, Document.ORDER})
"""Documents of private law: what stands in them is between the body and the Träger."""


class Due(StrEnum):
    """From when a paper is missing: from the first day, or once the proof is due."""

    START = "start"
    PROOF = "proof"


DUES: Mapping[str, str] = {Due.START: msg("ab Beginn"), Due.PROOF: msg("zum Nachweis")}


@dataclass(frozen=True)
class Paper:
    """A paper that the Träger owes."""

    code: str
    label: str
    due: Due = Due.START


@dataclass(frozen=True)
class Way:
    """A way of passing on, as the programme year says it."""

    code: str
    label: str
    document: Document = Document.CONTRACT
    inherits: bool = True
    checks: tuple[Check, ...] = ()
    proof: bool = True
    papers: tuple[Paper, ...] = ()

    @property
    def to_another(self) -> bool:
        """Whether somebody else carries it out; else the body does so itself."""
        return self.document is not Document.NONE

    @property
    def is_private(self) -> bool:
        return self.document in PRIVATE


@dataclass(frozen=True)
class OpenPaper:
    """A paper that is not there: which one, and since or until when."""

    paper: Paper
    due: date | None
    is_late: bool


def open_papers(
    way: Way, there: Iterable[str], begun: date | None, proof_due: date | None, on: date
) -> list[OpenPaper]:
    """The papers that are not there, in the order declared; late from the day after they are due.

    What is owed at the start is due on the first day; the rest by the day of the proof.
    """
    known = frozenset(there)
    found = []
    for paper in way.papers:
        if paper.code not in known:
            due = begun if paper.due is Due.START else proof_due
            found.append(OpenPaper(paper, due, due is not None and due < on))
    return found


def of_code(ways: Sequence[Way], code: str) -> Way | None:
    """The way of a code; None where the programme year does not know it."""
    return next((way for way in ways if way.code == code), None)
