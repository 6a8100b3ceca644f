"""The parts of an agreement: title page, preamble, numbered clauses, signatures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from zielwerk.reading.expected import Headings
from zielwerk.reading.marks import Marked
from zielwerk.reading.offices import Signing
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.likeness import alike, fold
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import known
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_MOST_HEADINGS = 200
_MOST_HEADER = 150  # lines of a title page
_MOST_SIGNING = 200  # lines in which signatories are looked for; annexes may follow
_DOUBLED = 3  # lines below a heading within which a scanner sets it twice
_SURELY = 5.0  # weight of a heading with its mark and a title that is known
_REFERENCE = re.compile(r"(?:Abs|Absatz|Satz|Nr|Nummer|Buchst|ff?\b|[Ii]\.|SGB|LHO|HV|VwVfG)")
_OPEN_END = re.compile(
    r"(?:\b(?:in|im|nach|gemäß|den|dem|der|des|aus|von|vom|unter|und|die|zu|zur|laut|siehe|mit|"
    r"für|an|auf|bei|ein|eine|einer|durch|sowie|oder)|[-,])$"
)
MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_SIGNED = re.compile(
    r"(?:\d{5} )?"
    r"(?:[A-ZÄÖÜl][^\d,]{2,40}?(?:[,.] ?(?P<den>d[ec][nmu]|dern|am|d\.|im|DEN)(?=\W|\d|$)|,$|, ?_+"
    r"| (?P<bare>d[ec][nu]|DEN)(?=\W|$))(?P<rest>.*)"
    r"|[A-ZÄÖÜ]\S{2,30} ?, ?\S?[0-3]?\d\..*|Ort,? ?(?:und )?Datum.*"
    rf"|[A-ZÄÖÜ]\S{{2,30}}, ?(?:{'|'.join(MONTHS)}) ?\d{{4}})"
)
_NOTICE_END = re.compile(r"Mit freundlichen Grüßen|[Ii]m Auftrag|In Vertretung|[Ii]\. ?[AV]\.")
_HAND = 5  # lines of writing there may be between a clause and a signatory's name


@dataclass(frozen=True)
class Section:
    """A clause: its number (0 for the preamble), its title's and its body's lines.

    ``name`` is how people cite it.
    """

    number: int
    name: str
    title: tuple[Traced, ...]
    body: tuple[Line, ...]
    span: tuple[int, int]
    head: tuple[int, int]  # the place of its first line
    sure: bool
    title_sure: bool

    @cached_property
    def text(self) -> Traced:
        """Its running text."""
        return flow(self.body)


@dataclass(frozen=True)
class Outline:
    """The whole agreement in its parts."""

    header: tuple[Line, ...]
    sections: tuple[Section, ...]
    signing: tuple[Line, ...]
    complete: bool  # whether the clauses run from 1 without a gap
    order: tuple[tuple[int, str], ...] = ()  # numbers and names of known headings, as they stand


@dataclass(frozen=True)
class _Heading:
    at: int
    number: int
    rest: int  # offset in the line where a title begins
    weight: float


def outline(all_lines: Sequence[Line], expected: Headings, signing: Signing) -> Outline:
    """Divide the lines of a document.

    ``expected`` are the headings of the programme, ``signing`` is how its documents are signed.
    Raises :class:`Refused` with ``reading.two_agreements`` where the clauses begin anew.
    """
    headings = _headings(all_lines, expected)
    _refuse_two(all_lines, headings, expected)
    chain = _chain(headings)
    start = chain[0].at if chain else len(all_lines)
    preamble = next(
        (i for i in range(start) if is_preamble(all_lines[i].text, expected)),
        None,
    )
    end = _signing_start(all_lines, chain[-1].at if chain else 0, signing)
    sections = []
    if preamble is not None:
        sections.append(_preamble(all_lines[preamble:start], expected, titled=True))
    header_end = start if preamble is None else preamble
    if preamble is None:
        header_end = _header_end(all_lines[:start], expected) if signing.has_body else start
        if header_end < start:
            sections.append(_preamble(all_lines[header_end:start], expected, titled=False))
    for heading, following in zip(chain, (*(h.at for h in chain[1:]), end), strict=False):
        sections.append(_section(heading, all_lines[heading.at : following], expected))
    numbers = [heading.number for heading in chain]
    return Outline(
        header=tuple(line for line in all_lines[:header_end] if not line.is_page_number)[
            :_MOST_HEADER
        ],
        sections=tuple(sections),
        signing=tuple(all_lines[end : end + _MOST_SIGNING]),
        complete=numbers == list(range(1, len(numbers) + 1)) and bool(numbers),
        order=_order(headings, expected),
    )


def _order(headings: Sequence[_Heading], expected: Headings) -> tuple[tuple[int, str], ...]:
    """The headings that surely are some, in their order; one set twice by a scanner counts once."""
    sure = [one for one in headings if one.weight >= _SURELY]
    apart = (
        one
        for before, one in pairwise([None, *sure])
        if one and not (before and before.number == one.number and one.at <= before.at + _DOUBLED)
    )
    return tuple((one.number, expected.marks.name(one.number)) for one in apart)


def is_preamble(text: str, expected: Headings) -> bool:
    """Whether a line is the heading of what stands before the clauses."""
    return len(text) < 25 and any(alike(text, word) >= 0.8 for word in expected.preamble)


def _headings(these: Sequence[Line], expected: Headings) -> list[_Heading]:
    found: list[_Heading] = []
    marks = expected.marks
    for at, line in enumerate(these):
        text = line.text
        if len(text) > 2000 or len(found) > _MOST_HEADINGS:
            continue
        mark = marks.match(text)
        if mark and (heading := _numbered(these, at, mark, expected.known)):
            found.append(heading)
        elif 8 < len(text) < 90 and (number := _titled(text, expected)):
            torn = at > 0 and marks.is_torn(these[at - 1].text)
            found.append(_Heading(at - torn, number, -1 if torn else 0, 1.5))
    return found


def _numbered(
    these: Sequence[Line], at: int, mark: Marked, known: Sequence[str]
) -> _Heading | None:
    rest = mark.rest
    if rest and (not (rest[0].isupper() or rest[0] in '„"') or _REFERENCE.match(rest)):
        return None
    above = (these[i].text for i in range(at - 1, -1, -1) if not these[i].is_page_number)
    before = next(above, "")
    after = next((line.text for line in these[at + 1 : at + 3] if not line.is_page_number), "")
    title = rest or after
    expected = _expected(title, known)
    if not rest and not expected and (after[:1].islower() or _OPEN_END.search(before)):
        return None
    if not mark.is_sure and not expected and (known or not mark.is_bare):
        return None
    is_sure = mark.is_sure or (mark.is_bare and expected is not None)
    weight = (3.0 if is_sure else 1.0) + (2.0 if expected else 0.0)
    weight += 1.0 if mark.is_exact else 0.0
    return _Heading(at, mark.number, mark.rest_at if rest else -1, weight)


def _expected(title: str, known: Sequence[str]) -> str | None:
    """Return the known heading (folded) that a title begins with."""
    folded = fold(title[:120])
    for wanted in known:
        piece = folded[: len(wanted)]
        if folded == wanted or (
            len(wanted) > 8 and (piece == wanted or alike(piece, wanted) >= 0.85)
        ):
            return wanted
    return None


def _titled(text: str, expected: Headings) -> int | None:
    """Return the usual number of a heading that lost its section sign."""
    if text.endswith((".", ",", ";", "-")):
        return None
    folded = fold(text)
    for number, wanted, goes_on in expected.usual:
        piece = folded[: len(wanted)] if goes_on else folded
        near = goes_on or abs(len(piece) - len(wanted)) <= 4
        if near and alike(piece, wanted) >= 0.88:
            return number
    return None


def _refuse_two(these: Sequence[Line], headings: Sequence[_Heading], expected: Headings) -> None:
    between = _apart(i for i, line in enumerate(these) if fold(line.text) == "zwischen")
    preambles = _apart(i for i, line in enumerate(these) if is_preamble(line.text, expected))
    sure = [heading for heading in headings if heading.weight >= 4]
    numbers = {heading.number for heading in sure}
    again = sum(_apart(one.at for one in sure if one.number == number) > 1 for number in numbers)
    if between > 1 or preambles > 1 or again > 2:
        raise Refused(
            Refusal(
                "reading.two_agreements",
                msg(
                    "Die Datei enthält mehr als ein Schriftstück. Bitte jedes in einer eigenen "
                    "Datei angeben."
                ),
            )
        )


def _apart(places: Iterable[int]) -> int:
    """How many lines there are of a kind; one that is doubled right below counts once."""
    count, last = 0, -_DOUBLED - 1
    for place in places:
        count += place > last + _DOUBLED
        last = place
    return count


def _chain(headings: Sequence[_Heading]) -> list[_Heading]:
    """Choose the heaviest run of rising numbers; whatever else looks like one is a reference."""
    best: list[tuple[float, int]] = []
    for i, heading in enumerate(headings):
        options = [
            (best[j][0] - 0.4 * (heading.number - headings[j].number - 1), j)
            for j in range(i)
            if headings[j].number < heading.number and headings[j].at < heading.at
        ]
        before = max(options, default=(-0.4 * (heading.number - 1), -1))
        best.append((before[0] + heading.weight, before[1]))
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: best[i][0])
    chain = []
    while at >= 0:
        chain.append(headings[at])
        at = best[at][1]
    return chain[::-1]


def _header_end(these: Sequence[Line], expected: Headings) -> int:
    """Return where a title page without a preamble's heading ends: with the programme's name."""
    for i, line in enumerate(these):
        if re.match(r"zur Umsetzung", line.text, re.I):
            tail = fold(line.text)[-len(expected.programme) - 2 :]
            is_whole = alike(tail, expected.programme) >= 0.85
            return i + 1 if is_whole else min(i + 2, len(these))
    return len(these)


def _preamble(these: Sequence[Line], expected: Headings, *, titled: bool) -> Section:
    body = tuple(line for line in these[1 if titled else 0 :] if not line.is_page_number)
    name, head = expected.preamble[0], these[0].flat.span()
    return Section(0, name, (), body, _span(these), head, titled, title_sure=titled)


def _span(these: Sequence[Line]) -> tuple[int, int]:
    return these[0].flat.span()[0], these[-1].flat.span()[1]


def _section(heading: _Heading, these: Sequence[Line], expected: Headings) -> Section:
    content = [line for line in these[1:] if not line.is_page_number]
    if heading.rest >= 0:
        content.insert(0, these[0].part(heading.rest))
    last = content[-1].flat if content else these[0].flat
    span = (these[0].flat.span()[0], last.span()[1])
    title, body, title_sure = _title(content, expected.known)
    return Section(
        heading.number,
        expected.marks.name(heading.number),
        tuple(title),
        tuple(body),
        span,
        these[0].flat.span(),
        heading.weight >= 3.5,
        title_sure,
    )


def _title(content: list[Line], known: Sequence[str]) -> tuple[list[Traced], list[Line], bool]:
    """Divide a section's lines into its title and its body."""
    if not content:
        return [], [], False
    first = content[0].text
    expected = _expected(first, known)
    if expected and len(first) > 90:
        cut = _cut(first, expected)
        return [content[0].flat.part(0, cut).strip()], [content[0].part(cut), *content[1:]], True
    if not expected and (len(first) > 90 or first.endswith(".")):
        return [], content, False
    taken = 1
    while taken < min(4, len(content) - 1) and _goes_on(content, taken, known):
        taken += 1
    sure = expected is not None or (
        taken < len(content) and len(content[taken].text) > len(content[taken - 1].text)
    )
    return [line.flat for line in content[:taken]], content[taken:], sure


