"""Signing on paper on pages: printed with codes, scanned, compared and shown, then kept."""

import io
import json
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.pages import forms, visible
from tests.rooms.conclusion import electronic, made, paper
from tests.rooms.conclusion.made import Desk
from tests.rooms.conclusion.test_pages import html, page_of, seen
from tests.scans.cast import filed, pictures, put_together, replaced
from tests.scans.cast import paper as other_paper
from tests.stage import signed_in
from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.models import Comparison, Conclusion, SignedFile
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.money import Cents, format_euro
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import places_of
from zielwerk.scans.apart import read
from zielwerk.scans.codes import marks
from zielwerk.typesetting.pdf import pages_of, render

SQLITE_ALONE = True  # what pages say is the same on every database
WHY = "Nur die letzte Seite wurde gescannt"


def sent(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


class Desktop:
    """Somebody of the body who brings scans to the page of a conclusion."""

    def __init__(self, desk: Desk, case: Conclusion) -> None:
        self.client = signed_in(desk.body)
        self.page = page_of(case)
        self.door = f"{self.page}/exemplar"
        self.status = 0

    def brings(self, content: bytes, **fields: str) -> str:
        """What she reads after she sent a file."""
        answer = self.client.post(self.door, {**fields, "datei": sent(content)})
        self.status = answer.status_code
        self.html = answer.content.decode()
        return visible(self.html)

    def confirms(self, content: bytes, **typed: str) -> str:
        """She presses the button below what she was shown, with the same file."""
        (form,) = (each for each in forms(self.html, self.door) if "gezeigt" in each.fields)
        return self.brings(content, **{**form.fields, **typed})


@pytest.fixture
def case(hessian: Desk) -> Conclusion:
    return paper.begun(hessian)


@pytest.fixture
def user(hessian: Desk, case: Conclusion) -> Desktop:
    return Desktop(hessian, case)


def numbered(case: Conclusion) -> Callable[..., bytes]:
    """Makes a file of some pages of what was printed, by their numbers."""
    whole = paper.printed(case)
    return lambda *pages: put_together(*((whole, page) for page in pages))


def last_of(case: Conclusion) -> int:
    return pages_of(paper.printed(case))


def test_every_page_says_what_it_is_also_to_people(desk: Desk) -> None:
    case = paper.begun(desk)
    content = signed_in(desk.body).get(f"{page_of(case)}/fassung.pdf").content
    scan = read(content)
    codes = [one.code for page in scan.pages for one in page.codes]
    assert [code.page for code in codes] == [*range(1, len(scan.pages) + 1)]
    assert {code.reference for code in codes} == {case.file_number}
    assert {code.version for code in codes} == {case.version}
    assert all(case.digest.startswith(code.hash) for code in codes)
    assert all(f"Prüfzeichen {case.code}" in page.reading.text for page in scan.pages)


def test_what_is_printed_stays_the_same_whoever_signs_meanwhile(hessian: Desk) -> None:
    case = paper.begun(hessian)
    before = paper.printed(case)
    made.sign(hessian, case)
    assert paper.printed(case) == before
    assert letters.marked_pdf(case, made.AT.date()) == before


def test_a_scan_is_shown_first_and_kept_when_that_is_confirmed(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = paper.scanned(case)
    before = StoredFile.objects.count()
    told = user.brings(content)
    pages = last_of(case)
    assert user.status == 200
    assert f"gehören {pages} von {pages} Seiten zu Fassung {case.version}" in told
    assert "In der Datei liegt kein Text, nur Bilder." in told
    assert "Gespeichert ist noch nichts." in told
    assert "Warum soll es so abgelegt werden?" not in told
    assert StoredFile.objects.count() == before
    user.confirms(content)
    assert user.status == 302
    (kept,) = SignedFile.objects.all()
    assert bytes(kept.file.content) == content
    told = seen(signed_in(hessian.second), user.page)
    assert "alle Seiten da und in Folge" in told
    assert "das muss ein Mensch tun" in told


def test_with_its_text_the_amounts_projects_and_parties_are_compared(
    user: Desktop, case: Conclusion
) -> None:
    told = user.brings(paper.printed(case))
    assert "dort sind die der gebilligten Fassung" in told
    assert f"Vertragspartner ({len(case.sides)})" in told


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ((1, 2), "In der Datei fehlt: Seite"),
        ((2, 1, 3, 4, 5, 6, 7, 8), "am falschen Platz"),
        ((1, 1, 2, 3, 4, 5, 6, 7, 8), "noch einmal Seite 1"),
    ],
)
def test_pages_missing_swapped_or_doubled_are_told(
    user: Desktop, case: Conclusion, pages: tuple[int, ...], sentence: str
) -> None:
    there = [page for page in pages if page <= last_of(case)]
    assert sentence in user.brings(numbered(case)(*there))
    assert not SignedFile.objects.exists()


