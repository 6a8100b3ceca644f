"""Forbidden content of a workbook, searched in its XML before a library reads the values.

Formulas (whose stored results may be stale or false), error values, cells so far out that
the rectangle up to them would fill the memory, and long texts repeated by reference.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables.model import Limits
from zielwerk.tables.package import Parts, unpacks_too_large
from zielwerk.tables.shape import letters, too_many_columns, too_many_rows
from zielwerk.tables.values import quoted

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE | re.ASCII)
_BLANK_LINES = 100  # so many are allowed above and between the rows of a large table
_MOST_EMPTY = 2_000_000  # cells without content inside the rectangle of those with it


def inspect(name: str, parts: Parts, limits: Limits) -> None:
    """Search every sheet, seen or hidden.

    Raises :class:`Refused` with ``tables.formula``, ``tables.error_value``,
    ``tables.too_many_rows``, ``tables.too_many_columns``, ``tables.too_sparse`` or
    ``tables.unpacks_too_large``; ``ExpatError``, ``KeyError`` and ``ValueError`` mean that
    the file is damaged.
    """
    lengths = _string_lengths(parts.get(_STRINGS, b""))
    for part, title in _sheets(parts).items():
        search = _Search(name, title, lengths, limits)
        search.run(parts[part])


def _sheets(parts: Parts) -> Mapping[str, str]:
    """Every part that may be a sheet, with the title by which people know it."""
    targets: dict[str, str] = {}
    for _tag, attributes in _elements(parts[_RELATIONS]):
        path = posixpath.join("/xl", attributes.get("Target", ""))
        targets[attributes.get("Id", "")] = posixpath.normpath(path)[1:]
    titles = {
        targets.get(attributes.get("r:id", "")): attributes.get("name", "")
        for tag, attributes in _elements(parts[_WORKBOOK])
        if tag == "sheet"
    }
    common_parts = {_STRINGS, _STYLES, _WORKBOOK, _RELATIONS}
    return {
        part: titles.get(part, posixpath.basename(part))
        for part in parts
        if part in titles
        or (part.startswith("xl/") and "sheet" in part and part not in common_parts)
    }


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """All elements of a small part: names without prefix, attributes as written."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, attributes: elements.append((_local(tag), attributes))
    parser.Parse(xml, True)
    return elements


def _string_lengths(xml: bytes) -> list[int]:
    """How many characters each shared string has."""
    lengths: list[int] = []

    def start(tag: str, _given: dict[str, str]) -> None:
        if _local(tag) == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    if xml:
        parser.Parse(xml, True)
    return lengths


def _parser() -> expat.XMLParserType:
    """A parser that takes no definitions: no workbook has them, attacks do."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_args: object) -> None:
        raise ValueError("a document type definition")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


@dataclass
class _Search:
    """One pass over a sheet; rows and columns count from 1."""

    name: str
    title: str
    lengths: list[int]
    limits: Limits
    row: int = 0
    column: int = 0
    kind: str = ""
    text: list[str] | None = None  # of the reference to a shared string that is being read
    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    characters: int = 0

    def run(self, xml: bytes) -> None:
        parser = _parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.read
        parser.Parse(xml, True)
        if self.last_row * self.last_column - self.cells > _MOST_EMPTY:
            raise Refused(self._too_sparse())

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
                self.column = 0
            case "c":
                self._move(attributes.get("r", ""))
                self.kind = attributes.get("t", "")
            case "f":
                raise Refused(self._refusal("tables.formula", _FORMULA))
            case "v":
                if self.kind == "e":
                    raise Refused(self._refusal("tables.error_value", _ERROR_VALUE))
                self._count()
                self.text = [] if self.kind == "s" else None
            case "is":
                self._count()

    def read(self, characters: str) -> None:
        if self.text is not None:
            self.text.append(characters)

    def end(self, _tag: str) -> None:
        if self.text:
            self.characters += self.lengths[int("".join(self.text))]
            if self.characters > self.limits.unpacked_bytes:
                raise Refused(unpacks_too_large(self.name, self.limits))
        self.text = None

    def _move(self, place: str) -> None:
        """Go to a cell; one that does not say its place follows the one before."""
        if not place:
            self.column += 1
            return
        match = _CELL.fullmatch(place)
        if match is None:
            raise ValueError(f"no place of a cell: {place}")
        self.column = 0
        for letter in match[1].upper():
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.row = int(match[2])

    def _count(self) -> None:
        """Only cells with content count: formats alone may reach to the end of a sheet."""
        self.cells += 1
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row > self.limits.rows + _BLANK_LINES:
            raise Refused(too_many_rows(self.name, self.limits))
        if self.last_column > self.limits.columns:
            raise Refused(too_many_columns(self.name, self.limits))

    def _refusal(self, rule: str, sentence: str) -> Refusal:
        cell = f"{letters(self.column - 1)}{self.row}"
        values = {"file": quoted(self.name), "sheet": quoted(self.title), "cell": cell}
        return Refusal(rule, sentence, values)

    def _too_sparse(self) -> Refusal:
        sentence = msg(
            "{file}: Das Blatt „{sheet}“ ist fast leer, reicht aber bis {cell}. Bitte nur die "
            "Tabelle in ein neues Blatt kopieren."
        )
        self.row, self.column = self.last_row, self.last_column
        return self._refusal("tables.too_sparse", sentence)


_FORMULA = msg(
    "{file}: Im Blatt „{sheet}“ steht in {cell} eine Formel. Bitte die Werte statt der Formeln "
    "einfügen und noch einmal speichern."
)
_ERROR_VALUE = msg("{file}: Im Blatt „{sheet}“ steht in {cell} ein Fehlerwert wie #NV.")
