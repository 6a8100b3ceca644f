"""A proof to take along: one ZIP file that can be verified with Python alone.

``docs/handbook/pruefung.md`` describes the files, so that another party can write a verifier of
its own; ``verify.py`` beside this file is ours, and goes along as it stands.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zielwerk import __version__
from zielwerk.auditing.queries import Proof
from zielwerk.auditing.queries.proof import RECORDS
from zielwerk.core.digests import canonical

FORMAT = "zielwerk-proof/1"
BESIDE = ("verify.py", "LIESMICH.txt", "README.txt")


def package(proof: Proof, programme: str, *, at: datetime) -> IO[bytes]:
    """The ZIP file of a proof, in a temporary file that goes when it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            digests = {
                "entries.jsonl": _lines(archive, "entries.jsonl", proof.entries(), at),
                "seals.jsonl": _lines(archive, "seals.jsonl", proof.seals(), at),
                "records.jsonl": _lines(archive, "records.jsonl", proof.records(), at),
                "seal.txt": _text(archive, "seal.txt", f"{proof.until}\n", at),
            }
            manifest = _manifest(proof, programme, digests, at)
            text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True)
            _text(archive, "manifest.json", f"{text}\n", at)
            for name in BESIDE:
                _text(archive, name, (Path(__file__).parent / name).read_text(), at)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _manifest(
    proof: Proof, programme: str, digests: dict[str, str], at: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "software": f"Zielwerk {__version__}",
        "programme": programme,
        "made_at": at.isoformat(),
        "scope": {"case": proof.case} if proof.case else {"whole": True},
        "sealed": proof.sealed,
        "kinds": sorted(model.seal_name for model in RECORDS),
        "figures": proof.figures(),
        "files": digests,
    }


def _lines(archive: ZipFile, name: str, rows: Iterable[object], at: datetime) -> str:
    """Write a file of one value a line while it is read; its digest."""
    digest = hashlib.sha256()
    with archive.open(_info(name, at), "w", force_zip64=True) as file:
        for row in rows:
            line = f"{canonical(row)}\n".encode()
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def _text(archive: ZipFile, name: str, text: str, at: datetime) -> str:
    archive.writestr(_info(name, at), text)
    return hashlib.sha256(text.encode()).hexdigest()


def _info(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    return info
