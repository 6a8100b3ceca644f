"""Healing what a page layout and a scanner do to a text, without touching its words.

Order: characters, lines, then the joining of lines to running text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zielwerk.recognition.traced import Traced

_SPECIAL = re.compile(
    "(?P<soft>\u00ad[ \t]*(?=[\r\n]\\s*[a-zäöüß]))|(?P<end>[\u00ac\u2010][ \t]*(?=\r|\n))"
    "|(?P<none>[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f])"
    "|(?P<line>\r\n?|[\f\v\x85\u2028\u2029])"
    "|(?P<hyphen>[\u2010\u2011\u00ac])"
    "|(?P<tab>\t)"
    "|(?P<blank>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    "|(?P<joined>[\ufb00-\ufb06])"
    "|(?P<marked>[A-Za-z][\u0300-\u036f]+)"
)
_PLAIN = {
    "soft": "\u00ad",
    "end": "-",
    "none": "",
    "line": "\n",
    "hyphen": "-",
    "tab": "    ",
    "blank": " ",
}
_GAP = re.compile(r" {2,}")
_LINE = re.compile(r"\n")
_PAGE_NUMBER = re.compile(
    r"[-–—|~.\s]*(?:seite|page|s\.)?\s*\d{1,3}(?:\s*(?:von|/|of)\s*\d{1,3})?[-–—|~.\s]*", re.I
)

_SMALL_JOINER = r"(?:und|oder|bzw|sowie|als|wie|bis|u)\b"
_LETTER = r"[A-Za-zÄÖÜäöüß0-9]"
# "Main -Kinzig": a blank before the hyphen only. A word that is small ("das") or a
# determiner on the right means that a dash lost its right blank; that is left alone.
_LOOSE_LEFT = re.compile(
    rf"(?<={_LETTER}) +-(?=[A-ZÄÖÜ0-9])(?!(?:Das|Der|Die|Ein|Eine|Mein|Meine|Wie|Wir|Was|Dein|"
    r"Deine|Unser|Ich|Für|Mit|Im|In|Am|Auf|Ein|Von|Zum|Zur)\b)"
)
_LOOSE_RIGHT = re.compile(rf"(?<={_LETTER})-[ \n]+(?=[A-ZÄÖÜ0-9])(?!(?:Und|Oder)\b)")
_BROKEN_WORD = re.compile(rf"(?<=[a-zäöüßA-ZÄÖÜ])-\n(?={_SMALL_JOINER})")
_BROKEN = re.compile(r"(?<=[a-zäöüßA-ZÄÖÜ])-\n(?=[a-zäöüß])")
_SOFT = re.compile("\u00ad(?:\n(?=[a-zäöüß]))?")  # the end of a broken word, or nothing
_BROKEN_SLASH = re.compile(r"(?<=[\w-]/)\n(?=\w)")
_LINE_END = re.compile(r" *\n *")
_QUOTED = re.compile(r"[„“”‟\"»«]([^„“”‟\"»«\n]{1,120})[“”\"«»‟]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: ``flat`` with single blanks, ``wide`` with its gaps."""

    flat: Traced
    wide: Traced

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.flat.text

    @property
    def is_page_number(self) -> bool:
        """Whether the line is nothing but the number of its page."""
        return len(self.text) <= 20 and _PAGE_NUMBER.fullmatch(self.text) is not None

    def part(self, start: int, end: int | None = None) -> "Line":
        """Return a line of a piece of this one."""
        piece = self.flat.part(start, end).strip()
        return Line(piece, piece)


def characters(original: str) -> Traced:
    """Give every letter one form: composed, no ligature, no soft hyphen, plain blanks."""
    return Traced.whole(original).sub(_SPECIAL, _plain)


def _plain(match: re.Match[str]) -> str:
    kind = match.lastgroup or "none"
    if kind == "joined":
        return unicodedata.normalize("NFKC", match[0])
    if kind == "marked":
        composed = unicodedata.normalize("NFC", match[0])
        return composed if len(composed) == 1 else match[0]
    return _PLAIN[kind]


def lines(text: Traced) -> list[Line]:
    """Return the lines that hold something; blank lines mean nothing in a scan."""
    found = []
    for raw in text.split(_LINE):
        wide = raw.strip()
        if wide.text:
            found.append(Line(wide.sub(_GAP, " "), wide))
    return found


def flow(these: Iterable[Line | Traced]) -> Traced:
    """Join lines to running text: broken words healed, suspended hyphens kept."""
    joined = Traced.join((x.flat if isinstance(x, Line) else x for x in these), "\n")
    joined = joined.sub(_SOFT, "").sub(_BROKEN_WORD, "- ").sub(_BROKEN, "").sub(_BROKEN_SLASH, "")
    return hyphens(joined).sub(_LINE_END, " ")


def hyphens(text: Traced) -> Traced:
    """Close "Main -Kinzig" and "Team- Camp"; leave "Startklar! - Kreativ" its dash."""
    return text.sub(_LOOSE_LEFT, "-").sub(_LOOSE_RIGHT, "-")


def quotes(text: Traced) -> Traced:
    """Write quotation marks the German way, as recognition mixes them."""
    return text.sub(_QUOTED, lambda match: f"„{match[1]}“")


def paragraphs(these: Sequence[Line]) -> list[list[Line]]:
    """Group lines to paragraphs: one ends where a sentence ends in a short line."""
    width = max((len(line.text) for line in these), default=0)
    groups: list[list[Line]] = [[]]
    for line in these:
        groups[-1].append(line)
        if line.text.endswith((".", ":", "!", "?")) and len(line.text) < 0.8 * width:
            groups.append([])
    return [group for group in groups if group]
