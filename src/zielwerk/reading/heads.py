"""Where and when was signed: the lines of place and date above a signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from zielwerk.reading.days import ILLEGIBLE, REPAIRED, read_day
from zielwerk.reading.model import Found
from zielwerk.reading.outline import is_place_line
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.likeness import alike
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import msg

MISSING = msg("Im Text steht nichts dazu.")

PLACE = re.compile(
    r"(?:Ort,? ?(?:und )?Datum:? ?|\d{5} )?(?P<place>[A-ZÄÖÜl][^\d,]{2,40}?)"
    r"(?:[,.] ?(?:d[ec][nmu](?![^\W\d])|dern|am|d\.|im|DEN)?"
    r"|\s(?:d[ec][nu]|DEN)(?![^\W\d])|\sam(?= ?\d))"
    r" ?(?P<date>.*)"
)
_TOWN_FIRST = re.compile(
    r"(?P<place>\w[^\s,]+)(?:, ?(?:den|am) (?=[^\W\d]))?"
    r"(?P<date>,? .*\d.*|[^\W\d].*\d.*|, ?\w{2,4}\b.*)"
)
_DONE = re.compile(
    r"(?:Unterzeichnet|Unterschrieben|Geschehen|Ausgefertigt|Abgeschlossen)"
    r"(?: (?:am|den) (?P<day>.*?\d.*?))? (?:in|zu) (?P<place>[A-ZÄÖÜ][^\d,]{2,40}?)"
    r"(?:,? (?:am|den) (?P<date>.*))?\.?"
)
_FIELD = re.compile(r"(?P<what>Ort|Datum):\s*(?P<value>.*)")
_DATED = re.compile(r"(?:Datum|vom|Stand):? ?(?P<date>\d.*)")
_ADDED = re.compile(r"\s*[(/].*$")  # "Friedberg (Hessen)", "Friedberg/Hessen"
_BELOW = 2  # lines below one of place and date in which its date may stand


@dataclass(frozen=True)
class Head:
    """Where and when was signed, each with its place in the text, and the lines that say so.

    ``is_empty`` says that no date was written at all.
    """

    place: Found[str | None]
    date: Found[date | None]
    is_empty: bool
    lines: tuple[Line, ...] = ()

    @classmethod
    def nothing(cls) -> Self:
        """What stands above a signature that says neither."""
        return cls(Found(None, (0, 0), 0.3, MISSING), Found(None, (0, 0), 0.3, MISSING), True)


def begins(text: str, seats: Sequence[str]) -> bool:
    """Whether a line says where or when was signed."""
    if len(text) > 90:
        return False
    return bool(_matched(text, seats) or _FIELD.match(text) or _DONE.fullmatch(text))


def is_field(text: str) -> bool:
    """Whether a line is one of a form: "Ort: Friedberg", "Datum: 12.07.2024"."""
    return _FIELD.match(text) is not None


def _matched(text: str, seats: Sequence[str]) -> re.Match[str] | None:
    """Match a line of place and date; with a misread "den" the town must be a known seat."""
    match = PLACE.fullmatch(text)
    if match and is_place_line(text):
        return match
    match = _TOWN_FIRST.fullmatch(text)
    if match and max(alike(match["place"], seat.split()[0]) for seat in seats) >= 0.8:
        return match
    return None


def head(block: Sequence[Line], seats: Sequence[str], period: Period) -> Head:
    """Read where and when was signed from the first lines of a block.

    A date may stand in the line below its place: "Friedberg, den" above "12. Juli 2024".
    """
    first = block[0]
    if is_field(first.text):
        return _of_fields(block, seats, period)
    match = _DONE.fullmatch(first.text) or _matched(first.text, seats)
    assert match is not None
    place = _place(first.flat.part(*match.span("place")).strip(), seats)
    given = match.re is _DONE and match["day"] is not None
    written = first.flat.part(*match.span("day" if given else "date"))
    if match["day" if given else "date"] and written.text.strip(" _.,-–…"):
        return Head(place, read_day(written.strip(), period), False, (first,))
    for below in block[1 : 1 + _BELOW]:
        found = read_day(below.flat, period)
        if found.value is not None:
            return Head(place, found, False, (first, below))
    return Head(place, Found(None, first.flat.span(), 0.3, MISSING), True, (first,))


def _of_fields(block: Sequence[Line], seats: Sequence[str], period: Period) -> Head:
    found, lines = Head.nothing(), []
    for line in block[:2]:
        match = _FIELD.match(line.text)
        value = line.flat.part(match.start("value")).strip(" _.") if match else line.flat
        if match is None or not value.text:
            continue
        lines.append(line)
        if match["what"] == "Ort":
            found = Head(_place(value, seats), found.date, found.is_empty)
        else:
            found = Head(found.place, read_day(value, period), False)
    return Head(found.place, found.date, found.is_empty, tuple(lines))


def of_first_page(these: Sequence[Line], seats: Sequence[str], period: Period) -> Head:
    """Where and when a notice was written, as its first page says."""
    for line in these:
        if len(line.text) <= 90 and _matched(line.text, seats):
            return head([line], seats, period)
    for line in these:
        if match := _DATED.fullmatch(line.text):
            nowhere = Head.nothing()
            return Head(nowhere.place, read_day(line.flat.part(match.start("date")), period), False)
    return Head.nothing()


def _place(text: Traced, seats: Sequence[str]) -> Found[str | None]:
    best = max(seats, key=lambda seat: alike(seat, text.text))
    score = alike(best, text.text)
    if text.text == best or _ADDED.sub("", text.text) == best:
        return Found(best, text.span())
    if score >= 0.999 or (len(text.text) > len(best) and text.text.startswith(best + " ")):
        return Found(best, text.span(), 0.95, "")
    if any(re.match(rf"{re.escape(text.text)} (?:am|an|vor|i|a)\b", seat) for seat in seats):
        return Found(text.text, text.span(), 0.95, "")  # "Limburg" for "Limburg an der Lahn"
    if score >= 0.75:
        return Found(best, text.span(), 0.75, REPAIRED)
    if re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+(?:[ -][A-Za-zäöüßÄÖÜ.]+)*", text.text):
        return Found(text.text, text.span(), 0.6, REPAIRED)
    return Found(None, text.span(), 0.3, ILLEGIBLE)
