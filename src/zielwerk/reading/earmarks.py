"""The earmarks that a paper names, and their amounts wherever they stand.

In a sentence, in an item of a list, in a row of a table, or in the sentence behind.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zielwerk.packs.model import Earmark
from zielwerk.reading.hedges import HEDGED, hedge
from zielwerk.reading.model import Found, NamedEarmark
from zielwerk.reading.outline import Outline, Section
from zielwerk.reading.places import Span, is_listed
from zielwerk.reading.roles import Roles
from zielwerk.recognition.amounts import Amount, amounts, without_currency
from zielwerk.recognition.bullets import bullets, items
from zielwerk.recognition.cleaning import flow
from zielwerk.recognition.likeness import find, fold_traced
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.refusal import msg

BY_LIKENESS = msg("Die Stelle ist nicht genau so geschrieben wie erwartet.")
AMOUNT_OPEN = msg("Im selben Abschnitt steht ein Betrag, dessen Zweck nicht klar ist.")
AMOUNT_BEHIND = msg("Der Betrag steht im Satz danach.")

_INSIDE = re.compile(r"\b(?:davon|darin|hiervon|darunter|enthalten)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:zusätzlich|zuzüglich|darüber hinaus|außerhalb|weitere)\b", re.IGNORECASE
)
_MONEY = re.compile(r"mittel|gelder|finanz|bereit|verf.gung|€|euro|budget|betrag", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-zäöüß)€])[.;] (?=[A-ZÄÖÜ])")
_GOES_ON = re.compile(
    r"(?:Sie|Es|Dies\w*|Da(?:für|von|zu)|Hier(?:für|von)|Der Betrag|Die Mittel)\b"
)
_NEAR = 45  # letters between an earmark and the amount beside it


@dataclass(frozen=True)
class _Unit:
    """What is read together: a sentence, or an item with what introduces its list."""

    text: Traced
    intro: str = ""
    is_item: bool = False


@dataclass(frozen=True)
class _Named:
    """An earmark where a unit names it."""

    code: str
    score: float
    start: int
    end: int


def earmarks(
    outline: Outline,
    expected: Sequence[Earmark],
    words: Roles,
    total: int | None,
    taken: Collection[Span],
) -> list[Found[NamedEarmark]]:
    """Return the earmarks that the clauses name, each with its amount, null where there is none.

    ``total`` is the amount of the paper and ``taken`` is where its measures stand: neither is an
    earmark's. "davon 90.000 Euro für Sprachförderung" has one; where an amount of the same
    clause may be meant, null is a doubt.
    """
    best: dict[str, Found[NamedEarmark]] = {}
    for section in outline.sections:
        units = list(_units(section, taken))
        free = [amount for unit in units for amount in _free(unit.text, words, total)]
        found = list(_of_section(units, expected, words, total))
        given = [one.value.amount_cents for one in found if one.value.amount_cents is not None]
        is_open = len(free) > len(given)
        for one in found:
            if one.value.amount_cents is None and is_open:
                one = one.doubted(0.6, AMOUNT_OPEN)
            if one.value.code not in best or _rank(one) > _rank(best[one.value.code]):
                best[one.value.code] = one
    return [best[earmark.code] for earmark in expected if earmark.code in best]


def _rank(one: Found[NamedEarmark]) -> tuple[bool, bool, float]:
    """An amount comes first, then a place where one may be meant: it makes null a doubt."""
    return one.value.amount_cents is not None, one.reason == AMOUNT_OPEN, one.score


def _units(section: Section, taken: Collection[Span]) -> Iterator[_Unit]:
    """The sentences and the items of a section; its measures are none."""
    body = [line for line in items(section.body) if not is_listed(line, taken)]
    marks = bullets(body)
    if sum(mark.length > 0 for mark in marks) < 2:
        yield from (_Unit(piece) for piece in flow(body).split(_SENTENCE))
        return
    starts = [0, *(i for i, mark in enumerate(marks) if i and mark.length), len(body)]
    intro = ""
    for start, end in pairwise(starts):
        text = flow(body[start:end])
        if marks[start].length:
            yield _Unit(text, intro, is_item=True)
            continue
        pieces = list(text.split(_SENTENCE))
        intro = pieces[-1].text if pieces else ""
        yield from map(_Unit, pieces)


def _of_section(
    units: Sequence[_Unit], expected: Sequence[Earmark], words: Roles, total: int | None
) -> Iterator[Found[NamedEarmark]]:
    for unit, behind in zip(units, [*units[1:], None], strict=True):
        if not unit.is_item and not _MONEY.search(unit.text.text):
            continue
        named = sorted(_named(unit.text, expected), key=lambda one: one.start)
        given = _free(unit.text, words, total)
        if not given and unit.is_item:
            given = without_currency(unit.text)
        pairs = _paired(named, given)
        for one in named:
            found = _found(one, pairs.get(one.code), unit)
            if len(given) > len(pairs):
                found = found.doubted(0.6, AMOUNT_OPEN)
            elif one.code not in pairs and len(named) == 1:
                found = _from_behind(found, one, behind, words, total)
            yield found


def _named(text: Traced, expected: Sequence[Earmark]) -> Iterator[_Named]:
    folded = fold_traced(text)
    for earmark in expected:
        hits = [
            hit
            for wording in (earmark.label, *earmark.cues)
            if (hit := find(wording, folded, 0.9)) is not None
        ]
        if hits:
            score, start, end = max(hits)
            yield _Named(earmark.code, score, folded.origin[start], folded.origin[end - 1] + 1)


def _free(text: Traced, words: Roles, total: int | None) -> list[Amount]:
    """The amounts of a text that are neither the total nor an own share."""
    own = {amount.text.span() for amount, _ in words.own_shares(text)}
    return [
        amount
        for amount in amounts(text)
        if amount.text.span() not in own and (amount.cents is None or amount.cents != total)
    ]


def _paired(named: Sequence[_Named], given: Sequence[Amount]) -> dict[str, Amount]:
    """Which amount is whose, by their order: "90.000 Euro für A und 40.000 Euro für B".

    As many amounts as earmarks, in turn, are theirs in that order; else an earmark has the one
    amount that stands close to it.
    """
    if named and len(named) == len(given):
        order = sorted([*((one.start, "E") for one in named), *((a.start, "A") for a in given)])
        if all(one[1] != other[1] for one, other in pairwise(order)):
            return {one.code: amount for one, amount in zip(named, given, strict=True)}
    pairs = {}
    for one in named:
        close = [
            amount
            for amount in given
            if 0 <= one.start - amount.end < _NEAR or 0 <= amount.start - one.end < _NEAR
        ]
        if len(close) == 1:
            pairs[one.code] = close[0]
    taken = [amount.start for amount in pairs.values()]
    return {code: amount for code, amount in pairs.items() if taken.count(amount.start) == 1}


def _found(one: _Named, amount: Amount | None, unit: _Unit) -> Found[NamedEarmark]:
    cents = amount.cents if amount else None
    inside = _inside(f"{unit.intro} {unit.text.text}") if cents is not None else "unknown"
    span = unit.text.span(one.start, one.end)
    found = Found(NamedEarmark(one.code, cents, inside), span)
    if amount and (cents is None or amount.repaired or amount.unusual):
        found = found.doubted(0.6, BY_LIKENESS)
    if amount and not re.search("€|eur", amount.text.text, re.IGNORECASE):
        found = found.doubted(0.6, AMOUNT_OPEN)
    if amount and hedge(amount, unit.text.text):
        found = found.doubted(0.6, HEDGED)
    return found if one.score >= 0.95 else found.doubted(0.75, BY_LIKENESS)


def _inside(text: str) -> str:
    return "yes" if _INSIDE.search(text) else "no" if _BESIDE.search(text) else "unknown"


def _from_behind(
    found: Found[NamedEarmark], one: _Named, behind: _Unit | None, words: Roles, total: int | None
) -> Found[NamedEarmark]:
    """Take the amount of the next sentence, where that goes on: "Dafür sind 90.000 Euro da."."""
    if behind is None or not _GOES_ON.match(behind.text.text):
        return found
    given = _free(behind.text, words, total)
    if len(given) != 1:
        return found.doubted(0.6, AMOUNT_OPEN) if given else found
    cents = given[0].cents
    inside = _inside(behind.text.text) if cents is not None else "unknown"
    value = NamedEarmark(one.code, cents, inside)
    return Found(value, found.span, min(found.score, 0.7), AMOUNT_BEHIND)
