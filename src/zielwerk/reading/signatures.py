"""Who signed, for whom, where and when, as far as it can be read; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.packs.model import Body, Year
from zielwerk.reading import heads
from zielwerk.reading.days import ILLEGIBLE, REPAIRED
from zielwerk.reading.heads import MISSING, Head
from zielwerk.reading.model import Found, Signature
from zielwerk.reading.offices import REGION, Signing, signing
from zielwerk.reading.outline import Outline
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.condition import Condition, believed
from zielwerk.recognition.likeness import fold, shape
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import known, listed, meant, near
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import msg

UNKNOWN_NAME = msg("Der Text ist stellenweise fehlerhaft erkannt; der Name ist nicht prüfbar.")
SIDE_OPEN = msg("Es ist nicht sicher, für welche Seite unterschrieben ist.")

_NAME_WORD = re.compile(
    r"[A-ZÄÖÜ][a-zäöüßéèáóñçşğı]+(?:-[A-ZÄÖÜ][a-zäöüßéèáóñçşğı]+)*"
    r"|(?:Dr|Prof|Dipl)\.(?:-Ing\.)?|[A-ZÄÖÜ]\.|von|van|de|zu|der|den|h\.c\.|[A-ZÄÖÜ]{2,}"
    r"|(?:Mc|Mac|O')[A-Z][a-z]+"
)
_BEFORE_NAME = re.compile(
    r"^(?:gez\.?|i\. ?[VA]\.?|in Vertretung|im Auftrag|für das|[(/]|_+)\s*:?\s*", re.IGNORECASE
)
_THE = re.compile(r"^(?:Die|Der)\s+")
_FOR_WHOM = re.compile(r"(?:Für|Namens|Im Namen|In Vertretung|Im Auftrag)\b")
_GAP = re.compile(r" {2,}")
_WIDE_GAP = re.compile(r" {3,}|\t+")
_ON_BEHALF = re.compile(r"(?:[Ii]m Auftrag|In Vertretung|[Ii]\. ?[AV]\.)\W*")
_STEAD = re.compile(r"\(?(?:in Vertretung|im Auftrag|i\. ?[AV]\.?)(?=\W|$)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?=\S)|\s+[-–—]\s+|\s*\((?=\S)")  # a name and its office
_ABOVE = 3  # lines above an office in which "i. V." may stand
_CAPTION = re.compile(
    r"\W*(?:Ort,? ?(?:und )?Datum|(?:Ort, Datum, )?(?:rechtsverbindliche )?Unterschrift(?:en)?"
    r"|(?:Dienst)?[Ss]iegel|Stempel|Name in Druckschrift)\W*"
)
# "Konrad Mustermann, Landrat, aufgrund des Kreistagsbeschlusses vom 3. Mai".
_RESOLVED = re.compile(
    r"[\s,;(–—-]+(?:(?:auf ?[Gg]rund|auf Grundlage|gemäß|laut|nach|mit|in Ausführung) )?"
    r"(?:(?:des|dem|der|vom) )?(?:\w+s)?[Bb]eschl[uü]ss\w*\b.*$"
)
_WIDEST = 200  # letters of a line that somebody signs by
_EMPTY = re.compile(r"[\s_.…\-–—,:]*")


@dataclass(frozen=True)
class Signatory:
    """A signature with the evidence of its fields."""

    name: Found[str | None]
    office: Found[str | None]
    place: Found[str | None]
    date: Found[date | None]
    party: Found[str]
    raw: Found[str]
    empty_date: bool
    acting: Found[str | None]

    @property
    def value(self) -> Signature:
        """The plain value."""
        return Signature(
            self.party.value, self.name.value, self.office.value, self.place.value,
            self.date.value, self.raw.value, self.acting.value,
        )  # fmt: skip


@dataclass(frozen=True)
class _Setting:
    """Where, when and for which sides people sign, and how well the text was recognised.

    ``first_page`` is what the first page of a notice says of that.
    """

    signing: Signing
    seats: tuple[str, ...]
    period: Period
    state: Condition
    first_page: Head


def signatures(
    outline: Outline,
    pack: Year,
    bodies: Sequence[Body],
    state: Condition,
) -> list[Signatory]:
    """Return the signatories in the text's order; several may sign for one side."""
    sides = signing(pack.programme, pack.organisations)
    givers = [each for each in pack.organisations if each.role in sides.givers]
    seats = {_town(seat) for seat in (*(g.seat for g in givers), *(b.seat for b in bodies))}
    towns = tuple(sorted(seats))
    head = Head.nothing()
    if not sides.has_body:
        head = heads.of_first_page(outline.header, towns, pack.period)
    setting = _Setting(sides, towns, pack.period, state, head)
    found: list[Signatory] = []
    for block in _blocks(_columns(outline.signing, sides), setting):
        found += _block(block, setting)
    return found


