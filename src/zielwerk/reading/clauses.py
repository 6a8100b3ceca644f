"""The clauses as people read them: lines joined, words mended, corrections noted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zielwerk.reading.model import Clause, Correction, Found
from zielwerk.reading.outline import Section
from zielwerk.recognition.cleaning import flow, paragraphs, quotes
from zielwerk.recognition.condition import Condition
from zielwerk.recognition.likeness import alike
from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import TOKEN, doubtful, unknown_letters
from zielwerk.rulebook.refusal import msg

CORRECTED = msg("Wörter wurden berichtigt; die Stellen sind im Text markiert.")
DAMAGED = msg("Im Text sind Wörter, die nach Erkennungsfehlern aussehen.")
HEADING_UNSURE = msg("Die Überschrift des Abschnitts ist nicht sicher zu erkennen.")

_STROKES = re.compile(r"(?<=[\s,/])(?=[IVXl1|]*[l1|])[IVXl1|]{2,5}(?=[\s,.;/]|$)(?![.,]\d)")
_WORD = re.compile(r"[^\s„“”\"«»()\[\],;:.?/+–—…]+")


@dataclass(frozen=True)
class ReadClause:
    """A clause with the belief in its title and its text, and what was corrected."""

    title: Found[str]
    text: Found[str]
    number: str
    corrections: tuple[Correction, ...]

    @property
    def value(self) -> Clause:
        """The plain value."""
        return Clause(self.number, self.title.value, self.text.value)


def clause(
    section: Section,
    region_name: str,
    state: Condition,
    quoted: str,
    listed: Sequence[Traced] = (),
) -> ReadClause:
    """Write a section's title and text; ``quoted`` is the original text.

    ``listed`` is the running text of a section that is a list, one for each of its lines.
    """
    corrections: list[Correction] = []
    title = _mended(_heading(section, region_name), corrections, quoted, state.own)
    title_found = Found(title.text, title.span() if title.text else section.span)
    if not (section.sure and section.title_sure):
        title_found = title_found.doubted(0.7, HEADING_UNSURE)
    elif any(doubtful(word) for word in TOKEN.findall(title.text) if word not in state.own):
        title_found = title_found.doubted(0.6, DAMAGED)
    before = len(corrections)
    flowing = listed or [flow(block) for block in paragraphs(section.body)]
    blocks = [_mended(block, corrections, quoted, state.own) for block in flowing]
    text = "\n".join(block.text for block in blocks)
    span = (
        (section.body[0].flat.span()[0], section.body[-1].flat.span()[1])
        if section.body
        else section.span
    )
    found = Found(text, span)
    words = [word for word in TOKEN.findall(text) if word not in state.own]
    if len(corrections) > before:
        found = found.doubted(0.8, CORRECTED)
    if any(doubtful(word) and "§" not in word for word in words):
        found = found.doubted(0.6, DAMAGED)
    unknown = sum(unknown_letters(word) for word in words)
    score = (1 - min(1.0, state.fault_rate)) ** unknown
    found = found.doubted(score, DAMAGED) if score < 0.9 else found
    return ReadClause(title_found, found, section.name, tuple(corrections))


def _heading(section: Section, region_name: str) -> Traced:
    lines = list(section.title)
    if len(lines) != 2 or re.search(r"[-,]$|\b(?:des|der|und|für)$", lines[0].text):
        return flow(lines)
    if alike(lines[1].text, region_name) >= 0.8 or not lines[1].text[:1].isupper():
        return flow(lines)
    return Traced.join((flow([line]) for line in lines), " – ")


def _mended(text: Traced, corrections: list[Correction], quoted: str, own: OwnWords) -> Traced:
    """Mend words that can only be one other word, and note each; the programme's own stay."""
    text = quotes(text)

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        numeral = _STROKES.fullmatch(word)
        new = own.meant(word)
        if numeral is None and new is None:
            return word
        new = new or word
        start, end = text.span(*match.span())
        corrections.append(Correction(start, end, quoted[start:end], new))
        return new

    strokes = text.sub(_STROKES, lambda match: _numeral(match, text, corrections, quoted))
    text = strokes
    return text.sub(_WORD, mend)


def _numeral(match: re.Match[str], text: Traced, corrections: list[Correction], quoted: str) -> str:
    new = re.sub("[l1|]", "I", match[0])
    if not re.search(r"[IVX]", match[0]):
        return match[0] if "1" in match[0] else new
    start, end = text.span(*match.span())
    corrections.append(Correction(start, end, quoted[start:end], new))
    return new