def test_what_is_missing_is_kept_only_with_a_reason_that_all_read(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = numbered(case)(last_of(case))
    told = user.brings(content)
    assert "Das weicht von der gebilligten Fassung ab" in told
    assert "Warum soll es so abgelegt werden?" in told
    told = user.confirms(content)
    assert user.status == 422
    assert "Es fehlt, warum das Exemplar so abgelegt werden soll." in told
    assert not SignedFile.objects.exists()
    user.confirms(content, grund=WHY)
    assert user.status == 302
    for person in (hessian.first, hessian.second, hessian.body, hessian.table.cast.auditor):
        told = seen(signed_in(person), user.page)
        assert WHY in told
        assert "weicht ab" in told
        assert "In der Datei fehlt:" in told


def test_a_reason_that_was_typed_is_not_lost_with_the_file(user: Desktop, case: Conclusion) -> None:
    content = numbered(case)(1)
    user.brings(content)
    (form,) = (each for each in forms(user.html, user.door) if "gezeigt" in each.fields)
    answer = user.client.post(user.door, {**form.fields, "grund": WHY})
    assert answer.status_code == 422
    assert WHY in answer.content.decode()


def test_another_file_than_the_one_shown_is_shown_and_not_kept(
    user: Desktop, case: Conclusion
) -> None:
    user.brings(paper.printed(case))
    told = user.confirms(numbered(case)(1))
    assert "Das ist eine andere Datei" in told
    assert "In der Datei fehlt:" in told
    assert not SignedFile.objects.exists()


def test_a_scan_of_another_agreement_is_refused_whatever_the_reason(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = filed(pictures(other_paper(4)))
    told = user.brings(content, grund=WHY)
    assert user.status == 422
    assert "Keine Seite dieser Datei gehört zu diesem Abschluss" in told
    assert "aus einem anderen Dokument, ZV-2024-06435" in told
    assert "Zum Ablegen wählen Sie" not in told
    assert WHY in user.html
    with pytest.raises(Refused, match="Keine Seite dieser Datei"):
        paper.keep(hessian.body, case, content, WHY)
    assert not SignedFile.objects.exists()


def test_a_page_of_another_version_amid_the_right_ones_stops(
    user: Desktop, case: Conclusion
) -> None:
    other = other_paper(4, reference=case.file_number, version=case.version + 1)
    whole = paper.printed(case)
    mixed = put_together((whole, 1), (other, 2), *((whole, n) for n in range(3, last_of(case) + 1)))
    told = user.brings(mixed)
    assert f"Seite 2 der Datei: aus Fassung {case.version + 1} statt" in told
    assert "Das weicht von der gebilligten Fassung ab" in told


def test_another_amount_in_the_text_stops(user: Desktop, case: Conclusion) -> None:
    document = letters.document(case, is_blank=True)
    amount = format_euro(Cents(case.amount_cents)).removesuffix("€").strip()
    changed = render(
        replaced(document, amount, "9.999.999,00"),
        made.AT.date(),
        marks(case.file_number, case.version, case.digest, named=case.code),
    )
    told = user.brings(changed)
    assert "9.999.999,00" in told
    assert "Das weicht von der gebilligten Fassung ab" in told


def test_a_paper_without_codes_is_kept_with_a_reason(user: Desktop, case: Conclusion) -> None:
    plain = render(letters.document(case, is_blank=True), made.AT.date())
    told = user.brings(plain)
    assert "kein Code zu lesen" in told
    assert "Warum soll es so abgelegt werden?" in told


def encrypted(pdf: bytes) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(saved, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return saved.getvalue()


def repeated(pdf: bytes, pages: int) -> bytes:
    """The first two pages, again and again."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        two = list(opened.pages)[:2]
        made_of = pikepdf.new()
        for at in range(pages):
            made_of.pages.append(two[at % 2])
        made_of.save(saved)
    return saved.getvalue()


def test_what_cannot_be_read_says_why_beside_its_field(user: Desktop, case: Conclusion) -> None:
    whole = paper.printed(case)
    for content, sentence in (
        (b"PK\x03\x04", "kein Scan, sondern ein ZIP-Archiv"),
        (b"MZ\x90\x00", "weder ein PDF noch ein Bild"),
        (encrypted(whole), "Das PDF ist verschlüsselt."),
        (whole[: len(whole) // 3], "beschädigt"),
        (repeated(whole, 501), "Die Datei hat 501 Seiten"),
        (whole + bytes(10_000_000), "ist zu groß; gelesen werden bis zu 10 MB"),
        (b"", "leer"),
    ):
        assert sentence in user.brings(content), sentence
        assert user.status == 422
    assert not SignedFile.objects.exists()


def test_five_hundred_pages_are_compared(user: Desktop, case: Conclusion) -> None:
    whole = paper.printed(case)
    told = user.brings(repeated(whole, 500))
    assert user.status == 200
    assert "noch einmal Seite 1. Wie oft sie in der Datei ist: 250." in told


def test_a_scan_for_a_conclusion_that_was_given_up_meanwhile_is_refused(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = paper.printed(case)
    user.brings(content)
    actions.abandon(hessian.first, hessian.now(), note="Eine Zahl fehlt", at=made.SIGNED)
    assert "werden hier nicht mehr eingeholt" in user.confirms(content)
    assert user.status == 422
    assert not SignedFile.objects.exists()


def test_the_same_scan_is_kept_once_and_both_sides_may_keep_their_own(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = paper.scanned(case)
    paper.keep(hessian.first, case, content)
    user.brings(content)
    assert "Diese Datei ist hier schon abgelegt." in user.confirms(content)
    paper.keep(hessian.body, case, paper.printed(case))
    assert Comparison.objects.count() == 2


def test_pictures_of_a_scanner_are_kept_as_what_they_are(
    user: Desktop, case: Conclusion, hessian: Desk
) -> None:
    content = filed(pictures(paper.printed(case)), kind="TIFF")
    kept = paper.keep(hessian.body, case, content)
    assert kept.file.media_type == "image/tiff"


def test_who_concludes_reads_what_was_compared_or_that_nothing_was(
    case: Conclusion, hessian: Desk
) -> None:
    made.sign(hessian, case)
    second = signed_in(hessian.second)
    door = f"{page_of(case)}/abschliessen"
    made.checked(hessian, case)
    assert "Kein unterschriebenes Exemplar ist abgelegt" in seen(second, door)
    actions.send_back(hessian.first, hessian.now(), note="Der Scan fehlt", at=made.SIGNED)
    paper.keep(hessian.body, case, numbered(case)(last_of(case)), WHY)
    made.checked(hessian, case)
    told = seen(second, door)
    assert WHY in told
    assert "In der Datei fehlt:" in told


def test_the_page_says_how_paper_goes_and_offers_the_print_only_there(hessian: Desk) -> None:
    case = paper.begun(hessian)
    body = signed_in(hessian.body)
    told = seen(body, page_of(case))
    assert "So wird auf Papier unterschrieben" in told
    assert "Scan vergleichen und ablegen" in told
    actions.abandon(hessian.first, hessian.now(), note="Elektronisch", at=made.SIGNED)
    case = electronic.begun(hessian)
    told = seen(body, page_of(case))
    assert "So wird auf Papier unterschrieben" not in told
    assert "Text zum Unterschreiben" not in told
    assert "Text zum Lesen als PDF" in told
    assert "Neueste Datei herunterladen" in told


def test_as_data_each_copy_has_its_findings(case: Conclusion, hessian: Desk) -> None:
    paper.keep(hessian.body, case, numbered(case)(1), WHY)
    page = f"{page_of(case)}/fassung.json"
    (file,) = json.loads(signed_in(hessian.first).get(page).content)["files"]
    assert file["stops"] is True
    assert file["reason"] == WHY
    assert any("In der Datei fehlt" in sentence for sentence in file["findings"])


def test_a_conclusion_has_the_same_number_of_questions_with_more_scans(
    case: Conclusion, hessian: Desk, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = signed_in(hessian.first)
    paper.keep(hessian.body, case, numbered(case)(1), WHY)
    html(client, page_of(case))
    for pages in ((2,), (3,), (1, 2)):
        paper.keep(hessian.body, case, numbered(case)(*pages), WHY)
    assert len(queries.files(case)) == 4
    with django_assert_max_num_queries(1):
        assert all(queries.comparison_of(each) for each in queries.files(case))
    assert places_of(case.sides)
