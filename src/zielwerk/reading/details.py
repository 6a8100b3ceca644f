"""What stands beside the title of a measure: its amount, its seats, its place, its target."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

from zielwerk.reading.hedges import hedge
from zielwerk.reading.model import Found
from zielwerk.recognition.amounts import Amount, amounts
from zielwerk.recognition.columns import OPEN as OPEN_COLUMN
from zielwerk.recognition.columns import Row
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import msg

NO_AMOUNT = msg("Neben der Maßnahme steht kein Betrag, der sicher zu lesen ist.")
IN_SENTENCE = msg("Die Angabe steht in einem Satz und nicht neben dem Titel.")
BESIDE = msg("Es ist nicht klar, ob die Angabe zum Titel gehört oder neben ihm steht.")
SEVERAL = msg("Neben der Maßnahme stehen mehrere Angaben dieser Art.")
OPEN = msg("Neben der Angabe steht ein Wort, das sie offenlässt.")
GIVEN_UP = msg("Neben dem Titel steht, dass die Maßnahme entfällt oder nicht feststeht.")

_PEOPLE = (
    r"(?:(?:Teilnahme|Teilnehmer|Ausbildungs|Kurs|Schulungs)?[Pp]l[äa]tzen?|Platz|TN(?![A-Za-z])"
    r"|Teilnehmer(?:[*:_/-]?-?innen)?n?\b|Teilnehmenden?\b|Personen\b)"
)
_SEATS = re.compile(
    rf"(?<![\w.,])(?P<count>\d{{1,4}}) ?{_PEOPLE}"
    rf"|{_PEOPLE}(?:zahl)?:? ?(?P<count2>\d{{1,4}})(?![\w.,]\d)"
)
_RESULTS = (
    r"(?:Vermittlungen|Vermittlung|Abschlüssen?|Übergängen?|Übergang|Integrationen|Einmündungen"
    r"|Prüfungen|Ausbildungsverträgen?|Arbeitsverhältnissen?|Beratungen|Zertifikaten?)\b"
)
_TARGET = re.compile(
    r"(?:(?<=[(;,|])|(?<=[(;,|] ))Ziel(?:zahl|wert|größe)?: ?(?P<said>[^;,()|]{1,60})"
    r"|\b(?:Ziel(?:zahl|wert|größe)|Ziel|Soll): ?(?P<number>\d[^;,()|]{0,60})"
    rf"|(?<![\w.,])(?P<results>\d{{1,4}} ?(?:%|Prozent|v\. ?H\.)? ?(?:in )?{_RESULTS})"
)
_PLACE = re.compile(
    r"(?:(?<=[(;,|–—-])|(?<=[(;,|–—-] ))(?:(?:Stand|Durchführungs)?[Oo]rt): ?"
    r"(?P<place>[A-ZÄÖÜ][^;,()|\d]{1,60})"
)
_WORDS = (
    r"mit|für|in Höhe von|von|bis zu|über|je|und|à|bei|davon|Betrag|Budget|Kosten|Mittel|Zuschuss"
    r"|Förderung|Fördersumme|Euro|insgesamt|jeweils|pro Jahr"
)
_BEFORE = re.compile(
    rf"(?:[\s:–—=|…_(,;-]|(?<!\bCo)(?<!\bV)\.|\b(?:{_WORDS})(?!\w))+$", re.IGNORECASE
)
_FILLING = re.compile(rf"(?:[\s:–—=|.…_(),;/-]|\b(?:{_WORDS})\b)*", re.IGNORECASE)
_AFTER = re.compile(r"^(?:[\s:–—=|.)-]|\b(?:für|die|das|den)\b)+", re.IGNORECASE)
_CUTS = re.compile(r"[:–—=|…_(,;]|\.{2}| -|\bin Höhe von\b|\bmit (?=\d)", re.IGNORECASE)
_STOP = re.compile(r"(?<=[a-zäöüß)“€])\.(?=\s+[A-ZÄÖÜ„]|$)|\n")
_NO_MEASURE = re.compile(
    r"\b(?:19|20)\d\d\b|§+ ?\d+[a-z]?|\b\d{1,2}\. ?(?=[A-ZÄÖÜ][a-zä]+ 20)"
)  # a year, a section, a day
_NOT_DONE = (
    r"(?:entf(?:ällt|allen|iel)\b|entf\.|gestrichen|weggefallen|wegfallend|fällt weg|abgesagt"
    r"|storniert|aufgegeben|aufgehoben|zurück(?:gezogen|gestellt|genommen)|eingestellt|ausgesetzt|hinfällig"
    r"|nicht (?:mehr )?(?:durchgeführt|umgesetzt|gefördert|vorgesehen|realisiert|bewilligt"
    r"|weitergeführt|fortgeführt|angeboten|belegt|Bestandteil|Teil))"
)
_PERHAPS = r"(?:unter Vorbehalt|vorbehaltlich|optional|noch offen|in Planung|Ersatz(?:maßnahme)?)\b"
# "(entfällt)", "– gestrichen", "entfällt: …", "~~…~~", a line drawn through it.
_GIVEN_UP = re.compile(
    rf"[(\[{{][^()\[\]]{{0,60}}(?:{_NOT_DONE}|{_PERHAPS})[^()\[\]]{{0,80}}(?:[)\]}}]|$)"
    rf"|(?:\s[-–—/|]|[,;:])\s*(?:[a-zäöüß]+ ){{0,3}}{_NOT_DONE}"
    rf"|^\W*{_NOT_DONE}\W|{_NOT_DONE}\W*$|~~|</?(?:s|del|strike)>|[\u0334-\u0338]"
    r"|\w[-–—]{4,}|[-–—]{4,}\w",
    re.IGNORECASE,
)
_DROPPED = re.compile(_NOT_DONE, re.IGNORECASE)
_ONTO = re.compile(r"\b[Aa]uf\b|€|\b(?:Euro|EUR)\b")
_MOST_SENTENCES = 50  # that are looked at
_TIMES = re.compile(r"(?:\b(?:à|je|jeweils|mal|pro)|\d ?[x×*])\s*$")  # "2 Kurse à 8 Plätze"
_EACH = re.compile(r"(?:\b(?:à|je|jeweils|pro)|\d ?[x×*])(?: rund| ca\.| etwa)?\s*$")
_PER = re.compile(
    r"\s*(?:pro|je|/) ?(?:\w*[Pp]latz|TN\b|Teilnehm\w+|Person|Kopf|Monat|Kurs|Maßnahme|Stunde|Tag)"
)
_HEDGED = 70  # letters before an amount in which words that leave it open may begin
_FAR = 20  # letters before a number that are looked at
_MOST_SEATS = 1_000
_LONGEST = 500  # characters of an item that may be a title and what stands beside it


@dataclass(frozen=True)
class Details:
    """What is said of one measure; null where the text says nothing beside its title."""

    amount: Found[int | None] | None = None
    seats: Found[int | None] | None = None
    place: Found[str | None] | None = None
    target: Found[str | None] | None = None

    def doubted(self) -> "Details":
        """The same, all of it unsure to belong to the measure."""
        return Details(
            self.amount and self.amount.doubted(0.6, BESIDE),
            self.seats and self.seats.doubted(0.6, BESIDE),
            self.place and self.place.doubted(0.6, BESIDE),
            self.target and self.target.doubted(0.6, BESIDE),
        )

    def or_else(self, other: "Details") -> "Details":
        """The same, and where it says nothing what a sentence says."""
        said = {
            name: one.doubted(0.6, IN_SENTENCE)
            for name, one in vars(other).items()
            if one is not None and getattr(self, name) is None
        }
        return replace(self, **said)

    def open(self, span: tuple[int, int]) -> "Details":
        """The same, where a number stands beside it of which nobody knows what it says."""
        unknown: Found[int | None] = Found(None, span, 0.5, BESIDE)
        return replace(self, amount=self.amount or unknown, seats=self.seats or unknown)


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    kind: str
    found: Any  # a number of cents or seats, or words


def divided(text: Traced, *, priced: bool = False) -> tuple[Traced, Details]:
    """Divide an item into its title and what is said of the measure.

    "Kompass-Camp (16 Plätze; 84.500 Euro)" is "Kompass-Camp" with 16 seats and 84,500 euros. A
    number that no sign divides from the words before it stays in the title, unless ``priced``
    says that an amount stands beside each title.
    """
    is_item = len(text) <= _LONGEST
    pieces = sorted(_pieces(text), key=lambda piece: piece.start) if is_item else []
    if not pieces:
        return text, Details(Found(None, text.span(), 0.3, NO_AMOUNT) if priced else None)
    details = _details(pieces)
    first, last = pieces[0], pieces[-1]
    before = text.part(0, first.start)
    if not re.search(r"\w", before.text):
        behind = text.part(last.end)
        cut = _AFTER.match(behind.text)
        return behind.part(cut.end() if cut else 0).strip(), details
    cut = _BEFORE.search(before.text)
    between = before.text[cut.start() :] if cut else ""
    is_cut = _CUTS.search(f"{between}{text.text[first.start : first.start + 1]}") is not None
    if not is_cut and not priced:
        return text, details.doubted()
    gaps = [text.text[one.end : other.start] for one, other in pairwise(pieces)]
    gaps.append(text.text[last.end :])
    if not all(_FILLING.fullmatch(gap) for gap in gaps):
        details = details.doubted()
    if any(re.search(r"\d", gap) for gap in gaps):
        details = details.open(text.span(first.start, len(text)))
    return before.part(0, cut.start() if cut else len(before)).strip(), details


def is_given_up(text: str) -> bool:
    """Whether it is said of a measure that there is none.

    >>> is_given_up("Kompass-Camp (entfällt)"), is_given_up("Wege in Arbeit – jetzt!")
    (True, False)
    """
    return _GIVEN_UP.search(text[:_LONGEST]) is not None


def gives_up(text: str) -> bool:
    """Whether a sentence says that something is given up; "auf X entfallen 100 €" gives it.

    >>> gives_up("Das Camp entfällt."), gives_up("Auf das Camp entfallen 500 Euro.")
    (True, False)
    """
    match = _DROPPED.search(text)
    return match is not None and not ("entf" in match[0].lower() and _ONTO.search(text))


def given_up_in(texts: Sequence[Traced]) -> list[str]:
    """The sentences that say that something is given up: "Das Kompass-Camp entfällt."."""
    found = (
        _around(text.text, *match.span())
        for text in texts
        for match in islice(_DROPPED.finditer(text.text), _MOST_SENTENCES)
    )
    return [sentence for sentence in found if gives_up(sentence)]


def _around(text: str, start: int, end: int) -> str:
    """The sentence around a piece, no further than one reads on."""
    first = max(0, start - _LONGEST)
    near = text[first : end + _LONGEST]
    return near[slice(*_sentence(near, start - first, end - first))]


def said_elsewhere(title: str, texts: Sequence[Traced]) -> Details:
    """What sentences say of a measure; all of it is unsure, and a number stays open.

    "Für das Kompass-Camp stehen 84.500 Euro bereit." says an amount of the "Kompass-Camp".
    """
    found = Details()
    for text in texts:
        at = text.text.find(title)
        end = at + len(title)
        if at < 0 or re.search(r"\w", text.text[at - 1 : at] + text.text[end : end + 1]):
            continue
        start, end = _sentence(text.text, at, end)
        sentence = text.part(start, end)
        pieces = sorted(_pieces(sentence), key=lambda piece: piece.start)
        said = _details(pieces)
        if not pieces and re.search(r"\d", _NO_MEASURE.sub("", sentence.text.replace(title, ""))):
            said = said.open(sentence.span())
        found = found.or_else(said)
    return found


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a piece begins and ends."""
    before = max((match.end() for match in _STOP.finditer(text, 0, start)), default=0)
    behind = _STOP.search(text, end)
    return before, behind.start() if behind else len(text)


