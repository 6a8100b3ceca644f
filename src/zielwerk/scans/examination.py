"""Reading a scan, in this process: for tests, and for :mod:`zielwerk.scans.apart`."""

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from zielwerk.scans.codes import parse
from zielwerk.scans.leaves import Leaf, PageReader, TextLayer, leaves
from zielwerk.scans.model import Found, Page, Scan
from zielwerk.scans.refusals import refused

FIRST_DPI, SECOND_DPI = 150, 300
"""Most codes are read at the first; only pages without one are drawn again, twice as fine."""

MARGINS = (0.1, 40)
"""Of the points of a page, in percent: so many are as dark as ink, and more than so many paper."""

DARKER = 60
"""By so much ink is darker than paper, of 255."""

LEAST_INK = 0.0004
"""A page with a smaller part of ink is blank: less than a line of words."""

_TEXT = TextLayer()


def examine(data: bytes, reader: PageReader = _TEXT) -> Scan:
    """What the pages of a file are; Refused where it cannot be read."""
    try:
        return Scan(tuple(_page(leaf, reader) for leaf in leaves(data)))
    except (pypdfium2.PdfiumError, OSError) as error:
        raise refused("damaged") from error


def _page(leaf: Leaf, reader: PageReader) -> Page:
    picture = leaf.picture(FIRST_DPI)
    found, others = codes_on(picture)
    is_blank = not found and not others and is_empty(picture)
    if not found and not is_blank:
        again, more = codes_on(leaf.picture(SECOND_DPI), thorough=True)
        found, others = again, max(others, more)
    return Page(found, others, is_blank, reader.read(leaf))


def codes_on(picture: Image.Image, thorough: bool = False) -> tuple[tuple[Found, ...], int]:
    """Our codes on a page in grey, each once, and how many others there are.

    ``thorough`` looks a second time where a scanner blurred the page: at what is darker than the
    middle between ink and paper, and not at what is darker than what lies around it.
    """
    found, others = _decoded(picture, zxingcpp.Binarizer.LocalAverage)
    if found or not thorough:
        return found, others
    clear = ImageOps.autocontrast(picture, cutoff=MARGINS)
    found, more = _decoded(clear, zxingcpp.Binarizer.FixedThreshold)
    return found, max(others, more)


def _decoded(picture: Image.Image, binarizer: zxingcpp.Binarizer) -> tuple[tuple[Found, ...], int]:
    rows = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
    read = zxingcpp.read_barcodes(
        rows,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_invert=False,
        try_downscale=False,
        binarizer=binarizer,
    )
    ours = [(code, one.orientation) for one in read if (code := parse(one.text))]
    found = {code: Found(code, round(degrees / 90) * 90 % 360) for code, degrees in ours}
    return tuple(found.values()), len(read) - len(ours)


def is_empty(picture: Image.Image) -> bool:
    """Whether a page holds nothing but paper; its margins, where scanners cast shadows, aside."""
    width, height = picture.size
    inner = picture.crop((width // 20, height // 20, width - width // 20, height - height // 20))
    small = inner.reduce(3)  # evens out the noise
    histogram = small.histogram()
    count = small.width * small.height
    seen = paper = 0
    for shade, number in enumerate(histogram):
        seen += number
        if seen * 2 >= count:
            paper = shade
            break
    return sum(histogram[: max(0, paper - DARKER)]) < LEAST_INK * count
