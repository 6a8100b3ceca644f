"""Amounts in euros, as they are written and as recognition leaves them."""

import re
from dataclasses import dataclass

from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.money import parse_euro
from zielwerk.rulebook.refusal import Refused

_D = r"[0-9OoQlIi!|SBZbGqT]"
_CURRENCY = r"(?:EUR(?:[O0]S?)?(?![A-Z])|[EFB] ?[uün] ?[rn] ?[o0ec](?![a-z])|€)"
_GROUP = rf"(?:{_D}{{1,6}}|{_D} {_D}{{2}}|{_D}{{2}} {_D})"  # a blank may have got into a group
_NUMBER = (
    rf"[0-9lIi!|SBZ]{_D}{{0,3}}(?: ?[.,'’]{{1,2}} ?{_GROUP}(?![0-9])| {_D}{{3}}(?!\w))*|[0-9]{_D}*"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?P<dash>,? ?[-–—]{{1,2}})?"
    rf" ?(?P<scale>Mio\.?|Millionen|Mrd\.?|Tsd\.?|Tausend|T)? ?{_CURRENCY}"
    rf"|(?<!\w){_CURRENCY} ?(?P<number2>{_NUMBER})(?P<dash2>,[-–—]{{1,2}})?(?![\w])"
)
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.,]*\d)")
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
    found = (_amount(text, match) for match in _AMOUNT.finditer(text.text))
    return [amount for amount in found if re.search("[0-9]", amount.text.text)]


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
    raw = match["number"] or match["number2"]
    digits = raw.translate(_DIGITS)
    repaired = digits != raw
    normal = re.sub(r" ?([.,'’]) ?", r"\1", digits).replace("'", ".").replace("’", ".")
    unusual = "'" in raw or "’" in raw or bool(re.search(r"\d,\d{3},\d{3}", normal))
    unusual |= text.text[: match.start()].endswith("-")
    if (one := _one_reading(normal)) is not None:
        normal, unusual = one, True
    decimals = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)\.(\d{2})", normal)
    if decimals and decimals[1].count(".") == 1:
        normal = "?"  # "1.600.10": cents after a full stop, or a digit that was lost
    elif decimals:
        normal, unusual = f"{decimals[1]},{decimals[2]}", True
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", normal):
        normal = normal.replace(" ", ".")
    elif re.search(r"\d\.\d.* | .*\d\.\d", normal):
        normal = "?"  # "1.600 100" may be one number or two
    cents: int | None
    if match["scale"]:
        cents, unusual = _scaled(normal, match["scale"]), True
    else:
        try:
            cents = parse_euro(f"{normal} Euro")
        except Refused:
            cents = None
    return Amount(
        cents, text.part(match.start(), match.end()), match.start(), match.end(), repaired, unusual
    )


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
    """Return the cents of "1,6001 Mio."; a rounded amount is never certain."""
    factor = {"M": 6, "T": 3}[scale[0]] + (3 if scale.startswith("Mrd") else 0)
    match = re.fullmatch(r"(\d{1,4})(?:,(\d{1,6}))?", number)
    if match is None:
        return None
    decimals = (match[2] or "").ljust(factor + 2, "0")[: factor + 2]
    return int(match[1] + decimals)
