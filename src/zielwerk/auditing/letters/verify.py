"""Verify a proof that was taken along from Zielwerk: hashes, chain, seal, figures.

    python3 verify.py [PACKAGE] [--seal NUMBER:HASH] [--lang de|en]

PACKAGE is the ZIP file, or the folder into which it was unpacked; without it, the folder in which
this script lies. ``--seal`` compares with a seal that you kept yourself. Needs Python 3.9 or newer,
nothing else: no network, no installation, no part of Zielwerk.

Exit codes: 0 everything is as it was sealed; 1 something is not; 2 nothing could be verified.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

FORMAT = "zielwerk-proof/1"
START = "0" * 64
DATA = ("entries.jsonl", "seals.jsonl", "records.jsonl", "seal.txt")
OTHERS = ("manifest.json", "verify.py", "LIESMICH.txt", "README.txt")
KINDS = ["account", "transfer"]  # whose records are in a proof of this format
TOLD = 20  # faults that are listed; the rest is counted
SOUND, UNSOUND, UNUSABLE = 0, 1, 2

# What is told, in German and in English; the name of each sentence stands above it.
WORDS = """\
no_package
Das ist kein prüfbarer Nachweis: {what}.
This is no proof to verify: {what}.
bad_seal
Das angegebene Siegel hat nicht die Form Nummer:Prüfsumme.
The seal given does not have the form NUMBER:HASH.
not_covered
Ihr Siegel nennt Eintrag {number}; der Nachweis beginnt erst mit Eintrag {first}.
Your seal names entry {number}; this proof begins with entry {first} only.
file
{name} ist nicht die Datei, die manifest.json nennt.
{name} is not the file that manifest.json names.
foreign
Die Datei {name} gehört nicht in den Nachweis.
The file {name} does not belong to the proof.
line
{name}, Zeile {line}: nicht von der vorgesehenen Form.
{name}, line {line}: not of the form that it should have.
gap
Auf Eintrag {number} folgt Eintrag {next}.
Entry {number} is followed by entry {next}.
link
Eintrag {number} hängt nicht an dem vor ihm.
Entry {number} does not hang on the one before it.
hash
Eintrag {number} trägt eine falsche Prüfsumme.
Entry {number} carries a wrong hash.
time
Eintrag {number} ist früher als der vor ihm.
Entry {number} is earlier than the one before it.
digest
Die Siegel an Eintrag {number} sind nicht die besiegelten.
The seals on entry {number} are not those it covers.
loose
Ein Siegel hängt an Eintrag {number}, der keines hat.
A seal hangs on entry {number}, which has none.
record
{name} ist nicht so, wie zuletzt besiegelt.
{name} is not as it was sealed last.
unsealed
{name} wurde im Nachweis nie besiegelt.
{name} was never sealed in this proof.
twice
{name} steht zweimal im Nachweis.
{name} is in the proof twice.
missing
{name} wurde besiegelt, fehlt aber.
{name} was sealed, but is missing.
end
Die Kette endet nicht beim Siegel in seal.txt (Eintrag {number}).
The chain does not end at the seal in seal.txt (entry {number}).
kept
Eintrag {number} hat nicht die Prüfsumme Ihres Siegels: neu geschrieben oder fremd.
Entry {number} has not the hash of your seal: rewritten, or foreign.
cut
Ihr Siegel nennt Eintrag {number}; der Nachweis endet mit Eintrag {last}.
Your seal names entry {number}; this proof ends with entry {last}.
figure
{what}: manifest.json nennt {said}, gezählt sind {found}.
{what}: manifest.json says {said}, counted are {found}.
more
… und {number} weitere.
… and {number} more.
unsound
Der Nachweis ist NICHT unversehrt. Befunde: {number}.
The proof is NOT sound. Findings: {number}.
sound
Der Nachweis ist unversehrt. Einträge: {entries} (ab {first}), Siegel: {seals}, Sätze: {records}.
The proof is sound. Entries: {entries} (from {first}), seals: {seals}, records: {records}.
of_whole
Umfang: das ganze Protokoll; von allem, was besiegelt wurde, ist das letzte Siegel dabei.
Scope: the whole log; of all that was sealed the newest seal is here.
of_case
Umfang: Vorgang {case}. Ob alle Siegel zu ihm dabei sind, sagt nur der Nachweis des Ganzen.
Scope: case {case}. Whether all seals about it are here, the proof of the whole alone says.
with_kept
Er stimmt mit Ihrem Siegel überein (Eintrag {number}).
It agrees with your seal (entry {number}).
without_kept
Ohne ein anderswo aufbewahrtes Siegel (--seal) fällt nicht auf, wer alles neu schrieb.
Without a seal kept elsewhere (--seal), whoever rewrote everything goes unseen.
"""


class Unusable(Exception):  # noqa: N818 - it says what the package is
    """Nothing could be verified."""


def canonical(value: object) -> str:
    """The one spelling of a value as JSON: keys sorted, no blanks, nothing escaped needlessly."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class Package:
    """The files of a proof, in a ZIP file or in a folder."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path) if path.is_file() else None
        self.folder = path

    def names(self) -> list[str]:
        """All files of an archive; in a folder others may lie beside them."""
        return self.archive.namelist() if self.archive else []

    def read(self, name: str) -> bytes:
        try:
            return self.archive.read(name) if self.archive else (self.folder / name).read_bytes()
        except (KeyError, OSError):
            raise Unusable(f"{name} ist nicht dabei / is missing") from None

    def lines(self, name: str) -> Iterator[tuple[int, Any]]:
        """Each line's number and value; None where it is none."""
        for number, line in enumerate(self.read(name).split(b"\n")[:-1], start=1):
            yield number, parsed(line)
        if not self.read(name).endswith(b"\n") and self.read(name):
            yield 0, None


