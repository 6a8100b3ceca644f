"""The text of a scan beside the approved one: amounts, projects, parties, and the rest.

A text that people see in the file must be the approved one to the word. One that a program read off
a picture has faults of its own: there only amounts, projects, parties and long additions are told,
and a person compares the picture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zielwerk.rulebook.redline import Op, compared, replaced
from zielwerk.rulebook.redline.words import amount, day, words
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.scans.findings import Finding, Kind, Severity, places_said
from zielwerk.scans.model import Origin, Reading

MOST_TOLD = 12
"""So many differences of a page are told that are neither amount, project nor party."""

LONG_ADDITION = 4
"""So many words in a row that the approved page has nowhere are no fault of recognition."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[-‐\u00ad]\s*\n\s*|\ufffe\s*|\x02\s*)(?=[a-zäöüß])")
_DASH_AT_END = re.compile(r"(?<=[^\W\d_])(?:[-‐]\s*\n\s*|[\ufffe\x02]\s*)(?=[^\W\d_])")
_CENTS = re.compile(r"\d,\d\d")
_CURRENCY = frozenset({"€", "Euro", "EUR"})


@dataclass(frozen=True)
class Wanted:
    """What is looked for beside amounts, as it stands in the approved text."""

    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """The text of one page of the file and that of the approved page it claims to be."""

    place: int
    approved: str
    reading: Reading


@dataclass(frozen=True)
class Texts:
    """What the comparison of the texts came to, and the sentences about how far it went."""

    findings: tuple[Finding, ...]
    compared: tuple[Said, ...]


@dataclass
class Place:
    """Where the texts differ: ``begin`` and ``end`` in the approved one."""

    begin: int
    end: int
    dropped: str
    added: str
    behind: str = ""
    is_told: bool = False

    def said(self) -> Said:
        return replaced(self.dropped.strip(), self.added.strip(), self.behind)

    def values(self) -> tuple[list[Decimal], list[Decimal]]:
        return _values(self.dropped), _values(self.added)


def compare_texts(pages: Sequence[Written], wanted: Wanted) -> Texts:
    """What differs, page by page, and what was compared; said as well where nothing could be."""
    with_text = [page for page in pages if page.reading.text.strip() and page.approved.strip()]
    findings = tuple(found for page in with_text for found in _differences(page, wanted))
    if not pages:
        return Texts((), (Said(_NO_TEXTS),))
    if not with_text:
        return Texts((), (Said(_PICTURES_ALONE),))
    approved = [plain(text) for text in dict.fromkeys(page.approved for page in with_text)]
    params = {
        "count": len({page.place for page in with_text}),
        "pages": len({page.place for page in pages}),
        "amounts": sum(len(money(text)) for text in approved),
        "titles": _known(wanted.titles, approved),
        "parties": _known(wanted.parties, approved),
    }
    kinds = {one.kind for one in findings}
    same = not kinds & {Kind.AMOUNT, Kind.PROJECT, Kind.PARTY}
    sentences = [Said(_SAME if same else _COMPARED, params)]
    if any(page.reading.origin is Origin.RECOGNISED for page in with_text):
        sentences.append(Said(_RECOGNISED))
    return Texts(findings, tuple(sentences))


def _known(phrases: Iterable[str], texts: Sequence[str]) -> int:
    return sum(any(plain(phrase) in text for text in texts) for phrase in phrases)


def plain(text: str) -> str:
    """A text on one line: words that a line end parts are whole again."""
    whole = _HYPHEN.sub("", text)
    return " ".join(_DASH_AT_END.sub("-", whole).replace("\u200b", "").split())


def money(text: str) -> list[Decimal]:
    """The amounts of money in a text, in its order: with cents, or with the currency behind."""
    every = words(text).words
    return [
        value
        for one, behind in zip(every, [*every[1:], ""], strict=True)
        if (value := _value(one)) is not None and (_CENTS.search(one) or behind in _CURRENCY)
    ]


def _value(word: str) -> Decimal | None:
    return None if day(word) else amount(word)


def _values(text: str) -> list[Decimal]:
    return [value for one in words(text).words if (value := _value(one)) is not None]


def places(old: str, new: str) -> list[Place]:
    """Where two texts differ; places with nothing but a blank between them are one."""
    found: list[Place] = []
    at = 0
    is_open = False
    for part in compared(old, new):
        if part.op is Op.KEEP:
            if part.text.strip():
                if is_open:
                    found[-1].behind = part.text
                is_open = False
            elif is_open:
                found[-1].dropped += part.text
                found[-1].added += part.text
            at += len(part.text)
            continue
        if not is_open:
            found.append(Place(at, at, "", ""))
            is_open = True
        if part.op is Op.DROP:
            found[-1].dropped += part.text
            at += len(part.text)
            found[-1].end = at
        else:
            found[-1].added += part.text
    return [one for one in found if one.dropped.split() != one.added.split()]


def _differences(page: Written, wanted: Wanted) -> Iterator[Finding]:
    old, new = plain(page.approved), plain(page.reading.text)
    differing = places(old, new)
    if not differing:
        return
    tell = _Teller(page)
    yield from tell.of_amounts(old, new, differing)
    for kind, sentence, phrases in (
        (Kind.PROJECT, _PROJECT, wanted.titles),
        (Kind.PARTY, _PARTY, wanted.parties),
    ):
        for phrase in phrases:
            yield from tell.of_phrase(kind, sentence, plain(phrase), old, new, differing)
    rest = [one for one in differing if not one.is_told]
    if tell.is_recognised:
        rest = [one for one in rest if _is_long_addition(one, old)]
    yield from tell.of_wording(rest)


