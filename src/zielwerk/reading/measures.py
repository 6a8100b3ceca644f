"""The measures an agreement names, under the headings of their types."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor

from rapidfuzz import fuzz

from zielwerk.packs.model import MeasureType
from zielwerk.reading.details import (
    BESIDE,
    GIVEN_UP,
    Details,
    given_up_in,
    is_given_up,
    said_elsewhere,
)
from zielwerk.reading.listing import CONNECTS, Item, Listing
from zielwerk.reading.model import Finding, Found, Measure
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.titles import WRAPPED, belief, heal
from zielwerk.reading.unmarked import introduces, unmarked
from zielwerk.recognition.amounts import amounts
from zielwerk.recognition.bullets import NONE, Bullet, bullets, items, starts
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.columns import Row, rows
from zielwerk.recognition.condition import Condition
from zielwerk.recognition.dictionary import is_listed
from zielwerk.recognition.likeness import fold
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

NO_BULLETS = msg("Die Liste hat keine Aufzählungszeichen; Anfang und Ende der Titel sind unsicher.")
HEADING_UNSURE = msg(
    "Die Überschrift der Maßnahmenart ist nicht genau so geschrieben wie erwartet."
)
TYPE_UNKNOWN = msg("Die Maßnahmenart in der Zeile ist nicht bekannt.")
SUM_DIFFERS = msg("Die Beträge der Maßnahmen ergeben nicht die Summe, die unter ihnen steht.")

_KIND_OF_MEASURE = re.compile(r"^(?:[IVX]{1,4}\.|Maßnahme(?:n)?art\w*:?)\s+", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:Die|Der|Das|Alle|Im|Für|Eine?|Diese|Sie|Es|Näheres|Maßgeblich|Grundlage|Über)\b"
)
_PARAGRAPH = re.compile(r"(?:Die|Der|Das)(?: \S+){8,}")
_SENTENCE_END = re.compile(r"[a-zäöüß)“][.]\s*$")
# "Als Ziele sind vereinbart:" above a list that is none of measures, however marked.
_GOALS = re.compile(r"(?:\S+ ){0,3}Ziele?n?\b.{0,60}\b(?:vereinbart|gelten|gesetzt)\b.{0,20}:\s*$")
_LEAST_OF_NAME = 5  # letters of a title that is looked for in sentences
_WIDEST = 260  # letters of a line that may be a heading
_MOST_LINES = 400  # of a clause that may name measures otherwise than in a list
# "Ausbildungsvorbereitung 600.000 Euro", "… (40 Plätze; 600.000 Euro)": behind a type's name.
_BESIDE_TYPE = re.compile(
    r"[\s:,;(–—-]+\d[\d.,]* ?(?:Euro|EUR|€|TN\b|Pl[äa]tze|Teilnehm\w+|Personen|Maßnahmen|Projekte)"
    r".{0,80}$|[\s:,;(–—-]+(?:insgesamt|gesamt|rund|zusammen|davon|EUR|€) .{0,12}\d.{0,80}$"
)
_WIDTH_OF_TITLES = 140  # characters; a longer line is prose


@dataclass(frozen=True)
class Listed:
    """The measures found: titles and types in order, and what surrounds them."""

    measures: tuple[tuple[Found[Measure], Found[str | None]], ...]
    complete: bool
    section: Section | None
    blocks: tuple[Traced, ...] = ()
    """The running text of the clause, one for each heading, title and paragraph."""
    details: tuple[Details, ...] = ()
    """What stands beside each title."""
    told: tuple[Finding, ...] = ()
    totals: tuple[Found[int], ...] = ()
    """What stands beside the headings: the amount of all measures of a type."""

    @property
    def amounts(self) -> list[Found[int | None] | None]:
        """The amount beside each title."""
        return [each.amount for each in self.details]

    @property
    def stated(self) -> list[Found[int]]:
        """The amounts that could be read and surely are beside a title."""
        return [
            Found(one.value, one.span, one.score)
            for one in self.amounts
            if one and one.value is not None and one.reason != BESIDE
        ]


@dataclass(frozen=True)
class _Heading:
    """A line or several that name a type of measures; ``beside`` is what stands behind the name."""

    type: str
    score: float
    lines: int
    text: Traced
    beside: Traced | None = None

    @property
    def amount(self) -> Found[int] | None:
        """What all measures of the type get together."""
        found = amounts(self.beside) if self.beside else []
        if len(found) != 1 or found[0].cents is None:
            return None
        return Found(found[0].cents, found[0].text.span())


def section_of(outline: Outline, types: Sequence[MeasureType], usual: int) -> Section | None:
    """Return the clause that lists the measures: the one with most type headings, bullets.

    ``usual`` is the number that it has in the year's pack; with a type heading in it, it is that
    one, however many bullets stand elsewhere.
    """
    labels = _Labels.of(types)

    def weight(section: Section) -> int:
        marked = sum(starts(line.text) for line in section.body)
        if not marked and section.number not in (0, usual) and len(section.body) > 40:
            return 0
        return 3 * heads(section) + marked + (2 if section.number == usual else 0)

    def heads(section: Section) -> int:
        lines = range(len(section.body))
        return sum(_heading(section.body, line, labels) is not None for line in lines)

    titled = (each for each in outline.sections if each.number == usual and heads(each))
    best = next(titled, None) or max(outline.sections, key=weight, default=None)
    if best and weight(best) > 2:
        return best
    others = sorted(outline.sections, key=lambda section: section.number != usual)
    return next((section for section in others if _names_some(section, types)), None)


def _names_some(section: Section, types: Sequence[MeasureType]) -> bool:
    """Whether a clause names measures otherwise: in rows of a table, or in a sentence."""
    if len(section.body) > _MOST_LINES:
        return False
    is_titled = any(row is not None and row.is_named for row in rows(section.body).values())
    return is_titled or introduces(section.text.text, types)


@dataclass(frozen=True)
class _Labels:
    """The labels and cues of measure types, folded, by the length a heading may have."""

    by_length: Mapping[int, Sequence[tuple[str, str]]]
    longest: float

    @classmethod
    def of(cls, types: Sequence[MeasureType]) -> "_Labels":
        pairs = [(fold(text), t.code) for t in types for text in (t.label, *t.cues)]
        pairs.sort(key=lambda pair: -len(pair[0]))
        by_length = defaultdict[int, list[tuple[str, str]]](list)
        for label, code in pairs:
            shortest, longest = 0.85 * len(label) - 1, 1.06 * len(label) + 1
            for length in range(ceil(shortest), floor(longest) + 1):
                by_length[length].append((label, code))
        return cls(by_length, len(pairs[0][0]) * 1.15 if pairs else 0)

    def best(self, folded: str) -> tuple[float, str] | None:
        """The type whose label a heading is, and how alike they are."""
        found = [
            (fuzz.ratio(folded, label) / 100, code)
            for label, code in self.by_length.get(len(folded), ())
        ]
        return max(found, key=lambda pair: pair[0], default=None)


def measures(
    section: Section | None,
    types: Sequence[MeasureType],
    state: Condition,
    *,
    priced: bool = False,
    elsewhere: Sequence[Traced] = (),
) -> Listed:
    """Return the measures of the list, each with the type of the heading above it.

    ``priced`` says that an amount stands beside each of them; ``elsewhere`` is the running text
    that may say more of them.
    """
    if section is None:
        return Listed((), False, None)
    labels = _Labels.of(types)
    whole = items(section.body)
    body = whole[: _goals(whole)]
    marks = bullets(body)
    table = rows(body)
    headings = _headings(body, labels, marks)
    if not headings and not table and not any(starts(line.text) for line in body):
        return _without_list(section, unmarked(body, types), state, elsewhere, priced=priced)
    marks = _listed(marks, body, headings)
    closing = _closing(body, headings, marks, table)
    heads = {at: (_type(heading), heading.lines) for at, heading in headings.items()}
    listing = Listing.of(body[:closing], marks, _typed(table, labels), heads, priced=priced)
    making = listing.making
    divided = [item.divided(priced=priced) for item in making]
    texts = [*elsewhere, flow(body[closing:])]
    said = (each.or_else(_elsewhere(title.text, texts)) for title, each in divided)
    details = _summed(tuple(said), listing)
    _give_up(making, [title.text for title, _ in divided], texts)
    apart = listing.bulleted or (bool(making) and all(map(_is_priced, details)))
    found = [
        _measure(item, apart, state, title, beside)
        for item, (title, _), beside in zip(making, divided, details, strict=True)
    ]
    bare = _priced_without_items(headings, making, closing)
    doubtful = bare or any(set(item.doubts) - {GIVEN_UP} for item in making)
    return Listed(
        tuple(found),
        listing.complete and apart and bool(making) and not doubtful,
        section,
        _blocks(whole, {*headings, *(item.at for item in making), closing, len(body)}),
        details,
        tuple(listing.told),
        tuple(heading.amount for heading in headings.values() if heading.amount),
    )


def _goals(body: Sequence[Line]) -> int:
    """Where the goals begin that a clause sets after its measures; behind its end without any."""
    return next((at for at, line in enumerate(body) if _GOALS.match(line.text)), len(body))


def _priced_without_items(
    headings: Mapping[int, _Heading], making: Sequence[Item], closing: int
) -> bool:
    """Whether a type with an amount has no measure below: it may be one itself."""
    return any(
        headings[at].amount is not None and not any(at < item.at < end for item in making)
        for at, end in pairwise([*sorted(headings), max(closing, *headings, 0) + 1])
    )


def _without_list(
    section: Section,
    making: Sequence[Item],
    state: Condition,
    elsewhere: Sequence[Traced],
    *,
    priced: bool,
) -> Listed:
    """Measures that a sentence names, or lines without a mark: their titles are all unsure."""
    divided = [item.divided(priced=priced) for item in making]
    details = tuple(each.or_else(_elsewhere(title.text, elsewhere)) for title, each in divided)
    _give_up(making, [title.text for title, _ in divided], elsewhere)
    found = [
        _measure(item, False, state, title, beside)
        for item, (title, _), beside in zip(making, divided, details, strict=True)
    ]
    return Listed(tuple(found), False, section, details=details)


def _typed(table: Mapping[int, Row | None], labels: _Labels) -> dict[int, Row | None]:
    """The rows of a table, each with the type that a column of it names."""
    return {at: row and replace(row, type=_type_of(row, labels)) for at, row in table.items()}


def _type_of(row: Row, labels: _Labels) -> Found[str | None] | None:
    """The type in a row's own cell: certain by its label, in doubt by its beginning."""
    cell = next((cell for kind, cell in row.cells if kind == "type"), None)
    if cell is None:
        return None
    folded = fold(cell.text)
    if (best := labels.best(folded)) and best[0] >= 0.86:
        return _type(_Heading(best[1], best[0], 1, cell))
    codes = {
        code
        for pairs in labels.by_length.values()
        for label, code in pairs
        if len(folded) >= _LEAST_OF_NAME and label.startswith(folded)
    }
    if len(codes) == 1:
        return Found(codes.pop(), cell.span(), 0.6, HEADING_UNSURE)
    return Found(None, cell.span(), 0.3, TYPE_UNKNOWN)


