"""Translations: collect the German sentences, compile the catalogues, check them.

German msgids; Babel extracts, polib compiles: no system gettext is needed.
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract, extract_from_file
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("en",)
KEYWORDS = {
    "msg": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "msgs": (1, 2),
}


def language(arguments: list[str]) -> int:
    """`zielwerk language collect|compile|check`."""
    parser = argparse.ArgumentParser("zielwerk language")
    parser.add_argument("what", choices=["collect", "compile", "check"])
    given = parser.parse_args(arguments)
    return {"collect": collect, "compile": compile_all, "check": check}[given.what]()


def catalogue(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    for code in LANGUAGES:
        source = catalogue(code)
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
    return 0


def sentences() -> Iterator[tuple[str, str, str]]:
    """Every sentence of the package: msgid, plural or empty, and where it stands first."""
    for file in sorted(PACKAGE.rglob("*.py")):
        place = str(file.relative_to(PACKAGE))
        if "/migrations/" in place:
            continue
        for _line, message, _comments, _context in extract_from_file("python", file, KEYWORDS):
            yield (*_pair(message), place)
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        place = str(file.relative_to(PACKAGE))
        # Django turns a template into something like Python; its indentation means nothing.
        lines = templatize(file.read_text(), origin=place).splitlines()
        source = BytesIO("\n".join(line.strip() for line in lines).encode())
        for _line, message, _comments, _context in extract("python", source, KEYWORDS):
            yield (*_pair(message), place)


def _pair(message: object) -> tuple[str, str]:
    if isinstance(message, tuple):
        return str(message[0]), str(message[1])
    return str(message), ""


def wanted() -> dict[str, tuple[str, str]]:
    """msgid to (plural, first place), each once."""
    found: dict[str, tuple[str, str]] = {}
    for msgid, plural, place in sentences():
        found.setdefault(msgid, (plural, place))
    return found


def collect() -> int:
    """Bring the catalogues in line with the sentences; kept translations stay."""
    needed = wanted()
    for code in LANGUAGES:
        path = catalogue(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
        made = polib.POFile(wrapwidth=100)
        made.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Language": code,
            "Plural-Forms": "nplurals=2; plural=n != 1;",
        }
        for msgid, (plural, place) in sorted(
            needed.items(), key=lambda item: (item[1][1], item[0])
        ):
            old = known.get(msgid)
            entry = polib.POEntry(msgid=msgid, msgstr=old.msgstr if old else "")
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
            entry.occurrences = [(place, "")]
            made.append(entry)
        made.save(str(path))
        open_ones = [entry for entry in made if not entry.translated()]
        print(f"{code}: {len(made)} sentences, {len(open_ones)} to translate")
    return 0


def check() -> int:
    """Exit 1 naming the first sentences that a catalogue lacks, or has too many."""
    needed = set(wanted())
    for code in LANGUAGES:
        entries = polib.pofile(str(catalogue(code)))
        done = {entry.msgid for entry in entries if entry.translated()}
        missing, surplus = sorted(needed - done), sorted({e.msgid for e in entries} - needed)
        for msgid in missing[:10]:
            print(f"{code}: not translated: {msgid!r}", file=sys.stderr)
        for msgid in surplus[:10]:
            print(f"{code}: no longer used: {msgid!r}", file=sys.stderr)
        if missing or surplus:
            return 1
    return 0
