"""What in a text tells of a person beyond her office, so that somebody decides before all read it.

A rule of our own for Art. 5 (1) (c) and Art. 6 GDPR: offices become public, persons do not. It
finds what has a form that can be recognised; what it finds is a question and no verdict, since
"Frau Holle" may be a project. What has no such form a person finds who reads the preview.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.refusal import msg

BLACK = "[geschwärzt]"
"""What stands in place of what is not published; German like the text around it."""


class Kind(StrEnum):
    """What was found."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"


KINDS = {
    Kind.NAME: msg("Name einer Person"),
    Kind.PHONE: msg("Telefonnummer"),
    Kind.EMAIL: msg("E-Mail-Adresse"),
    Kind.IBAN: msg("Bankverbindung"),
}


@dataclass(frozen=True)
class Found:
    """One finding: where in the text it begins and ends, and what stands there."""

    kind: Kind
    start: int
    end: int
    text: str


_CLUSTER = re.compile(r"\s+|.[\u0300-\u036f]*", re.DOTALL)
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|[(\[](?:at|ät)[)\]])\s?[\w-]+(?:(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[\w-]+)+",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b", re.IGNORECASE
)
_NUMBER = r"[+(]?\d[\d ()/.–-]{3,}\d"
_CALLED = re.compile(
    r"(?:Tel(?:efon|efax)?|Fax|Mobil(?:funk)?|Handy|Durchwahl)\b[.:]*\s*(?:-?Nr\.?)?[:\s–-]*"
    rf"({_NUMBER})",
    re.IGNORECASE,
)
_DIALLED = re.compile(
    r"(?<![\w.,/–-])(?:(?:\+|00)[1-9]\d[\d ()/.–-]{5,}\d"
    r"|\(0[1-9]\d{1,4}\)\s?\d[\d –-]{2,}\d|0[1-9]\d{1,4}(?:\s?[/–-]\s?|\s)\d[\d –-]{2,}\d)(?![\w,])"
)
_UPPER = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŃÓŚŞŠŻŽ]"
_WORD = rf"(?:{_UPPER}['’])?{_UPPER}[^\W\d_]+(?:-{_UPPER}[^\W\d_]+)*"
_TITLE = r"(?:(?:Prof|Dr|Dipl)\.(?:-?\w+\.)*\s?)"
_BETWEEN = r"(?:(?:von|van|de|zu|zur|vom|der|den|El|Al)\s)"
_INITIALS = rf"(?:{_UPPER}\.\s?)*"
_PERSON = re.compile(
    rf"{_TITLE}*{_INITIALS}{_BETWEEN}*{_WORD}(?:\s{_INITIALS}{_BETWEEN}*{_WORD}){{0,2}}"
)
_ADDRESSED = re.compile(r"\b(?:Herrn?|HERRN?|Frau|FRAU|Hr\.|Fr\.)\s")
_TITLED = re.compile(rf"(?<!\w)(?={_TITLE})")
_OFFICE = re.compile(rf"({_WORD})\s*")
_NAMED = re.compile(
    r"\b(?:Ansprech(?:partner(?:in)?|person)|Kontaktperson|(?:Sach)?[Bb]earbeiter(?:in)?|"
    rf"gez\.|gezeichnet):?\s(?={_TITLE}*{_WORD}\s{_BETWEEN}*{_WORD})"
)
# Whoever signs for another: what stands behind these is a name, be it the last one alone.
_IN_STEAD = re.compile(
    rf"(?<!\w)(?:[iI]\.?\s?[VA]\.|ppa\.|[Ii]m Auftrag|[Ii]n Vertretung|gez\.|gezeichnet)"
    rf"[:,]?\s(?=(?:{_TITLE}|{_UPPER}\.\s?)*{_BETWEEN}*{_WORD})"
)


