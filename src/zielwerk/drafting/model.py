"""A drafted document: frozen values with ids, and their JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from zielwerk.rulebook.agreement import FORMS, Form


class PieceKind(StrEnum):
    """What a piece of a clause is; a ``PLACE`` is where the entries of a list slot stand."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    PLACE = "place"


@dataclass(frozen=True)
class Piece:
    """A part of a clause that is worded, compared and talked about as a whole.

    ``text`` is Markdown with ``{slots}``, without any where people worded it (``is_plain``); of a
    ``PLACE`` it is the name of the slot alone.
    """

    id: str  # 04-mittel/2
    kind: PieceKind
    text: str
    is_plain: bool = False


@dataclass(frozen=True)
class Clause:
    """A clause: fixed, or ``is_negotiable``; ``is_own`` where the body added it."""

    id: str  # 04-mittel
    number: str  # § 4
    title: str
    pieces: tuple[Piece, ...]
    is_negotiable: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Measure:
    """A measure as it is to be agreed. ``id`` is its own for good; amount and places may be open.

    ``type`` is a code of the year, ``type_label`` what people call it.
    """

    id: str
    type: str
    type_label: str
    title: str
    amount_cents: int | None = None
    places: int | None = None


@dataclass(frozen=True)
class Target:
    """A target as it is to be agreed. ``id`` is its own for good.

    ``measure`` is the id of the measure that it belongs to, empty for one of the whole year.
    ``indicator``, ``subgroup`` and ``unit`` are what people call them, ``baseline`` is said in
    words. ``value`` is to be reached on the day ``until``; it is null in an observation and in
    words, and while it is open.
    """

    id: str
    measure: str
    kind: str
    indicator: str = ""
    subgroup: str = ""
    unit: str = ""
    value: int | None = None
    until: str = ""  # 2026-12-31
    baseline: str = ""
    assumption: str = ""
    data_source: str = ""
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry of a list slot that stands for a code: a framework, an earmark.

    ``amount_cents`` is null where none is stated.
    """

    code: str
    label: str
    amount_cents: int | None = None


@dataclass(frozen=True)
class Content:
    """What is to be agreed: typed values, each in one place. Amounts in euro cents.

    ``strategy`` and ``meeting`` are empty where they are not known yet; ``region`` is the body
    with its kind, ``ministry_short`` what the text calls the ministry after its first mention.
    """

    programme: str
    programme_name: str
    document: str  # Zielvereinbarung
    year: int
    ags: str
    region: str
    ministry: str
    ministry_short: str
    granting_authority: str
    budget_name: str
    portal: str
    amount_cents: int
    legal_areas: tuple[str, ...] = ()
    frameworks: tuple[Entry, ...] = ()
    earmarks: tuple[Entry, ...] = ()
    measures: tuple[Measure, ...] = ()
    strategy: str = ""
    meeting: str = ""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Amends:
    """What an amended document changes: the record that held, its text, and how.

    ``code`` is the check code of the text that it started from, ``digest`` that of its words and
    values alone: equal to :attr:`Document.substance` while nothing is changed. ``number`` counts
    the changes from 1, ``form`` says of which kind it is
    (:class:`~zielwerk.rulebook.agreement.Form`) and ``basis`` on which place it rests. ``since``
    is the day of the last signature, as ISO.
    """

    file_number: str
    digest: str
    code: str
    number: int
    form: str
    basis: str
    since: str = ""


@dataclass(frozen=True)
class Document:
    """A document in one version: its clauses and what fills their slots.

    One that changes another says which it ``amends``, and the whole content as it is to hold.
    """

    content: Content
    clauses: tuple[Clause, ...]
    amends: Amends | None = None

    @property
    def title(self) -> str:
        """What it is called: "Zielvereinbarung 2026", of a change with its kind and number."""
        title = f"{self.content.document} {self.content.year}"
        if self.amends is None:
            return title
        number = f" {self.amends.number}" if self.amends.form in NUMBERED else ""
        return f"{title}, {FORMS[Form(self.amends.form)]}{number}"

    def to_json(self) -> dict[str, Any]:
        """The document as JSON; what it has none of, targets or a base, is left out.

        So those from before there was such a thing have the same JSON, and digest.
        """
        data = asdict(self)
        if not self.content.targets:
            del data["content"]["targets"]
        if self.amends is None:
            del data["amends"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Undo :meth:`to_json`; unknown keys are a bug and raise."""
        content = {
            **data["content"],
            "legal_areas": tuple(data["content"]["legal_areas"]),
            "frameworks": tuple(Entry(**each) for each in data["content"]["frameworks"]),
            "earmarks": tuple(Entry(**each) for each in data["content"]["earmarks"]),
            "measures": tuple(Measure(**each) for each in data["content"]["measures"]),
            "targets": tuple(Target(**each) for each in data["content"].get("targets", ())),
        }
        clauses = tuple(_clause(each) for each in data["clauses"])
        amends = Amends(**data["amends"]) if "amends" in data else None
        return cls(Content(**content), clauses, amends)

    @property
    def hash(self) -> str:
        """The digest of the whole content; equal for equal documents, on every machine."""
        data = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(data.encode()).hexdigest()

    @property
    def substance(self) -> str:
        """The digest of words and values, whatever the document amends."""
        return replace(self, amends=None).hash

    @property
    def check_code(self) -> str:
        """Twelve characters of the digest, in threes: what people compare by eye or telephone.

        Letters that look or sound like others do not occur.
        """
        number = int(self.hash, 16)
        letters = []
        for _ in range(CODE_LENGTH):
            number, place = divmod(number, len(CODE_LETTERS))
            letters.append(CODE_LETTERS[place])
        code = "".join(letters)
        return "-".join(code[at : at + 3] for at in range(0, CODE_LENGTH, 3))


NUMBERED = frozenset({Form.AMENDMENT, Form.NOTICE})
"""Forms of change that are counted: Nachtrag 1, Änderungsbescheid 2."""
# Of letters and digits that look alike (0 O, 1 I, 5 S, 8 B, 2 Z) one is left out, or both.
CODE_LETTERS = "2346789ACDFHJKLMNPRTUVWXY"
CODE_LENGTH = 12


def _clause(data: Mapping[str, Any]) -> Clause:
    pieces = tuple(Piece(**{**each, "kind": PieceKind(each["kind"])}) for each in data["pieces"])
    return Clause(**{**data, "pieces": pieces})
