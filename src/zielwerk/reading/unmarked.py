"""Measures without a list: named in a sentence, or line by line behind "folgende Projekte:"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from zielwerk.packs.model import MeasureType
from zielwerk.reading.listing import UNDER_NONE, Item
from zielwerk.reading.model import Found
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.traced import Traced

_NOUNS = r"(?:Projekte?n?|(?:Einzel)?[Mm]aßnahmen|Angebote?n?|Vorhaben|Kursen?|Lehrgänge?n?)"
_INTRO = re.compile(
    rf"\b(?:folgende[nr]?|nachstehende[nr]?|diese|die|mit den|sind) (?:[a-zäöüß]+ ){{0,3}}{_NOUNS}"
    rf"(?: (?:gefördert|finanziert|umgesetzt|vorgesehen|vereinbart|durchgeführt))?(?P<colon>:)?\s*"
)
_END = re.compile(r"(?<=[a-zäöüß)“€])\.(?=\s+[A-ZÄÖÜ„]|\s*$)")
_BRACKET = re.compile(r"\([^()]{0,200}?\d[^()]{0,200}\)")
_PART = re.compile(r"(?:[^()]|\([^()]*\))*?(?P<by>[,;]\s*(?:und |sowie )?|\s+(?:und|sowie)\s+|$)")
_CLOSING = re.compile(r"(?:Die|Der|Das|Alle|Im|Für|Diese|Näheres|Grundlage) .*[a-zäöüß)]$|.*\.$")
_WIDEST = 120  # letters of a line that is a title
_MOST_INTROS = 50
_MOST = 200  # measures in one sentence
_FAR = 4_000  # letters of a sentence


def introduces(text: str, types: Sequence[MeasureType]) -> bool:
    """Whether a text names measures in a sentence, or says that they follow."""
    return (
        next(_introductions(text), None) is not None
        or _named(_labels(types)).search(text) is not None
    )


def _labels(types: Sequence[MeasureType]) -> dict[str, str]:
    return {label: one.code for one in types for label in (one.label, *one.cues)}


def _named(labels: Mapping[str, str]) -> re.Pattern[str]:
    """A type of measures with a colon behind it."""
    every = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"\b({every or '(?!)'}): \s*")


def _introductions(text: str) -> Iterator[int]:
    """Where measures begin: behind a colon, or where a number stands in brackets behind one."""
    for match in islice(_INTRO.finditer(text), _MOST_INTROS):
        if match["colon"] or _BRACKET.search(_sentence(text, match.end())):
            yield match.end()


def unmarked(body: Sequence[Line], types: Sequence[MeasureType]) -> list[Item]:
    """The measures that a clause without marks, headings and rows names, in its order.

    "folgende Projekte: Kompass-Camp (16 Plätze), Holz und Metall (12 Plätze)" names two, and so
    do two lines behind "folgende Projekte:". Before a colon there may be their type.
    """
    by_line = list(_by_line(body))
    if by_line:
        return by_line
    text = flow(body)
    return list(islice(_in_sentences(text, _labels(types)), _MOST))


def _by_line(body: Sequence[Line]) -> Iterator[Item]:
    """Lines of their own behind a line that ends with an introduction."""
    at = next((i for i, line in enumerate(body) if _ends_with_intro(body, i)), len(body))
    rest = []
    for line in body[at + 1 :]:
        if len(line.text) > _WIDEST or _CLOSING.fullmatch(line.text):
            break
        rest.append(line)
    if len(rest) < 2 or any(line.text.endswith((",", ";")) for line in rest[:-1]):
        return
    for line in rest:
        yield Item(UNDER_NONE, [line.flat])


def _ends_with_intro(body: Sequence[Line], at: int) -> bool:
    if not body[at].text.endswith(":"):
        return False
    text = " ".join(line.text for line in body[max(0, at - 1) : at + 1])
    return any(match.end() == len(text) for match in _INTRO.finditer(text))


def _in_sentences(text: Traced, labels: Mapping[str, str]) -> Iterator[Item]:
    """What is named behind each introduction, up to the end of its sentence."""
    starts = [(at, UNDER_NONE) for at in _introductions(text.text)]
    for match in _named(labels).finditer(text.text):
        kind: Found[str | None] = Found(labels[match[1]], text.span(*match.span(1)))
        starts.append((match.end(), kind))
    starts.sort(key=lambda start: start[0])
    for (start, kind), behind in pairwise([*starts, (len(text), UNDER_NONE)]):
        sentence = _sentence(text.text, start)
        end = min(start + len(sentence), behind[0])
        yield from (Item(kind, [piece]) for piece in _pieces(text.part(start, end)))


def _sentence(text: str, start: int) -> str:
    return _END.split(text[start : start + _FAR], maxsplit=1)[0]


def _pieces(text: Traced) -> Iterator[Traced]:
    """The parts of an enumeration; "und" parts them behind a bracket, or where there is none."""
    has_brackets = "(" in text.text
    start = at = 0
    while at < len(text):
        match = _PART.match(text.text, at)
        if match is None or match.end() == at:  # a bracket is open
            yield text.part(start).strip(" „“.:")
            return
        is_and = not match["by"].lstrip().startswith((",", ";")) and match["by"].strip() != ""
        before = text.text[start : match.start("by")]
        at = match.end()
        if is_and and has_brackets and not before.rstrip().endswith(")"):
            continue
        piece = text.part(start, match.start("by")).strip(" „“.:")
        if re.search(r"[^\W\d]{2}", piece.text):
            yield piece
        start = at
