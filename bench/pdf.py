"""Accessible PDF of an agreement; the peer is WeasyPrint with the same content as HTML.

WeasyPrint is asked for PDF/UA-1. PDF/A-3a in the same file, as ours is, it cannot give,
nor does it embed our fonts here: it takes a sans-serif of the system.
"""

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.timing import process, python
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.html import render_blocks
from zielwerk.typesetting.pdf import render

BODIES = 27
YEAR = 2024
THREADS = 4  # of a web worker
CLAUSES = 6
SENTENCES = (
    "Das Land und {name} verbessern gemeinsam die Chancen benachteiligter Menschen auf dem "
    "Ausbildungs- und Arbeitsmarkt und richten ihre Angebote an deren Bedarf aus.",
    "Über den Einsatz der Mittel entscheidet {name} auf der Grundlage der regionalen Ausbildungs- "
    "und Arbeitsmarktstrategie, die mit den Beteiligten der Rechtskreise abgestimmt ist.",
    "Die Vertragspartner besprechen die Umsetzung im Herbst des Jahres {year}, stellen das "
    "Erreichte den Zielen gegenüber und halten fest, was sich in {name} ändern soll.",
)
STYLE = """
@page { size: A4; margin: 30mm 25mm 26mm; @bottom-right { content: counter(page) } }
body { font: 10.5pt/1.45 sans-serif; hyphens: auto }
table { width: 100%; border-collapse: collapse } td, th { border-bottom: 1px solid; padding: 4pt }
"""


def agreement(number: int, year: int = YEAR) -> b.Document:
    """An agreement of about four pages with invented body ``number``; each reads differently."""
    name = f"Musterkreis {number}"

    def words(text: str) -> b.Inlines:
        return (b.Text(text.format(name=name, year=year)),)

    def clause(place: int) -> b.Clause:
        wording = " ".join(SENTENCES[(place + turn) % 3] for turn in range(4))
        correction = b.Correction(signed="Vertrags partner", reads="Vertragspartner")
        said = (*words(wording), b.Text(" "), correction, b.Text("."))
        return b.Clause(f"§ {place}", f"Gegenstand {place}", (b.Paragraph(said),) * 2)

    measures = [f"Maßnahme {place} für {name}" for place in range(1, 15)]
    total = (words("Summe"), words("1.400.000,00 €"))
    return b.Document(
        title=f"Zielvereinbarung {year}: {name}",
        subject=f"Ausbildungs- und Qualifizierungsbudget {year}",
        author="Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales",
        date=date(year, 7, 9),
        file_number=f"ZV-{year}-{number:04}",
        blocks=(
            b.Notice("info", "Lesefassung", words("Maßgeblich ist das unterzeichnete Original.")),
            b.Heading(1, "Vertragspartner"),
            b.Facts("", (("Ministerium", words("Land Hessen")), ("Körperschaft", words(name)))),
            b.Heading(1, "Maßnahmen"),
            b.Table(
                "Maßnahmen und Beträge",
                (b.Column("Titel"), b.Column("Betrag", "amount")),
                tuple((words(title), words("100.000,00 €")) for title in measures),
                total,
            ),
            b.Heading(1, "Wortlaut"),
            *(clause(place) for place in range(1, CLAUSES + 1)),
        ),
        attachments=(
            b.Attachment("daten.json", "application/json", "Die Daten", f'"{name}"'.encode()),
        ),
    )


def peer(document: b.Document) -> bytes:
    """The same content by WeasyPrint."""
    import weasyprint  # type: ignore[import-untyped]  # costs a second: only where used

    content = (
        f'<html lang="de"><head><title>{document.title}</title>'
        f'<meta name="author" content="{document.author}"></head>'
        f"<body><h1>{document.title}</h1>{render_blocks(document.blocks, level=2)}</body></html>"
    )
    sheet = weasyprint.CSS(string=STYLE)
    made = weasyprint.HTML(string=content).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


SETTERS: dict[str, Callable[[b.Document], bytes]] = {"ours": render, "peer": peer}


def warm(setter: Callable[[b.Document], bytes], year: int = YEAR) -> float:
    """Seconds for 27 documents, none of which was set before."""
    setter(agreement(0, year))
    began = time.perf_counter()
    for number in range(1, BODIES + 1):
        setter(agreement(number, year))
    return time.perf_counter() - began


def resident_mb(setter: str, threads: int) -> float:
    """Memory of a fresh process after 27 documents, set by so many threads."""
    command = python("-m", "bench.pdf", setter, str(threads))
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def work(setter: str, threads: int) -> None:
    """What the fresh process does; without threads it sets one document and ends."""
    if not threads:
        SETTERS[setter](agreement(1))
        return

    def some(first: int) -> None:
        for number in range(first, BODIES + 1, threads):
            SETTERS[setter](agreement(number))

    running = [threading.Thread(target=some, args=(first,)) for first in range(1, threads + 1)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmRSS:")[1].split()[0]) / 1024)


def run() -> list[tuple[str, ...]]:
    cold = {name: process(python("-m", "bench.pdf", name, "0"), times=5) for name in SETTERS}
    ours = statistics.median(warm(render, YEAR + turn) for turn in range(3))
    theirs = warm(peer)
    one = resident_mb("ours", 1)
    return [
        (
            "one agreement, fresh process with imports",
            f"{cold['ours']:.0f} ms",
            f"WeasyPrint: {cold['peer']:.0f} ms",
            "< 300 ms",
        ),
        (
            f"{BODIES} different agreements, one warm process",
            f"{ours:.2f} s",
            f"WeasyPrint: {theirs:.2f} s",
            "< 2 s",
        ),
        (
            f"memory after {BODIES} agreements, one thread",
            f"{one:.0f} MB",
            f"WeasyPrint: {resident_mb('peer', 1):.0f} MB",
        ),
        (
            f"memory after {BODIES} agreements, {THREADS} threads",
            f"{resident_mb('ours', THREADS):.0f} MB",
            f"one thread: {one:.0f} MB",
        ),
        (
            "size of one agreement",
            f"{len(render(agreement(1))) / 1024:.0f} KB",
            f"WeasyPrint: {len(peer(agreement(1))) / 1024:.0f} KB",
        ),
    ]


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
