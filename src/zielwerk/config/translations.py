"""Translations: collect the German sentences, compile the catalogues, check them.

German msgids; Babel extracts, polib compiles: no system gettext is needed. A fuzzy
translation is not compiled: until somebody looked at it, the German sentence is shown.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract, extract_from_file
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("en",)
CLOSE = 0.6  # how like an old sentence a new one must be to be its mending; 1 is equal
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
    options = parser.parse_args(arguments)
    return {"collect": collect, "compile": compile_all, "check": check}[options.what]()


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
    """Every sentence of the package: msgid, plural or empty, and the file it is in."""
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


def msgids() -> dict[str, tuple[str, str]]:
    """msgid to (plural, first place), each once."""
    places: dict[str, tuple[str, str]] = {}
    for msgid, plural, place in sentences():
        places.setdefault(msgid, (plural, place))
    return places


def collect() -> int:
    """Bring the catalogues in line with the sentences; kept translations stay."""
    in_use = msgids()
    for code in LANGUAGES:
        path = catalogue(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        file = renewed(polib.pofile(str(path)) if path.exists() else [], in_use)
        file.metadata["Language"] = code
        file.save(str(path))
        fuzzy = file.fuzzy_entries()
        open_ones = len(file.untranslated_entries())
        print(f"{code}: {len(file)} sentences, {open_ones} to translate, {len(fuzzy)} to look at")
    return 0


def renewed(
    old_entries: Iterable[polib.POEntry], in_use: dict[str, tuple[str, str]]
) -> polib.POFile:
    """A catalogue of the sentences in use with their old translations.

    A sentence that is new and close to one that vanished was mended: it takes over the
    translation, marked as fuzzy and with the German that it translates, until somebody looked.
    """
    entries = {entry.msgid: entry for entry in old_entries}
    vanished = [
        msgid for msgid, entry in entries.items() if msgid not in in_use and translation_of(entry)
    ]
    file = polib.POFile(wrapwidth=78)
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=n != 1;",
    }
    for msgid, (plural, place) in sorted(in_use.items(), key=lambda item: (item[1][1], item[0])):
        close = [] if msgid in entries else get_close_matches(msgid, vanished, 1, CLOSE)
        old = entries.get(close[0] if close else msgid)
        entry = polib.POEntry(msgid=msgid, occurrences=[(place, "")])
        translation = (translation_of(old) if old else ()) or ("", "")
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict(enumerate(translation))
        else:
            entry.msgstr = translation[0]
        if old and (close or old.fuzzy):
            entry.flags = ["fuzzy"]
            entry.previous_msgid = (old.fuzzy and old.previous_msgid) or old.msgid
        file.append(entry)
    return file


def translation_of(entry: polib.POEntry) -> tuple[str, ...]:
    """The translation, singular and plural; empty where there is none."""
    forms = (entry.msgstr_plural[0], entry.msgstr_plural[1]) if entry.msgid_plural else ()
    forms = forms or (entry.msgstr, entry.msgstr)
    return forms if all(forms) else ()


def check() -> int:
    """Exit 1 naming the first sentences that a catalogue lacks, or has too many."""
    in_use, is_whole = set(msgids()), True
    for code in LANGUAGES:
        for fault in faults(polib.pofile(str(catalogue(code))), in_use):
            print(f"{code}: {fault}", file=sys.stderr)
            is_whole = False
    return 0 if is_whole else 1


def faults(entries: polib.POFile, in_use: Iterable[str]) -> Iterator[str]:
    """The faults of a catalogue: the first of each kind, and all fuzzy entries."""
    in_use = set(in_use)
    translated = {entry.msgid for entry in entries if translation_of(entry)}
    for msgid in sorted(in_use - translated)[:10]:
        yield f"not translated: {msgid!r}"
    for msgid in sorted({entry.msgid for entry in entries} - in_use)[:10]:
        yield f"no longer used: {msgid!r}"
    for entry in entries.fuzzy_entries():
        yield (
            f"mended: {entry.msgid!r} was {entry.previous_msgid!r}; does "
            f"{translation_of(entry)[:1]} still say the same? If so, remove its '#, fuzzy'."
        )
