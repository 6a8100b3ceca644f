"""The measures an agreement names, under the headings of their types."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rapidfuzz import fuzz

from zielwerk.packs.model import MeasureType
from zielwerk.reading.model import Found, Measure
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.titles import WRAPPED, belief, heal
from zielwerk.recognition.amounts import amounts
from zielwerk.recognition.bullets import NONE, Bullet, bullets, items, starts
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.condition import Condition
from zielwerk.recognition.likeness import fold
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import msg

NO_BULLETS = msg("Die Liste hat keine Aufzählungszeichen; Anfang und Ende der Titel sind unsicher.")
HEADING_UNSURE = msg(
    "Die Überschrift der Maßnahmenart ist nicht genau so geschrieben wie erwartet."
)
NO_HEADING = msg("Über der Maßnahme steht keine bekannte Maßnahmenart.")
NO_AMOUNT = msg("Neben der Maßnahme steht kein Betrag, der sicher zu lesen ist.")

_NOTHING = re.compile(
    r"\W*(?:kein(?:e|er)?|entfällt|nicht (?:vorgesehen|belegt))?"
    r"(?:(?<=\w) (?:Maßnahmen?|Projekte?))?\W*",
    re.IGNORECASE,
)
_CONNECTS = re.compile(
    r"(?:\b(?:und|oder|mit|für|in|im|ins|der|die|das|den|dem|des|von|vom|zu|zum|zur|auf|aus|bei|am|"
    r"an|nach|ohne|ein|eine|einen|einer|durch|über|unter|als|bis|sowie|Das|Die|Der|Ein|Eine|Mit|Für|Im|In)|[-–—+&,:/(])$"
)
_KIND_OF_MEASURE = re.compile(r"^(?:[IVX]{1,4}\.|Maßnahme(?:n)?art\w*:?)\s+", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:Die|Der|Das|Alle|Im|Für|Eine?|Diese|Sie|Es|Näheres|Maßgeblich|Grundlage|Über)\b"
)
_PARAGRAPH = re.compile(r"(?:Die|Der|Das)(?: \S+){8,}")
_BEFORE_AMOUNT = re.compile(
    r"(?:[\s:–—=|.…_(,;-]|\b(?:in Höhe von|mit|von|bis zu|über|Betrag)\b)+$", re.IGNORECASE
)
_AFTER_AMOUNT = re.compile(r"^(?:[\s:–—=|.)-]|\b(?:für|die|das|den)\b)+", re.IGNORECASE)
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
    amounts: tuple[Found[int | None], ...] = ()
    """The amount beside each title, where each measure gets its own."""

    @property
    def stated(self) -> list[Found[int]]:
        """The amounts that could be read."""
        return [Found(a.value, a.span, a.score) for a in self.amounts if a.value is not None]


@dataclass(frozen=True)
class _Heading:
    type: str
    score: float
    lines: int
    text: Traced


def section_of(outline: Outline, types: Sequence[MeasureType], usual: int) -> Section | None:
    """Return the clause that lists the measures: the one with most type headings, bullets.

    ``usual`` is the number that it has in the year's pack.
    """
    labels = _labels(types)

    def weight(section: Section) -> int:
        marked = sum(starts(line.text) for line in section.body)
        if not marked and section.number not in (0, usual) and len(section.body) > 40:
            return 0
        heads = sum(_heading(section.body, i, labels) is not None for i in range(len(section.body)))
        return 3 * heads + marked + (2 if section.number == usual else 0)

    best = max(outline.sections, key=weight, default=None)
    return best if best and weight(best) > 2 else None


def _labels(types: Sequence[MeasureType]) -> list[tuple[str, str]]:
    pairs = [(fold(text), t.code) for t in types for text in (t.label, *t.cues)]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def measures(
    section: Section | None, types: Sequence[MeasureType], state: Condition, *, priced: bool = False
) -> Listed:
    """Return the measures of the list, each with the type of the heading above it.

    ``priced`` says that an amount stands beside each of them.
    """
    if section is None:
        return Listed((), False, None)
    labels = _labels(types)
    body = items(section.body)
    marks = bullets(body)
    headings = _headings(body, labels, marks)
    if not headings and not any(starts(line.text) for line in body):
        return Listed((), False, section)
    marks = _listed(marks, body, headings)
    closing = _closing(body, headings, marks)
    bulleted = any(mark.length for mark in marks)
    making, complete = _items(body[:closing], headings, marks, bulleted, priced)
    stated = [_priced(flow(item.lines)) if priced else None for item in making]
    apart = bulleted or (bool(stated) and all(each and each[1].certain for each in stated))
    found = [
        _measure(item, apart, state, price) for item, price in zip(making, stated, strict=True)
    ]
    return Listed(
        tuple(found),
        complete and apart and bool(making) and not any(item.doubts for item in making),
        section,
        _blocks(body, {*headings, *(item.at for item in making), closing}),
        tuple(price[1] for price in stated if price),
    )


def _priced(text: Traced) -> tuple[Traced, Found[int | None]]:
    """Divide an item into its title and the amount that stands before or behind it."""
    found = amounts(text)
    if not found:
        return text, Found(None, text.span(), 0.3, NO_AMOUNT)
    amount = found[-1]
    before, behind = text.part(0, amount.start), text.part(amount.end)
    if before.text.strip():
        cut = _BEFORE_AMOUNT.search(before.text)
        title = before.part(0, cut.start() if cut else len(before)).strip()
        rest = behind.text.strip(" .;,)")
    else:
        cut = _AFTER_AMOUNT.match(behind.text)
        title, rest = behind.part(cut.end() if cut else 0).strip(), ""
    price: Found[int | None] = Found(amount.cents, amount.text.span())
    if len(found) > 1 or rest or amount.cents is None or amount.repaired or amount.unusual:
        price = price.doubted(0.6, NO_AMOUNT)
    return title, price


def _blocks(body: Sequence[Line], begins: set[int]) -> tuple[Traced, ...]:
    """Return the running text between the lines that begin something."""
    edges = sorted({0, *begins, len(body)})
    return tuple(flow(body[start:end]) for start, end in pairwise(edges) if start < end)


def _listed(
    found: Sequence[Bullet], body: Sequence[Line], headings: dict[int, _Heading]
) -> list[Bullet]:
    """Drop the marks of headings, and the numbers of paragraphs around the list."""
    kept = [NONE if i in headings else one for i, one in enumerate(found)]
    for i, one in enumerate(kept):
        if one.kind in ("1.", "1)", "(1)"):
            ends = (at for at in range(i + 1, len(body)) if kept[at].length or at in headings)
            text = " ".join(line.text for line in body[i : next(ends, len(body))])
            if _PARAGRAPH.match(text[one.length :]) and text.endswith((".", ":")):
                kept[i] = NONE
    return kept


def _headings(
    body: Sequence[Line], labels: Sequence[tuple[str, str]], marks: Sequence[Bullet]
) -> dict[int, _Heading]:
    """Return the headings by their first line: plain ones, and marked ones of their own kind."""
    plain: dict[int, _Heading] = {}
    marked: dict[int, _Heading] = {}
    at = 0
    while at < len(body):
        cut = marks[at].length
        heading = _heading(body, at, labels, cut)
        later = _heading(body, at + 1, labels) if heading and heading.lines > 1 else None
        if heading and later and later.score > heading.score:
            heading = None  # the line is the end of a title, not the start of the heading
        if heading and (not cut or heading.score >= 0.93):
            (marked if cut else plain)[at] = heading
        at += heading.lines if heading else 1
    if not marked:
        return plain
    others = {mark.kind for i, mark in enumerate(marks) if mark.length and i not in marked}
    for at, heading in marked.items():
        if marks[at].kind not in others:
            plain[at] = heading
        elif len(marked) > 1 and set(marked) >= set(plain):  # one mark for headings and items
            plain[at] = replace(heading, score=0.9)
    return plain


def _heading(
    body: Sequence[Line], at: int, labels: Sequence[tuple[str, str]], cut: int = 0
) -> _Heading | None:
    """Match the lines from here with a measure type, over up to six lines."""
    first = body[at].text[cut:] if at < len(body) else ""
    if not 6 <= len(first) <= 260 or (not cut and starts(first)) or first.endswith("."):
        return None
    first = _KIND_OF_MEASURE.sub("", first)
    best: tuple[float, int, str] | None = None
    folded = ""
    for count in range(1, min(7, len(body) - at + 1)):
        text = body[at + count - 1].text if count > 1 else first
        folded += fold(text)
        if (count > 1 and starts(text)) or len(folded) > len(labels[0][0]) * 1.15:
            break
        for label, code in labels:
            longer = len(folded) - len(label)
            if -0.15 * len(label) - 1 <= longer <= 0.06 * len(label) + 1:
                score = fuzz.ratio(folded, label) / 100
                if score >= 0.86 and (best is None or score >= best[0] - 0.02):
                    best = score, count, code
    if best is None:
        return None
    return _Heading(best[2], best[0], best[1], flow(body[at : at + best[1]]))


def _closing(body: Sequence[Line], headings: dict[int, _Heading], marks: Sequence[Bullet]) -> int:
    """Return where the paragraph after the list begins."""
    ends = [i for i, mark in enumerate(marks) if mark.length and mark.sure]
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
    marks: Sequence[Bullet],
    bulleted: bool,
    priced: bool,
) -> tuple[list[_Item], bool]:
    making: list[_Item] = []
    kind: Found[str | None] = Found(None, (0, 0), 0.3, NO_HEADING)
    complete, at, started = True, 0, False
    usual = next(iter(Counter(mark.kind for mark in marks if mark.length).most_common(1)), ("",))[0]
    width = max((len(line.text) for line in body), default=0)
    while at < len(body):
        heading = headings.get(at)
        if heading:
            kind = _type(heading)
            started = True
            at += heading.lines
            making.append(_Item(kind, [], at))
            continue
        mark = marks[at]
        text = body[at].flat.part(mark.length).strip()
        if started and _NOTHING.fullmatch(text.text):
            at += 1  # a type without a measure: "keine", "entfällt", a dash
            continue
        if mark.length and (started or mark.sure):
            started = True
            other = mark.kind != usual or not mark.sure
            if other and making:
                making[-1].doubts.append(WRAPPED)  # the line may be its second one
            making.append(_Item(kind, [text], at, [WRAPPED] if other else []))
        elif started and making and priced and _by_amount(making, _Item(kind, [text], at)):
            pass
        elif started and making:
            complete &= _append(making, _Item(kind, [text], at), width, bulleted)
        at += 1
    return [item for item in making if item.lines], complete


def _type(heading: _Heading) -> Found[str | None]:
    found: Found[str | None] = Found(heading.type, heading.text.span())
    return found if heading.score >= 0.93 else found.doubted(0.7, HEADING_UNSURE)


def _by_amount(making: list[_Item], new: _Item) -> bool:
    """Add a line by the amounts, one of which closes every item; False where they do not tell."""
    lines, found = making[-1].lines, amounts(new.lines[0])
    if lines and not amounts(flow(lines)) and found:
        lines.append(new.lines[0])
        return True
    if found and (not lines or amounts(lines[-1])):
        making.append(new)
        return True
    return False


def _append(making: list[_Item], new: _Item, width: int, bulleted: bool) -> bool:
    """Add a line without bullet: to the title before it, or as a title; False if doubtful."""
    before, text = making[-1], new.lines[0]
    if bulleted:
        new.doubts.append(WRAPPED)
    if not before.lines:
        making.append(new)
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
    making.append(new)
    return False


def _measure(
    item: _Item,
    bulleted: bool,
    state: Condition,
    price: tuple[Traced, Found[int | None]] | None = None,
) -> tuple[Found[Measure], Found[str | None]]:
    joined = price[0] if price else flow(item.lines)
    cents = price[1].value if price else None
    title, mended = heal(joined, state.own)
    score, reason = belief(title.text, mended, state)
    found = Found(Measure(item.type.value, title.text, cents), joined.span(), score, reason)
    if not bulleted:
        found = found.doubted(0.7, NO_BULLETS)
    for doubt in item.doubts[:1]:
        found = found.doubted(0.6, doubt)
    if len(title.text) > _WIDTH_OF_TITLES or _CONNECTS.search(title.text):
        found = found.doubted(0.6, WRAPPED)
    return found, item.type
