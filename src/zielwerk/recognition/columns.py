"""Lines that are rows of a table: cells between wide gaps or bars, under the names of columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.traced import Traced

_BAR = re.compile(r"\s*[|¦]\s*")
_BETWEEN = re.compile(r"\s*[|¦]\s*|[ \t]{3,}")
_BETWEEN_NAMES = re.compile(r"\s*[|¦]\s*|[ \t]{2,}")
_RULE = re.compile(r"[-–—=_+|¦:\s]{3,}")
_NUMBER = re.compile(r"(?:lfd\.? ?)?Nr\.?|#|\d{1,2}[.)]?", re.IGNORECASE)
_VALUE = re.compile(r"[\d.,'’ ]+(?:,-+)?(?: ?(?:Euro|EUR|€|%|TN|Pl[äa]tze|Personen))?|[-–—]")
_SUM = re.compile(r"(?=.*\d)(?:\d{1,3}(?:[.'’ ]\d{3})+|\d{4,}|.*(?:Euro|EUR|€|,)).*|[-–—]")
_COUNT = re.compile(r"\d{1,4}(?: ?(?:TN|Pl[äa]tze|Personen))?|[-–—]")
_WORDS = re.compile(rf"(?!(?:{_VALUE.pattern})$).*[^\W\d]{{2}}.*|[-–—]")
_NAMES = {
    "number": r"(?:lfd\.? ?)?Nr\b|#|Pos\b|Ziffer",
    "scaled": r".*(?:\bT ?€|\bTEUR\b|\bTsd\b|\bTausend\b|\bMio\b)",
    "type": r"(?:Maßnahmen?-?)?(?:art|typ)\b",
    "amount": r"Betrag|Euro|EUR|€|Mittel|Budget|Kosten|Förder(?:summe|betrag)|Zu(?:wendung|schuss)",
    "seats": r"(?:Teilnahme|Teilnehmer)?pl[äa]tze|Platzzahl|TN\b|Teilnehm\w*|Anzahl|Personen",
    "target": r"Ziel(?:e|zahl|wert|größe)?\b|Erfolg",
    "place": r"(?:Stand|Durchführungs)?Ort",
    "title": r"Maßnahmen?|Projekt\w*|Titel|Bezeichnung|Angebote?|Vorhaben",
}
_NAMED = {name: re.compile(rf"\W*(?:{words})", re.IGNORECASE) for name, words in _NAMES.items()}
# What may stand in a column of a name; in one that has none, anything.
_HOLDS = {
    "number": _NUMBER, "title": _WORDS, "type": _WORDS, "place": _WORDS, "target": _WORDS,
    "seats": _COUNT, "amount": _SUM, "scaled": _SUM,
}  # fmt: skip
_MEASURED = {"number", "seats", "amount", "scaled"}  # no sentence has cells of them
_MOST_COLUMNS = 10
OPEN = "?"  # behind the name of a column that a cell may stand in, or in another one


@dataclass(frozen=True)
class Row:
    """A row: the cell that names it, and the others, each with the name of its column.

    ``type`` is what whoever knows the types of measures found in it. One that ``is_wrapped`` may
    stand on two lines.
    """

    title: Traced
    cells: tuple[tuple[str, Traced], ...]
    type: Any = None
    is_numbered: bool = False
    is_wrapped: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the table has names of columns."""
        return any(kind for kind, _ in self.cells)


def cells(line: Line) -> list[Traced]:
    """The cells of a line that has bars or wide gaps, else the line as the only one.

    >>> from zielwerk.recognition.cleaning import characters, lines
    >>> (row,) = lines(characters("| Kompass-Camp | 16 | 84.500 Euro |"))
    >>> [cell.text for cell in cells(row)]
    ['Kompass-Camp', '16', '84.500 Euro']
    """
    pieces = (piece.strip() for piece in line.wide.split(_BETWEEN))
    return [piece for piece in pieces if piece.text]


def column(name: str) -> str | None:
    """What a column of this name holds: number, title, type, seats, amount, place or target.

    In one that is ``scaled`` amounts are thousands or millions.
    """
    return next((kind for kind, words in _NAMED.items() if words.match(name)), None)


def is_of_table(text: str) -> bool:
    """Whether a line can be no sentence: a rule, or cells between bars."""
    return _RULE.fullmatch(text) is not None or text.count("|") > 2


