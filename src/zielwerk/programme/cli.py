"""`zielwerk pack check` and `zielwerk pack new`: packs without a database."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from zielwerk.language import sentence, translate, value_text
from zielwerk.packs import folders
from zielwerk.packs.inspection import Sound, folder_of, inspect
from zielwerk.packs.new_programme import begin_programme
from zielwerk.packs.new_year import begin
from zielwerk.rulebook.refusal import msg

_SOUND = msg("{programme} {year}: in Ordnung (Fassung {version})")
_COUNTS: tuple[tuple[str, Callable[[Sound], int]], ...] = (
    (msg("Gebietskörperschaften"), lambda pack: len(pack.bodies)),
    (msg("Maßnahmearten"), lambda pack: len(pack.year.measure_types)),
    (msg("Zweckbindungen"), lambda pack: len(pack.year.earmarks)),
    (msg("Verteilungsschlüssel"), lambda pack: len(pack.year.allocation_keys)),
    (msg("Fristen"), lambda pack: len(pack.year.deadlines)),
    (msg("Parameter"), lambda pack: len(pack.year.parameters)),
    (msg("Klauseln"), lambda pack: len(pack.year.clauses)),
    (msg("Briefe"), lambda pack: len(pack.year.letters)),
    (msg("Annahmen"), lambda pack: pack.assumptions),
    (msg("erfundene Vereinbarungen"), lambda pack: len(pack.demo.agreements)),
)
_HINT = msg("Hinweis:")
_BEGUN = msg("{folder} ist angelegt. Jede Angabe ist für {year} zu prüfen.")
_BEGUN_PROGRAMME = msg(
    "{folder} ist angelegt: ein Anfang mit allen Tabellen, jede Angabe eine Annahme."
    " Geprüft wird mit: zielwerk pack check {folder}"
)
_ENDED = msg("zu prüfen: {name} galt nur bis {day}")


def check(arguments: list[str]) -> int:
    """Check programme packs; 0 all are in order, 1 a fault or no pack, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="zielwerk pack check",
        description="Check programme packs and name every fault by file, line and field.",
    )
    parser.add_argument(
        "path", metavar="PATH", help="a year's folder, a programme's, or one with programmes"
    )
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    options = parser.parse_args(arguments)
    sound, faults = inspect(folder_of(options.path))
    for pack in sound:
        print("\n".join(_summary(pack, options.lang)))
    for fault in faults:
        print(sentence(fault, options.lang), file=sys.stderr)
    return 1 if faults else 0


def _summary(pack: Sound, language: str) -> Iterator[str]:
    rules = pack.year
    yield translate(_SOUND, language).format(
        programme=rules.programme.code, year=rules.year, version=rules.rule_version
    )
    yield "  " + ", ".join(
        f"{translate(label, language)}: {count(pack)}" for label, count in _COUNTS
    )
    for hint in pack.hints:
        yield f"  {translate(_HINT, language)} {sentence(hint, language)}"


def new(arguments: list[str]) -> int:
    """Begin a programme, or a year on top of the year before; 0 done, 1 refused, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="zielwerk pack new",
        description="Begin a programme year on top of the year before, or a whole programme;"
        " nothing is overwritten.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="source", metavar="YEAR", help="aqb_hessen/2026, or a folder")
    what.add_argument("--programme", metavar="CODE", help="code of a new programme")
    parser.add_argument("--year", type=_year, help="the new year; of a programme its first")
    parser.add_argument("--name", help="what a new programme is called")
    parser.add_argument("--to", metavar="FOLDER", help="folder of packs, by default the same")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    options = parser.parse_args(arguments)
    if options.programme:
        return _new_programme(parser, options)
    if options.year is None or options.name:
        parser.error("--from takes --year and no --name")
    new_year = begin(
        folder_of(options.source), options.year, Path(options.to) if options.to else None
    )
    print(translate(_BEGUN, options.lang).format(folder=new_year.folder, year=options.year))
    for ended in new_year.ended:
        day = value_text(ended.valid_until, options.lang)
        print("  " + translate(_ENDED, options.lang).format(name=ended.title, day=day))
    return 0


def _new_programme(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    to = Path(options.to) if options.to else folders.own()
    if not options.name or to is None:
        parser.error("--programme takes --name, and --to where ZIELWERK_PACKS names no folder")
    year = options.year or datetime.now(tz=UTC).year
    folder = begin_programme(options.programme, options.name, year, to)
    print(translate(_BEGUN_PROGRAMME, options.lang).format(folder=folder))
    return 0


def _year(text: str) -> int:
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no year")
    return int(text)
