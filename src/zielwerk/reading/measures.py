"""The measures an agreement names, under the headings of their types."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from zielwerk.packs.model import MeasureType
from zielwerk.reading.cleaning import Line, flow
from zielwerk.reading.likeness import fold
from zielwerk.reading.model import Found, Measure
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.titles import WRAPPED, Condition, belief, heal
from zielwerk.reading.traced import Traced
from zielwerk.rulebook.refusal import msg

NO_BULLETS = msg("Die Liste hat keine Aufzählungszeichen; Anfang und Ende der Titel sind unsicher.")
HEADING_UNSURE = msg(
    "Die Überschrift der Maßnahmenart ist nicht genau so geschrieben wie erwartet."
)
NO_HEADING = msg("Über der Maßnahme steht keine bekannte Maßnahmenart.")

_BULLET = re.compile(
    r"[•▪●■◦‣⁃○►▶✓➢❖\uf0b7\uf0a7\uf0fc·∙*]\s?(?=\S)"
    r"|[-–—]\s?(?=[A-ZÄÖÜ0-9„\"])"  # a dash before a small letter is a dash
    r"|o\s(?=[A-ZÄÖÜ0-9„\"])|(?:\d{1,2}[.)]|[a-k]\))\s(?=\S)"
)
_DOUBTFUL_BULLET = re.compile(
    r"o(?=[A-ZÄÖÜ])|(?:[eoOcC©®¢«»°.,+=~>¤]|[-•*]?[,.']|<>|\(?[•*]\)?)\s(?=[A-ZÄÖÜ0-9„\"])"
)
_INNER_BULLET = re.compile(r"\s(?=[•▪●■◦]\s)")
_CONNECTS = re.compile(
    r"(?:\b(?:und|oder|mit|für|in|im|ins|der|die|das|den|dem|des|von|vom|zu|zum|zur|auf|aus|bei|am|"
    r"an|nach|ohne|ein|eine|einen|einer|durch|über|unter|als|bis|sowie|Das|Die|Der|Ein|Eine|Mit|Für|Im|In)|[-–—+&,:/(])$"
)
_CLOSING = re.compile(
    r"(?:Die|Der|Das|Alle|Im|Für|Eine?|Diese|Sie|Es|Näheres|Maßgeblich|Grundlage|Über)\b"
)
_SENTENCE_END = re.compile(r"[a-zäöüß)“][.]\s*$")
_WIDTH_OF_TITLES = 140  # characters; a longer line is prose


@dataclass
class _Item:
    """A title in the making: its lines, its type, and what is doubtful."""

    type: Found[str | None]
    lines: list[Traced]
    at: int = 0
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """The measures found: titles and types in order, and what surrounds them."""

    measures: tuple[tuple[Found[Measure], Found[str | None]], ...]
    complete: bool
    section: Section | None
    blocks: tuple[Traced, ...] = ()
    """The running text of the clause, one for each heading, title and paragraph."""


@dataclass(frozen=True)
class _Heading:
    type: str
    score: float
    lines: int
    text: Traced


def section_of(outline: Outline, types: Sequence[MeasureType]) -> Section | None:
    """Return the clause that lists the measures: the one with most type headings, bullets."""
    labels = _labels(types)

    def weight(section: Section) -> int:
        bullets = sum(bool(_BULLET.match(line.text)) for line in section.body)
        if not bullets and section.number not in (0, 5) and len(section.body) > 40:
            return 0
        heads = sum(_heading(section.body, i, labels) is not None for i in range(len(section.body)))
        return 3 * heads + bullets + (2 if section.number == 5 else 0)

    best = max(outline.sections, key=weight, default=None)
    return best if best and weight(best) > 2 else None


def _labels(types: Sequence[MeasureType]) -> list[tuple[str, str]]:
    pairs = [(fold(text), t.code) for t in types for text in (t.label, *t.cues)]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def measures(section: Section | None, types: Sequence[MeasureType], state: Condition) -> Listed:
    """Return the measures of the list, each with the type of the heading above it."""
    if section is None:
        return Listed((), False, None)
    labels = _labels(types)
    body = _split_inner(section.body)
    headings = _headings(body, labels)
    if not headings and not any(_BULLET.match(line.text) for line in body):
        return Listed((), False, section)
    bullets = _confirmed([_bullet(body, i) for i in range(len(body))], body)
    closing = _closing(body, headings, bullets)
    bulleted = sum(cut > 0 for cut, _ in bullets) > 0
    items, complete = _items(body[:closing], headings, bullets, bulleted)
    found = [_measure(item, bulleted, state) for item in items]
    return Listed(
        tuple(found),
        complete and bulleted and bool(items) and not any(item.doubts for item in items),
        section,
        _blocks(body, {*headings, *(item.at for item in items), closing}),
    )


def _blocks(body: Sequence[Line], begins: set[int]) -> tuple[Traced, ...]:
    """Return the running text between the lines that begin something."""
    edges = sorted({0, *begins, len(body)})
    return tuple(flow(body[start:end]) for start, end in pairwise(edges) if start < end)


def _split_inner(body: Sequence[Line]) -> list[Line]:
    """Give every bullet a line of its own."""
    found: list[Line] = []
    for line in body:
        pieces = list(line.flat.split(_INNER_BULLET))
        found += (
            [line] if len(pieces) == 1 else [Line(p.strip(), p.strip()) for p in pieces if p.text]
        )
    return found


def _bullet(body: Sequence[Line], at: int) -> tuple[int, bool]:
    """Return (length of the bullet, whether it surely is one); 0 where there is none."""
    text = body[at].text
    match = _BULLET.match(text)
    if match:
        mark = text[0]
        return match.end(), mark not in "–—-*" or text[1:2] == " "
    match = _DOUBTFUL_BULLET.match(text)
    return (match.end(), False) if match else (0, False)


def _confirmed(bullets: Sequence[tuple[int, bool]], body: Sequence[Line]) -> list[tuple[int, bool]]:
    """Believe an odd bullet where the list has it more than once and no better one."""
    marks = Counter(body[i].text[0] for i, (cut, _) in enumerate(bullets) if cut)
    usual = {mark for mark, count in marks.items() if count > 1}
    return [
        (cut, sure or (body[i].text[0] in usual and len(usual) == 1))
        for i, (cut, sure) in enumerate(bullets)
    ]


def _headings(body: Sequence[Line], labels: Sequence[tuple[str, str]]) -> dict[int, _Heading]:
    found: dict[int, _Heading] = {}
    at = 0
    while at < len(body):
        heading = _heading(body, at, labels)
        later = _heading(body, at + 1, labels) if heading and heading.lines > 1 else None
        if heading and later and later.score > heading.score:
            heading = None  # the line is the end of a title, not the start of the heading
        if heading:
            found[at] = heading
        at += heading.lines if heading else 1
    return found


def _heading(body: Sequence[Line], at: int, labels: Sequence[tuple[str, str]]) -> _Heading | None:
    """Match the lines from here with a measure type, over up to six lines."""
    first = body[at].text
    if len(first) < 6 or len(first) > 260 or _BULLET.match(first) or first.endswith("."):
        return None
    best: tuple[float, int, str] | None = None
    folded = ""
    for count in range(1, min(7, len(body) - at + 1)):
        text = body[at + count - 1].text
        folded += fold(text)
        if (count > 1 and _BULLET.match(text)) or len(folded) > len(labels[0][0]) * 1.15:
            break
        for label, code in labels:
            if abs(len(label) - len(folded)) <= 0.15 * len(label) + 1:
                score = fuzz.ratio(folded, label) / 100
                if score >= 0.86 and (best is None or score >= best[0] - 0.02):
                    best = score, count, code
    if best is None:
        return None
    return _Heading(best[2], best[0], best[1], flow(body[at : at + best[1]]))


def _closing(
    body: Sequence[Line], headings: dict[int, _Heading], bullets: Sequence[tuple[int, bool]]
) -> int:
    """Return where the paragraph after the list begins."""
    ends = [i for i, (cut, sure) in enumerate(bullets) if cut and sure]
    last = max([*ends, *(i + heading.lines - 1 for i, heading in headings.items())], default=0)
    rest = " ".join(line.text for line in body[last + 1 :])
    if not _SENTENCE_END.search(rest):
        return len(body)
    for i in range(last + 1, len(body)):
        text = body[i].text
        if _CLOSING.match(text) and len(" ".join(line.text for line in body[i:]).split()) > 5:
            return i
    for i in range(last + 1, len(body)):
        if len(body[i].text) > 60 and body[i].text[0].isupper():
            return i
    return len(body)


def _items(
    body: Sequence[Line],
    headings: dict[int, _Heading],
    bullets: Sequence[tuple[int, bool]],
    bulleted: bool,
) -> tuple[list[_Item], bool]:
    items: list[_Item] = []
    kind: Found[str | None] = Found(None, (0, 0), 0.3, NO_HEADING)
    complete, at, started = True, 0, False
    width = max((len(line.text) for line in body), default=0)
    while at < len(body):
        heading = headings.get(at)
        if heading:
            kind = _type(heading)
            started = True
            at += heading.lines
            items.append(_Item(kind, [], at))
            continue
        cut, sure = bullets[at]
        text = body[at].flat.part(cut).strip()
        if cut and (started or sure):
            started = True
            items.append(_Item(kind, [text], at, [] if sure else [WRAPPED]))
        elif started and items:
            complete &= _append(items, _Item(kind, [text], at), width, bulleted)
        at += 1
    return [item for item in items if item.lines], complete


def _type(heading: _Heading) -> Found[str | None]:
    found: Found[str | None] = Found(heading.type, heading.text.span())
    return found if heading.score >= 0.93 else found.doubted(0.7, HEADING_UNSURE)


def _append(items: list[_Item], new: _Item, width: int, bulleted: bool) -> bool:
    """Add a line without bullet: to the title before it, or as a title; False if doubtful."""
    before, text = items[-1], new.lines[0]
    if bulleted:
        new.doubts.append(WRAPPED)
    if not before.lines:
        items.append(new)
        return not bulleted
    last = before.lines[-1].text
    if _CONNECTS.search(last) or text.text[:1].islower() or text.text[:1] in "-–—+&(":
        before.lines.append(text)
        return True
    room = width - len(last) - 1  # a first word that would have fitted begins something new
    if bulleted and len(text.text.split()[0]) > room - 4 and len(last) > 0.6 * width:
        before.lines.append(text)
        before.doubts.append(WRAPPED)
        return True
    before.doubts.append(WRAPPED)
    items.append(new)
    return False


def _measure(
    item: _Item, bulleted: bool, state: Condition
) -> tuple[Found[Measure], Found[str | None]]:
    joined = flow(item.lines)
    title, mended = heal(joined)
    score, reason = belief(title.text, mended, state)
    found = Found(Measure(item.type.value, title.text), joined.span(), score, reason)
    if not bulleted:
        found = found.doubted(0.7, NO_BULLETS)
    for doubt in item.doubts[:1]:
        found = found.doubted(0.6, doubt)
    if len(title.text) > _WIDTH_OF_TITLES or _CONNECTS.search(title.text):
        found = found.doubted(0.6, WRAPPED)
    return found, item.type
