"""What adds up beside a total: instalments that are the total, amounts that come on top of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from zielwerk.reading.roles import Roles
from zielwerk.recognition.amounts import Amount, amounts
from zielwerk.recognition.numerals import number_in_words
from zielwerk.recognition.traced import Traced

# Between a total and another amount that is to be added to it, or taken from it.
_ADDED = re.compile(
    r"[\s,(]*(?:(?:zuzüglich|zzgl\.?|plus|\+|vermehrt um|nebst"
    r"|(?:und|sowie) (?:weiteren?|zusätzlich\w*|nochmals?|noch einmal))"
    r"|(?P<less>abzüglich|abzgl\.?|minus|vermindert um|unter Abzug von))(?!\w)[^.;€]{0,60}",
    re.IGNORECASE,
)
# "Darüber hinaus werden weitere 100.000 Euro bereitgestellt": before an amount, in its sentence.
_FURTHER = re.compile(
    r"\b(?:zuzüglich|zusätzlich\w*|darüber hinaus|weitere[nr]?|ferner|außerdem|nochmals)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[a-zäöüß)€])[.;] (?=[A-ZÄÖÜ])")
_FAR = 400  # characters of a sentence before an amount
_RATE = r"(?:Rate|Teilbetrag|Teilzahlung|Tranche|Abschlag|Abschlagszahlung)"
_RATES = re.compile(
    r"\b(?P<count>zwei|drei|vier|fünf|sechs|zwölf|\d{1,2}) (?:gleich(?:e|en|hohen|großen) )?"
    r"(?:[a-zäöüß]+en )?(?:\w*[Rr]aten|Teilbeträgen?|Teilzahlungen|\w*[Tt]ranchen|Abschlägen?"
    r"|Abschlagszahlungen|Zahlungen)\b(?P<link>[^.;€\d]{0,40})"
)
_ONE_RATE = re.compile(
    rf"(?:\d\.|\b(?:[Ee]rste|[Zz]weite|[Dd]ritte|[Vv]ierte|[Ll]etzte)[nr]?) {_RATE}\b"
    r"[^.;€]{0,30}$"
)
_EACH = re.compile(r"\b(?:je|jeweils|à)\b")
_AND = re.compile(r"(?: ?,| und| sowie| bzw\.)(?: (?:von|zu))? ?")
_NEAR = 60  # letters before an amount that may call it an instalment
_MOST = 200  # amounts of a text that are looked at


@dataclass(frozen=True)
class More:
    """An amount beside a total: more or less of it, in cents, and both as they are written."""

    cents: int
    written: str


@dataclass(frozen=True)
class Instalments:
    """In what parts money is paid: their sum, where they stand, and how that is written."""

    cents: int
    spans: tuple[tuple[int, int], ...]
    text: Traced


def added(
    total: Amount, texts: Sequence[Traced], own: Collection[tuple[int, int]], words: Roles
) -> More | None:
    """The amount that is said to come on top of a total, or to be taken off, for no known purpose.

    "1.600.100 Euro zuzüglich 100.000 Euro" may promise 1.600.100 or 1.700.100 euros. The body's
    ``own`` share and an earmark's amount are told elsewhere.
    """
    for text in texts:
        written = amounts(text)[:_MOST]
        for before, amount in zip([None, *written], written, strict=False):
            is_known = amount.text.span() in own or words.is_earmarked(amount, text.text)
            if not amount.cents or is_known or amount.text.span() == total.text.span():
                continue
            if before is not None and before.text.span() == total.text.span():
                match = _ADDED.fullmatch(text.text[before.end : amount.start])
                if match:
                    cents = -amount.cents if match["less"] else amount.cents
                    return More(cents, text.text[before.start : amount.end])
            said = _SENTENCES.split(text.text[max(0, amount.start - _FAR) : amount.start])[-1]
            if _FURTHER.search(said):
                return More(amount.cents, f"{total.text.text} … {amount.text.text}")
    return None


def instalments(text: Traced) -> Iterator[Instalments]:
    """The parts in which a text says that money is paid, each group with its sum.

    "in zwei Raten von je 800.050 Euro" is 1.600.100 euros.
    """
    if not re.search(r"[Rr]ate|Teil|ranche|bschl[aä]g|Zahlungen", text.text):
        return
    written = amounts(text)[:_MOST]
    by_start = {amount.start: at for at, amount in enumerate(written)}
    for match in _RATES.finditer(text.text):
        at = by_start.get(match.end())
        if at is None or not written[at].cents:
            continue
        these = [written[at]]
        for amount in written[at + 1 :]:
            if not _AND.fullmatch(text.text[these[-1].end : amount.start]):
                break
            these.append(amount)
        count = match["count"]
        times = int(count) if count.isdigit() else number_in_words(count) or 1
        is_each = len(these) == 1 or _EACH.search(match["link"]) is not None
        yield _group(text, match.start(), these, times if is_each else 1)
    named = [
        amount
        for amount in written
        if _ONE_RATE.search(text.text[max(0, amount.start - _NEAR) : amount.start])
    ]
    if len(named) > 1:
        yield _group(text, named[0].start, named, 1)


def _group(text: Traced, start: int, these: Sequence[Amount], times: int) -> Instalments:
    spans = tuple(amount.text.span() for amount in these)
    cents = times * sum(amount.cents or 0 for amount in these)
    return Instalments(cents, spans, text.part(start, these[-1].end))
