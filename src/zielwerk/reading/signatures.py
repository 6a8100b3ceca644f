"""Who signed, for whom, where and when, as far as it can be read; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.packs.model import Body, Year
from zielwerk.reading.model import Found, Signature
from zielwerk.reading.offices import REGION, Signing, signing
from zielwerk.reading.outline import MONTHS, Outline, is_place_line
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.condition import Condition, believed
from zielwerk.recognition.likeness import alike, fold, shape
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import known, listed, meant, near
from zielwerk.rulebook.refusal import msg

ILLEGIBLE = msg("Nicht lesbar; der Text steht unverändert daneben.")
MISSING = msg("Im Text steht nichts dazu.")
REPAIRED = msg("Nach der Ähnlichkeit berichtigt.")
IMPLAUSIBLE = msg("Das Datum liegt weit vom Programmjahr entfernt.")
UNKNOWN_NAME = msg("Der Text ist stellenweise fehlerhaft erkannt; der Name ist nicht prüfbar.")
SIDE_OPEN = msg("Es ist nicht sicher, für welche Seite unterschrieben ist.")

_PLACE = re.compile(
    r"(?:Ort,? ?(?:und )?Datum:? ?|\d{5} )?(?P<place>[A-ZÄÖÜl][^\d,]{2,40}?)"
    r"(?:[,.] ?(?:d[ec][nmu]\b|dern|am|d\.|im|DEN)?|\s(?:d[ec][nu]|DEN)\b|\sam(?= ?\d))"
    r" ?(?P<date>.*)"
)
_TOWN_FIRST = re.compile(r"(?P<place>\w[^\s,]+)(?P<date>,? .*\d.*|, ?\w{2,4}\b.*)")
_DIGIT = r"[0-9OolI|]"
_NUMERIC = re.compile(
    rf"({_DIGIT}{{1,2}})\s?\.\s?({_DIGIT}{{1,2}})\s?\.\s?({_DIGIT}{{4}}|{_DIGIT}{{2}})\.?"
)
_WRITTEN = re.compile(rf"({_DIGIT}{{1,2}})\s?\.?\s?([A-Za-zäöüÄ]{{3,9}})\.?\s?({_DIGIT}{{4}})\.?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SHORT_MONTHS = {month[:3]: i for i, month in enumerate(MONTHS, 1)} | {"sept": 9, "maerz": 3}
_AS_DIGIT = str.maketrans("OolI|", "00111")
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
_DATED = re.compile(r"(?:Datum|vom|Stand):? ?(?P<date>\d.*)")
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

    @property
    def value(self) -> Signature:
        """The plain value."""
        return Signature(
            self.party.value, self.name.value, self.office.value, self.place.value,
            self.date.value, self.raw.value,
        )  # fmt: skip


@dataclass(frozen=True)
class _Setting:
    """Where, when and for which sides people sign, and how well the text was recognised.

    ``head`` are the lines of the first page, where a notice has its place and date.
    """

    signing: Signing
    seats: tuple[str, ...]
    years: tuple[int, int]
    state: Condition
    head: tuple[Line, ...]


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
    head = () if sides.has_body else outline.header
    years = (pack.period.first.year, pack.period.last.year)
    setting = _Setting(sides, tuple(sorted(seats)), years, state, head)
    found: list[Signatory] = []
    for block in _blocks(_columns(outline.signing, sides), setting):
        found += _block(block, setting)
    return found


def _town(seat: str) -> str:
    return re.sub(r"\s*\(.*", "", seat)


def _columns(these: Sequence[Line], sides: Signing) -> list[list[Line]]:
    """Undo a layout of two columns, which leaves wide gaps inside the lines."""
    content = [
        line for line in these if not line.is_page_number and not _EMPTY.fullmatch(line.text)
    ]
    for gap in (_WIDE_GAP, _GAP):
        split = [[p.strip() for p in line.wide.split(gap) if p.text.strip()] for line in content]
        pairs = [pieces for pieces in split if len(pieces) == 2]
        if len(pairs) > 1 and any(all(_PLACE.match(p.text) for p in pair) for pair in pairs):
            break
    else:
        return [content]
    columns: list[list[Line]] = [[], []]
    for line, pieces in zip(content, split, strict=True):
        if len(pieces) == 2:
            for column, piece in zip(columns, pieces, strict=True):
                column.append(Line(piece, piece))
        else:
            of_body = sides.body_words.search(line.text) and not sides.giver_of(line.text)
            columns[1 if of_body else 0].append(line)
    return columns


def _blocks(columns: Sequence[Sequence[Line]], setting: _Setting) -> list[list[Line]]:
    """Begin a block with every line of place and date."""
    blocks: list[list[Line]] = []
    for column in columns:
        fresh = True
        for line in column:
            if fresh or _place_line(line.text, setting):
                blocks.append([])
                fresh = False
            blocks[-1].append(line)
    return blocks


def _place_line(text: str, setting: _Setting) -> re.Match[str] | None:
    """Match a line of place and date; with a misread "den" the town must be a known seat."""
    if len(text) > 90 or _FOR_WHOM.match(text) or _office(text, setting.signing) is not None:
        return None
    match = _PLACE.fullmatch(text)
    if match and is_place_line(text):
        return match
    match = _TOWN_FIRST.fullmatch(text)
    if match and max(alike(match["place"], seat.split()[0]) for seat in setting.seats) >= 0.8:
        return match
    return None


def _block(block: Sequence[Line], setting: _Setting) -> list[Signatory]:
    sides = setting.signing
    head = block[0] if _place_line(block[0].text, setting) else None
    rest = list(block[1:] if head else block)
    offices = [(i, hit) for i, line in enumerate(rest) if (hit := _office(line.text, sides))]
    place, when, empty = _place_and_date(head, setting)
    names = [_name(rest, i, hit, setting) for i, hit in offices]
    text = " ".join(line.text for line in rest)
    first_name = names[0][1] if names else len(rest)
    raw = _raw(([head] if head else []) + rest[:first_name])
    if not offices:
        signed = _on_behalf(rest, place, when, raw, empty, setting)
        if signed or not head:
            return [signed] if signed else []
        side = sides.giver_of(text) or (REGION if sides.has_body else sides.givers[0])
        return [_without_office(rest, side, place, when, raw, empty, head)]
    found = []
    first = offices[0][1][2]
    for (at, hit), (name, _) in zip(offices, names, strict=True):
        score, office, holders = hit
        if not holders & first:  # the line of place and date was the other side's
            place, when, empty = _place_and_date(None, setting)
            raw = Found("", (0, 0))
        label: Found[str | None] = Found(office, rest[at].flat.span())
        party = _party(holders, text, label.span, sides)
        if party.value != REGION and sides.body_office.search(rest[at].text):
            name = name.doubted(0.5, SIDE_OPEN)  # two columns ran into one line
        if score < 0.99:
            label = label.doubted(0.93 if score >= 0.95 else 0.7, REPAIRED)
        found.append(Signatory(name, label, place, when, party, raw, empty))
    return found


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


def _on_behalf(
    rest: Sequence[Line],
    place: Found[str | None],
    when: Found[date | None],
    raw: Found[str],
    empty: bool,
    setting: _Setting,
) -> Signatory | None:
    """Who signs a notice "im Auftrag", without an office; only a notice is signed so."""
    sides = setting.signing
    if sides.has_body:
        return None
    for i, line in enumerate(rest):
        match = _ON_BEHALF.match(line.text)
        if match is None:
            continue
        candidates = [line.flat.part(match.end()), *(other.flat for other in rest[i + 1 : i + 4])]
        bare = (_bare(each) for each in candidates)
        name = next((each for each in bare if _is_name(each.text, sides)), None)
        nobody: Found[str | None] = Found(None, line.flat.span(), 0.3, ILLEGIBLE)
        return Signatory(
            _believed(name, setting.state) if name else nobody,
            Found(None, line.flat.span(), 0.6, MISSING),
            place,
            when,
            Found(sides.givers[0], line.flat.span()),
            raw,
            empty,
        )
    return None


def _without_office(
    rest: Sequence[Line],
    side: str,
    place: Found[str | None],
    when: Found[date | None],
    raw: Found[str],
    empty: bool,
    head: Line,
) -> Signatory:
    nothing: Found[str | None] = Found(None, head.flat.span(), 0.3, ILLEGIBLE)
    party = Found(side, (0, 0), 0.5, SIDE_OPEN)
    return Signatory(nothing, nothing, place, when, party, _raw([head, *rest]), empty)


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
    pieces = re.split(r",\s*", _THE.sub("", sides.glued.sub(" ", text)).strip("()"))
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
    own = re.split(r",\s*(?=\S)", rest[at].text, maxsplit=1)
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


# --- place and date -------------------------------------------------------------------


def _place_and_date(
    head: Line | None, setting: _Setting
) -> tuple[Found[str | None], Found[date | None], bool]:
    if head is None:
        head = next((line for line in setting.head if _place_line(line.text, setting)), None)
    if head is None:
        nothing: Found[str | None] = Found(None, (0, 0), 0.3, MISSING)
        return nothing, *_dated(setting)
    match = _place_line(head.text, setting)
    assert match is not None
    place = _place(head.flat.part(match.start("place"), match.end("place")).strip(), setting.seats)
    written = head.flat.part(match.start("date"), match.end("date"))
    if not written.text.strip(" _.,-–…"):
        return place, Found(None, head.flat.span(), 0.3, MISSING), True
    return place, _date(written, setting.years), False


def _dated(setting: _Setting) -> tuple[Found[date | None], bool]:
    """The date of a notice's first page, and whether there is none."""
    for line in setting.head:
        if match := _DATED.fullmatch(line.text):
            return _date(line.flat.part(match.start("date")), setting.years), False
    return Found(None, (0, 0), 0.3, MISSING), True