def _give_up(making: Sequence[Item], titles: Sequence[str], texts: Sequence[Traced]) -> None:
    """Doubt the measures of which it is said, beside the title or in a sentence, that they fall."""
    sentences = given_up_in(texts)
    for item, title in zip(making, titles, strict=True):
        is_named = title and any(
            re.search(rf"(?<!\w){re.escape(title)}(?!\w)", one) for one in sentences
        )
        if is_named or is_given_up(item.text):
            item.doubts.insert(0, GIVEN_UP)


def _elsewhere(title: str, texts: Sequence[Traced]) -> Details:
    """What sentences say of a measure whose title is no word that stands for itself."""
    is_name = len(title) >= _LEAST_OF_NAME and (re.search(r"\W", title) or not is_listed(title))
    return said_elsewhere(title, texts) if is_name else Details()


def _is_priced(details: Details) -> bool:
    return details.amount is not None and details.amount.certain


def _summed(details: tuple[Details, ...], listing: Listing) -> tuple[Details, ...]:
    """Doubt all amounts where they are not the sum that stands below them, and tell it."""
    stated = [each.amount.value for each in details if each.amount and each.amount.value]
    total = listing.total
    if total is None or not stated or sum(stated) == total.value:
        return details
    asked = msg("Die Beträge der Maßnahmen ergeben {sum}, unter ihnen steht {total}: Was gilt?")
    sums = {"sum": Cents(sum(stated)), "total": Cents(total.value)}
    listing.told.append(Finding("reading.list_sum_differs", asked, sums, "uncertain", "measures"))
    return tuple(
        replace(each, amount=each.amount and each.amount.doubted(0.6, SUM_DIFFERS))
        for each in details
    )


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
    body: Sequence[Line], labels: _Labels, marks: Sequence[Bullet]
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


