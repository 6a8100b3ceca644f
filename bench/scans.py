"""Reading a scan, beside zxing-cpp alone on the same pictures, same run.

Times are the processor's, so that a busy machine spoils none; that of a whole process is a clock's.
The peer gets each page as a picture that is drawn already and looks for QR codes, else with its own
settings; ours opens the file, draws, looks, and reads the text. Drawing alone stands beside.
"""

import os
import time
from collections.abc import Callable
from random import Random

import pypdfium2
import zxingcpp
from PIL import Image
from tests.scans.cast import filed, paper, pictures, worn
from tests.typesetting.examples import agreement

from bench.timing import milliseconds
from zielwerk.scans.apart import read
from zielwerk.scans.codes import marks
from zielwerk.scans.comparison import approved, compare
from zielwerk.scans.examination import FIRST_DPI, examine
from zielwerk.typesetting.pdf import render

TIMES = 3
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
HASH = "0123456789abcdef" * 4


def run() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for dpi in (150, 300):
        random = Random(dpi)
        pile = [worn(one, random, random.uniform(-2, 2)) for one in pictures(paper(28), dpi)]
        rows.append(beside(f"{len(pile)} worn pages at {dpi} dpi", filed(pile, dpi)))
    rows.append(beside("the PDF as it was made, with its text", paper(28)))
    long = render(agreement(900), marked=marks("ZV-1", 1, HASH))
    scan = read(long)
    expected = approved(scan)
    plain = spent(lambda: render(agreement(4)), TIMES)
    marked = spent(lambda: render(agreement(4), marked=marks("ZV-1", 1, HASH)), TIMES)
    load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
    few = filed(pictures(paper(28), 200), 200)
    return [
        *rows,
        (
            "`read` of such a file at 200 dpi in a process of its own",
            f"{milliseconds(lambda: read(few), 3) / 1000:.2f} s",
            load,
        ),
        (
            f"{len(scan.pages)} pages with text are compared",
            f"{spent(lambda: compare(expected, scan), TIMES):.0f} ms",
        ),
        ("an agreement is set with codes", f"{marked:.0f} ms", f"without codes {plain:.0f} ms"),
    ]


def beside(name: str, pdf: bytes) -> tuple[str, str, str]:
    drawn = draw(pdf)
    found = sum(len(page.codes) for page in examine(pdf).pages)
    assert found == len(drawn), (found, len(drawn))
    seen = sum(bool(bare(picture)) for picture in drawn)
    ours, drawing, peer = in_turn(
        lambda: examine(pdf),
        lambda: draw(pdf),
        lambda: [bare(picture) for picture in drawn],
    )
    count = len(drawn)
    return (
        f"{name}: pages a second",
        f"{count / ours * 1000:.0f}, codes found on {found} of {count}",
        f"zxing-cpp alone {count / peer * 1000:.0f}, found on {seen}; drawing alone"
        f" {count / drawing * 1000:.0f}; ours is {ours / (peer + drawing):.2f} times both",
    )


def bare(picture: Image.Image) -> list[zxingcpp.Barcode]:
    rows = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
    return zxingcpp.read_barcodes(rows, formats=QR)


def draw(pdf: bytes) -> list[Image.Image]:
    """All pages as pictures of the size at which codes are looked for."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=FIRST_DPI / 72, grayscale=True).to_pil() for page in opened]
    finally:
        opened.close()


def in_turn(*works: Callable[[], object]) -> list[float]:
    """The least processor time of each in ms."""
    rounds = [[spent(work, 1) for work in works] for _ in range(TIMES)]
    return [min(each) for each in zip(*rounds, strict=True)]


def spent(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs in ms."""

    def once() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return min(once() for _ in range(times))
