"""Who signed, for whom, where and when, as far as it can be read; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.packs.model import Body, Year
from zielwerk.reading.expected import Signing, organisations, signing
from zielwerk.reading.model import Found, Signature
from zielwerk.reading.outline import MONTHS, is_place_line
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

_MINISTRY_OFFICES = (
    "Staatsministerin", "Staatsminister", "Staatssekretärin", "Staatssekretär", "Ministerin",
    "Minister", "Abteilungsleiterin", "Abteilungsleiter", "Ministerialdirigentin",
    "Ministerialdirigent",
)  # fmt: skip
_REGION_OFFICES = (
    "Landrätin", "Landrat", "Oberbürgermeisterin", "Oberbürgermeister", "Bürgermeisterin",
    "Bürgermeister", "Erste Kreisbeigeordnete", "Erster Kreisbeigeordneter", "Vizelandrätin",
    "Vizelandrat", "Hauptamtliche Kreisbeigeordnete", "Hauptamtlicher Kreisbeigeordneter",
    "Kreisbeigeordnete", "Kreisbeigeordneter", "Erste Beigeordnete", "Erster Beigeordneter",
    "Stadträtin", "Stadtrat", "Stadtkämmerin", "Stadtkämmerer", "Sozialdezernentin",
    "Sozialdezernent", "Dezernentin", "Dezernent",
)  # fmt: skip
_OFFICES = tuple(
    (fold(o), o, side)
    for offices, side in ((_MINISTRY_OFFICES, "ministry"), (_REGION_OFFICES, "region"))
    for o in offices
)
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
_REGION_WORDS = re.compile(
    r"landkrei|kreisausschu|magistrat|landr.t|oberb.rgerm|-kreis|\bkreis", re.IGNORECASE
)
_THE = re.compile(r"^(?:Die|Der)\s+")
_GLUED = re.compile(r"(?:(?<=Landrat)|(?<=andrätin)|(?<=minister)|(?<=meister))(?=de[sr]\b)")
_FOR_WHOM = re.compile(r"(?:Für|Namens|Im Namen|In Vertretung|Im Auftrag)\b")
_GAP = re.compile(r" {2,}")
_WIDE_GAP = re.compile(r" {3,}|\t+")
_OTHER_OFFICE = re.compile(r"\b(?:Landr[aä]t|Oberbürgermeister)(?:in)?\b")
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
    """Where, when and for which ministry people sign, and how well the text was recognised."""

    ministry: Signing
    seats: tuple[str, ...]
    year: int
    state: Condition


def signatures(
    these: Sequence[Line],
    pack: Year,
    bodies: Sequence[Body],
    year: int,
    state: Condition,
) -> list[Signatory]:
    """Return the signatories in the text's order; several may sign for one side."""
    ministries = organisations(pack, "ministry")
    seats = {_town(seat) for seat in (*(m.seat for m in ministries), *(b.seat for b in bodies))}
    setting = _Setting(signing(pack), tuple(sorted(seats)), year, state)
    found: list[Signatory] = []
    for block in _blocks(_columns(these, setting.ministry), setting):
        found += _block(block, setting)
    return found


def _town(seat: str) -> str:
    return re.sub(r"\s*\(.*", "", seat)


def _columns(these: Sequence[Line], ministry: Signing) -> list[list[Line]]:
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
            side = (
                1 if _REGION_WORDS.search(line.text) and not ministry.words.search(line.text) else 0
            )
            columns[side].append(line)
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
    if len(text) > 90 or _FOR_WHOM.match(text) or _office(text, setting.ministry) is not None:
        return None
    match = _PLACE.fullmatch(text)
    if match and is_place_line(text):
        return match
    match = _TOWN_FIRST.fullmatch(text)
    if match and max(alike(match["place"], seat.split()[0]) for seat in setting.seats) >= 0.8:
        return match
    return None


def _block(block: Sequence[Line], setting: _Setting) -> list[Signatory]:
    ministry = setting.ministry
    head = block[0] if _place_line(block[0].text, setting) else None
    rest = list(block[1:] if head else block)
    offices = [(i, hit) for i, line in enumerate(rest) if (hit := _office(line.text, ministry))]
    place, when, empty = _place_and_date(head, setting)
    names = [_name(rest, i, hit, setting) for i, hit in offices]
    text = " ".join(line.text for line in rest)
    first_name = names[0][1] if names else len(rest)
    raw = _raw(([head] if head else []) + rest[:first_name])
    if not offices:
        side = "ministry" if ministry.words.search(text) else "region"
        return [_without_office(rest, side, place, when, raw, empty, head)] if head else []
    found = []
    for (at, hit), (name, _) in zip(offices, names, strict=True):
        score, office, side = hit
        if side != offices[0][1][2]:  # the line of place and date was the other side's
            place, when, empty = _place_and_date(None, setting)
            raw = Found("", (0, 0))
        label: Found[str | None] = Found(office, rest[at].flat.span())
        if side == "ministry" and _OTHER_OFFICE.search(rest[at].text):
            name = name.doubted(0.5, SIDE_OPEN)  # two columns ran into one line
        if score < 0.99:
            label = label.doubted(0.93 if score >= 0.95 else 0.7, REPAIRED)
        party = _party(side, text, label.span, ministry)
        found.append(Signatory(name, label, place, when, party, raw, empty))
    return found


