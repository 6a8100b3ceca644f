"""Dates as people write them under what they sign; strictly, or not at all."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from zielwerk.reading.model import Found
from zielwerk.reading.outline import MONTHS
from zielwerk.recognition.likeness import alike
from zielwerk.recognition.numerals import number_in_words
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import msg

ILLEGIBLE = msg("Nicht lesbar; der Text steht unverändert daneben.")
REPAIRED = msg("Nach der Ähnlichkeit berichtigt.")
NO_YEAR = msg("Neben dem Tag steht kein Jahr; angenommen ist das Programmjahr.")
IMPLAUSIBLE = msg("Das Datum liegt weit vom Programmjahr entfernt.")
LATE = msg("Das Datum liegt nach dem Ende des Programmjahrs.")

_DIGIT = r"[0-9OolI|]"
_AS_DIGIT = str.maketrans("OolI|", "00111")
_WEEKDAY = re.compile(
    r"^(?:(?:am|den|dem|vom) )*(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend"
    r"|Sonntag),? ?)?(?:(?:am|den|dem) )*"
)
_WITHOUT_YEAR = re.compile(
    r"\d{1,2}(?:te[nr]|\.) ?[A-Za-zäöüÄ]{3,9}\.?(?: (?:d\. ?J\.|des Jahres))?"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMERIC = re.compile(
    rf"(?P<day>{_DIGIT}{{1,2}})\s?(?P<by>[./-])\s?(?P<month>{_DIGIT}{{1,2}}|[IVX]{{1,4}})\s?(?P=by)"
    rf"\s?(?P<year>{_DIGIT}{{4}}|['’]?{_DIGIT}{{2}})\.?"
)
_NAMED = re.compile(
    rf"(?P<day>{_DIGIT}{{1,2}}(?:te[nr]|\.)?|[a-zäöüß]{{4,22}}s?ten)\s?"
    rf"(?P<month>[A-Za-zäöüÄ]{{3,9}})\.?\s?"
    rf"(?P<year>{_DIGIT}{{4}}|['’]?{_DIGIT}{{2}}|zweitausend[a-zäöüß]{{0,24}})\.?"
)
_SHORT = {month[:3]: i for i, month in enumerate(MONTHS, 1)} | {
    "sept": 9, "maerz": 3, "mrz": 3, "jänner": 1, "feber": 2, "julei": 7, "juno": 6,
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ODD_ORDINALS = {"ersten": 1, "dritten": 3, "siebten": 7, "siebenten": 7, "achten": 8}


def read_day(written: Traced, period: Period) -> Found[date | None]:
    """Return the date that is written; null, in doubt, where it is not all there.

    "12.07.2024", "12. 7. '24", "12/07/2024", "12.VII.2024", "2024-07-12", "12. Juli 2024",
    "Freitag, den 12ten Jul. 24", "zwölften Juli zweitausendvierundzwanzig" are one day. A letter
    that stands for a digit is a doubt, and so are a day after the end of the programme year and
    one without a year, "12. Juli".
    """
    text = _ISO.sub(r"\3.\2.\1", _WEEKDAY.sub("", written.text.strip()))
    span = written.span()
    if _WITHOUT_YEAR.fullmatch(text):
        bare = re.sub(r" (?:d\. ?J\.|des Jahres)$", "", text)
        whole = read_day(Traced.whole(f"{bare} {period.first.year}"), period)
        return replace(whole, span=span).doubted(0.5, NO_YEAR)
    match = _NUMERIC.fullmatch(text)
    month_of: Callable[[str], tuple[int, bool]] = _numbered if match else _named
    match = match or _NAMED.fullmatch(text)
    if match is None:
        return Found(None, span, 0.3, ILLEGIBLE)
    (day, clear), (month, same), (year, plain) = (
        _day(match["day"]), month_of(match["month"]), _year(match["year"]),
    )  # fmt: skip
    try:
        value = date(year, month, day)
    except ValueError:
        return Found(None, span, 0.3, ILLEGIBLE)
    found: Found[date | None] = Found(value, span)
    if not (clear and same and plain):
        found = found.doubted(0.6, REPAIRED)
    if not period.first.year - 1 <= value.year <= period.last.year + 2:
        return found.doubted(0.4, IMPLAUSIBLE)
    return found.doubted(0.6, LATE) if value > period.last else found


def _digits(text: str) -> tuple[int, bool]:
    """A number and whether all its digits are such; 0 where there is none."""
    number = text.translate(_AS_DIGIT)
    return (int(number), number == text) if number.isdigit() else (0, False)


def _day(text: str) -> tuple[int, bool]:
    if text.isalpha() and len(text) > 3:
        number = _ODD_ORDINALS.get(text) or number_in_words(re.sub("s?ten$", "", text))
        return (number or 0), True
    return _digits(re.sub(r"(?:te[nr]|\.)$", "", text))


def _numbered(text: str) -> tuple[int, bool]:
    if text in _ROMAN:
        return _ROMAN.index(text) + 1, text not in ("I", "II")  # which may be 1 and 11, misread
    return _digits(text)


def _named(text: str) -> tuple[int, bool]:
    """A month by its name, also a short or a misread one; 0 where it may be two."""
    small = text.lower()
    exact = [i for i, name in enumerate(MONTHS, 1) if name == small] or [
        i for name, i in _SHORT.items() if name == small
    ]
    found = exact or [i for i, name in enumerate(MONTHS, 1) if alike(name, text) >= 0.75]
    return (found[0], bool(exact)) if len(set(found)) == 1 else (0, False)


def _year(text: str) -> tuple[int, bool]:
    if text.startswith("zweitausend"):
        return number_in_words(text) or 0, True
    year, plain = _digits(text.lstrip("'’"))
    return (year + 2000, plain) if year < 100 else (year, plain)
