"""Words that keep an amount from being one: "rund", "höchstens", "zwischen … und …", "jährlich"."""

import re
from dataclasses import dataclass

from zielwerk.recognition.amounts import Amount
from zielwerk.recognition.likeness import shape
from zielwerk.rulebook.refusal import msg

HEDGED = msg("Neben dem Betrag steht ein Wort, das ihn offenlässt.")

_REACH = 60
_SENTENCE = 200  # letters of a sentence on either side that may take the amount back
_ABOUT = (
    "rund", "ca", "circa", "zirka", "etwa", "ungefähr", "annähernd", "knapp", "fast", "höchstens",
    "maximal", "mindestens", "wenigstens", "voraussichtlich", "vorläufig", "vorbehaltlich",
    "schätzungsweise", "geschätzt", "durchschnittlich", "jährlich", "monatlich", "halbjährlich",
    "vierteljährlich", "quartalsweise", "max", "min", "Höchstbetrag", "Obergrenze", "Mindestbetrag",
    "Richtwert", "Orientierungswert", "Schätzung",
)  # fmt: skip
_SHAPES = frozenset(shape(word) for word in _ABOUT)
_PHRASE = re.compile(
    r"\b(?:bis zu|nicht mehr als|nicht weniger als|mehr als|weniger als|in der Größenordnung von|"
    r"(?:pro|je) (?:\w*[Jj]ahr|Quartal|Monat)|p\. ?a\b|bis zur Höhe von|"
    r"bis zu einer Höhe von|im Mittel)"
)
_SHARE = re.compile(r"(?:%|v\. ?H\.|Prozent|Hälfte|Drittel) (?:von|aus)(?: insgesamt)?\s*$")
_YEARS = re.compile(
    r"\b(?:für|auf|in|über) (?:(?:die|den) (?:beiden )?\w*[Jj]ahren? 20\d\d(?: ?\S{1,3} ?20\d\d)?"
    r"|(?:zwei|drei|mehrere) \w*[Jj]ahre\b)"
)
IN_YEARS = re.compile(
    r"\b(?:auf|in|über) (?:die|den) (?:beiden )?\w*[Jj]ahren? 20\d\d ?(?:und|bis|–|-|/) ?20\d\d"
)
_NOT = re.compile(
    r"\bnicht (?:mehr )?(?:zur Verfügung|bereit|gewährt|bewilligt|zugewiesen|ausgezahlt|gezahlt)\b"
    r"|\bkeine (?:Haushalts|Landes|Förder)?[Mm]ittel\b"
)
_LOW = r"(?P<low>\d[\d.,]*(?:,-)?)"
_UNIT = r"(?: ?(?:Mio\.?|Millionen|Tsd\.?|Tausend))?(?: ?(?:Euro|EUR|€))?"
_BETWEEN = re.compile(rf"(?:\bzwischen|\bvon)\s+{_LOW}{_UNIT}\s+(?:und|bis)\s*$")
_RANGE = re.compile(rf"(?<![\d.,]){_LOW}{_UNIT}\s*(?:–|-|bis|oder)\s*$")
_SCALE = re.compile(r"Mio\.?|Millionen|Tsd\.?|Tausend")
_WORD = re.compile(r"[^\W_]+")
_BEHIND = re.compile(r"(?<!p)[.](?! ?a\.)|[;,]| (?:und|aus|für|zur)\b")
_STOP = re.compile(r"(?<=[a-zäöüß)])[.;:](?= [A-ZÄÖÜ])|(?:€|Euro|EUR)\b")
_ENDS = re.compile(r"(?<=[a-zäöüß)])[.;:](?= [A-ZÄÖÜ])|[.;]$")


@dataclass(frozen=True)
class Hedge:
    """What leaves an amount open: the words, and where a span begins with another amount."""

    words: str
    low: str = ""


def hedge(amount: Amount, text: str) -> Hedge | None:
    """What is said beside an amount that leaves it open, before it or right behind it.

    "rund 1.600.000 Euro", "1.600.000 Euro jährlich", "zwischen 1.500.000 und 1.700.000 Euro".
    """
    before = text[max(0, amount.start - _REACH) : amount.start]
    for pattern in (_BETWEEN, _RANGE):
        if match := pattern.search(before):
            start = max(0, amount.start - _REACH) + match.start()
            scale = _SCALE.search(amount.text.text)
            low = f"{match['low']} {scale[0] if scale else ''} Euro"
            return Hedge(text[start : amount.end], low)
    if match := _SHARE.search(before):
        return Hedge(match[0].strip())
    before = _STOP.split(before)[-1]
    around = _STOP.split(text[amount.end : amount.end + _REACH])[0]
    if match := _YEARS.search(before) or _YEARS.search(around):
        return Hedge(match[0])
    if words := _taken_back(amount, text):
        return Hedge(words)
    behind = _BEHIND.split(text[amount.end : amount.end + 40])[0]
    for piece in (before, behind):
        if found := _PHRASE.search(piece):
            return Hedge(found[0])
        for word in _WORD.findall(piece):
            if shape(word.casefold()) in _SHAPES:
                return Hedge(word)
    return None


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a piece in its sentence."""
    before = _ENDS.split(text[max(0, start - _SENTENCE) : start])[-1]
    return before, _ENDS.split(text[end : end + _SENTENCE])[0]


def _taken_back(amount: Amount, text: str) -> str:
    """What a sentence says of its amount, however far: that it is for two years, or not given."""
    for piece in sentence_around(text, amount.start, amount.end):
        if match := IN_YEARS.search(piece) or _NOT.search(piece):
            return match[0]
    return ""
