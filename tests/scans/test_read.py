"""Scans as they come: crooked, upside down, grey, with text or without, and what is none."""

import io
import zlib
from itertools import chain
from pathlib import Path
from random import Random

import pikepdf
import pytest
import segno
from PIL import Image

from tests.scans.cast import HASH, REFERENCE, VERSION, filed, paper, pictures, put_together, worn
from zielwerk import apart
from zielwerk.rulebook.refusal import Refused
from zielwerk.scans.apart import read
from zielwerk.scans.codes import Code, beginning
from zielwerk.scans.examination import codes_on, examine
from zielwerk.scans.leaves import Leaf
from zielwerk.scans.model import Origin, Page, Reading, Scan

COUNT = len(pictures(paper()))


def numbers(scan: Scan) -> list[list[int]]:
    return [[one.code.page for one in page.codes] for page in scan.pages]


def reason(data: bytes, **limits: int) -> str:
    with pytest.raises(Refused) as no:
        read(data, **limits)
    (refusal,) = no.value.refusals
    assert refusal.msgid.format(**refusal.params).endswith(".")
    return refusal.rule


def locked(**words: str) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(**words))
    return made.getvalue()


def test_what_was_made_is_read_with_its_codes_and_its_text() -> None:
    scan = read(paper())
    assert [page.codes[0].code for page in scan.pages] == [
        Code(REFERENCE, VERSION, beginning(HASH), number, COUNT) for number in range(1, COUNT + 1)
    ]
    assert all(page.reading.origin is Origin.WRITTEN for page in scan.pages)
    assert "1.600.100,00 €" in scan.pages[0].reading.text
    assert scan == examine(paper())


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_worn_pages_are_read_however_they_lie(dpi: int) -> None:
    random = Random(dpi)
    for around in (0, 90, 180, 270):
        for picture in pictures(paper(), dpi)[:3]:
            crooked = worn(picture, random, around + random.uniform(-4, 4))
            (found,), _ = codes_on(crooked)
            assert found.turned == around


@pytest.mark.parametrize(("kind", "dpi"), [("PDF", 150), ("PDF", 300), ("TIFF", 200)])
def test_a_pile_is_read_page_by_page(kind: str, dpi: int) -> None:
    random = Random(1)
    pile = [worn(one, random, random.uniform(-2, 2)) for one in pictures(paper(), dpi)]
    scan = read(filed(pile, dpi, kind))
    assert numbers(scan) == [[number] for number in range(1, COUNT + 1)]
    assert all(page.reading == Reading() for page in scan.pages)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_one_page(kind: str) -> None:
    made = io.BytesIO()
    pictures(paper(), 200)[1].convert("RGB").save(made, kind)
    assert numbers(read(made.getvalue())) == [[2]]


def test_odd_colours_and_cameras_are_read_too() -> None:
    page = pictures(paper(), 150)[0]
    for picture in (
        page.point(lambda it: 255 * (it > 140)).convert("1"),
        page.convert("P"),
        page.convert("I;16").point(lambda value: value * 256),
        Image.merge("RGBA", [*[Image.new("L", page.size)] * 3, page.point(lambda it: 255 - it)]),
    ):
        made = io.BytesIO()
        picture.save(made, "PNG")
        assert numbers(read(made.getvalue())) == [[1]], picture.mode
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 3  # the camera was upside down
    page.rotate(180).save(made, "JPEG", exif=exif)
    assert examine(made.getvalue()).pages[0].codes[0].turned == 0


def test_a_page_of_odd_size_is_read() -> None:
    """Programs file scans at 72 dpi, or as a stamp."""
    for dpi in (72, 600):
        assert numbers(examine(filed(pictures(paper(), 150)[:1], dpi))) == [[1]]


def test_text_beside_a_picture_is_called_recognised() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        for at, page in enumerate(pdf.pages):
            with pikepdf.open(io.BytesIO(filed([pictures(paper())[at]]))) as scan:
                page.add_overlay(scan.pages[0])
        pdf.save(made)
    scan = read(made.getvalue())
    assert {page.reading.origin for page in scan.pages} == {Origin.RECOGNISED}
    assert [page.reading.text for page in scan.pages] == [
        page.reading.text for page in read(paper()).pages
    ]


def test_blank_backs_are_told_from_pages_without_a_code() -> None:
    random = Random(5)
    page = pictures(paper())[0]
    back = Image.new("L", page.size, 250)
    without = page.copy()
    without.paste(255, (0, int(page.height * 0.87), page.width, page.height))
    one_line = back.copy()
    one_line.paste(page.crop((0, 100, page.width, 150)), (0, 100))
    scan = examine(filed([worn(one, random) for one in (page, back, without, one_line)]))
    assert [page.is_blank for page in scan.pages] == [False, True, False, False]
    assert numbers(scan) == [[1], [], [], []]


def test_codes_of_others_are_counted_and_never_taken_for_ours() -> None:
    page = pictures(paper(), 200)[0].copy()
    made = io.BytesIO()
    segno.make("https://example.org/sendung/123").save(made, kind="png", scale=5)
    page.paste(Image.open(made).convert("L"), (1000, 300))
    (read_page,) = examine(filed([page], 200)).pages
    assert ([one.code.page for one in read_page.codes], read_page.others) == ([1], 1)


