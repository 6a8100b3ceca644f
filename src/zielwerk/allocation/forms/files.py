"""From the bytes of a data file to its text; needs no Django."""

import re
import unicodedata

from zielwerk.rulebook.refusal import Refusal, Refused, msg

MOST_BYTES = 20_000_000  # 10,000 bodies with five indicators take less than one million

_BINARIES = {b"PK\x03\x04": "XLSX, ODS, ZIP", b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "XLS"}
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")


def text_of(data: bytes, file: str) -> str:
    """The text of a TOML or CSV file: UTF-8, with or without byte order mark, or Windows-1252.

    ``data`` may end after ``MOST_BYTES`` and one more. Raises :class:`Refused` with
    ``programme.file_too_large``, ``programme.file_empty`` or ``programme.file_not_text``.
    """
    if len(data) > MOST_BYTES:
        raise Refused(
            Refusal(
                "programme.file_too_large",
                msg("{file} ist zu groß; gelesen werden bis zu {limit} MB."),
                {"file": file, "limit": MOST_BYTES // 1_000_000},
            )
        )
    for start, kind in _BINARIES.items():
        if data.startswith(start):
            raise Refused(
                Refusal(
                    "programme.file_not_text",
                    msg(
                        "{file} ist keine Textdatei, sondern eine Datei der Art {kind}. Eine "
                        "Tabelle bitte als CSV speichern."
                    ),
                    {"file": file, "kind": kind},
                )
            )
    text = unicodedata.normalize("NFC", _decoded(data, file))
    if not text.strip():
        raise Refused(Refusal("programme.file_empty", msg("{file} ist leer."), {"file": file}))
    if _NO_TEXT.search(text):
        raise _no_text(file)
    return text


def quoted(text: str) -> str:
    """Foreign text as a sentence can quote it: one line, not long."""
    line = " ".join(text[:120].split())
    return line if len(line) <= 60 else line[:60] + "…"


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _no_text(file) from error


def _no_text(file: str) -> Refused:
    return Refused(
        Refusal(
            "programme.file_not_text",
            msg("{file} enthält keinen lesbaren Text in UTF-8 oder Windows-1252."),
            {"file": file},
        )
    )