def parsed(line: bytes) -> Any:
    """The value of a line, if it is written in the one spelling that there is; else None."""
    try:
        text = line.decode()
        value = json.loads(text)
        return value if canonical(value) == text else None
    except (ValueError, RecursionError):
        return None


def shaped(value: Any, form: dict[str, Any]) -> bool:
    """Whether a value is an object with exactly these fields, each of its type."""
    return (
        isinstance(value, dict)
        and value.keys() == form.keys()
        and all(type(value[name]) is kind for name, kind in form.items())
    )


TEXTS = ("at", "actor", "verb", "subject", "digest", "previous", "hash")
ENTRY = {"number": int, **dict.fromkeys(TEXTS, str)}
SEAL = {"entry": int, "subject": str, "digest": str}
RECORD = {"name": str, "facts": list}
# Places among the facts of a booking and of an account, as docs/handbook/pruefung.md lists them.
SOURCE, CENTS, CASE = 0, 2, 7
BOOK, PROGRAMME_YEAR = 0, 3


class Verification:
    """What is found as a package is read from its beginning to its end."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.faults: list[tuple[str, dict[str, object]]] = []
        self.hashes: dict[int, str] = {}
        self.digests: dict[int, str] = {}
        self.newest: dict[str, str] = {}  # the newest seal of each record of a kind that is here
        self.counted = {"entries": 0, "seals": 0}
        self.records: dict[str, int] = {}
        self.bookings: dict[str, list[int]] = {}
        self.first, self.last = 0, 0
        self.case = ""  # of the whole log: none

    def fault(self, kind: str, **values: object) -> None:
        self.faults.append((kind, values))

    def run(self, kept: tuple[int, str] | None) -> None:
        manifest = self.manifest()
        self.scope(manifest)
        self.files(manifest)
        self.entries()
        self.seals(manifest)
        self.contents()
        self.end()
        self.figures(manifest)
        if kept:
            self.kept(*kept)

    def manifest(self) -> dict[str, Any]:
        try:
            manifest = json.loads(self.package.read("manifest.json"))
        except ValueError:
            raise Unusable("manifest.json ist unlesbar / is unreadable") from None
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise Unusable(f"manifest.json nennt nicht / does not name {FORMAT}")
        return manifest

    def scope(self, manifest: dict[str, Any]) -> None:
        """Nothing is left out of a whole: else records could be shown as they once were."""
        scope, sealed = manifest.get("scope"), manifest.get("sealed")
        if scope != {"whole": True}:
            case = scope.get("case") if isinstance(scope, dict) else None
            self.case = case if isinstance(case, str) and type(sealed) is list else ""
        is_whole = scope == {"whole": True} and sealed is None
        if manifest.get("kinds") != KINDS or not (is_whole or self.case):
            raise Unusable("scope, sealed, kinds in manifest.json: nicht wie vorgeschrieben / odd")

    def files(self, manifest: dict[str, Any]) -> None:
        """The files are those of the manifest, byte by byte."""
        said = manifest.get("files")
        for name in DATA:
            content = self.package.read(name)
            named = said.get(name) if isinstance(said, dict) else None
            if named != hashlib.sha256(content).hexdigest():
                self.fault("file", name=name)
        names = self.package.names()
        for name in sorted(set(names)):
            if name not in DATA + OTHERS or names.count(name) > 1:
                self.fault("foreign", name=name)

    def entries(self) -> None:
        """Each entry carries the hash of what it says and hangs on the one before it."""
        before: dict[str, Any] = {}
        for line, entry in self.package.lines("entries.jsonl"):
            if not shaped(entry, ENTRY):
                self.fault("line", name="entries.jsonl", line=line)
                continue
            number = entry["number"]
            if before and number != before["number"] + 1:
                self.fault("gap", number=before["number"], next=number)
            elif before and entry["previous"] != before["hash"]:
                self.fault("link", number=number)
            if number == 1 and entry["previous"] != START:
                self.fault("link", number=number)
            if entry["hash"] != hash_of(entry):
                self.fault("hash", number=number)
            if before and entry["at"] < before["at"]:
                self.fault("time", number=number)
            self.first = self.first or number
            self.last = number
            self.hashes[number], self.digests[number] = entry["hash"], entry["digest"]
            self.counted["entries"] += 1
            before = entry

    def seals(self, manifest: dict[str, Any]) -> None:
        """The seals on an entry are those that its digest covers: all of them, in their order."""
        hung: list[list[str]] = []
        at, sealed = 0, set()
        for line, seal in [*self.package.lines("seals.jsonl"), (0, {"entry": -1})]:
            if seal != {"entry": -1} and not shaped(seal, SEAL):
                self.fault("line", name="seals.jsonl", line=line)
                continue
            if 0 <= seal["entry"] < at:  # the newest seal of a record must be its last here
                self.fault("line", name="seals.jsonl", line=line)
            if seal["entry"] != at:
                if hung:
                    sealed.add(at)
                    self.covered(at, hung)
                at, hung = seal["entry"], []
            if at > 0:
                hung.append([seal["subject"], seal["digest"]])
                self.counted["seals"] += 1
                if seal["subject"].partition(":")[0] in KINDS:
                    self.newest[seal["subject"]] = seal["digest"]
        wanted = manifest.get("sealed")  # None: those of every entry
        for number, digest in self.digests.items():
            if digest and number not in sealed and (wanted is None or number in wanted):
                self.fault("digest", number=number)

    def covered(self, number: int, hung: list[list[str]]) -> None:
        if not self.digests.get(number):
            self.fault("loose", number=number)
        elif self.digests[number] != digest_of(hung):
            self.fault("digest", number=number)

    def contents(self) -> None:
        """Each record is as its newest seal says, and none that was sealed is missing."""
        facts_of: dict[str, list[Any]] = {}
        for line, record in self.package.lines("records.jsonl"):
            if not shaped(record, RECORD):
                self.fault("line", name="records.jsonl", line=line)
                continue
            name = record["name"]
            if name in facts_of:
                self.fault("twice", name=name)
            if name not in self.newest:
                self.fault("unsealed", name=name)
            elif self.newest[name] != digest_of(record["facts"]):
                self.fault("record", name=name)
            facts_of[name] = record["facts"]
            kind = name.partition(":")[0]
            self.records[kind] = self.records.get(kind, 0) + 1
        for name in self.newest.keys() - facts_of.keys():
            self.fault("missing", name=name)
        for name, facts in facts_of.items():
            if name.startswith("transfer:") and self.case in ("", at(facts, CASE)):
                self.book(facts, facts_of)

    def book(self, booking: list[Any], facts_of: dict[str, list[Any]]) -> None:
        """Count a booking under its book and programme year."""
        account = facts_of.get(f"account:{at(booking, SOURCE)}", [])
        key = f"{at(account, BOOK)}/{at(account, PROGRAMME_YEAR)}"
        sums, cents = self.bookings.setdefault(key, [0, 0]), at(booking, CENTS)
        sums[0] += 1
        sums[1] += cents if type(cents) is int else 0

    def end(self) -> None:
        """The chain ends at the seal of the proof."""
        seal = seal_in(self.package.read("seal.txt").decode(errors="replace"))
        if seal is None:
            self.fault("line", name="seal.txt", line=1)
        elif seal != (self.last, self.hashes.get(self.last, START)):
            self.fault("end", number=seal[0])

    def kept(self, number: int, digest: str) -> None:
        """A seal that was kept elsewhere is that of the entry which it names."""
        if number > self.last:
            self.fault("cut", number=number, last=self.last)
        elif number < self.first and not (number == 0 and self.first <= 1):
            raise NotCovered(number, self.first)
        elif self.hashes.get(number, START) != digest:
            self.fault("kept", number=number)

    def figures(self, manifest: dict[str, Any]) -> None:
        """The figures of the manifest are those that were counted."""
        bookings = {
            key: {"number": number, "cents": cents}
            for key, (number, cents) in self.bookings.items()
        }
        found = {
            **self.counted,
            "first": self.first,
            "last": self.last,
            "records": self.records,
            "bookings": bookings,
        }
        said = manifest["figures"] if isinstance(manifest.get("figures"), dict) else {}
        for what in sorted(found.keys() | said.keys()):
            if said.get(what) != found.get(what):
                values = {"said": canonical(said.get(what)), "found": canonical(found.get(what))}
                self.fault("figure", what=what, **values)


class NotCovered(Unusable):
    """A kept seal names an entry before the first one of the proof."""


# What a file may come to that is no proof at all, or half of one.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error)
UNREADABLE = (Unusable, OSError, EOFError, RuntimeError, *BROKEN)


def hash_of(entry: dict[str, Any]) -> str:
    """The hash that an entry must carry."""
    columns = ("previous", "number", "at", "actor", "verb", "subject", "digest")
    return digest_of([entry[name] for name in columns])


def at(facts: list[Any], place: int) -> Any:
    return facts[place] if place < len(facts) else None


def seal_in(text: str) -> tuple[int, str] | None:
    found = re.fullmatch(r"\s*([0-9]{1,18}):([0-9a-fA-F]{64})\s*", text)
    return (int(found[1]), found[2].lower()) if found else None


def said(kind: str, language: str, **values: object) -> str:
    lines = WORDS.splitlines()
    return lines[lines.index(kind) + 1 + (language == "en")].format(**values)


def tell(stream: TextIO, sentence: str) -> None:
    stream.write(sentence + "\n")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("package", nargs="?", default=str(Path(__file__).resolve().parent))
    parser.add_argument("--seal", help="NUMBER:HASH, or the file in which it stands")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    try:
        return verified(options.package, options.seal, options.lang)
    except NotCovered as error:
        number, first = error.args
        tell(sys.stderr, said("not_covered", options.lang, number=number, first=first))
    except UNREADABLE as error:
        tell(sys.stderr, said("no_package", options.lang, what=error))
    return UNUSABLE


def verified(path: str, seal: str | None, language: str) -> int:
    """Verify, tell, and say how it went."""
    kept = None
    if seal:
        kept = seal_in(Path(seal).read_text() if Path(seal).is_file() else seal)
        if kept is None:
            tell(sys.stderr, said("bad_seal", language))
            return UNUSABLE
    found = Verification(Package(Path(path)))
    found.run(kept)
    for kind, values in found.faults[:TOLD]:
        tell(sys.stderr, said(kind, language, **values))
    if found.faults:
        if len(found.faults) > TOLD:
            tell(sys.stderr, said("more", language, number=len(found.faults) - TOLD))
        tell(sys.stderr, said("unsound", language, number=len(found.faults)))
        return UNSOUND
    figures = {**found.counted, "first": found.first, "records": sum(found.records.values())}
    tell(sys.stdout, said("sound", language, **figures))
    tell(sys.stdout, said("of_case" if found.case else "of_whole", language, case=found.case))
    agreed = "with_kept" if kept else "without_kept"
    tell(sys.stdout, said(agreed, language, number=kept and kept[0]))
    return SOUND


if __name__ == "__main__":
    sys.exit(main())
