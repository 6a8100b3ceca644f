"""The budget: exactly one amount, in one reading, or a sentence that says why not."""

import re
from collections.abc import Sequence

from zielwerk.packs.model import Earmark, Year
from zielwerk.reading.expected import clause_number
from zielwerk.reading.model import Found
from zielwerk.reading.outline import Outline, Section
from zielwerk.recognition.amounts import Amount, amounts, without_currency
from zielwerk.recognition.cleaning import flow
from zielwerk.recognition.likeness import fold
from zielwerk.recognition.numerals import number_in_words
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import Refusal, Refused, msg

REPAIRED = msg("Im Betrag standen Zeichen, die keine Ziffern sind.")
UNUSUAL = msg("Der Betrag ist ungewöhnlich geschrieben.")
WORDS_UNREAD = msg("Der Betrag in Worten ist nicht zu lesen und konnte nicht verglichen werden.")
IMPLAUSIBLE = msg("Der Betrag ist ungewöhnlich klein oder groß.")
NO_CURRENCY = msg("Neben dem Betrag ist keine Währung zu lesen.")
ELSEWHERE = msg("Der Betrag steht nicht in dem Abschnitt über die Haushaltsmittel.")

_WORDS = re.compile(
    r"\(?\s*in Worten:?\s*(?P<words>[^()\n]{5,200}?)\s*(?:Euro|EUR|€|\)|$)", re.IGNORECASE
)
_PART = (
    "davon", "darin", "hiervon", "darunter", "zusätzlich", "zuzüglich", "weitere", "außerdem",
    "darüber hinaus", "je",
)  # fmt: skip
_TOTAL = re.compile(r"\b(?:insgesamt|Gesamt\w*|in ?Höhe ?von)\b", re.IGNORECASE)
_LEAST, _MOST = 1_000_00, 100_000_000_00  # cents; outside of these a year's budget is odd


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
        found = [amount for text in texts for amount in without_currency(text)]
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
    words = [fold(word) for word in (*titles, *year.programme.reading.budget_headings)]
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