def _town(seat: str) -> str:
    return re.sub(r"\s*\(.*", "", seat)


def _columns(these: Sequence[Line], sides: Signing) -> list[list[Line]]:
    """Undo a layout of two columns, which leaves wide gaps inside the lines."""
    lines = map(_without_resolution, these)
    content = [line for line in lines if not line.is_page_number and not _says_nothing(line.text)]
    for gap in (_WIDE_GAP, _GAP):
        split = [[p.strip() for p in line.wide.split(gap) if p.text.strip()] for line in content]
        pairs = [pieces for pieces in split if len(pieces) == 2]
        if len(pairs) > 1 and any(all(heads.PLACE.match(p.text) for p in pair) for pair in pairs):
            break
    else:
        return [_beside(content, sides)]
    columns: list[list[Line]] = [[], []]
    for line, pieces in zip(content, split, strict=True):
        if len(pieces) == 2:
            for column, piece in zip(columns, pieces, strict=True):
                column.append(Line(piece, piece))
        else:
            of_body = sides.body_words.search(line.text) and not sides.giver_of(line.text)
            columns[1 if of_body else 0].append(line)
    return columns


def _without_resolution(line: Line) -> Line:
    """A line without the resolution that stands behind a name or an office."""
    match = _RESOLVED.search(line.text) if len(line.text) <= _WIDEST else None
    if match is None or not re.search(r"[^\W\d_]{3}", line.text[: match.start()]):
        return line
    return line.part(0, match.start())


def _says_nothing(text: str) -> bool:
    """Whether a line is a rule to write on, or the caption under one."""
    return _EMPTY.fullmatch(text) is not None or _CAPTION.fullmatch(text) is not None


def _beside(content: Sequence[Line], sides: Signing) -> list[Line]:
    """Put two signatories who stand side by side under one place one after the other."""
    found: list[Line] = []
    right: list[Line] = []
    for line in content:
        pieces = [p.strip() for p in line.wide.split(_GAP) if p.text.strip()]
        is_pair = len(pieces) == 2 and all(
            _is_name(_bare(p).text, sides) or _office(p.text, sides) for p in pieces
        )
        if is_pair:
            found.append(Line(pieces[0], pieces[0]))
            right.append(Line(pieces[1], pieces[1]))
            continue
        found += [*right, line]
        right = []
    return found + right


def _blocks(columns: Sequence[Sequence[Line]], setting: _Setting) -> list[list[Line]]:
    """Begin a block with every line of place and date."""
    blocks: list[list[Line]] = []
    for column in columns:
        fresh = True
        for line in column:
            goes_on = (
                not fresh and heads.is_field(line.text) and heads.is_field(blocks[-1][-1].text)
            )
            if fresh or (_begins(line.text, setting) and not goes_on):
                blocks.append([])
                fresh = False
            blocks[-1].append(line)
    return blocks


def _begins(text: str, setting: _Setting) -> bool:
    if _FOR_WHOM.match(text) or _office(text, setting.signing) is not None:
        return False
    return heads.begins(text, setting.seats)


