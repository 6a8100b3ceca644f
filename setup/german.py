"""Prepare the dictionary of German: every form of every word, in one file that is looked into.

    .venv/bin/python setup/german.py

Reads hunspell's German list in `setup/german/` (Debian package hunspell-de-de-frami, unchanged
but packed), writes `src/zielwerk/recognition/german/words.marisa`. The same input gives the same
bytes. A key that ends with "-" is the first part of compounds: "ausbildungs-".
"""

import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "setup/german"
PREPARED = ROOT / "src/zielwerk/recognition/german/words.marisa"

# Flags of the list: no word at all, no word alone, only inside of others, inside of compounds.
FORBIDDEN, NEEDS_AFFIX, ONLY_INSIDE, FIRST, MIDDLE, LAST = "dhoxyz"
HYPHENATING = "mik"  # rules that only write a word behind a hyphen


@dataclass(frozen=True)
class Rule:
    """An ending (or a beginning) that replaces another where the word fits."""

    before: str
    after: str
    fits: re.Pattern[str]
    flags: str


@dataclass
class Rules:
    """The rules of the list by their flag."""

    suffixes: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    prefixes: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    crossing: set[str] = field(default_factory=set)  # suffixes that go together with a prefix


def unpacked(name: str) -> list[str]:
    return lzma.decompress((SOURCE / name).read_bytes()).decode("iso-8859-1").splitlines()


def rules(lines: list[str]) -> Rules:
    found = Rules()
    for line in lines:
        match line.split():
            case ["SFX" | "PFX", flag, "Y" | "N" as crosses, number] if number.isdigit():
                found.crossing |= {flag} if crosses == "Y" else set()
            case ["SFX" | "PFX" as kind, flag, before, after, *rest]:
                ending = kind == "SFX"
                after, _, flags = after.partition("/")
                fits = rest[0] + "$" if ending else rest[0]
                before, after = ("" if part == "0" else part for part in (before, after))
                rule = Rule(before, after, re.compile(fits), flags)
                (found.suffixes if ending else found.prefixes)[flag].append(rule)
    return found


def forms(word: str, flags: str, known: Rules) -> Iterator[tuple[str, str]]:
    """Yield every form of a word with the flags that form has."""
    inflected = [
        (flag, word.removesuffix(rule.before) + rule.after, rule.flags)
        for flag in flags
        for rule in known.suffixes.get(flag, ())
        if word.endswith(rule.before) and rule.fits.search(word) and not rule.after.endswith("-")
    ]
    if NEEDS_AFFIX not in flags:
        yield word, flags
    yield from ((form, more) for _, form, more in inflected)
    crossing = [form for flag, form, _ in inflected if flag in known.crossing]
    for flag in flags:
        for rule in known.prefixes.get(flag, ()) if flag not in HYPHENATING else ():
            yield from ((rule.after + form, rule.flags) for form in (word, *crossing))


def entries(line: str, known: Rules) -> Iterator[str]:
    """Yield the keys of a line of the list: forms that stand alone, first parts of compounds."""
    word, _, flags = line.split()[0].partition("/")
    if FORBIDDEN in flags:
        return
    for form, more in forms(word, flags, known):
        if FIRST in more or MIDDLE in more:
            yield form.lower() + "-"
        if (ONLY_INSIDE in more and more != flags) or form.endswith("-"):
            continue
        if ONLY_INSIDE not in flags:
            yield form.rstrip(".")
        elif LAST in flags:
            yield form[:1].upper() + form[1:]  # "nahme" ends nouns: "Maßnahme"


def main() -> None:
    known = rules(unpacked("de_DE_frami.aff.xz"))
    lines = unpacked("de_DE_frami.dic.xz")[1:]
    keys = {key for line in lines if line[:1].isalpha() for key in entries(line, known)}
    marisa_trie.Trie(sorted(keys)).save(str(PREPARED))
    print(f"{len(keys):,} keys, {PREPARED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