def _place(text: Traced, seats: Sequence[str]) -> Found[str | None]:
    best = max(seats, key=lambda seat: alike(seat, text.text))
    score = alike(best, text.text)
    if text.text == best:
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


def _date(written: Traced, years: tuple[int, int]) -> Found[date | None]:
    text = _ISO.sub(r"\3.\2.\1", written.text.strip())
    span = written.span()
    numeric = _NUMERIC.fullmatch(text)
    named = None if numeric else _WRITTEN.fullmatch(text)
    match = numeric or named
    if match is None:
        return Found(None, span, 0.3, ILLEGIBLE)
    day, month, number = (part.translate(_AS_DIGIT) for part in match.groups())
    exact = (match[1], match[3]) == (day, number)
    if named:
        small = match[2].lower()
        close = [i for i, name in enumerate(MONTHS, 1) if name == small]
        close = close or [i for name, i in _SHORT_MONTHS.items() if name == small]
        fuzzy = [i for i, name in enumerate(MONTHS, 1) if alike(name, match[2]) >= 0.75]
        if len(close or fuzzy) != 1:
            return Found(None, span, 0.3, ILLEGIBLE)
        exact &= bool(close)
        month = str((close or fuzzy)[0])
    elif match[2] != month:
        exact = False
    if not (day + month + number).isdigit():
        return Found(None, span, 0.3, ILLEGIBLE)
    try:
        value = date(int(number) + (2000 if len(number) == 2 else 0), int(month), int(day))
    except ValueError:
        return Found(None, span, 0.3, ILLEGIBLE)
    found: Found[date | None] = Found(value, span)
    if not exact:
        found = found.doubted(0.6, REPAIRED)
    first, last = years
    if not first - 1 <= value.year <= last + 2:
        found = found.doubted(0.4, IMPLAUSIBLE)
    return found