def test_a_stain_on_the_code_does_no_harm() -> None:
    page = pictures(paper(), 200)[0].copy()
    left, top, size = int(page.width * 25 / 210), int(page.height * 0.885), 165
    assert page.crop((left, top, left + size, top + size)).getextrema()[0] < 20
    page.paste(90, (left + 70, top + 70, left + 115, top + 115))
    assert len(codes_on(page)[0]) == 1


def test_a_reader_of_pictures_can_take_the_place_of_the_text_layer() -> None:
    class Recognition:
        def read(self, leaf: Leaf) -> Reading:
            return Reading(f"{leaf.picture(300).height // 100} hundred, page {leaf.number}")

    scan = examine(filed(pictures(paper())[:1]), Recognition())
    assert scan.pages[0].reading.text == "35 hundred, page 1"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "scans.empty"),
        (b" \n" * 9, "scans.empty"),
        (b"PK\x03\x04" + bytes(99), "scans.zip"),
        (b"<html>", "scans.kind"),
        (b"GIF89a" + bytes(99), "scans.kind"),
        (b"%PDF-1.7 garbage", "scans.damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "scans.damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "scans.damaged"),
        (b"\xff\xd8\xff" + bytes(range(256)) * 40, "scans.damaged"),
        (b"II*\0" + b"\xff" * 99, "scans.damaged"),
        (paper()[:20_000], "scans.damaged"),
        (filed(pictures(paper())[:1], kind="TIFF")[:20_000], "scans.damaged"),
        (locked(user="geheim", owner="auch"), "scans.encrypted"),
        (put_together(*[(paper(1), 1)] * 501), "scans.many_pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}",
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, rule: str) -> None:
    assert reason(data) == rule


def test_a_file_that_anybody_may_open_is_read() -> None:
    assert numbers(read(locked(user="", owner="geheim")))[0] == [1]


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    assert reason(b"%PDF-" + bytes(100_000_001)) == "scans.large"

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    side = (60_000).to_bytes(4, "big")
    head = chunk(b"IHDR", side + side + bytes([8, 0, 0, 0, 0]))
    body = chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    assert reason(b"\x89PNG\r\n\x1a\n" + head + body) == "scans.many_pixels"


def test_a_page_with_a_book_of_text_is_refused() -> None:
    with pikepdf.open(io.BytesIO(paper(1))) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        pdf.pages[1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
        lines = (b"BT /F0 1 Tf 9 %d Td (%s) Tj ET" % (y, b"word " * 100) for y in range(9, 800, 8))
        pdf.pages[1].Contents = pdf.make_stream(b"\n".join(lines))
        made = io.BytesIO()
        pdf.save(made)
    assert reason(made.getvalue()) == "scans.much_text"


def test_time_and_memory_have_an_end() -> None:
    assert reason(paper(), seconds=0) == "scans.long"
    assert reason(paper(), memory=60_000_000) == "scans.memory"


def test_a_work_that_takes_all_its_time_is_told_from_one_that_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "busy.py").write_text(
        "from zielwerk import apart\n"
        "def work(question, data):\n"
        "    if question == 'memory':\n"
        "        raise MemoryError\n"
        "    while question == 'busy':\n"
        "        pass\n"
        "    return [question, len(data)], data * 2\n"
        "apart.serve(work)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    limits = {"seconds": 5, "memory": 500_000_000}
    assert apart.ask("busy", "idle", b"\n12", **limits) == (["idle", 3], b"\n12\n12")
    with pytest.raises(apart.Ended):
        apart.ask("busy", "memory", b"", **limits)
    with pytest.raises(apart.TooLong):
        apart.ask("busy", "busy", b"", seconds=1, memory=500_000_000)
    with pytest.raises(RuntimeError, match="nowhere"):
        apart.ask("nowhere", None, b"", **limits)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_every_file_cut_short_or_spoilt_is_read_or_refused() -> None:
    random = Random(7)
    whole = filed(pictures(paper(1), 60)[:2])
    for made in (paper(1), whole, filed(pictures(paper(1), 60)[:2], kind="TIFF")):
        for _ in range(40):
            spoilt = bytearray(made[: random.randrange(8, len(made) + 1)])
            for _ in range(random.randrange(30)):
                spoilt[random.randrange(8, len(spoilt))] = random.randrange(256)
            try:
                pages = examine(bytes(spoilt)).pages
            except Refused:
                continue
            assert all(isinstance(page, Page) for page in pages)


def test_five_hundred_pages_are_read() -> None:
    scan = read(put_together(*[(paper(1), 1), (paper(1), 2)] * 250))
    assert list(chain.from_iterable(numbers(scan))) == [1, 2] * 250


def test_text_that_nobody_sees_is_taken_for_recognised_whatever_lies_over_it() -> None:
    """Else a page could show other amounts than it says to whoever compares."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper(1))) as opened:
        for page in opened.pages:
            page.contents_coalesce()
            drawn = page.Contents.read_bytes()
            page.Contents = opened.make_stream(drawn.replace(b"BT 0 Tr", b"BT 3 Tr"))
        opened.save(saved)
    scan = examine(saved.getvalue())
    assert {page.reading.origin for page in scan.pages} == {Origin.RECOGNISED}
