"""The file of a case as one ZIP file: metadata, document, files and their checksums.

The same state of a case gives the same bytes. One file of the case at a time is in memory.
"""

import hashlib
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zielwerk.documents import queries as documents
from zielwerk.filing.letters.document import document
from zielwerk.filing.letters.metadata import metadata
from zielwerk.filing.letters.names import safe_name
from zielwerk.filing.queries import CaseFile, files
from zielwerk.typesetting.pdf import render

FOLDER, METADATA, PDF, CHECKSUMS = "dateien", "akte.xml", "akte.pdf", "pruefsummen.txt"


def names_of(file: CaseFile) -> dict[str, str]:
    """The place of each file within the ZIP file, by checksum; safe and unique."""
    return {
        paper.sha256: f"{FOLDER}/{safe_name(number, paper.name)}"
        for number, (_, paper) in enumerate(files(file.rows), start=1)
    }


def pdf(file: CaseFile) -> bytes:
    """The document of a file, set."""
    return render(document(file, names_of(file)))


def package(file: CaseFile) -> IO[bytes]:
    """The ZIP file in a temporary file that goes when it is closed."""
    names, at = names_of(file), file.as_of
    made = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        with ZipFile(made, "w", ZIP_DEFLATED) as archive:
            sums = {}
            for name, content in ((METADATA, metadata(file, names)), (PDF, pdf(file))):
                sums[name] = _write(archive, name, content, at)
            for stored, content in documents.contents(names):
                sums[names[stored.sha256]] = _write(archive, names[stored.sha256], content, at)
            lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
            _write(archive, CHECKSUMS, lines.encode(), at)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _write(archive: ZipFile, name: str, content: bytes, at: datetime) -> str:
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    info.create_system = 3  # the same bytes wherever it is made
    archive.writestr(info, content)
    return hashlib.sha256(content).hexdigest()
