"""The pages of a file one after the other, as pictures and as text; and who reads their text."""

import io
from collections.abc import Iterator
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from zielwerk.rulebook.refusal import Refused
from zielwerk.scans.model import Origin, Reading
from zielwerk.scans.refusals import (
    MOST_CHARACTERS,
    MOST_PAGES,
    MOST_PIXELS,
    kind_of,
    refused,
)

A4_INCHES, A3_INCHES = 11.69, 16.54
"""The longer side. A page that says it is smaller or larger was given the wrong size."""

PART_OF_A_SCAN = 0.7
"""A picture that covers so much of a page is the page."""


class Leaf(Protocol):
    """One page of a file. ``written`` is the text that lies in the file, not what one sees."""

    number: int

    def picture(self, dpi: int) -> Image.Image:
        """The page in grey, turned as people see it."""

    def written(self) -> Reading:
        """The text layer."""


class PageReader(Protocol):
    """Gets the text of a page: from its text layer, and one day from its picture."""

    def read(self, leaf: Leaf) -> Reading: ...


class TextLayer:
    """Takes the text as it lies in the file."""

    def read(self, leaf: Leaf) -> Reading:
        return leaf.written()


def leaves(data: bytes) -> Iterator[Leaf]:
    """The pages of a PDF or a picture file; Refused where it cannot be read."""
    yield from _of_pdf(data) if kind_of(data) == "pdf" else _of_pictures(data)


def _length(inches: float, dpi: int) -> float:
    return dpi * min(max(inches, A4_INCHES), A3_INCHES)


class PdfLeaf:
    """A page of a PDF."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        self.number = number
        self._page = page

    def picture(self, dpi: int) -> Image.Image:
        longer = max(self._page.get_size()) or 1
        wanted = _length(longer / 72, dpi)
        drawn: Image.Image = self._page.render(scale=wanted / longer, grayscale=True).to_pil()
        return drawn

    def written(self) -> Reading:
        turned = self._page.get_rotation()
        self._page.set_rotation(0)  # else lines would be taken for columns
        layer = self._page.get_textpage()
        try:
            if layer.count_chars() > MOST_CHARACTERS:
                raise refused("much_text", page=self.number)
            text = str(layer.get_text_bounded())
        finally:
            layer.close()
            self._page.set_rotation(turned)
        if not text.strip():
            return Reading()
        is_seen = not self._is_scanned() and not self._is_hidden()
        return Reading(text, Origin.WRITTEN if is_seen else Origin.RECOGNISED)

    def _is_hidden(self) -> bool:
        """Whether some of the text is there without being drawn, as recognition leaves it."""
        return any(
            pdfium.FPDFTextObj_GetTextRenderMode(one.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            for one in self._page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=5)
        )

    def _is_scanned(self) -> bool:
        left, bottom, right, top = self._page.get_bbox()
        whole = (right - left) * (top - bottom)
        covered = 0.0
        for one in self._page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=5):
            x, y, x2, y2 = one.get_bounds()
            width, height = min(x2, right) - max(x, left), min(y2, top) - max(y, bottom)
            covered += max(0, width) * max(0, height)
        return bool(covered > PART_OF_A_SCAN * whole)


def _of_pdf(data: bytes) -> Iterator[Leaf]:
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise refused("encrypted" if locked else "damaged") from error
    count = len(opened)
    if not count:
        raise refused("no_pages")
    if count > MOST_PAGES:
        raise refused("many_pages", pages=count, most=MOST_PAGES)
    for at in range(count):
        try:
            page = opened[at]
        except pypdfium2.PdfiumError as error:
            raise refused("damaged") from error
        yield PdfLeaf(page, at + 1)
        page.close()


class PictureLeaf:
    """A picture that is a page, such as one of a TIFF; it has no text layer."""

    def __init__(self, picture: Image.Image, number: int) -> None:
        self.number = number
        self._picture = picture

    def picture(self, dpi: int) -> Image.Image:
        longer = round(_length(A4_INCHES, dpi))
        drawn = self._picture.copy()
        drawn.thumbnail((longer, longer), reducing_gap=2.0)
        return drawn

    def written(self) -> Reading:
        return Reading()


def _of_pictures(data: bytes) -> Iterator[Leaf]:
    Image.MAX_IMAGE_PIXELS = None  # counted here, and refused with a sentence
    try:
        file = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        count = getattr(file, "n_frames", 1)
        if count > MOST_PAGES:
            raise refused("many_pages", pages=count, most=MOST_PAGES)
        for at in range(count):
            file.seek(at)
            if file.width * file.height > MOST_PIXELS:
                raise refused("many_pixels", page=at + 1, most=MOST_PIXELS // 1_000_000)
            yield PictureLeaf(_grey(file), at + 1)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # Pillow names no limit to what it raises at a spoilt file
        raise refused("damaged") from error


def _grey(picture: Image.Image) -> Image.Image:
    """The picture in grey on white, upright as its camera says."""
    turned = ImageOps.exif_transpose(picture)
    if turned.has_transparency_data:
        ground = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(ground, turned.convert("RGBA"))
    if turned.mode.startswith("I"):  # 16 bits of grey
        turned = turned.point(lambda value: value / 256)
    return turned.convert("L")