def of_row(row: Row) -> tuple[Traced, Details]:
    """The title and what is said of the measure in a row of a table."""
    title, details = divided(row.title)
    bare: list[Traced] = []
    for kind, cell in row.cells:
        if not kind and re.fullmatch(r"[\d.,]+", cell.text):
            bare.append(cell)
        else:
            column = kind.removesuffix(OPEN_COLUMN)
            said = {name: one for name, one in _cell(column, cell).items() if one is not None}
            if column != kind:
                said = {name: one.doubted(0.6, BESIDE) for name, one in said.items()}
            details = replace(details, **said)
    if not bare:
        return title, details
    (number, *others), span = bare, bare[0].span()
    is_count = details.amount and not details.seats and not others and number.text.isdigit()
    if is_count and int(number.text) < _MOST_SEATS:
        return title, replace(details, seats=Found(int(number.text), span, 0.6, BESIDE))
    return title, details.open(span)


def _cell(kind: str, cell: Traced) -> dict[str, Any]:
    """What a cell says; one without a named column says itself what it is."""
    span = cell.span()
    if not re.search(r"\w", cell.text):
        return {}  # a dash: nothing
    if kind in ("place", "target"):
        return {kind: Found(cell.text, span)}
    if kind == "seats":
        count = re.fullmatch(rf"(\d{{1,4}})(?: ?{_PEOPLE})?", cell.text)
        return {kind: Found(int(count[1]), span) if count else Found(None, span, 0.5, BESIDE)}
    if kind == "scaled":
        return {"amount": Found(None, span, 0.5, OPEN)}
    if kind == "amount" and re.fullmatch(r"[\d.,'’ ]+(?:,-+)?", cell.text):
        return {kind: _amount(_priced_cell(cell), 0)}
    return vars(_details(sorted(_pieces(cell), key=lambda piece: piece.start)))


