"""An accessible PDF: Typst beside WeasyPrint with the same content, in the same run.

WeasyPrint writes PDF/UA-1 only (one standard a file), Typst PDF/UA-1 and PDF/A-3a.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape

from tests.typesetting.examples import agreement
from weasyprint import HTML  # type: ignore[import-untyped]

from bench.timing import process, python
from zielwerk.typesetting.blocks import Document
from zielwerk.typesetting.html import render_blocks
from zielwerk.typesetting.pdf import render

DOCUMENT = agreement(clauses=7)  # four pages
BODIES = 27  # regional bodies from 2026
COLD = "from bench.pdf import DOCUMENT, {0}; {0}(DOCUMENT)"
ALONE = (
    "from tests.typesetting.examples import agreement;"
    "from zielwerk.typesetting.pdf import render; render(agreement(clauses=7))"
)
STYLE = "@page { size: A4; margin: 3cm 2.5cm } body { font: 10.5pt sans-serif; hyphens: auto }"


def with_weasyprint(document: Document) -> bytes:
    page = (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head>"
        f"<body><h1>{escape(document.title)}</h1>{render_blocks(document.blocks)}</body></html>"
    )
    made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return made


def run() -> list[tuple[str, ...]]:
    cold = process(python("-c", ALONE), times=5)
    cold_peer = process(python("-c", COLD.format("with_weasyprint")), times=3)
    warm, warm_peer = seconds(render), seconds(with_weasyprint)
    return [
        (
            "one agreement of four pages, new process",
            f"{cold:.0f} ms",
            f"WeasyPrint {cold_peer:.0f} ms",
            "under 300 ms",
        ),
        (
            f"{BODIES} different agreements, warm",
            f"{warm:.2f} s",
            f"WeasyPrint {warm_peer:.2f} s",
            "under 2 s",
        ),
        (
            "size of one",
            f"{len(render(DOCUMENT)) / 1000:.0f} kB",
            f"WeasyPrint {len(with_weasyprint(DOCUMENT)) / 1000:.0f} kB",
        ),
    ]


def seconds(work: Callable[[Document], bytes]) -> float:
    """The time for as many documents as there are regional bodies, no two the same."""
    work(DOCUMENT)
    began = time.perf_counter()
    for number in range(BODIES):
        work(replace(DOCUMENT, title=f"Zielvereinbarung {number}", file_number=f"ZV-{number}"))
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write("| Figure | Measured | Beside | Goal |\n|---|---|---|---|\n")
    for row in run():
        sys.stdout.write("| " + " | ".join((*row, "")[:4]) + " |\n")
