"""Amounts in euros, as they are written and as recognition leaves them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zielwerk.recognition.dictionary import is_german
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.money import parse_euro
from zielwerk.rulebook.refusal import Refused

_D = r"[0-9OoQlIi!|SBZbGqT]"
_CURRENCY = r"(?:EUR(?:[O0]S?)?(?![A-Z])|[EFB] ?[uün] ?[rn] ?[o0ec](?![a-z])|€)"
_GROUP = rf"(?:{_D}{{1,6}}|{_D} {_D}{{2}}|{_D}{{2}} {_D})"  # a blank may have got into a group
_LEAD = "(?![|!] )[0-9lIi!|SBZ]"  # a bar before a blank parts the cells of a table
_NUMBER = (
    rf"{_LEAD}{_D}{{0,3}}(?: ?[.,'’]{{1,2}} ?{_GROUP}(?![0-9])| {_D}{{3}}(?!\w)){{0,9}}"
    rf"|[0-9]{_D}{{0,19}}"
)
_SCALE = r"Mio\.?|Millionen|Mrd\.?|Milliarden|Tsd\.?|Tausend"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?P<dash>,? ?[-–—]{{1,2}})?"
    rf" ?(?P<scale>{_SCALE}|T)? ?(?P<currency>{_CURRENCY})"
    rf"|(?<!\w)(?P<scale2>T|(?:{_SCALE}) )?(?P<currency2>{_CURRENCY}) ?(?P<number2>{_NUMBER})"
    rf"(?P<dash2>,[-–—]{{1,2}})?(?![\w])(?: (?P<scale3>{_SCALE})(?!\w))?"
)
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.,]*\d)")
_JOINED_BEFORE = re.compile(rf"(?<![\w.,]){_D}[\d.,OoIl]*[:;·/_-]$")
_JOINED_BEHIND = re.compile(r"[:;·/_]\d[\d.,]*")
_FAR = 20  # characters before an amount that are looked at
_DIGITS = str.maketrans("OoQlIi!|SBZbGqT", "000111115826697")


@dataclass(frozen=True)
class Amount:
    """A written amount: cents (null if it has no single reading), its text and place."""

    cents: int | None
    text: Traced
    start: int
    end: int
    repaired: bool
    unusual: bool


def amounts(text: Traced) -> list[Amount]:
    """Return every amount in euros of a text."""
    found = (_amount(text, match) for match in _AMOUNT.finditer(text.text) if _is_money(match))
    return [amount for amount in found if re.search("[0-9]", amount.text.text)]


def _is_money(match: re.Match[str]) -> bool:
    """Whether what looks like a damaged "Euro" is no other word: "Büro 4.0" is no amount."""
    currency = match["currency"] or match["currency2"]
    return currency.lower() in ("euro", "eur", "euros") or not is_german(currency)


def without_currency(text: Traced) -> list[Amount]:
    """Return numbers in groups of three whose currency recognition lost."""
    return [
        Amount(
            int(match[0].replace(".", "")) * 100,
            text.part(*match.span()),
            match.start(),
            match.end(),
            repaired=False,
            unusual=False,
        )
        for match in _GROUPED.finditer(text.text)
    ]


def _amount(text: Traced, match: re.Match[str]) -> Amount:
    start, end = _whole(text.text, match)
    if (start, end) != match.span():
        return Amount(None, text.part(start, end), start, end, repaired=False, unusual=True)
    raw = match["number"] or match["number2"]
    scale = match["scale"] or match["scale2"] or match["scale3"] or ""
    cents, repaired, unusual = _number(raw, scale)
    unusual |= text.text.endswith("-", 0, match.start())
    return Amount(cents, text.part(start, end), start, end, repaired, unusual)


@lru_cache(maxsize=2**16)  # the same amount is met several times on the way through a paper
def _number(raw: str, scale: str) -> tuple[int | None, bool, bool]:
    """The cents of a number as it is written, whether it was repaired, and whether it is odd."""
    digits = raw.translate(_DIGITS)
    repaired = digits != raw
    normal = re.sub(r" ?([.,'’]) ?", r"\1", digits).replace("'", ".").replace("’", ".")
    unusual = "'" in raw or "’" in raw or bool(re.search(r"\d,\d{3},\d{3}", normal))
    if scale:
        return _scaled(normal, scale), repaired, True
    if (one := _one_reading(normal)) is not None:
        normal, unusual = one, True
    decimals = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)\.(\d{2})", normal)
    if decimals and decimals[1].count(".") == 1:
        normal = "?"  # "1.600.10": cents after a full stop, or a digit that was lost
    elif decimals:
        normal, unusual = f"{decimals[1]},{decimals[2]}", True
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", normal):
        normal = normal.replace(" ", ".")
    elif " " in normal and re.search(r"\d\.\d", normal):
        normal = "?"  # "1.600 100" may be one number or two
    try:
        return parse_euro(f"{normal} Euro"), repaired, unusual
    except Refused:
        return None, repaired, unusual


def _whole(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where an amount begins and ends with the digits that an odd sign joins to it.

    "1.140:300 Euro" is not 300 euros, and "EUR 1.140:300" not 1,140.
    """
    start, end = match.span()
    before = _JOINED_BEFORE.search(text, max(0, start - _FAR), start)
    behind = _JOINED_BEHIND.match(text, end) if match["number2"] else None
    return before.start() if before else start, behind.end() if behind else end


def _one_reading(number: str) -> str | None:
    """Return the digits of "1.234.5 00", "1600.100" or "1.234..500": odd, but one reading only."""
    tight = re.sub(r"\.{2}", ".", number.replace(" ", ""))
    if re.fullmatch(r"\d{1,3}(?: ?\.\d{3})+(?:,\d{2})?|\d{1,3}(?: \d{3})*(?:,\d{2})?|\d+", number):
        return None  # written as usual
    if " " in number and re.search(r"[.,]\d{3} \d{3}|\d{3} \d{3}\.", number):
        return None  # "1.600 100" may be two numbers
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{4}(?:\.\d{3})+|\d{1,3}(?:\.(?:\d{3}){1,2})+", tight):
        return tight.replace(".", "")
    return None


def _scaled(number: str, scale: str) -> int | None:
    """Return the cents of "1,6001 Mio.", "1.600,1 Tsd."; a rounded amount is never certain.

    A number that is as large without its scale, "1.600.100 T", has two readings.
    """
    factor = {"M": 6, "T": 3}[scale[0]] + (3 if scale.startswith(("Mrd", "Millia")) else 0)
    match = re.fullmatch(r"(\d{1,3}[. ]\d{3}|\d{1,4})(?:,(\d{1,6}))?", number)
    if match is None or ("M" in scale and not match[1].isdigit()):
        return None
    decimals = (match[2] or "").ljust(factor + 2, "0")[: factor + 2]
    return int(re.sub(r"\D", "", match[1]) + decimals)