def rows(these: Sequence[Line]) -> dict[int, Row | None]:
    """The rows of tables by line; null for the names of columns and for lines that are rules.

    A line with cells is a row where the columns are named above it, or where another line has as
    many cells of which all but one are numbers. Where rows are numbered, one without a number
    goes on with a row of which nothing but number and title are there.
    """
    found: dict[int, Row | None] = {}
    names: list[str | None] = []
    for at, line in enumerate(these):
        if _RULE.fullmatch(line.text) and re.search(r"[|+=]|-{3}", line.text):
            found[at] = None
        elif (heading := _split(line, _BETWEEN_NAMES)) and _are_names(heading):
            names = [column(cell.text) for cell in heading]
            found[at] = None
        elif (row := _row(line, names)) is None:
            continue
        elif (before := found.get(at - 1)) and _goes_on(before, row):
            found[at - 1] = replace(
                row, title=Traced.join((before.title, row.title), " "), is_wrapped=True
            )
            found[at] = None
        else:
            found[at] = row
    if names or sum(row is not None for row in found.values()) > 1:
        return found
    return {}


def _goes_on(before: Row, row: Row) -> bool:
    return before.is_numbered and not before.cells and not row.is_numbered


def _split(line: Line, between: re.Pattern[str]) -> list[Traced]:
    return [piece for each in line.wide.split(between) if (piece := each.strip()).text]


def _are_names(these: Sequence[Traced]) -> bool:
    named = [column(cell.text) for cell in these]
    return sum(name is not None for name in named) > 1 and not any(
        re.search(r"\d", cell.text) for cell in these
    )


def _row(line: Line, names: Sequence[str | None]) -> Row | None:
    """Give each cell its column's name; without names a number says itself what it is."""
    these = cells(line)
    placed = _placed(line, these, names) if "title" in names else []
    if not placed:
        if len(these) < 2:
            return None
        numbered = len(these) > 2 and _NUMBER.fullmatch(these[0].text) is not None
        at = 1 if numbered else 0
        others = [cell for i, cell in enumerate(these) if i > at]
        if not others or not all(_VALUE.fullmatch(cell.text) for cell in others):
            return None
        placed = [("title" if i == at else "", cell) for i, cell in enumerate(these)]
    title = next((cell for kind, cell in placed if kind == "title"), None)
    if title is None or not re.search(r"[^\W\d]{2}", title.text):
        return None
    beside = [(kind or "", cell) for kind, cell in placed if kind not in ("title", "number")]
    is_numbered = any(kind == "number" for kind, _ in placed)
    return Row(title, tuple(beside), is_numbered=is_numbered)


def _placed(
    line: Line, these: Sequence[Traced], names: Sequence[str | None]
) -> list[tuple[str | None, Traced]]:
    """The cells with the names of their columns; none where it is open which one is empty."""
    between_bars = [piece.strip() for piece in line.wide.split(_BAR)]
    if len(between_bars) > 1:
        first = 0 if between_bars[0].text else 1
        last = first + len(names)
        if len(between_bars) >= last and not any(cell.text for cell in between_bars[last:]):
            paired = zip(names, between_bars[first:last], strict=True)
            return [(name, cell) for name, cell in paired if cell.text]
    for split in (these, _split(line, _BETWEEN_NAMES)):
        if len(split) == len(names):
            return list(zip(names, split, strict=True))
    ways = _ways(these, names) if 1 < len(these) < len(names) <= _MOST_COLUMNS else []
    placed = [
        (_agreed([names[way[i]] for way in ways]), cell) for i, cell in enumerate(these) if ways
    ]
    kinds = [kind for kind, _ in placed]
    return placed if kinds.count("title") == 1 and _MEASURED & set(kinds) else []


def _agreed(kinds: Sequence[str | None]) -> str | None:
    """The column that a cell stands in; one of several that it may be is marked as open."""
    return kinds[0] if len(set(kinds)) == 1 else f"{kinds[0] or ''}{OPEN}"


def _ways(these: Sequence[Traced], names: Sequence[str | None]) -> list[tuple[int, ...]]:
    """The columns that cells may stand in, one of them the title's, by what they hold."""

    fitting = [
        [name is None or _HOLDS[name].fullmatch(cell.text) is not None for name in names]
        for cell in these
    ]
    title = names.index("title")
    return [
        columns
        for columns in combinations(range(len(names)), len(these))
        if title in columns and all(fits[at] for fits, at in zip(fitting, columns, strict=True))
    ]