def found(
    text: str, signatories: Collection[str] = (), offices: Collection[str] = ()
) -> tuple[Found, ...]:
    """Every place of a text that may tell of a person, in its order; none lies in another.

    ``signatories`` are the names of those who signed, ``offices`` what is no name behind "Frau".

    >>> [each.text for each in found("Frau Dr. Anna Roth, Tel. 06051 85-1234, roth@mkk.de")]
    ['Dr. Anna Roth', '06051 85-1234', 'roth@mkk.de']
    >>> found("Die Landrätin und Frau Staatsministerin", offices=["Staatsministerin"])
    ()
    """
    plain, places = _plain(text)
    names, those = [_plain(each)[0] for each in signatories], frozenset(offices)
    every = [_in_text(each, text, places) for each in _all(plain, names, those)]
    all_found = sorted(every, key=lambda each: each.start)
    kept: list[Found] = []
    for each in sorted(all_found, key=lambda one: one.start - one.end):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))


def says(text: str, name: str) -> bool:
    """Whether a text says the whole name of somebody, however it is spaced or written.

    >>> says("gez. MUSTER, Petra", "Petra Muster"), says("nach diesem Muster", "Petra Muster")
    (True, False)
    """
    plain, _places = _plain(name)
    return bool(plain.split()) and bool(_written(plain).search(_plain(text)[0]))


def redacted(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text without what stands at these places; that something stood there shows.

    >>> redacted("Frau Roth, Gelnhausen", [(5, 9)])
    'Frau [geschwärzt], Gelnhausen'
    """
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}{BLACK}{text[end:]}"
    return text


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as people see it, and of each character where it begins and ends in the text.

    Letters are whole (NFKC: an "u" with its dots is one, a ligature several), what has no width is
    left out, and a run of blanks is one, a line or a paragraph break.
    """
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        seen = unicodedata.normalize("NFKC", match[0])
        if seen.isspace():
            seen = "\n" * min(seen.count("\n"), 2) or " "
        visible = [each for each in seen if unicodedata.category(each) != "Cf"]
        letters += visible
        places += [match.span()] * len(visible)
    return "".join(letters), places


def _in_text(one: Found, text: str, places: list[tuple[int, int]]) -> Found:
    """What was found in the text as people see it, where it stands in the text as it is."""
    return _at(one.kind, text, places[one.start][0], places[one.end - 1][1])


def _all(text: str, signatories: Collection[str], offices: frozenset[str]) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield _at(Kind.EMAIL, text, match.start(), match.end())
    for match in _IBAN.finditer(text):
        number = match[0].replace(" ", "").upper()
        if number.startswith("DE") or _is_iban(number):
            yield _at(Kind.IBAN, text, match.start(), match.end())
    for match in _CALLED.finditer(text):
        yield _at(Kind.PHONE, text, match.start(1), match.end(1))
    for match in _DIALLED.finditer(text):
        yield _at(Kind.PHONE, text, match.start(), match.end())
    for pattern in (_ADDRESSED, _TITLED, _NAMED, _IN_STEAD):
        for match in pattern.finditer(text):
            start = _behind_offices(text, match.end(), offices)
            if person := _PERSON.match(text, start):
                yield _at(Kind.NAME, text, start, person.end())
    for start, end in _signed(text, signatories, offices):
        yield _at(Kind.NAME, text, start, end)


def _at(kind: Kind, text: str, start: int, end: int) -> Found:
    return Found(kind, start, end, text[start:end])


def _behind_offices(text: str, start: int, offices: frozenset[str]) -> int:
    """Where a name may begin: behind the offices that stand before it."""
    while (word := _OFFICE.match(text, start)) and word[1] in offices:
        start = word.end()
    return start


def _signed(
    text: str, signatories: Collection[str], offices: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Those who signed, by their whole name, or by the last one behind their office."""
    before = "|".join(map(re.escape, sorted(offices))) or r"(?!)"
    for name in signatories:
        *_, last = name.split() or [""]
        if not last:
            continue
        for match in _written(name).finditer(text):
            yield match.span()
        for match in re.finditer(rf"\b(?:{before})\s+({re.escape(last)})(?!\w)", text):
            yield match.span(1)


def _written(name: str) -> re.Pattern[str]:
    """A whole name in any case, as "Petra Muster" or as "Muster, Petra"."""
    *first, last = map(re.escape, name.split())
    ways = [r"\s+".join([*first, last])]
    if first:
        ways.append(rf"{last},\s*" + r"\s+".join(first))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)


def _is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616: the remainder by 97 is 1)."""
    digits = "".join(str(int(letter, 36)) for letter in text[4:] + text[:4])
    return int(digits) % 97 == 1
