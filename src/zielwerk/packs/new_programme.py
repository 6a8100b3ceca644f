"""Beginning a whole programme: every file that a pack has, explained, all of it assumed."""

import re
import tempfile
from pathlib import Path

from zielwerk.packs import loading
from zielwerk.packs.folders import SHIPPED
from zielwerk.packs.inspection import inspect
from zielwerk.packs.new_year import no_folder, there_already
from zielwerk.rulebook.refusal import Refusal, Refused, msg

TEMPLATE = SHIPPED / "template"
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
YEAR = "year"
"""The folder of the template that becomes the first programme year."""

_NO_CODE = msg(
    "„{code}“ ist kein Kürzel eines Programms: Es beginnt mit einem kleinen Buchstaben und besteht"
    " aus kleinen Buchstaben, Ziffern und Unterstrichen."
)
_SHIPS = msg("Ein Programm „{code}“ gibt es schon; wählen Sie ein anderes Kürzel.")


def begin_programme(code: str, name: str, year: int, packs: Path) -> Path:
    """Begin a programme with its first year in a folder of packs; writes all or nothing.

    A missing folder of packs is made where the one above it is there. Raises Refused where the
    code is none or known, or where there is no place for the folder.
    """
    if not CODE.fullmatch(code) or code in ("law", "site"):
        raise Refused(Refusal("packs.no_code", _NO_CODE, {"code": code}))
    if not packs.is_dir() and not packs.absolute().parent.is_dir():
        raise no_folder(packs)
    if (packs / code).exists():
        raise there_already(packs / code)
    if code in loading.codes():
        raise Refused(Refusal("packs.known_code", _SHIPS, {"code": code}))
    packs.mkdir(exist_ok=True)
    words = {"code": code, "name": name, "short": _short(name), "state": "ZU PRÜFEN"}
    with tempfile.TemporaryDirectory(prefix=".new-", dir=packs) as staging:
        staged = Path(staging) / code
        for source in sorted(TEMPLATE.rglob("*.*")):
            below = source.relative_to(TEMPLATE)
            parts = (str(year) if part == YEAR else part for part in below.parts)
            target = staged.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8")
            target.write_text(_filled(text, {**words, "year": str(year)}), encoding="utf-8")
        _, faults = inspect(staged)
        if faults:
            raise Refused(*faults)
        staged.rename(packs / code)
    return packs / code


def _filled(text: str, words: dict[str, str]) -> str:
    """The text with each ``@word@`` in its place; inside quotation marks of TOML."""
    for word, value in words.items():
        text = text.replace(f"@{word}@", value.replace("\\", "\\\\").replace('"', '\\"'))
    return text


def _short(name: str) -> str:
    """The capitals of a name, or its beginning."""
    capitals = "".join(re.findall(r"[A-ZÄÖÜ]", name))
    return capitals if len(capitals) > 1 else name[:12]