def _block(block: Sequence[Line], setting: _Setting) -> list[Signatory]:
    sides = setting.signing
    has_head = _begins(block[0].text, setting)
    head = heads.head(block, setting.seats, setting.period) if has_head else setting.first_page
    rest = [line for line in block if line not in head.lines]
    offices = [(i, hit) for i, line in enumerate(rest) if (hit := _office(line.text, sides))]
    names = [_name(rest, i, hit, setting) for i, hit in offices]
    raw = _raw((list(head.lines) if has_head else []) + rest[: names[0][1] if names else len(rest)])
    if not offices:
        signed = _without_office(rest, head, raw, setting)
        return [signed] if signed and (has_head or signed.name.value) else []
    text = " ".join(line.text for line in rest)
    found = []
    first = offices[0][1][2]
    for (at, hit), (name, _) in zip(offices, names, strict=True):
        score, office, holders = hit
        if not holders & first:  # the line of place and date was the other side's
            head, raw = setting.first_page, Found("", (0, 0))
        label: Found[str | None] = Found(office, rest[at].flat.span())
        party = _party(holders, text, label.span, sides)
        if _has_two(rest[at].text, party.value, sides):
            name = name.doubted(0.5, SIDE_OPEN)  # two columns ran into one line
        if score < 0.99:
            label = label.doubted(0.93 if score >= 0.95 else 0.7, REPAIRED)
        acting = _acting(rest, at, sides)
        found.append(
            Signatory(name, label, head.place, head.date, party, raw, head.is_empty, acting)
        )
    return found


def _has_two(text: str, party: str, sides: Signing) -> bool:
    """Whether a line has two offices, so that what stands above it may be two names."""
    if party != REGION and sides.body_office.search(text):
        return True
    return sum(fold(word) == office for word in text.split() for office, *_ in sides.offices) > 1


def _acting(rest: Sequence[Line], at: int, sides: Signing) -> Found[str | None]:
    """In whose stead somebody signs: "i. V." or "i. A." beside or above a name, else null."""
    for line in reversed(rest[max(0, at - _ABOVE) : at + 1]):
        if match := _STEAD.match(line.text):
            return Found("i. A." if "A" in match[0].upper() else "i. V.", line.flat.span())
        if line is not rest[at] and _office(line.text, sides):
            break
    return Found(None, (0, 0))


def _party(holders: frozenset[str], text: str, span: tuple[int, int], sides: Signing) -> Found[str]:
    """The side of a signature: the one that has the office, unless other words contradict."""
    giver, of_body = sides.giver_of(text), bool(sides.body_words.search(text))
    if len(holders) > 1:
        told = [side for side in holders if side == giver or (side == REGION and of_body)]
        if len(told) == 1:
            return Found(told[0], span)
        return Found((told or sorted(holders))[0], span, 0.5, SIDE_OPEN)
    (side,) = holders
    contradicted = (
        giver is not None and not of_body if side == REGION else of_body and giver is None
    )
    found = Found(side, span)
    return found.doubted(0.5, SIDE_OPEN) if contradicted else found


def _without_office(
    rest: Sequence[Line], head: Head, raw: Found[str], setting: _Setting
) -> Signatory | None:
    """Who signs without an office: "Im Auftrag" of a notice, or a bare name, which is a doubt."""
    sides = setting.signing
    behalf = next((i for i, line in enumerate(rest) if _ON_BEHALF.match(line.text)), None)
    if behalf is None and not (rest or head.lines):
        return None
    span = (rest[behalf or 0] if rest else head.lines[0]).flat.span()
    bare = [_bare(line.flat) for line in rest[behalf or 0 : (behalf or 0) + 4]]
    name = next((each for each in bare if _is_name(each.text, sides)), None)
    nobody: Found[str | None] = Found(None, span, 0.3, ILLEGIBLE)
    found = _believed(name, setting.state) if name else nobody
    text = " ".join(line.text for line in rest)
    side = sides.giver_of(text) or (REGION if sides.has_body else sides.givers[0])
    is_notice = not sides.has_body and behalf is not None
    if not is_notice:
        found = found.doubted(0.7, SIDE_OPEN)
    office: Found[str | None] = Found(None, span, 0.6 if is_notice else 0.3, MISSING)
    party = Found(side, span) if is_notice else Found(side, span, 0.5, SIDE_OPEN)
    acting: Found[str | None] = Found(None, (0, 0))
    if behalf is not None:
        acting = _acting(rest, behalf, sides)
    return Signatory(found, office, head.place, head.date, party, raw, head.is_empty, acting)


