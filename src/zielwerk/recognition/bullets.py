"""The marks that begin the items of a list, as offices set them and scanners leave them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.traced import Traced

_SIGN = r"•▪●■◦‣⁃○►▶▸➤➔→⇒✓✔☑☐□◆❑➢❖\uf0b7\uf0a7\uf0fc\uf0d8·∙*"
_NUMBERED = r"\d{1,2}[.)]|[a-k]\)|\([a-k]\)|\(\d{1,2}\)|\d\.\d{1,2}\.?"
_BULLET = re.compile(
    rf"[{_SIGN}]\s?(?=\S)"
    r"|[-–—]\s?(?=[A-ZÄÖÜ0-9„\"])"  # a dash before a small letter is a dash
    rf"|o\s(?=[A-ZÄÖÜ0-9„\"])|(?:{_NUMBERED})\s(?=\S)"
)
_DOUBTFUL = re.compile(
    r"o(?=[A-ZÄÖÜ])|(?:[eoOcC©®¢«»°.,+=~>¤]|[-•*]?[,.']|<>|\(?[•*]\)?)\s(?=[A-ZÄÖÜ0-9„\"])"
)
_INNER = re.compile(r"\s(?=[•▪●■◦]\s)")
_BESIDE = re.compile(r" {6,}(?=[-–—*o] ?[A-ZÄÖÜ0-9„\"])")  # a second column, further than a tab
_LONE = re.compile(rf"[{_SIGN}–—-]|o|{_NUMBERED}")
_ALIKE = str.maketrans({"·": "•", "∙": "•", "●": "•", "*": "•", "–": "-", "—": "-"})
_DOT_READ_AS = "ecEC©®¢«»°¤"  # what a scanner makes of "•" where it stands alone


@dataclass(frozen=True)
class Bullet:
    """A mark: its length in the line (0: none), its kind, and whether it surely is one."""

    length: int
    kind: str
    sure: bool


NONE = Bullet(0, "", False)


def items(body: Sequence[Line]) -> list[Line]:
    """Give every item a line that begins with its mark."""
    found: list[Line] = []
    for line in body:
        if found and _LONE.fullmatch(found[-1].text):
            joined = Traced.join((found.pop().flat, line.flat), " ")
            line = Line(joined, joined)
        columns = list(line.wide.split(_BESIDE)) if starts(line.text) else [line.flat]
        pieces = [piece.strip() for each in columns for piece in each.split(_INNER)]
        found += [line] if len(pieces) == 1 else [Line(p, p) for p in pieces if p.text]
    return found


def starts(text: str) -> bool:
    """Whether a line begins with what is usually a mark."""
    return _BULLET.match(text) is not None


def bullets(body: Sequence[Line]) -> list[Bullet]:
    """Return the mark of each line. An odd one is believed where it comes again and alone.

    Where "•" is usual, "e" or "«" before a capital is a misread one.
    """
    found = [_bullet(line.text) for line in body]
    counted = Counter(one.kind for one in found if one.length)
    usual = {kind for kind, count in counted.items() if count > 1}
    return [replace(one, sure=one.sure or (len(usual) == 1 and one.kind in usual)) for one in found]


def _bullet(text: str) -> Bullet:
    match = _BULLET.match(text)
    if match:
        mark = match[0].strip()
        sure = mark[0] not in "–—-*" or text[1:2] == " "
        return Bullet(match.end(), re.sub(r"\d+|[a-k](?=\))", "1", mark).translate(_ALIKE), sure)
    match = _DOUBTFUL.match(text)
    if match is None:
        return NONE
    alone = text[1:2] == " "
    return Bullet(match.end(), "•" if alone and text[0] in _DOT_READ_AS else text[0], False)
