"""Why a file cannot be read as a scan."""

from zielwerk.rulebook.refusal import Refusal, Refused, msg

MOST_BYTES = 100_000_000
MOST_PAGES = 500
MOST_PIXELS = 100_000_000
MOST_CHARACTERS = 30_000
"""Of one page; a page that is full has 5,000."""

KINDS = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "picture",
    b"\xff\xd8\xff": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
}


def kind_of(data: bytes) -> str:
    """``pdf`` or ``picture``, by the first bytes; Refused for anything else."""
    if not data.strip():
        raise refused("empty")
    if len(data) > MOST_BYTES:
        raise refused("large", most=MOST_BYTES // 1_000_000)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise refused("zip")
    for begin, kind in KINDS.items():
        if data.startswith(begin):
            return kind
    raise refused("kind")


def refused(reason: str, /, **params: object) -> Refused:
    """The refusal for one of the reasons below."""
    return Refused(Refusal(f"scans.{reason}", _REASONS[reason], params))


_REASONS = {
    "empty": msg("Die Datei ist leer."),
    "large": msg("Die Datei ist größer als {most} Megabyte."),
    "zip": msg("Die Datei ist kein Scan, sondern ein ZIP-Archiv."),
    "kind": msg("Die Datei ist weder ein PDF noch ein Bild (PNG, JPEG, TIFF)."),
    "encrypted": msg(
        "Das PDF ist verschlüsselt. Speichern Sie es ohne Kennwort und laden Sie es dann hoch."
    ),
    "damaged": msg("Die Datei ist beschädigt und lässt sich nicht bis zum Ende lesen."),
    "no_pages": msg("Das PDF hat keine Seite."),
    "many_pages": msg(
        "Die Datei hat {pages} Seiten; gelesen werden höchstens {most}. Teilen Sie sie nach"
        " Dokumenten."
    ),
    "many_pixels": msg(
        "Seite {page} der Datei ist ein Bild mit mehr als {most} Millionen Bildpunkten. Scannen Sie"
        " mit 300 dpi."
    ),
    "much_text": msg("Auf Seite {page} der Datei steht mehr Text, als eine Seite fasst."),
    "long": msg("Das Lesen war nach {seconds} Sekunden nicht fertig und wurde beendet."),
    "memory": msg(
        "Die Datei ist beschädigt oder braucht zum Lesen mehr Arbeitsspeicher, als sie haben darf."
    ),
}
RULES = tuple(f"scans.{reason}" for reason in _REASONS)
"""The names of all of them."""
