"""What is said of a scan beside the version that was approved."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scans.cast import (
    HASH,
    PARTIES,
    REFERENCE,
    TITLES,
    VERSION,
    filed,
    paper,
    pictures,
    put_together,
    worn,
)
from zielwerk.language import sentence
from zielwerk.scans.apart import read
from zielwerk.scans.codes import Code, beginning
from zielwerk.scans.comparison import Expected, approved, compare
from zielwerk.scans.examination import examine
from zielwerk.scans.findings import Findings, Kind, Severity
from zielwerk.scans.model import Found, Origin, Page, Reading, Scan

COUNT = len(pictures(paper()))
WHOLE = f"Nach ihren Codes gehören {COUNT} von {COUNT} Seiten zu Fassung 3 von ZV-2024-06435."


@cache
def print_out() -> Scan:
    return read(paper())


@cache
def expected() -> Expected:
    return approved(print_out(), titles=TITLES, parties=PARTIES)


def told(findings: Findings) -> list[str]:
    return [sentence(one.said) for one in findings.findings]


def kinds(findings: Findings) -> list[Kind]:
    return [one.kind for one in findings.findings]


def page(number: int, turned: int = 0, pages: int = 12, **other: object) -> Page:
    values = {"reference": "ZV-1", "version": 3, "hash": beginning(HASH), **other}
    return Page((Found(Code(page=number, pages=pages, **values), turned),))  # type: ignore[arg-type]


TWELVE = Expected("ZV-1", 3, HASH, 12)


def of_order(numbers: Sequence[int]) -> Findings:
    return compare(TWELVE, Scan(tuple(page(number) for number in numbers)))


def test_where_nothing_is_found_that_is_said() -> None:
    found = compare(expected(), print_out())
    assert (found.findings, found.stops, found.found) == ((), False, COUNT)
    assert [sentence(one) for one in found.sentences] == [
        WHOLE,
        f"Seiten mit Text: {COUNT}, von insgesamt {COUNT}. Alle Beträge (6), Projekte (4) und"
        " Vertragspartner (2) dort sind die der gebilligten Fassung.",
    ]


def test_a_worn_pile_without_text_is_whole_and_says_that_nobody_read_it() -> None:
    random = Random(2)
    pile = [worn(one, random, random.uniform(-3, 3)) for one in pictures(paper())]
    found = compare(expected(), read(filed(pile)))
    assert found.findings == ()
    assert sentence(found.sentences[0]) == WHOLE
    assert "das muss ein Mensch tun" in sentence(found.sentences[-1])


def test_a_pile_with_every_fault_tells_each() -> None:
    random = Random(3)
    sheets = pictures(paper())
    older = pictures(paper(version=2, sha="5" * 64))
    other = pictures(paper(reference="ZV-2024-06412"))
    pile = [
        worn(sheets[1], random),
        worn(sheets[0], random, 180),
        worn(older[2], random),
        worn(other[3], random, 1),
        worn(sheets[4], random, 90),
        worn(sheets[4], random),
        worn(sheets[5].crop((0, 0, 1240, 1500)), random),
    ]
    found = compare(expected(), examine(filed(pile)))
    assert told(found) == [
        "In der Datei fehlt: Seiten 3 bis 4 von 6.",
        "Seite 2 der Datei: Seite 1, hinter Seite 2 und damit am falschen Platz.",
        "Seite 2 der Datei: steht auf dem Kopf.",
        "Seite 3 der Datei: aus Fassung 2 statt aus Fassung 3.",
        "Seite 4 der Datei: aus einem anderen Dokument, ZV-2024-06412 in Fassung 3, statt aus"
        " ZV-2024-06435.",
        "Seite 5 der Datei: liegt quer.",
        "In der Datei fehlt: Seite 6 von 6.",
        "Seite 6 der Datei: noch einmal Seite 5. Wie oft sie in der Datei ist: 2.",
        "Seite 7 der Datei: kein Code zu lesen. Ob und wohin das gehört, muss ein Mensch ansehen.",
    ]
    assert found.stops
    assert found.found == 3


@given(st.permutations(range(1, 13)))
def test_every_order_but_the_right_one_is_told(order: list[int]) -> None:
    found = of_order(order)
    assert found.found == 12
    assert not found.stops
    assert bool(found.findings) == (order != sorted(order))
    assert set(kinds(found)) <= {Kind.SWAPPED}


@given(st.lists(st.integers(1, 12), max_size=30))
@settings(max_examples=300)
def test_a_pile_is_silent_only_if_each_page_is_there_once_and_in_order(pile: list[int]) -> None:
    found = of_order(pile)
    assert (not found.findings) == (pile == list(range(1, 13)))
    assert found.stops == (set(pile) != set(range(1, 13)))
    assert (Kind.DOUBLED in kinds(found)) == (len(set(pile)) < len(pile))
    places = [one.place for one in found.findings]
    assert places == sorted(places)


@given(st.lists(st.sampled_from(["reference", "version", "hash", "pages"]), min_size=1))
def test_no_page_of_anything_else_is_taken_for_ours(odd: list[str]) -> None:
    others = {"reference": "ZV-2", "version": 4, "hash": "0" * 32, "pages": 13}
    pile = [page(number) for number in range(1, 13)]
    for at, what in enumerate(odd[:12]):
        pile[at] = page(at + 1, **{what: others[what]})  # type: ignore[arg-type]
    found = compare(TWELVE, Scan(tuple(pile)))
    assert found.stops
    assert found.found == 12 - len(odd[:12])
    assert Kind.MISSING in kinds(found)


def test_a_pile_that_lies_backwards_is_one_sentence() -> None:
    assert told(of_order(range(12, 0, -1))) == ["Die Seiten liegen in umgekehrter Reihenfolge."]
    assert told(of_order([2, 1, *range(3, 13)])) == [
        "Seite 2 der Datei: Seite 1, hinter Seite 2 und damit am falschen Platz."
    ]
    assert told(of_order([*range(2, 13), 1])) == [
        "Seite 12 der Datei: Seite 1, hinter Seite 12 und damit am falschen Platz."
    ]
    assert told(of_order([12, *range(1, 12)])) == [
        "Seite 1 der Datei: Seite 12, ganz vorn und damit am falschen Platz."
    ]


def test_pages_of_another_document_are_told_together() -> None:
    pile = [page(1), *(page(number, reference="ZV-2") for number in range(2, 12)), page(12)]
    found = compare(TWELVE, Scan(tuple(pile)))
    assert told(found) == [
        "In der Datei fehlt: Seiten 2 bis 11 von 12.",
        "Seiten 2 bis 11 der Datei: aus einem anderen Dokument, ZV-2 in Fassung 3, statt aus ZV-1.",
    ]


def test_one_version_number_with_another_hash_is_another_version() -> None:
    pile = [page(number) for number in range(1, 12)] + [page(12, hash="0" * 32)]
    found = compare(TWELVE, Scan(tuple(pile)))
    assert kinds(found) == [Kind.MISSING, Kind.OTHER_VERSION]
    assert "mit dem Prüfcode 0000-0000-0000-0000 statt" in told(found)[1]


def test_blank_backs_are_no_fault_and_are_counted() -> None:
    pile = [one for number in range(1, 13) for one in (page(number), Page(is_blank=True))]
    found = compare(TWELVE, Scan(tuple(pile)))
    assert found.findings == ()
    assert "Leere Seiten in der Datei: 12. Sie sind nicht mitgezählt." in [
        sentence(one) for one in found.sentences
    ]


def test_two_pages_on_one_sheet_are_a_conflict() -> None:
    pile = [page(number) for number in range(1, 13)]
    pile[3] = Page((*page(4).codes, *page(5).codes))
    found = compare(TWELVE, Scan(tuple(pile)))
    assert (Kind.CONFLICT, Severity.STOPS) in [(one.kind, one.severity) for one in found.findings]


CHANGES = [
    ("88.100,50", "98.100,50", Kind.AMOUNT, "statt 88.100,50 € nun 98.100,50 € (+ 10.000 €)."),
    ("88.888,40 €", "kein Betrag", Kind.AMOUNT, "statt „88.888,40 €“ nun „kein Betrag“."),
    (
        "Teilzeitausbildung mit Coaching",
        "Teilzeitausbildung ohne Coaching",
        Kind.PROJECT,
        "Projekt „Teilzeitausbildung mit Coaching für Alleinerziehende“, statt „mit“ nun „ohne“.",
    ),
    (
        "(Gemeindeschlüssel 06435)",
        "(Gemeindeschlüssel 06434)",
        Kind.PARTY,
        "Vertragspartner „Main-Kinzig-Kreis (Gemeindeschlüssel 06435)“, statt 06435 nun 06434.",
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "words"), CHANGES)
def test_what_matters_in_the_text_is_told(old: str, new: str, kind: Kind, words: str) -> None:
    scan = read(paper(old=old, new=new))
    found = compare(expected(), scan)
    assert [(one.kind, one.severity, one.place) for one in found.findings] == [
        (kind, Severity.STOPS, 1)
    ]
    assert told(found)[0].removeprefix("Seite 1 der Datei: ") == words
    recognised = compare(expected(), as_recognised(scan))
    assert [(one.kind, one.severity) for one in recognised.findings] == [(kind, Severity.LOOK)]
    assert told(recognised)[0].removeprefix("Seite 1 der Datei, im erkannten Text: ") == words
    assert "vom Bild abgelesen" in sentence(recognised.sentences[-1])


def as_recognised(scan: Scan) -> Scan:
    return Scan(
        tuple(
            replace(one, reading=Reading(one.reading.text, Origin.RECOGNISED)) for one in scan.pages
        )
    )


PASSAGE = (
    "Projekt Startklar! Kreativ in die Ausbildung erhält 412.000,00 €. Das Projekt Team-Camp"
    " erhält 88.100,50 €. Der Kreis berichtet bis zum 31. Dezember 2024 über 24 Plätze."
)


def with_text(text: str, origin: Origin = Origin.RECOGNISED) -> Findings:
    one = Expected(
        "ZV-1",
        3,
        HASH,
        1,
        (PASSAGE,),
        ("Startklar! Kreativ in die Ausbildung", "Team-Camp"),
        ("Der Kreis",),
    )
    scanned = replace(page(1, pages=1), reading=Reading(text, origin))
    return compare(one, Scan((scanned,)))


def test_faults_of_recognition_alone_are_no_finding() -> None:
    found = with_text(
        "Projekt Startklar! Kreativ in die Aus-\nbildung erhält\n412.000,00 €. Das Projckt Team-\n"
        "Camp erhölt 88.100,50 €. Der Kreis berichtet bis zum 31 Dezember 2024 über 24 Plötze."
    )
    assert found.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("412.000,00", "421.000,00", Kind.AMOUNT),
        ("412.000,00 €", "", Kind.AMOUNT),
        ("24 Plätze.", "24 Plätze. Dazu kommen 5.000 Euro.", Kind.AMOUNT),
        ("Kreativ in die Ausbildung", "Kreativ in die Arbeit", Kind.PROJECT),
        ("Startklar! Kreativ in die Ausbildung", "", Kind.PROJECT),
        ("Das Projekt Team-Camp", "Das Projekt Tal-Camp", Kind.PROJECT),
        ("Der Kreis", "Die Stadt", Kind.PARTY),
        ("24 Plätze.", "24 Plätze. Alles steht unter Vorbehalt.", Kind.WORDING),
    ],
)
def test_a_change_in_recognised_text_is_to_be_looked_at(old: str, new: str, kind: Kind) -> None:
    assert old in PASSAGE
    found = with_text(PASSAGE.replace(old, new))
    assert kinds(found) == [kind]
    assert not found.stops


def test_amounts_that_change_places_are_told() -> None:
    found = with_text(
        "Projekt Startklar! Kreativ in die Ausbildung erhält 88.100,50 €. Das Projekt Team-Camp"
        " erhält 412.000,00 €. Der Kreis berichtet bis zum 31. Dezember 2024 über 24 Plätze.",
        Origin.WRITTEN,
    )
    assert Kind.AMOUNT in kinds(found)
    assert found.stops


def test_other_words_in_written_text_are_to_be_looked_at() -> None:
    found = compare(expected(), read(paper(old="Erst der", new="Nicht nur der")))
    assert {one.severity for one in found.findings} == {Severity.LOOK}
    assert told(found) == ["Seite 2 der Datei: statt „Erst“ nun „Nicht nur“."]


def test_a_page_with_the_text_of_another_version_and_our_code_is_told() -> None:
    forged = put_together(*((paper(old="88.100,50", new="98.100,50"), n) for n in (1, 2)))
    mixed = put_together(
        (forged, 1), *((paper(), number) for number in range(2, COUNT + 1)), turned=[2]
    )
    found = compare(expected(), read(mixed))
    assert kinds(found) == [Kind.AMOUNT, Kind.TURNED]
    assert found.stops


def test_what_was_printed_is_known_only_from_a_whole_print() -> None:
    assert (expected().reference, expected().version) == (REFERENCE, VERSION)
    assert expected().hash == beginning(HASH)
    for pages in (print_out().pages[1:], print_out().pages[::-1], (), (Page(),)):
        with pytest.raises(ValueError, match="code"):
            approved(Scan(pages))
    with pytest.raises(ValueError, match="SHA-256"):
        Expected("ZV-1", 1, "abc", 2)
    with pytest.raises(ValueError, match="texts"):
        Expected("ZV-1", 1, HASH, 2, ("one",))
