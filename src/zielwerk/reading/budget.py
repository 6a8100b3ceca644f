"""The budget: exactly one amount, in one reading, or a sentence that says why not."""

import re
from collections.abc import Mapping, Sequence

from zielwerk.packs.model import Year
from zielwerk.reading.expected import clause_number
from zielwerk.reading.model import Found
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.roles import Roles, of_texts, roles
from zielwerk.recognition.amounts import Amount, amounts, without_currency
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
OWN_SHARE_UNSURE = msg("Es ist nicht sicher, dass der Betrag der Eigenanteil ist.")
OWN_SHARE_OPEN = msg("Ein Eigenanteil ist genannt, aber kein Betrag.")
SUMMED_UP = msg("Ein Gesamtbetrag steht nicht im Text; dies ist die Summe der einzelnen Beträge.")

_WORDS = re.compile(
    r"\(?\s*in Worten:?\s*(?P<words>[^()\n]{5,200}?)\s*(?:Euro|EUR|€|\)|$)", re.IGNORECASE
)
_LEAST, _MOST = 1_000_00, 100_000_000_00  # cents; outside of these a year's budget is odd


def budget(outline: Outline, year: Year, beside: Sequence[Found[int]] = ()) -> Found[int]:
    """Return the budget in cents, from the clause that the year's pack has for it.

    ``beside`` are the amounts beside single measures, which are no total; where the text has no
    other, the budget is their sum. Raises :class:`Refused` with ``reading.no_amount`` or
    ``reading.amount_ambiguous`` (two totals, "1,600 Euro", figures and words that differ).
    """
    number = clause_number(year, "amount")
    about_money = [one for one in outline.sections if one.number and _is_titled(one, year)]
    taken = frozenset(one.span for one in beside)
    section = section_of(outline, number, about_money, taken)
    money = [one for one in about_money if one.number == number]
    these = [section] if section else money or outline.sections
    texts = [one.text for one in these]
    found = [pair for pair in of_texts(texts) if pair[0].text.span() not in taken]
    bare = not found
    if bare and beside:
        return _sum(beside)
    if bare:
        texts = [one.text for one in outline.sections if one.number == number]
        found = [(amount, text) for text in texts for amount in without_currency(text)]
    words = roles(year.programme, year.earmarks)
    own = {
        amount.text.span(): is_sure for text in texts for amount, is_sure in words.own_shares(text)
    }
    total = _total(found, own, words)
    assert total.cents is not None
    result = Found(int(total.cents), total.text.span())
    if result.span in own:
        result = result.doubted(0.5, OWN_SHARE_UNSURE)
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
    return _compared_with_words(result, texts, own)


def own_share(outline: Outline, words: Roles) -> Found[int | None]:
    """Return what the body adds from its own means; null, surely, where the text has none."""
    texts = [one.text for one in outline.sections]
    found = [pair for text in texts for pair in words.own_shares(text)]
    if not found:
        places = (words.named_without_amount(text) for text in texts)
        place = next(filter(None, places), None)
        return Found(None, place, 0.6, OWN_SHARE_OPEN) if place else Found(None, (0, 0))
    (amount, is_sure), *others = found
    share: Found[int | None] = Found(amount.cents, amount.text.span())
    if not is_sure or any(other.cents != amount.cents for other, _ in others):
        share = share.doubted(0.6, OWN_SHARE_UNSURE)
    if amount.cents is None or amount.repaired or amount.unusual:
        share = share.doubted(0.6, UNUSUAL)
    return share


def _sum(beside: Sequence[Found[int]]) -> Found[int]:
    span = (beside[0].span[0], beside[-1].span[1])
    return Found(sum(one.value for one in beside), span, 0.7, SUMMED_UP)


def _none() -> Refusal:
    return Refusal("reading.no_amount", msg("Im Text steht kein Betrag in Euro für das Budget."))


def section_of(
    outline: Outline,
    number: int,
    about_money: Sequence[Section],
    taken: frozenset[tuple[int, int]],
) -> Section | None:
    """Return the first clause with an amount that has the number or is about money."""
    these = (one for one in outline.sections if one.number)
    wanted = (one for one in these if one.number == number or one in about_money)
    return next((one for one in wanted if _has_amount(one, taken)), None)


def _has_amount(section: Section, taken: frozenset[tuple[int, int]]) -> bool:
    return any(each.text.span() not in taken for each in amounts(section.text))


def _is_titled(section: Section, year: Year) -> bool:
    titles = [one.title for one in year.clauses if "amount" in one.slots]
    words = [fold(word) for word in (*titles, *year.programme.reading.budget_headings)]
    return any(word in fold(line.text) for line in section.title for word in words)


def _total(
    found: Sequence[tuple[Amount, Traced]], own: Mapping[tuple[int, int], bool], words: Roles
) -> Amount:
    """The amount that is neither a part nor an own share; one that may be such comes last."""
    candidates = [pair for pair in found if pair[0].text.span() not in own] or [
        pair for pair in found if not own[pair[0].text.span()]
    ]
    if not candidates:
        raise Refused(_none())
    whole = [amount for amount, text in candidates if not words.is_part(amount, text.text)] or [
        amount for amount, _ in candidates
    ]
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


def _compared_with_words(
    found: Found[int], texts: Sequence[Traced], own: Mapping[tuple[int, int], bool]
) -> Found[int]:
    for text in texts:
        for match in _WORDS.finditer(text.text):
            before = [each for each in amounts(text) if each.end <= match.start()]
            if before and before[-1].text.span() in own and before[-1].text.span() != found.span:
                continue
            euros = number_in_words(match["words"])
            if euros is None:
                found = found.doubted(0.7, WORDS_UNREAD)
            elif euros * 100 != found.value - found.value % 100:
                figures = next(a.text.text for a in amounts(text))
                raise Refused(ambiguous(figures, match["words"].strip()))
    return found
