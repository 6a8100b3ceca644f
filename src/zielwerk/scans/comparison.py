"""A scan beside the version that was approved: its pages by their codes, its text where it has any.

Every permutation of the pages that is not the identity is told; a scan whose pages are all there,
once and in order, is said to be whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zielwerk.rulebook.redline.matching import rising
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.scans.codes import Code, beginning, check_code
from zielwerk.scans.findings import (
    Finding,
    Findings,
    Kind,
    Severity,
    pages_said,
    places_said,
    runs,
)
from zielwerk.scans.model import Found, Scan
from zielwerk.scans.wording import Wanted, Written, compare_texts


@dataclass(frozen=True)
class Expected:
    """The version that was approved.

    ``hash`` is its SHA-256 or the beginning that stands in codes. ``texts`` are those of its pages,
    from the first on, empty where only codes are to be compared; ``titles`` of its projects and
    ``parties`` as they stand in it.
    """

    reference: str
    version: int
    hash: str
    pages: int
    texts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.texts and len(self.texts) != self.pages:
            raise ValueError(f"{len(self.texts)} texts of {self.pages} pages")
        self.code(1)

    def code(self, page: int) -> Code:
        """The code of one of its pages."""
        return Code(self.reference, self.version, beginning(self.hash), page, self.pages)


def approved(
    print_out: Scan, *, titles: Iterable[str] = (), parties: Iterable[str] = ()
) -> Expected:
    """What is expected, from the PDF that was made to be printed, as it was read.

    ValueError where its pages do not carry the codes of one version, in order.
    """
    texts = tuple(page.reading.text for page in print_out.pages)
    if not texts or not print_out.pages[0].codes:
        raise ValueError("a document without codes")
    first = print_out.pages[0].codes[0].code
    made = Expected(
        first.reference,
        first.version,
        first.hash,
        len(texts),
        texts if any(text.strip() for text in texts) else (),
        tuple(titles),
        tuple(parties),
    )
    for number, page in enumerate(print_out.pages, 1):
        if [one.code for one in page.codes] != [made.code(number)]:
            raise ValueError(f"page {number} does not carry its code")
    return made


def compare(expected: Expected, scan: Scan) -> Findings:
    """What is to be said of a scan, in the order of its pages."""
    told = [*_foreign(expected, scan), *_uncoded(scan)]
    own = _own(expected, scan)
    there = {one.code.page for _, one in own}
    told += _missing(expected, own)
    told += _doubled(own)
    told += _swapped(own)
    told += _turned(own)
    written = [
        Written(place, expected.texts[one.code.page - 1], scan.pages[place - 1].reading)
        for place, one in own
        if expected.texts
    ]
    texts = compare_texts(written, Wanted(expected.titles, expected.parties))
    told += texts.findings
    told.sort(key=lambda one: (one.place, one.kind is Kind.MISSING))  # what is missing follows
    blank = sum(page.is_blank for page in scan.pages)
    opening = {
        "found": len(there),
        "pages": expected.pages,
        "version": expected.version,
        "reference": expected.reference,
    }
    return Findings(
        len(there),
        expected.pages,
        tuple(told),
        Said(_OPENING, opening),
        (*((Said(_BLANK, {"count": blank}),) if blank else ()), *texts.compared),
    )


Placed = tuple[int, Found]  # a page of the file, and the code of ours on it


def _own(expected: Expected, scan: Scan) -> list[Placed]:
    """The pages of the file that belong, by their codes."""
    return [
        (place, one)
        for place, page in enumerate(scan.pages, 1)
        for one in page.codes
        if _otherness(expected, one.code) is None
    ]


def _foreign(expected: Expected, scan: Scan) -> Iterator[Finding]:
    """Pages of another document or version, and pages with codes of several pages."""
    odd: dict[tuple[Kind, str, tuple[tuple[str, object], ...]], list[int]] = {}
    for place, page in enumerate(scan.pages, 1):
        if len(page.codes) > 1:
            yield _finding(Kind.CONFLICT, Severity.STOPS, _CONFLICT, place)
        for one in page.codes:
            if told := _otherness(expected, one.code):
                kind, sentence, params = told
                odd.setdefault((kind, sentence, tuple(params.items())), []).append(place)
    for (kind, sentence, values), places in odd.items():
        for first, last in runs(places):
            yield _finding(kind, Severity.STOPS, sentence, first, last, **dict(values))


def _otherness(expected: Expected, code: Code) -> tuple[Kind, str, dict[str, object]] | None:
    """In what a code differs from those expected."""
    version = {"version": code.version, "wanted": expected.version}
    if code.reference != expected.reference:
        params = {"other": code.reference, "version": code.version}
        return Kind.OTHER_DOCUMENT, _OTHER_DOCUMENT, {**params, "reference": expected.reference}
    if code.version != expected.version:
        return Kind.OTHER_VERSION, _OTHER_VERSION, {**version}
    if code.hash != beginning(expected.hash):
        codes = {"code": check_code(code.hash), "right": check_code(expected.hash)}
        return Kind.OTHER_VERSION, _OTHER_HASH, {**codes, "version": code.version}
    if code.pages != expected.pages:
        params = {"pages": code.pages, "wanted": expected.pages}
        return Kind.OTHER_VERSION, _OTHER_LENGTH, {**params}
    return None


def _uncoded(scan: Scan) -> Iterator[Finding]:
    places = [n for n, page in enumerate(scan.pages, 1) if not page.codes and not page.is_blank]
    for first, last in runs(places):
        yield _finding(Kind.NO_CODE, Severity.LOOK, _NO_CODE, first, last)


def _missing(expected: Expected, own: Sequence[Placed]) -> Iterator[Finding]:
    """Each gap, behind the page that it would follow."""
    there = {one.code.page: place for place, one in reversed(own)}
    gaps = [page for page in range(1, expected.pages + 1) if page not in there]
    for first, last in runs(gaps):
        params = {"what": pages_said(first, last), "pages": expected.pages}
        place = there.get(first - 1, 0)
        yield Finding(Kind.MISSING, Severity.STOPS, Said(_MISSING, params), place)


def _doubled(own: Sequence[Placed]) -> Iterator[Finding]:
    counts = Counter(one.code.page for _, one in own)
    seen = set[int]()
    for place, one in own:
        page = one.code.page
        if page in seen:
            params = {"page": page, "count": counts[page]}
            yield _finding(Kind.DOUBLED, Severity.LOOK, _DOUBLED, place, **params)
        seen.add(page)


def _swapped(own: Sequence[Placed]) -> Iterator[Finding]:
    """As few pages as possible that are out of place; a whole pile that lies backwards is one."""
    firsts: dict[int, int] = {}
    for place, one in own:
        firsts.setdefault(one.code.page, place)
    order = list(firsts)
    if len(order) > 2 and order == sorted(order, reverse=True):
        yield Finding(Kind.SWAPPED, Severity.LOOK, Said(_BACKWARDS), firsts[order[0]])
        return
    kept = {page for _, page in rising(sorted(enumerate(order)))}
    before = 0
    for page, place in firsts.items():
        if page not in kept:
            sentence = _OUT_OF_PLACE if before else _FIRST
            params = {"page": page, "before": before}
            yield _finding(Kind.SWAPPED, Severity.LOOK, sentence, place, **params)
        before = page


def _turned(own: Sequence[Placed]) -> Iterator[Finding]:
    for degrees, sentence in ((180, _UPSIDE_DOWN), (90, _LYING), (270, _LYING)):
        places = sorted({place for place, one in own if one.turned == degrees})
        for first, last in runs(places):
            yield _finding(Kind.TURNED, Severity.LOOK, sentence, first, last)


def _finding(
    kind: Kind, severity: Severity, sentence: str, first: int, last: int = 0, /, **params: object
) -> Finding:
    where = places_said(first, last or first)
    return Finding(kind, severity, Said(sentence, {"where": where, **params}), first)


_OPENING = msg(
    "Nach ihren Codes gehören {found} von {pages} Seiten zu Fassung {version} von {reference}."
)
_BLANK = msg("Leere Seiten in der Datei: {count}. Sie sind nicht mitgezählt.")
_CONFLICT = msg("{where}: Codes mehrerer Seiten auf einem Blatt.")
_OTHER_DOCUMENT = msg(
    "{where}: aus einem anderen Dokument, {other} in Fassung {version}, statt aus {reference}."
)
_OTHER_VERSION = msg("{where}: aus Fassung {version} statt aus Fassung {wanted}.")
_OTHER_HASH = msg(
    "{where}: zwar aus einer Fassung {version}, doch mit dem Prüfcode {code} statt {right}."
)
_OTHER_LENGTH = msg("{where}: aus einem Ausdruck mit {pages} statt {wanted} Seiten.")
_NO_CODE = msg("{where}: kein Code zu lesen. Ob und wohin das gehört, muss ein Mensch ansehen.")
_MISSING = msg("In der Datei fehlt: {what} von {pages}.")
_DOUBLED = msg("{where}: noch einmal Seite {page}. Wie oft sie in der Datei ist: {count}.")
_BACKWARDS = msg("Die Seiten liegen in umgekehrter Reihenfolge.")
_OUT_OF_PLACE = msg("{where}: Seite {page}, hinter Seite {before} und damit am falschen Platz.")
_FIRST = msg("{where}: Seite {page}, ganz vorn und damit am falschen Platz.")
_UPSIDE_DOWN = msg("{where}: steht auf dem Kopf.")
_LYING = msg("{where}: liegt quer.")
