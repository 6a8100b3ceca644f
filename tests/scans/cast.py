"""Papers that are printed, signed and scanned in these tests."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tests.typesetting.examples import MEASURES, agreement
from zielwerk.scans.codes import marks
from zielwerk.typesetting.pdf import render

REFERENCE, VERSION = "ZV-2024-06435", 3
HASH = sha256(b"version 3").hexdigest()
TITLES = tuple(title for title, _, _ in MEASURES)
PARTIES = (
    "Hessisches Ministerium für Arbeit, Integration und Soziales",
    "Main-Kinzig-Kreis (Gemeindeschlüssel 06435)",
)


@cache
def paper(
    clauses: int = 12,
    reference: str = REFERENCE,
    version: int = VERSION,
    sha: str = HASH,
    old: str = "",
    new: str = "",
) -> bytes:
    """What is printed; ``new`` stands wherever ``old`` did."""
    document = agreement(clauses)
    if old:
        document = replaced(document, old, new)
    return render(document, marked=marks(reference, version, sha))


def replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, tuple):
        return tuple(replaced(one, old, new) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: replaced(getattr(value, one.name), old, new) for one in fields(value)}
        return replace(value, **parts)
    return value


@cache
def pictures(pdf: bytes, dpi: int = 150) -> tuple[Image.Image, ...]:
    """The pages as a scanner sees them that feeds straight."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.render(scale=dpi / 72, grayscale=True).to_pil() for page in opened)
    finally:
        opened.close()


def worn(picture: Image.Image, random: Random, degrees: float = 0) -> Image.Image:
    """Turned to the right, blurred, greyed and with noise, as a cheap scanner makes it."""
    turned = picture.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=245)
    grey = turned.filter(ImageFilter.GaussianBlur(0.8)).point(lambda shade: shade * 0.85 + 22)
    noise = Image.frombytes("L", (256, 256), random.randbytes(65536)).point(_NORMAL)
    ground = Image.new("L", grey.size)
    for left in range(0, grey.width, 256):
        for top in range(0, grey.height, 256):
            ground.paste(noise, (left, top))
    return ImageChops.add(grey, ground, offset=-128)


_NORMAL = [128 + round(60 * (shade / 255 - 0.5)) for shade in range(256)]


def filed(scans: Sequence[Image.Image], dpi: int = 150, kind: str = "PDF") -> bytes:
    """The pictures as a scanner files them."""
    made = io.BytesIO()
    first, *others = (one.copy() for one in scans)  # saving leaves its traces on a picture
    first.save(made, kind, save_all=True, append_images=others, resolution=dpi)
    return made.getvalue()


def put_together(*pages: tuple[bytes, int], turned: Iterable[int] = ()) -> bytes:
    """A PDF of the pages (from 1) of others, text and all; those at ``turned`` lie upside down."""
    made = pypdfium2.PdfDocument.new()
    for pdf, number in pages:
        source = pypdfium2.PdfDocument(pdf)
        made.import_pages(source, [number - 1])
        source.close()
    for at in turned:
        made[at].set_rotation(180)
    kept = io.BytesIO()
    made.save(kept)
    made.close()
    return kept.getvalue()
