"""Names of files that are the same everywhere and lead nowhere else.

A name keeps its letters, whatever the script. What could be a path, steers a terminal, turns the
direction of writing, or means a device to Windows, goes.
"""

import unicodedata
from pathlib import PurePosixPath

MOST_BYTES = 120  # beside its number; some file systems take 143 bytes in all
FORBIDDEN = frozenset('<>:"/\\|?*%')
DEFAULT = "datei"


def safe_name(number: int, name: str) -> str:
    """``0007-Bericht 2026.pdf``: the number makes it unique, and no device or hidden file."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(map(_kept, last)).strip(" .-")
    path = PurePosixPath(" ".join(visible.split()) or DEFAULT)
    suffix = path.suffix if len(path.suffix.encode()) <= 12 else ""
    stem = path.name.removesuffix(suffix) if suffix else path.name
    cut = stem.encode()[: MOST_BYTES - len(suffix.encode())].decode(errors="ignore").rstrip(" .")
    return f"{number:04}-{cut or DEFAULT}{suffix}"


def _kept(character: str) -> str:
    if character in FORBIDDEN:
        return "-"
    kind = unicodedata.category(character)
    return "" if kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else character