def _heading(body: Sequence[Line], at: int, labels: _Labels, cut: int = 0) -> _Heading | None:
    """Match the lines from here with a measure type, over up to six lines."""
    first = body[at].text[cut:] if at < len(body) else ""
    if not 6 <= len(first) <= _WIDEST or (not cut and starts(first)) or first.endswith("."):
        return None
    first = _KIND_OF_MEASURE.sub("", first)
    best: tuple[float, int, str] | None = None
    behind = 0
    folded = ""
    for count in range(1, min(7, len(body) - at + 1)):
        text = body[at + count - 1].text if count > 1 else first
        if not cut and (beside := _BESIDE_TYPE.search(text[:_WIDEST])):
            text, behind = text[: beside.start()], len(text) - beside.start()
        folded += fold(text)
        if (count > 1 and starts(text)) or len(folded) > labels.longest:
            break
        alike = labels.best(folded)
        if alike and alike[0] >= 0.86 and (best is None or alike[0] >= best[0] - 0.02):
            best = alike[0], count, alike[1]
        if behind:
            break
    if best is None:
        return None
    last = body[at + best[1] - 1].flat
    beside_it = last.part(len(last) - behind) if behind and best[1] == count else None
    return _Heading(best[2], best[0], best[1], flow(body[at : at + best[1]]), beside_it)