def _goes_on(content: Sequence[Line], at: int, known: Sequence[str]) -> bool:
    """Whether the title goes on in this line."""
    text, before = content[at].text, content[at - 1].text
    if _OPEN_END.search(before) or text[:1].islower():
        return not text.endswith(".") and len(text) < 80
    joined = fold(flow(content[:at]).text + text)
    if any(len(w) >= len(joined) - 3 and alike(w[: len(joined)], joined) >= 0.9 for w in known):
        return True
    return any(alike(fold(text), wanted) >= 0.85 for wanted in known)


def _cut(text: str, expected: str) -> int:
    """Return the offset in ``text`` where the expected (folded) title is complete."""
    for end in range(len(text) + 1):
        if len(fold(text[:end])) >= len(expected) and (end == len(text) or not text[end].isalpha()):
            return end
    return len(text)


def _signing_start(these: Sequence[Line], after: int, signing: Signing) -> int:
    """Return the first line of the signatures: place and date, or an office."""
    start = office = len(these)
    for i in range(len(these) - 1, after, -1):
        text = these[i].text
        for_whom = len(text) < 50 and (
            signing.for_whom.match(text) or (not signing.has_body and _NOTICE_END.match(text))
        )
        if is_place_line(text) or for_whom:
            start = i
        if i > after + 1 and signing.office_line.match(text):
            office = i
    if office >= start:
        return start
    start = max(office - 1, after + 1)  # no line of place and date, or none that can be read
    for i in range(start - 1, max(after, office - _HAND), -1):
        if len(these[i].text) > 60 or these[i].text.endswith((".", ":", ";")):
            break
        start = i
    return start


def is_place_line(text: str) -> bool:
    """Whether a line is "Wiesbaden, den ..." and not the "Kammern, den Schulen und" of prose."""
    match = _SIGNED.fullmatch(text) if len(text) < 120 else None
    if match is None or re.search("inisteri", text):
        return False
    if match["rest"] is None:
        return True
    words = re.findall(r"[^\W\d_]{3,}", match["rest"])
    if re.match(r" ?\d{1,2}\. ?(?:\d|[A-ZÄÖÜ])", match["rest"]):
        return True
    prose = any(known(word) and word.lower() not in MONTHS for word in words)
    dated = re.search(r"\d", match["rest"]) is not None
    return not prose and (dated or match["den"] != "dem") and (dated or match["bare"] is None)
