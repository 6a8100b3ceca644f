"""The file of a case as one document: what it is, a table of contents, what happened, the files.

In German, like every document of the house. No file is embedded: nobody could promise that each of
them can be read out. They are named with name, size, checksum and state, and lie in the ZIP file.
"""

from collections.abc import Iterator
from itertools import groupby

from django.utils.timezone import localdate

from zielwerk.core import installation
from zielwerk.core.case_files import SORTS, Paper
from zielwerk.filing.queries import CaseFile, Row, files
from zielwerk.language import sentence, translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.rulebook.retention import COUNTED
from zielwerk.typesetting import blocks as b
from zielwerk.typesetting.german import text

ABOUT = "Angaben zum Vorgang"
CONTENTS, COURSE, FILES, KEPT = "Inhalt", "Verlauf", "Dateien", "Aufbewahrung"
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)
ROW = (b.Column("Tag", share=3), b.Column("Was", share=6), b.Column("Wer", share=3))
OF_FILE = (b.Column("Datei"), b.Column("Stand"), b.Column("Größe und Prüfsumme (SHA-256)"))
INTERNAL = "Nur für die eigene Seite."
NOT_HERE = (
    "Die Dateien sind nicht in dieses Dokument eingebettet, denn nicht jede lässt sich "
    "barrierefrei wiedergeben. Sie liegen in der ZIP-Datei der Akte unter dem Namen, der hier "
    "steht."
)
NO_FILES = "Zu diesem Vorgang gehört keine Datei."
NO_DELETION = (
    "Gelöscht wird hier nichts: Bücher und Protokoll bleiben. Eine Akte, deren Frist um ist, wird "
    "zuerst dem Archiv angeboten."
)
STILL_RUNNING = "Der Vorgang läuft noch; die Frist hat nicht begonnen."
NO_RULE = "Für diesen Tag nennt das Paket keine Frist."
ASSUMED = "Die Frist ist eine Annahme."


def document(file: CaseFile, names: dict[str, str]) -> b.Document:
    """The document of a file; ``names`` are those of its files in the ZIP file, by checksum."""
    case = file.case
    programme = packs.programme(case.programme)
    title = f"Akte {case.file_number}"
    return b.Document(
        title=title,
        subject=f"{translate(file.kind.label)} {case.file_number}",
        author=str(programme.name),
        date=localdate(file.as_of),
        file_number=case.file_number,
        label=installation.line() or None,
        blocks=(
            b.Facts(ABOUT, tuple(_facts(file))),
            b.Contents(CONTENTS),
            b.Heading(1, COURSE),
            *_course(file),
            b.Heading(1, FILES),
            *_files(file, names),
            b.Heading(1, KEPT),
            *(_paragraph(said) for said in kept(file)),
        ),
    )


def _facts(file: CaseFile) -> Iterator[tuple[str, b.Inlines]]:
    case = file.case
    ends = f"bis {value_text(file.ends)}" if file.ends else "läuft noch"
    for term, value in (
        ("Aktenzeichen", case.file_number),
        ("Art", translate(file.kind.label)),
        ("Programmjahr", str(case.year)),
        ("Stand", f"{translate(case.state_label)} seit {value_text(localdate(case.state_since))}"),
        ("Laufzeit", f"von {value_text(file.begins)}, {ends}"),
        ("Einträge", str(len(file.rows))),
        ("Stand dieser Akte", value_text(file.as_of)),
    ):
        yield term, text(value)


def _course(file: CaseFile) -> Iterator[b.Block]:
    for (year, month), rows in groupby(file.rows, lambda row: (row.day.year, row.day.month)):
        name = f"{MONTHS[month - 1]} {year}"
        yield b.Heading(2, name)
        yield b.Table(name, ROW, tuple(map(_row, rows)))


def _row(row: Row) -> tuple[b.Inlines, ...]:
    entry = row.entry
    when = value_text(row.moment or row.day)
    said = f"{translate(SORTS[entry.sort])}: {sentence(entry.what)}"
    notes = [*row.words]
    if entry.basis:
        notes.append(f"Grundlage: {translate(entry.basis)}")
    if entry.is_internal:
        notes.append(INTERNAL)
    words = " · ".join(notes)
    what = (b.Text(said), *((b.Text(f" – {words}"),) if words else ()))
    return (b.Text(f"{when} {translate(entry.named)}"),), what, text(row.who or "–")


def _files(file: CaseFile, names: dict[str, str]) -> Iterator[b.Block]:
    found = files(file.rows)
    if not found:
        yield _paragraph(NO_FILES)
        return
    yield _paragraph(NOT_HERE)
    rows = (_file(row, paper, names[paper.sha256]) for row, paper in found)
    yield b.Table(FILES, OF_FILE, tuple(rows))


def _file(row: Row, paper: Paper, name: str) -> tuple[b.Inlines, ...]:
    state = f"{translate(paper.state)}, {translate(row.entry.named)}: {value_text(row.day)}"
    return text(name), text(state), text(f"{paper.size} Byte, {paper.sha256}")


def kept(file: CaseFile) -> Iterator[str]:
    """The sentences that say how long the file is kept, and what happens then."""
    keeping = file.keeping
    if keeping.day is None:
        yield STILL_RUNNING
    elif keeping.until is None:
        yield NO_RULE
    else:
        event = f"{translate(keeping.event)} am {value_text(keeping.day)}"
        years = f"{keeping.years} Jahre; {translate(COUNTED)}"
        yield f"Aufzubewahren bis {value_text(keeping.until)}: {event}, {years}."
        yield f"Grundlage: {keeping.basis}."
        if keeping.is_assumed:
            yield ASSUMED
    if offer := file.offer:
        answer = translate(str(offer.get_answer_display())) or "noch keine Antwort"
        day = value_text(localdate(offer.offered_at))
        yield f"Dem Archiv angeboten am {day}: {offer.archive}. {answer}."
    yield NO_DELETION


def _paragraph(words: str) -> b.Block:
    return b.Paragraph(text(words))
