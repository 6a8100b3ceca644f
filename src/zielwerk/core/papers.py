"""Files that are taken as papers: by what is in them, never by what they are called."""

import lzma
import zipfile
import zlib
from io import BytesIO

from zielwerk.rulebook.refusal import Refusal, msg

BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
IN_ARCHIVES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN_DOCUMENTS = ("text", "spreadsheet")
MOST_PARTS = 10_000
LONGEST_KIND = 80
BROKEN = (zlib.error, lzma.LZMAError)
"""What a part that is packed wrongly leads to."""
# The agreed string by which scanners are tried (eicar.org), in two parts, so that no scanner takes
# this file for one.
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def media_type(content: bytes) -> str:
    """What a file is by its content; empty where it is nothing that is taken as a paper.

    A PDF, a picture of a scanner, or a document or table of an office program without macros.
    """
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return _of_archive(content) if content.startswith(b"PK\x03\x04") else ""


def _of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS or any(map(_is_macro, names)):
                return ""
            for part, kind in IN_ARCHIVES.items():
                if part in names and "[Content_Types].xml" in names:
                    return kind
            declared = _beginning(archive, "mimetype") if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError, *BROKEN):
        return ""
    kinds = {f"application/vnd.oasis.opendocument.{kind}" for kind in OPEN_DOCUMENTS}
    return declared if declared in kinds else ""


def _is_macro(name: str) -> bool:
    """Whether a part of an archive is a program: of Microsoft's formats, or of the open ones."""
    return name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))


def _beginning(archive: zipfile.ZipFile, name: str) -> str:
    """The first signs of a part; the rest is not unpacked, it may be a thousand times as long."""
    with archive.open(name) as part:
        return part.read(LONGEST_KIND).decode("ascii")


def why_not_kept(name: str, content: bytes) -> tuple[Refusal, ...]:
    """The reasons against keeping a file, whatever it is and whoever sends it."""
    if len(name) > LONGEST_NAME:
        return (Refusal("papers.long_name", LONG_NAME, {"most": LONGEST_NAME}),)
    return (INFECTED,) if TEST_VIRUS in content else ()


def why_not_taken(content: bytes) -> tuple[Refusal, ...]:
    """The reasons against taking a file as a paper."""
    if TEST_VIRUS in content:
        return (INFECTED,)
    return () if media_type(content) else (WRONG_TYPE,)


LONGEST_NAME = 200
"""Characters of the name of a file; a longer one is never cut, its ending says what it is."""
LONG_NAME = msg(
    "Der Name der Datei ist zu lang: höchstens {most} Zeichen. Bitte benennen Sie die Datei kürzer."
)
WRONG_TYPE = Refusal(
    "papers.wrong_type",
    msg(
        "Diese Datei ist weder PDF noch Bild (PNG, JPEG, TIFF) noch ein Dokument oder eine Tabelle "
        "ohne Makros (DOCX, XLSX, ODT, ODS)."
    ),
)
INFECTED = Refusal(
    "papers.infected",
    msg("In dieser Datei steckt die Zeichenfolge, mit der Virenscanner getestet werden."),
)
