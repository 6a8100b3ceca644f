"""From the bytes of a file to text, or a sentence that says what the file is instead."""

import codecs

from zielwerk.rulebook.refusal import Refusal, Refused, msg

MOST_BYTES = 5_000_000  # five pages have about 8,000

_KINDS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP, Word, OpenDocument",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\xd0\xcf\x11\xe0": "Word 97",
    b"{\\rtf": "RTF",
    b"<!doctype": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"SQLite format": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ\x90": "Windows",
}
_BYTE_ORDERS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, *, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of an uploaded file.

    UTF-8 (with or without byte order mark), UTF-16 with its mark, else Windows-1252.
    Raises :class:`Refused` with ``reading.empty``, ``reading.too_large`` (more than
    ``most_bytes``) or ``reading.not_text`` (a PDF, an image, an archive, any binary).
    """
    if len(data) > most_bytes:
        raise Refused(too_large(len(data), most_bytes))
    if not data.strip():
        raise Refused(empty())
    beginning = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for start, kind in _KINDS.items():
        if data.startswith(start) or beginning.lower().startswith(start.lower()):
            raise Refused(
                Refusal(
                    "reading.not_text",
                    msg(
                        "Die Datei ist kein Text, sondern eine Datei der Art {kind}. Bitte den "
                        "Text als Textdatei (.txt) speichern und diese angeben."
                    ),
                    {"kind": kind},
                )
            )
    text = _decoded(data)
    odd = sum(character < " " and character not in "\t\n\r\f\v" for character in text)
    if "\x00" in text or odd * 100 > len(text):
        raise Refused(
            Refusal(
                "reading.not_text",
                msg(
                    "Die Datei enthält keinen lesbaren Text. Bitte den Text als Textdatei (.txt) "
                    "speichern und diese angeben."
                ),
            )
        )
    if not text.strip():
        raise Refused(empty())
    return text


def empty() -> Refusal:
    """Say that there is nothing to read."""
    return Refusal("reading.empty", msg("Die Datei ist leer; es gibt nichts zu lesen."))


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDERS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost == 0:
        return text
    if sum(character > "\x7f" for character in text) > 5 * lost:
        return text  # UTF-8 that was cut or damaged in one place
    return data.decode("cp1252", errors="replace")


def too_large(found_bytes: int, most_bytes: int) -> Refusal:
    """The refusal of a file that is larger than what is read."""
    return Refusal(
        "reading.too_large",
        msg("Die Datei ist mit {found} MB zu groß; gelesen werden bis zu {limit} MB Text."),
        {"found": -(-found_bytes // 1_000_000), "limit": most_bytes // 1_000_000},
    )
