"""From the text of a cell to the value that its column holds, or the reason why not."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from zielwerk.rulebook.money import MAX_CENTS, MIN_CENTS, Cents, parse_euro
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import day_out_of_reach, is_within_reach, written
from zielwerk.tables.model import Column, Kind, Numeral

_BLANK = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), " ")
_HYPHEN = str.maketrans("\N{MINUS SIGN}", "-")
# Nineteen digits are more than anybody counts and keep the arithmetic small.
_DECIMAL = re.compile(r"-?[0-9]{1,19}(?:([.,])[0-9]{1,30})?", re.ASCII)
_GROUPED = re.compile(
    r"-?[1-9][0-9]{0,2}(?P<group>[. ])[0-9]{3}(?:(?P=group)[0-9]{3}){0,4}(?:,[0-9]{1,30})?",
    re.ASCII,
)
_TWO_READINGS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)  # 1.234: 1234 or 1,234?
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", re.ASCII)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_NUMERAL = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_DIGITS_ONLY = re.compile(r"(?:\\d|[^\\A-Za-z])+", re.ASCII)  # a pattern of digits
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}", re.ASCII)


def value_of(cell: str, column: Column, signs: frozenset[str] = frozenset()) -> object:
    """The value of a cell by the column's kind; None where it is empty and may be.

    ``signs`` are the decimal signs that the column surely uses elsewhere
    (:func:`decimal_signs`). Raises :class:`Refused` with ``tables.cell_empty``,
    ``tables.not_key``, ``tables.not_number``, ``tables.number_ambiguous``,
    ``tables.number_negative``, ``tables.not_whole_cents``, ``tables.not_day``,
    ``tables.not_year`` or what ``written`` and ``parse_euro`` raise.
    """
    text = written(cell)
    if not text:
        if column.required:
            raise Refused(Refusal("tables.cell_empty", msg("Hier fehlt eine Angabe.")))
        return None
    match column.kind:
        case Kind.TEXT:
            return text
        case Kind.KEY:
            return _key(text, column)
        case Kind.MONEY:
            return _money(text, column, is_numeral=isinstance(cell, Numeral))
        case Kind.NUMBER:
            is_numeral = isinstance(cell, Numeral)
            return _number(text, column, frozenset(",") if is_numeral else signs)
    return _PLAIN[column.kind](text)


def decimal_signs(cells: Iterable[str]) -> frozenset[str]:
    """The signs that are surely decimal signs somewhere among these cells.

    ``1.234`` alone has two readings; beside ``0.5`` or ``0,5`` it has one.
    """
    texts = [cell.translate(_BLANK).translate(_HYPHEN).strip() for cell in cells]
    matches = (_DECIMAL.fullmatch(text) for text in texts if not _TWO_READINGS.fullmatch(text))
    signs = {match[1] for match in matches if match and match[1]}
    if any("," in text and _GROUPED.fullmatch(text) for text in texts):
        signs.add(",")
    return frozenset(signs)


def quoted(text: str, most_letters: int = 60) -> str:
    """Foreign text as a sentence can quote it: one line, not long."""
    line = " ".join(text[: 2 * most_letters].split())
    return line if len(line) <= most_letters else line[:most_letters] + "…"


def _key(text: str, column: Column) -> str:
    """A key by the column's pattern; where it is all digits, with the zeros that are lost.

    Spreadsheets drop the zeros in front of what they take for a number.
    """
    is_key = re.compile(column.pattern, re.ASCII).fullmatch
    is_numeral = _NUMERAL.fullmatch(text) and _DIGITS_ONLY.fullmatch(column.pattern)
    longest = 12 if is_numeral else len(text)
    for length in range(len(text), longest + 1):
        if is_key(key := text.zfill(length)):
            return key
    sentence = msg("„{text}“ ist hier kein Schlüssel ({title}); einer ist zum Beispiel {example}.")
    slots = {"text": quoted(text), "title": column.title, "example": column.example}
    raise Refused(Refusal("tables.not_key", sentence, slots))


def _money(text: str, column: Column, *, is_numeral: bool) -> Cents:
    if not is_numeral:
        return parse_euro(text, negative=column.negative)
    # A workbook's number has one reading; it may show one decimal or none.
    cents = _fraction(text) * 100
    if cents < 0 and not column.negative:
        sentence = msg("„{text}“ ist negativ. Hier ist nur ein Betrag ab null möglich.")
        raise _refused("money.negative", sentence, text)
    if cents.denominator != 1 or not MIN_CENTS <= cents <= MAX_CENTS:
        sentence = msg("„{text}“ ist kein Betrag in ganzen Cent.")
        raise _refused("tables.not_whole_cents", sentence, text)
    return Cents(cents)


def _number(text: str, column: Column, signs: frozenset[str]) -> Fraction:
    """A number with decimal comma or point; groups of three by full stop or space."""
    text = text.translate(_BLANK).translate(_HYPHEN)
    decimal = _DECIMAL.fullmatch(text)
    if not decimal and not _GROUPED.fullmatch(text):
        sentence = msg("„{text}“ ist keine Zahl in zulässiger Schreibweise, zum Beispiel 1234,5.")
        raise _refused("tables.not_number", sentence, text)
    if _TWO_READINGS.fullmatch(text):
        if not decimal or signs not in (frozenset(decimal[1]), frozenset(",")):
            sentence = msg(
                "„{text}“ lässt sich als Tausender oder mit drei Nachkommastellen lesen. Bitte "
                "ohne Tausenderzeichen oder mit vier Nachkommastellen schreiben."
            )
            raise _refused("tables.number_ambiguous", sentence, text)
        decimal = decimal if decimal[1] in signs else None
    number = _fraction(text.replace(".", ",") if decimal else text.replace(".", ""))
    if number < 0 and not column.negative:
        sentence = msg("„{text}“ ist negativ. Hier ist nur eine Zahl ab null möglich.")
        raise _refused("tables.number_negative", sentence, text)
    return number


def _day(text: str) -> date:
    german, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = german.groups()[::-1] if german else iso.groups() if iso else ()
    try:
        day = date(*(int(part) for part in parts))
    except (TypeError, ValueError) as error:
        sentence = msg("„{text}“ ist kein Tag. Bitte einen Tag wie 24.12.2025 angeben.")
        raise _refused("tables.not_day", sentence, text) from error
    if not is_within_reach(day):
        raise Refused(day_out_of_reach(quoted(text)))
    return day


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        sentence = msg("„{text}“ ist kein Jahr. Bitte ein Jahr mit vier Ziffern angeben.")
        raise _refused("tables.not_year", sentence, text)
    return int(text)


_PLAIN: dict[Kind, Callable[[str], object]] = {Kind.DAY: _day, Kind.YEAR: _year}


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(" ", "").replace(",", "."))


def _refused(rule: str, sentence: str, text: str) -> Refused:
    return Refused(Refusal(rule, sentence, {"text": quoted(text)}))