def _party(side: str, text: str, span: tuple[int, int], side_of_state: Signing) -> Found[str]:
    ministry, region = bool(side_of_state.words.search(text)), bool(_REGION_WORDS.search(text))
    found = Found(side, span)
    contradicted = (side == "region" and ministry and not region) or (
        side == "ministry" and region and not ministry
    )
    return found.doubted(0.5, SIDE_OPEN) if contradicted else found


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
def _office(text: str, ministry: Signing) -> tuple[float, str, str] | None:
    """Return (score, office, side) where a line begins or ends with an office."""
    folded = fold(text)
    if len(folded) < 5 or len(text) > 120 or folded.startswith(ministry.ministries):
        return None
    own = (fold(ministry.office), ministry.office, "ministry")
    pieces = re.split(r",\s*", _THE.sub("", _GLUED.sub(" ", text)).strip("()"))
    words = (piece.split() for piece in {pieces[0], pieces[-1]})
    starts = {fold(" ".join(some[:count])) for some in words for count in (1, 2, 3)}
    ranked = sorted(
        (*max((_office_like(start, wanted), len(wanted)) for start in starts), office, side)
        for wanted, office, side in {own, *_OFFICES}
    )
    (second, *_), (score, _, office, side) = ranked[-2:]
    if score < 85:
        return None
    # "Staatsministerln" may be one of two offices; close calls are never certain.
    close = score < 99.5 and score - second < 5
    return (0.8 if close else score / 100), office, side


def _name(
    rest: Sequence[Line], at: int, hit: tuple[float, str, str], setting: _Setting
) -> tuple[Found[str | None], int]:
    """Return the name that belongs to an office, and the line where it stands."""
    state, ministry = setting.state, setting.ministry
    own = re.split(r",\s*(?=\S)", rest[at].text, maxsplit=1)
    if len(own) == 2 and _office(own[1], ministry):
        first = _bare(rest[at].flat.part(0, len(own[0])))
        if _is_name(first.text, ministry):
            return _believed(first, state), at
    after = rest[at].text[len(hit[1]) :].strip()
    if fold(rest[at].text).startswith(fold(hit[1])) and _is_name(after, ministry):
        start = rest[at].text.rindex(after)
        return _believed(rest[at].flat.part(start, start + len(after)), state), at
    below = rest[at + 1].flat if at + 1 < len(rest) else None
    if below and (not at or _THE.match(rest[at].text)) and _is_name(below.text, ministry):
        return _believed(below, state), at
    if at:
        line = rest[at - 1].flat
        bare = _bare(line)
        if _is_name(bare.text, ministry) and _office(line.text, ministry) is None:
            return _believed(bare, state), at - 1
        return Found(None, line.span(), 0.3, ILLEGIBLE), at
    return Found(None, rest[at].flat.span(), 0.3, MISSING), at


def _office_like(written: str, wanted: str) -> float:
    return max(fuzz.ratio(written, wanted), fuzz.ratio(shape(written), shape(wanted)) - 2)


def _bare(line: Traced) -> Traced:
    """Take "gez.", "i. V." and brackets off a name."""
    cut = _BEFORE_NAME.match(line.text)
    return line.part(cut.end() if cut else 0).strip("() _")


def _is_name(text: str, ministry: Signing) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 6 or _REGION_WORDS.search(text) or ministry.words.search(text):
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
        return Found(None, (0, 0), 0.3, MISSING), Found(None, (0, 0), 0.3, MISSING), True
    match = _place_line(head.text, setting)
    assert match is not None
    place = _place(head.flat.part(match.start("place"), match.end("place")).strip(), setting.seats)
    written = head.flat.part(match.start("date"), match.end("date"))
    if not written.text.strip(" _.,-–…"):
        return place, Found(None, head.flat.span(), 0.3, MISSING), True
    return place, _date(written, setting.year), False


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


def _date(written: Traced, year: int) -> Found[date | None]:
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
    if not year - 1 <= value.year <= year + 2:
        found = found.doubted(0.4, IMPLAUSIBLE)
    return found
