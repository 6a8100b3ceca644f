"""The budget: one amount in one reading, or all that it may be."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from zielwerk.packs.model import Year
from zielwerk.reading.expected import clause_number
from zielwerk.reading.hedges import HEDGED, hedge
from zielwerk.reading.model import Doubt, Finding, Found
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.roles import Roles, of_texts, roles
from zielwerk.reading.sums import Instalments, More, added, instalments
from zielwerk.recognition.amounts import Amount, amounts, without_currency
from zielwerk.recognition.likeness import fold
from zielwerk.recognition.numerals import number_in_words
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg

REPAIRED = msg("Im Betrag standen Zeichen, die keine Ziffern sind.")
UNUSUAL = msg("Der Betrag ist ungewöhnlich geschrieben.")
WORDS_UNREAD = msg("Der Betrag in Worten ist nicht zu lesen und konnte nicht verglichen werden.")
IMPLAUSIBLE = msg("Der Betrag ist ungewöhnlich klein oder groß.")
NO_CURRENCY = msg("Neben dem Betrag ist keine Währung zu lesen.")
ELSEWHERE = msg("Der Betrag steht nicht in dem Abschnitt über die Haushaltsmittel.")
OWN_SHARE_UNSURE = msg("Es ist nicht sicher, dass der Betrag der Eigenanteil ist.")
OWN_SHARE_OPEN = msg("Ein Eigenanteil ist genannt, aber kein Betrag.")
SEVERAL = msg("Der Betrag lässt mehr als eine Lesart zu.")
IN_WORDS = msg("Der Betrag steht nur in Worten im Text.")
SUMMED_UP = msg("Ein Gesamtbetrag steht nicht im Text; dies ist die Summe der einzelnen Beträge.")

_WORDS = re.compile(
    r"\(?\s*(?:in Worten|in Buchstaben|i\. ?W\.|\((?=[a-zäöüß ]{5,200}(?:hundert|tausend|million)))"
    r":?\s*(?P<words>[^()\n]{5,200}?)\s*(?:Euro|EUR|€|\)|$)",
    re.IGNORECASE,
)
_WORDS_ALONE = re.compile(
    r"\b(?P<words>(?:[a-zäöü]{3,30} Million(?:en)? ?)?(?:[a-zäöüß]{0,30}(?:tausend|hundert)"
    r"[a-zäöüß]{0,40})?) (?:Euro|EUR|€)"
)
UNCERTAIN = "uncertain"
_LEAST, _MOST = 1_000_00, 100_000_000_00  # cents; outside of these a year's budget is odd


@dataclass(frozen=True)
class Budget:
    """What a paper states as its total: one amount, or none where it may be several.

    ``readings`` are those that it may be, offered to whoever has the paper; ``doubts`` say why.
    """

    found: Found[int | None]
    readings: tuple[Found[int], ...] = ()
    doubts: tuple[Doubt, ...] = ()


def budget(outline: Outline, year: Year, beside: Sequence[Found[int]] = ()) -> Budget:
    """Return the budget in cents, from the clause that the year's pack has for it.

    ``beside`` are the amounts beside single measures, which are no total; where the text has no
    other, the budget is their sum. An amount that may be several ("1,600 Euro", two totals,
    figures and words that differ, "zwischen … und …") stays open. Raises :class:`Refused` with
    ``reading.no_amount``.
    """
    number = clause_number(year, "amount")
    about_money = [one for one in outline.sections if one.number and _is_titled(one, year)]
    taken = frozenset(one.span for one in beside)
    section = section_of(outline, number, about_money, taken)
    money = [one for one in about_money if one.number == number]
    these = [section] if section else money or outline.sections
    texts = [one.text for one in these]
    paid = [one for text in texts for one in instalments(text)]
    apart = taken.union(*(one.spans for one in paid))
    found = [pair for pair in of_texts(texts) if pair[0].text.span() not in apart]
    if not found and (summed := _sum(beside, paid)):
        return Budget(summed)
    is_bare = not found
    if is_bare:
        texts = [one.text for one in outline.sections if one.number == number]
        found = [(amount, text) for text in texts for amount in without_currency(text)]
    if not found and (in_words := _in_words(texts)):
        return Budget(in_words)
    reason = NO_CURRENCY if is_bare else "" if section else ELSEWHERE
    return _stated(found, texts, roles(year.programme, year.earmarks), apart, reason)


def _stated(
    found: Sequence[tuple[Amount, Traced]],
    texts: Sequence[Traced],
    words: Roles,
    apart: Collection[tuple[int, int]],
    reason: str,
) -> Budget:
    """The total of what was found, compared with what stands beside it; a reason is a doubt.

    ``apart`` stands what is no total: amounts of measures, and instalments.
    """
    own = {
        amount.text.span(): is_sure for text in texts for amount, is_sure in words.own_shares(text)
    }
    total, text, rivals = _total(found, own, words)
    more = added(total, texts, {*own, *apart}, words)
    if more and {one.cents for one in rivals} <= {total.cents, abs(more.cents)}:
        rivals = ()  # the other one is no total, but what is added
    if total.cents is None or rivals:
        return _open(total, rivals)
    result = _believed(total, own)
    if reason:
        result = result.doubted(0.6, reason)
    stated = _with_more(_hedged(result, total, text.text), total, more)
    return _compared_with_words(stated, texts, own)


def _with_more(stated: Budget, total: Amount, found: More | None) -> Budget:
    """Leave a total open beside which another amount of no known purpose stands.

    Both readings are offered: without it, and with it.
    """
    if found is None:
        return stated
    span, cents = total.text.span(), total.cents or 0
    both = (Found(cents, span), Found(cents + found.cents, span))
    doubt = _asked((found.written,), both)
    return Budget(Found(None, span, 0.3, SEVERAL), both, (*stated.doubts, doubt))


def _in_words(texts: Sequence[Traced]) -> Found[int | None] | None:
    """An amount that stands in words alone: "eine Million zweihunderttausend Euro"."""
    for text in texts:
        for match in _WORDS_ALONE.finditer(text.text):
            if euros := number_in_words(match["words"]):
                return Found(euros * 100, text.span(*match.span()), 0.6, IN_WORDS)
    return None


def _believed(total: Amount, own: Mapping[tuple[int, int], bool]) -> Found[int | None]:
    """The total with what is odd in its own writing."""
    assert total.cents is not None
    result: Found[int | None] = Found(int(total.cents), total.text.span())
    if result.span in own:
        result = result.doubted(0.5, OWN_SHARE_UNSURE)
    if total.repaired:
        result = result.doubted(0.6, REPAIRED)
    if total.unusual:
        result = result.doubted(0.7, UNUSUAL)
    if not _LEAST <= total.cents <= _MOST:
        result = result.doubted(0.5, IMPLAUSIBLE)
    return result


def _hedged(result: Found[int | None], total: Amount, text: str) -> Budget:
    """Doubt a total that a word beside it leaves open; of a span both ends may be meant."""
    said = hedge(total, text)
    if said is None:
        return Budget(result)
    finding = Finding(
        "reading.amount_hedged",
        msg("Der Betrag steht nicht fest, neben ihm steht „{words}“: Welcher Betrag gilt?"),
        {"words": said.words}, UNCERTAIN, "budget_cents",
    )  # fmt: skip
    doubt = Doubt(("budget_cents",), finding, HEDGED)
    if not said.low or total.cents is None:
        return Budget(result.doubted(0.5, HEDGED), (), (doubt,))
    span = total.text.span()
    low = (one.cents for one in amounts(Traced.whole(said.low)) if one.cents)
    both = (*(Found(cents, span) for cents in low), Found(total.cents, span))
    return Budget(Found(None, span, 0.3, HEDGED), both, (doubt,))


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


def _sum(beside: Sequence[Found[int]], paid: Sequence[Instalments]) -> Found[int | None] | None:
    """What amounts beside measures, or else instalments, are together where there is no total."""
    if beside:
        span = (beside[0].span[0], beside[-1].span[1])
        return Found(sum(one.value for one in beside), span, 0.7, SUMMED_UP)
    if paid and paid[0].cents:
        return Found(paid[0].cents, paid[0].text.span(), 0.6, SUMMED_UP)
    return None


def _none() -> Refusal:
    return Refusal("reading.no_amount", msg("Im Text steht kein Betrag in Euro für das Budget."))


def _zero(amount: Amount) -> Refusal:
    return Refusal(
        "reading.no_amount",
        msg("Als Betrag steht im Text „{written}“; zu erfassen ist nur einer über null."),
        {"written": amount.text.text},
    )


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
) -> tuple[Amount, Traced, tuple[Amount, ...]]:
    """The amount that is neither a part nor an own share, its text, and what it may be instead.

    One that may be a part or an own share comes last.
    """
    candidates = [pair for pair in found if pair[0].text.span() not in own] or [
        pair for pair in found if not own[pair[0].text.span()]
    ]
    if not candidates:
        raise Refused(_none())
    whole = [pair for pair in candidates if not words.is_part(pair[0], pair[1].text)] or candidates
    distinct = {amount.cents: amount for amount, _ in whole}
    if set(distinct) == {0}:
        raise Refused(_zero(whole[0][0]))
    amount, text = min(
        whole, key=lambda pair: (pair[0].cents is None, pair[0].repaired, pair[0].unusual)
    )
    return amount, text, tuple(distinct.values()) if len(distinct) > 1 else ()


def _open(total: Amount, rivals: Sequence[Amount]) -> Budget:
    """Leave the amount open and offer whatever it may be."""
    several = rivals or (total,)
    readings = tuple(
        Found(cents, amount.text.span())
        for amount in several
        for cents in ((amount.cents,) if amount.cents else readings_of(amount.text.text))
    )
    written = tuple(dict.fromkeys(amount.text.text for amount in several))
    return Budget(
        Found(None, total.text.span(), 0.3, SEVERAL), readings, (_asked(written, readings),)
    )


def _asked(written: Sequence[str], readings: Sequence[Found[int]]) -> Doubt:
    """Quote what stands in the text and offer how it may be meant."""
    offered = tuple(Cents(cents) for cents in dict.fromkeys(one.value for one in readings))
    quoted = tuple(f"„{one}“" for one in written)
    params: dict[str, object] = {"written": quoted}
    if len(offered) > 1:
        words = msg(
            "Der Betrag lässt mehr als eine Lesart zu ({written}): Gilt {offered} oder {last}?"
        )
        params |= {"offered": offered[:-1], "last": offered[-1]}
    elif offered:
        words = msg("Der Betrag ist nicht sicher zu lesen ({written}): Gilt {offered}?")
        params |= {"offered": offered}
    else:
        words = msg("Der Betrag ist nicht zu lesen ({written}): Welcher gilt?")
    finding = Finding("reading.amount_open", words, params, UNCERTAIN, "budget_cents")
    return Doubt(("budget_cents",), finding, SEVERAL, 0.3)


def readings_of(written: str) -> tuple[int, ...]:
    """How a number that is written oddly may be meant, in cents; whole euros first.

    >>> readings_of("1,140 Euro"), readings_of("1.140.30 Euro")
    ((114000, 114), (11403000, 114030))
    """
    number = "".join(re.findall(r"[\d.,:;'’ ]+", written)[:1]).strip(" .,:;'’")
    digits = re.sub(r"\D", "", number)
    if not digits:
        return ()
    whole = int(digits) * 100
    decimals = re.fullmatch(r"(?P<euros>\d[\d.,:;'’ ]*)[.,:;](?P<cents>\d{1,3})", number)
    if decimals is None:
        return (whole,)
    euros = int(re.sub(r"\D", "", decimals["euros"]))
    exact = euros * 100 + int(decimals["cents"].ljust(2, "0")[:2])
    is_small = len(decimals["cents"]) == 3 and len(re.findall(r"\D+", number)) > 1
    return (whole,) if is_small else tuple(dict.fromkeys((whole, exact)))


def _compared_with_words(
    stated: Budget, texts: Sequence[Traced], own: Mapping[tuple[int, int], bool]
) -> Budget:
    """Compare the figures with the amount in words; where they differ both are offered."""
    found = stated.found
    for text in texts:
        for match in _WORDS.finditer(text.text):
            before = [each for each in amounts(text) if each.end <= match.start()]
            if before and before[-1].text.span() in own and before[-1].text.span() != found.span:
                continue
            euros = number_in_words(match["words"])
            if euros is None:
                found = found.doubted(0.7, WORDS_UNREAD)
            elif found.value is not None and euros * 100 != found.value - found.value % 100:
                figures = next(a.text.text for a in amounts(text))
                both = (Found(found.value, found.span), Found(euros * 100, found.span))
                doubt = _asked((figures, match["words"].strip()), both)
                return Budget(Found(None, found.span, 0.3, SEVERAL), both, (*stated.doubts, doubt))
    return replace(stated, found=found)