def _priced_cell(cell: Traced) -> list[Amount]:
    """The amount of a cell whose column says that it is euros."""
    return amounts(Traced.join((cell, cell.part(len(cell))), " Euro"))


def _pieces(text: Traced) -> Iterator[_Piece]:
    found = amounts(text)
    for i, amount in enumerate(found):
        price, start = _amount(found, i), amount.start
        if open_by := hedge(amount, text.text):
            is_span = bool(open_by.low)
            price = Found(None, price.span, 0.6, OPEN) if is_span else price.doubted(0.6, OPEN)
            start = _begun(open_by.words, text.text, amount)
        elif _is_for_each(amount, text.text):
            price = price.doubted(0.6, OPEN)
        yield _Piece(start, amount.end, "amount", price)
    taken = [(amount.start, amount.end) for amount in found]
    for kind, pattern in (("seats", _SEATS), ("target", _TARGET), ("place", _PLACE)):
        for match in pattern.finditer(text.text):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            taken.append((start, end))
            said = next(group for group in match.groups() if group).strip()
            value = int(said) if kind == "seats" else said
            one = Found[Any](value, text.span(start, end))
            if kind == "seats" and _is_open(text, start, end):
                one = one.doubted(0.6, OPEN)
            yield _Piece(start, end, kind, one)


