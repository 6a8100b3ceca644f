"""The budget: exactly one amount, in one reading, or a sentence that says why not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zielwerk.packs.model import Earmark, Year
from zielwerk.reading.cleaning import flow
from zielwerk.reading.expected import clause_number
from zielwerk.reading.likeness import fold
from zielwerk.reading.model import Found
from zielwerk.reading.numerals import number_in_words
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.traced import Traced
from zielwerk.rulebook.money import parse_euro
from zielwerk.rulebook.refusal import Refusal, Refused, msg

REPAIRED = msg("Im Betrag standen Zeichen, die keine Ziffern sind.")
UNUSUAL = msg("Der Betrag ist ungewöhnlich geschrieben.")
WORDS_UNREAD = msg("Der Betrag in Worten ist nicht zu lesen und konnte nicht verglichen werden.")
IMPLAUSIBLE = msg("Der Betrag ist ungewöhnlich klein oder groß.")
NO_CURRENCY = msg("Neben dem Betrag ist keine Währung zu lesen.")
ELSEWHERE = msg("Der Betrag steht nicht in dem Abschnitt über die Haushaltsmittel.")

_D = r"[0-9OoQlIi!|SBZbGqT]"
_CURRENCY = r"(?:EUR(?:[O0]S?)?(?![A-Z])|[EFB] ?[uün] ?[rn] ?[o0ec](?![a-z])|€)"
_GROUP = rf"(?:{_D}{{1,6}}|{_D} {_D}{{2}}|{_D}{{2}} {_D})"  # a blank may have got into a group
_NUMBER = (
    rf"[0-9lIi!|SBZ]{_D}{{0,3}}(?: ?[.,'’]{{1,2}} ?{_GROUP}(?![0-9])| {_D}{{3}}(?!\w))*|[0-9]{_D}*"
)
AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?P<dash>,? ?[-–—]{{1,2}})?"
    rf" ?(?P<scale>Mio\.?|Millionen|Mrd\.?|Tsd\.?|Tausend|T)? ?{_CURRENCY}"
    rf"|(?<!\w){_CURRENCY} ?(?P<number2>{_NUMBER})(?P<dash2>,[-–—]{{1,2}})?(?![\w])"
)
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.,]*\d)")
_DIGITS = str.maketrans("OoQlIi!|SBZbGqT", "000111115826697")
_WORDS = re.compile(
    r"\(?\s*in Worten:?\s*(?P<words>[^()\n]{5,200}?)\s*(?:Euro|EUR|€|\)|$)", re.IGNORECASE
)
_PART = (
    "davon", "darin", "hiervon", "darunter", "zusätzlich", "zuzüglich", "weitere", "außerdem",
    "darüber hinaus", "je",
)  # fmt: skip
_TOTAL = re.compile(r"\b(?:insgesamt|Gesamt\w*|in ?Höhe ?von)\b", re.IGNORECASE)
_LEAST, _MOST = 1_000_00, 100_000_000_00  # cents; outside of these a year's budget is odd


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
    found = (_amount(text, match) for match in AMOUNT.finditer(text.text))
    return [amount for amount in found if re.search("[0-9]", amount.text.text)]


def _without_currency(text: Traced) -> list[Amount]:
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


def budget(outline: Outline, year: Year) -> Found[int]:
    """Return the budget in cents, from the clause that the year's pack has for it.

    Raises :class:`Refused` with ``reading.no_amount`` or ``reading.amount_ambiguous`` (two
    totals, "1,600 Euro", figures and words that differ).
    """
    number = clause_number(year, "amount")
    about_money = [one for one in outline.sections if one.number and _is_titled(one, year)]
    section = section_of(outline, number, about_money)
    money = [one for one in about_money if one.number == number]
    these = [section] if section else money or outline.sections
    texts = [flow(one.body) for one in these]
    found = [amount for text in texts for amount in amounts(text)]
    bare = not found
    if bare:
        texts = [flow(one.body) for one in outline.sections if one.number == number]
        found = [amount for text in texts for amount in _without_currency(text)]
    if not found:
        raise Refused(_none())
    total = _total(found, texts, part_words(year.earmarks))
    assert total.cents is not None
    result = Found(int(total.cents), total.text.span())
    if total.repaired:
        result = result.doubted(0.6, REPAIRED)
    if total.unusual:
        result = result.doubted(0.7, UNUSUAL)
    if section is None and not bare:
        result = result.doubted(0.6, ELSEWHERE)
    if bare:
        result = result.doubted(0.6, NO_CURRENCY)
    if not _LEAST <= total.cents <= _MOST:
        result = result.doubted(0.5, IMPLAUSIBLE)
    return _compared_with_words(result, texts)


def _none() -> Refusal:
    return Refusal("reading.no_amount", msg("Im Text steht kein Betrag in Euro für das Budget."))


def section_of(outline: Outline, number: int, about_money: Sequence[Section]) -> Section | None:
    """Return the first clause with an amount that has the number or is about money."""
    these = (one for one in outline.sections if one.number)
    wanted = (one for one in these if one.number == number or one in about_money)
    return next((one for one in wanted if amounts(flow(one.body))), None)


def _is_titled(section: Section, year: Year) -> bool:
    titles = [one.title for one in year.clauses if "amount" in one.slots]
    words = [fold(word) for word in (*titles, *year.programme.budget_headings)]
    return any(word in fold(line.text) for line in section.title for word in words)


def part_words(earmarks: Sequence[Earmark]) -> re.Pattern[str]:
    """Match what an amount follows that is only a part: "davon", the name of an earmark."""
    named = (re.escape(text) for one in earmarks for text in (one.label, *one.cues))
    return re.compile(rf"\b(?:(?:{'|'.join(_PART)})\b|{'|'.join(named) or '$'})", re.IGNORECASE)


def is_part(amount: Amount, context: str, part_words: re.Pattern[str]) -> bool:
    """Whether an amount is named as a part or an addition, not as the total."""
    sentence = re.split(r"(?<=[a-zäöüß)])[.;] ", context[: amount.start])[-1]
    tail = sentence[-90:]
    part = list(part_words.finditer(tail))
    total = list(_TOTAL.finditer(tail))
    return bool(part) and (not total or part[-1].start() > total[-1].start())


def _total(found: Sequence[Amount], texts: Sequence[Traced], part: re.Pattern[str]) -> Amount:
    whole = [
        amount
        for amount in found
        if not any(
            text.text[amount.start : amount.end] == amount.text.text
            and is_part(amount, text.text, part)
            for text in texts
        )
    ] or list(found)
    unreadable = [amount for amount in whole if amount.cents is None]
    if unreadable:
        raise Refused(ambiguous(unreadable[0].text.text))
    distinct = {amount.cents: amount for amount in whole}
    if len(distinct) > 1:
        raise Refused(ambiguous(*(amount.text.text for amount in distinct.values())))
    chosen = whole[0]
    if chosen.cents == 0:
        raise Refused(_none())
    return min(whole, key=lambda amount: (amount.repaired, amount.unusual))


def ambiguous(*readings: str) -> Refusal:
    """Say that the budget has no single reading."""
    if len(readings) == 1:
        return Refusal(
            "reading.amount_ambiguous",
            msg("Der Betrag „{amount}“ lässt mehr als eine Lesart zu. Bitte am Original klären."),
            {"amount": readings[0]},
        )
    return Refusal(
        "reading.amount_ambiguous",
        msg("Für das Budget stehen verschiedene Beträge im Text: {amounts}. Welcher gilt?"),
        {"amounts": readings},
    )


def _compared_with_words(found: Found[int], texts: Sequence[Traced]) -> Found[int]:
    for text in texts:
        for match in _WORDS.finditer(text.text):
            euros = number_in_words(match["words"])
            if euros is None:
                found = found.doubted(0.7, WORDS_UNREAD)
            elif euros * 100 != found.value - found.value % 100:
                figures = next(a.text.text for a in amounts(text))
                raise Refused(ambiguous(figures, match["words"].strip()))
    return found