def _raw(these: Sequence[Line]) -> Found[str]:
    text = "\n".join(line.text for line in these)
    if not these:
        return Found("", (0, 0))
    return Found(text, (these[0].flat.span()[0], these[-1].flat.span()[1]))


@lru_cache(maxsize=2_048)
def _office(text: str, sides: Signing) -> tuple[float, str, frozenset[str]] | None:
    """Return (score, office, sides that have it) where a line begins or ends with an office."""
    folded = fold(text)
    if len(folded) < 5 or len(text) > 120 or folded.startswith(sides.names):
        return None
    pieces = _BETWEEN.split(_THE.sub("", sides.glued.sub(" ", text)).strip("()"))
    words = (piece.split() for piece in {pieces[0], pieces[-1]})
    starts = {fold(" ".join(some[:count])) for some in words for count in (1, 2, 3)}
    ranked = sorted(
        (*max((_office_like(start, wanted), len(wanted)) for start in starts), office, holders)
        for wanted, office, holders in sides.offices
    )
    if not ranked or ranked[-1][0] < 85:
        return None
    score, _, office, holders = ranked[-1]
    second = ranked[-2][0] if len(ranked) > 1 else 0.0
    # "Staatsministerln" may be one of two offices; close calls are never certain.
    close = score < 99.5 and score - second < 5
    return (0.8 if close else score / 100), office, holders


def _name(
    rest: Sequence[Line], at: int, hit: tuple[float, str, frozenset[str]], setting: _Setting
) -> tuple[Found[str | None], int]:
    """Return the name that belongs to an office, and the line where it stands."""
    state, sides = setting.state, setting.signing
    own = _BETWEEN.split(rest[at].text, maxsplit=1)
    if len(own) == 2 and _office(own[1], sides):
        first = _bare(rest[at].flat.part(0, len(own[0])))
        if _is_name(first.text, sides):
            return _believed(first, state), at
    after = rest[at].text[len(hit[1]) :].strip()
    if fold(rest[at].text).startswith(fold(hit[1])) and _is_name(after, sides):
        start = rest[at].text.rindex(after)
        return _believed(rest[at].flat.part(start, start + len(after)), state), at
    below = rest[at + 1].flat if at + 1 < len(rest) else None
    if below and (not at or _THE.match(rest[at].text)) and _is_name(below.text, sides):
        return _believed(below, state), at
    if at:
        line = rest[at - 1].flat
        bare = _bare(line)
        if _is_name(bare.text, sides) and _office(line.text, sides) is None:
            return _believed(bare, state), at - 1
        return Found(None, line.span(), 0.3, ILLEGIBLE), at
    return Found(None, rest[at].flat.span(), 0.3, MISSING), at


def _office_like(written: str, wanted: str) -> float:
    return max(fuzz.ratio(written, wanted), fuzz.ratio(shape(written), shape(wanted)) - 2)


def _bare(line: Traced) -> Traced:
    """Take "gez.", "i. V." and brackets off a name."""
    cut = _BEFORE_NAME.match(line.text)
    return line.part(cut.end() if cut else 0).strip("() _")


def _is_name(text: str, sides: Signing) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 6 or sides.body_words.search(text) or sides.giver_of(text):
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    full = [word for word in words if len(word) > 2 and word[0].isupper() and "." not in word]
    return len(full) >= 1 and all(re.search("[aeiouyäöü]", word.lower()) for word in full)


def _believed(text: Traced, state: Condition) -> Found[str | None]:
    found: Found[str | None] = Found(text.text, text.span())
    words = text.text.split()
    score = believed(text.text, words, state)
    if state.fault_rate and not all(
        listed(word) for word in words if word[-1] != "." and len(word) > 3
    ):
        score = min(score, 0.7)  # no list of surnames could confirm it
    odd = any(
        meant(word, compounds=False) or near(word) for word in words if not known(word)
    ) or re.search(r"ii|[bcdfghjklmnpqrstvwxz]{5}|[A-ZÄÖÜ]{2}|\bl[bcdfghjklmnpqrstvwxz]", text.text)
    if odd:
        return found.doubted(0.6, UNKNOWN_NAME)
    return found.doubted(score, UNKNOWN_NAME) if score < 0.9 else found