def _begun(words: str, text: str, amount: Amount) -> int:
    """Where an amount begins with the words right before it that leave it open: "rund"."""
    at = text.rfind(words, max(0, amount.start - _HEDGED), amount.end)
    between = text[at + len(words) : amount.start]
    is_beside = at >= 0 and (not between or re.fullmatch(r" (?:[a-zäöü.]{2,9} )?", between))
    return min(at, amount.start) if is_beside else amount.start


def _is_for_each(amount: Amount, text: str) -> bool:
    """Whether an amount is that of one of several: "12 Plätze, je 5.000 Euro", "200 € je TN"."""
    before = text[max(0, amount.start - _FAR) : amount.start]
    return _EACH.search(before) is not None or _PER.match(text, amount.end) is not None


def _is_open(text: Traced, start: int, end: int) -> bool:
    """Whether a number of seats is a span, a guess or one of several: "16 bis 20", "2 à 8"."""
    number = Amount(None, text.part(start, end), start, end, repaired=False, unusual=False)
    return (
        _TIMES.search(text.text[max(0, start - _FAR) : start]) is not None
        or hedge(number, text.text) is not None
    )


def _amount(found: list[Amount], at: int) -> Found[int | None]:
    if at >= len(found):
        return Found(None, (0, 0), 0.3, NO_AMOUNT)
    one = found[at]
    price: Found[int | None] = Found(one.cents, one.text.span())
    if one.cents is None or one.repaired or one.unusual:
        return price.doubted(0.6, NO_AMOUNT)
    return price


def _details(pieces: Sequence[_Piece]) -> Details:
    """Keep the first of each kind; where another one differs, it is in doubt."""
    kept: dict[str, Any] = {}
    for piece in pieces:
        first = kept.setdefault(piece.kind, piece.found)
        if first.value != piece.found.value:
            kept[piece.kind] = first.doubted(0.6, SEVERAL)
    return Details(**kept)
