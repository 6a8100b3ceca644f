"""A drafted document: frozen values with ids, and their JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any


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
class Document:
    """A document in one version: its clauses and what fills their slots."""

    content: Content
    clauses: tuple[Clause, ...]

    @property
    def title(self) -> str:
        return f"{self.content.document} {self.content.year}"

    def to_json(self) -> dict[str, Any]:
        """The document as JSON; without targets it is what it was before there were any."""
        data = asdict(self)
        if not self.content.targets:
            del data["content"]["targets"]
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
        return cls(Content(**content), tuple(_clause(each) for each in data["clauses"]))

    @property
    def hash(self) -> str:
        """The digest of the whole content; equal for equal documents, on every machine."""
        data = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(data.encode()).hexdigest()

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


# Of letters and digits that look alike (0 O, 1 I, 5 S, 8 B, 2 Z) one is left out, or both.
CODE_LETTERS = "2346789ACDFHJKLMNPRTUVWXY"
CODE_LENGTH = 12


def _clause(data: Mapping[str, Any]) -> Clause:
    pieces = tuple(Piece(**{**each, "kind": PieceKind(each["kind"])}) for each in data["pieces"])
    return Clause(**{**data, "pieces": pieces})
