"""The zip archive of a workbook, opened without trusting what it says of itself."""

import zlib
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables.model import Limits
from zielwerk.tables.values import quoted

Parts = dict[str, bytes]

_CONTENT_TYPES = "[Content_Types].xml"
_MOST_PARTS = 5_000
_CHUNK = 1 << 16
_ENCRYPTED = 0x1  # bit of an entry's flags
_KINDS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "OpenDocument (.ods)",
    b"application/vnd.oasis.opendocument.text": "OpenDocument (.odt)",
}


def unpacked(name: str, content: bytes, limits: Limits) -> Parts:
    """The XML parts of a workbook by their names.

    Sizes are added up twice: as the directory states them, before anything is unpacked, and
    as they come. Raises :class:`Refused` with ``tables.unpacks_too_large``,
    ``tables.damaged``, ``tables.encrypted``, ``tables.other_kind`` or ``tables.macros``.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(name, entries, limits)
            _refuse_other_kinds(name, archive)
            parts = _read(name, archive, entries, limits)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as error:
        raise Refused(damaged(name)) from error
    _refuse_macros(name, parts, [entry.filename for entry in entries])
    return parts


def repacked(parts: Parts) -> bytes:
    """An archive of exactly these parts: what was checked is what is read."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(ZipInfo(part), content)
    return buffer.getvalue()


def damaged(name: str) -> Refusal:
    sentence = msg("{file} ist beschädigt oder keine Excel-Datei.")
    return Refusal("tables.damaged", sentence, {"file": quoted(name)})


def _check_directory(name: str, entries: list[ZipInfo], limits: Limits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Refused(unpacks_too_large(name, limits))
    names = {entry.filename.casefold() for entry in entries}
    if len(entries) > _MOST_PARTS or len(names) < len(entries):
        raise Refused(damaged(name))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        sentence = msg("{file} ist mit einem Kennwort geschützt. Bitte ohne Schutz speichern.")
        raise Refused(Refusal("tables.encrypted", sentence, {"file": quoted(name)}))


def _refuse_other_kinds(name: str, archive: ZipFile) -> None:
    if _CONTENT_TYPES in archive.namelist():
        return
    kind = "ZIP"
    if "mimetype" in archive.namelist():
        with archive.open("mimetype") as file:
            kind = _KINDS.get(file.read(100).strip(), kind)
    sentence = msg(
        "{file} ist keine Tabelle, sondern eine Datei der Art {kind}. Bitte als CSV oder XLSX "
        "speichern."
    )
    raise Refused(Refusal("tables.other_kind", sentence, {"file": quoted(name), "kind": kind}))


def _read(name: str, archive: ZipFile, entries: list[ZipInfo], limits: Limits) -> Parts:
    """Unpack the XML parts; pictures and other attachments are only counted."""
    remaining_bytes = limits.unpacked_bytes
    parts: Parts = {}
    for entry in entries:
        stated_size = entry.file_size
        # Reading ends at the stated size; a false one must not hide what is behind it.
        entry.file_size = remaining_bytes + _CHUNK
        chunks: list[bytes] = []
        size = 0
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > remaining_bytes:
                    raise Refused(unpacks_too_large(name, limits))
                chunks.append(chunk)
        if size != stated_size:
            raise Refused(damaged(name))
        remaining_bytes -= size
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = b"".join(chunks)
    return parts


def _refuse_macros(name: str, parts: Parts, names: list[str]) -> None:
    types = parts[_CONTENT_TYPES].lower()
    has_code = any(part.casefold().endswith("vbaproject.bin") for part in names)
    if has_code or b"macroenabled" in types or b"macrosheet" in types or b"vbaproject" in types:
        sentence = msg("{file} enthält Makros. Bitte als XLSX ohne Makros oder als CSV speichern.")
        raise Refused(Refusal("tables.macros", sentence, {"file": quoted(name)}))


def unpacks_too_large(name: str, limits: Limits) -> Refusal:
    return Refusal(
        "tables.unpacks_too_large",
        msg("{file} ist ausgepackt zu groß; gelesen werden bis zu {limit} MB."),
        {"file": quoted(name), "limit": limits.unpacked_bytes // 1_000_000},
    )