@dataclass(frozen=True)
class _Teller:
    """Makes findings about one page."""

    page: Written

    @property
    def is_recognised(self) -> bool:
        return self.page.reading.origin is Origin.RECOGNISED

    def finding(self, kind: Kind, what: Said, weighs: bool = True) -> Finding:
        stops = weighs and not self.is_recognised
        place = self.page.place
        where = places_said(place, place)
        if self.is_recognised:
            where = Said(_IN_RECOGNISED, {"where": where})
        return Finding(
            kind,
            Severity.STOPS if stops else Severity.LOOK,
            Said(_TOLD, {"where": where, "what": what}),
            place,
        )

    def of_amounts(self, old: str, new: str, differing: Sequence[Place]) -> Iterator[Finding]:
        before, after = money(old), money(new)
        lost, gained = Counter(before) - Counter(after), Counter(after) - Counter(before)
        if not lost and not gained:
            if before != after:
                yield self.finding(Kind.AMOUNT, Said(_ORDER))
            return
        for one in differing:
            dropped, added = one.values()
            gone, come = Counter(dropped) & lost, Counter(added) & gained
            if gone or come:
                lost, gained = lost - gone, gained - come
                one.is_told = True
                yield self.finding(Kind.AMOUNT, one.said())
        if lost or gained:  # the number stayed, and became or ceased to be an amount of money
            yield self.finding(Kind.AMOUNT, Said(_AMOUNTS))

    def of_phrase(
        self, kind: Kind, sentence: str, phrase: str, old: str, new: str, differing: Sequence[Place]
    ) -> Iterator[Finding]:
        """A project or a party that stands less often in the scan than in the approved page."""
        if not phrase or new.count(phrase) >= old.count(phrase):
            return
        if self.is_recognised and _has_words(phrase, old, new):
            return  # read off in another order, as from the columns of a table
        told: list[Said] = []
        for match in re.finditer(re.escape(phrase), old):
            hit = [one for one in differing if _touches(one, match.start(), match.end())]
            if not hit:
                continue
            for one in hit:
                one.is_told = True
            first = hit[0]
            is_gone = first.begin <= match.start() and match.end() <= first.end
            what = Said(_GONE) if is_gone and not first.added.strip() else first.said()
            if what not in told:
                told.append(what)
                yield self.finding(kind, Said(sentence, {"name": phrase, "what": what}))

    def of_wording(self, rest: Sequence[Place]) -> Iterator[Finding]:
        for one in rest[:MOST_TOLD]:
            yield self.finding(Kind.WORDING, one.said(), weighs=False)
        if len(rest) > MOST_TOLD:
            more = Said(_MORE, {"count": len(rest) - MOST_TOLD})
            yield self.finding(Kind.WORDING, more, weighs=False)


def _touches(place: Place, begin: int, end: int) -> bool:
    if place.begin == place.end:  # words added within
        return begin < place.begin < end
    return place.begin < end and begin < place.end


def _has_words(phrase: str, old: str, new: str) -> bool:
    """Whether each word of a phrase stands as often in the new text as in the old one."""
    before, after = Counter(words(old).keys), Counter(words(new).keys)
    return all(after[word] >= before[word] for word in words(phrase).keys)


def _is_long_addition(place: Place, old: str) -> bool:
    known = set(words(old).keys)
    added = [word for word in words(place.added).keys if word.isalnum() and word not in known]
    return len(added) >= LONG_ADDITION


_NO_TEXTS = msg("Der Text ist nicht verglichen, nur die Codes der Seiten.")
_PICTURES_ALONE = msg(
    "In der Datei liegt kein Text, nur Bilder. Beträge, Projekte und Vertragspartner sind nicht"
    " verglichen; das muss ein Mensch tun."
)
_SAME = msg(
    "Seiten mit Text: {count}, von insgesamt {pages}. Alle Beträge ({amounts}), Projekte ({titles})"
    " und Vertragspartner ({parties}) dort sind die der gebilligten Fassung."
)
_COMPARED = msg(
    "Seiten mit Text: {count}, von insgesamt {pages}. Verglichen sind dort Beträge ({amounts}),"
    " Projekte ({titles}) und Vertragspartner ({parties})."
)
_RECOGNISED = msg(
    "Diesen Text hat ein Programm vom Bild abgelesen. Ob das Bild dasselbe zeigt und ob etwas von"
    " Hand geändert ist, muss ein Mensch ansehen."
)
_TOLD = msg("{where}: {what}.")
_IN_RECOGNISED = msg("{where}, im erkannten Text")
_PROJECT = msg("Projekt „{name}“, {what}")
_PARTY = msg("Vertragspartner „{name}“, {what}")
_GONE = msg("fehlt")
_ORDER = msg("Beträge stehen in anderer Reihenfolge als gebilligt")
_AMOUNTS = msg("andere Beträge als gebilligt")
_MORE = msg("weitere Stellen mit anderem Wortlaut: {count}")