def _closing(
    body: Sequence[Line],
    headings: dict[int, _Heading],
    marks: Sequence[Bullet],
    table: Mapping[int, Row | None],
) -> int:
    """Return where the paragraph after the list begins."""
    ends = [i for i, mark in enumerate(marks) if (mark.length and mark.sure) or i in table]
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


def _type(heading: _Heading) -> Found[str | None]:
    found: Found[str | None] = Found(heading.type, heading.text.span())
    return found if heading.score >= 0.93 else found.doubted(0.7, HEADING_UNSURE)


def _measure(
    item: Item, apart: bool, state: Condition, written: Traced, details: Details
) -> tuple[Found[Measure], Found[str | None]]:
    """The title, healed and with the belief in it, and what stands beside it."""
    title, mended = heal(written, state)
    score, reason = belief(title.text, mended, state)
    values = (one and one.value for one in vars(details).values())
    found = Found(Measure(item.type.value, title.text, *values), written.span(), score, reason)
    if not apart:
        found = found.doubted(0.7, NO_BULLETS)
    for doubt in item.doubts[:1]:
        found = found.doubted(0.4 if doubt == GIVEN_UP else 0.6, doubt)
    if len(title.text) > _WIDTH_OF_TITLES or CONNECTS.search(title.text):
        found = found.doubted(0.6, WRAPPED)
    return found, item.type
