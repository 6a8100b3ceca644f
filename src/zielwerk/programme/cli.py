"""`zielwerk pack check` and `zielwerk pack new`: packs without a database."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from zielwerk.language import sentence, translate, value_text
from zielwerk.packs.inspection import Sound, folder_of, inspect
from zielwerk.packs.new_year import begin
from zielwerk.rulebook.refusal import msg

_SOUND = msg("{programme} {year}: in Ordnung (Fassung {version})")
_LOADED: tuple[tuple[str, Callable[[Sound], int]], ...] = (
    (msg("Gebietskörperschaften"), lambda one: len(one.bodies)),
    (msg("Maßnahmearten"), lambda one: len(one.year.measure_types)),
    (msg("Zweckbindungen"), lambda one: len(one.year.earmarks)),
    (msg("Verteilungsschlüssel"), lambda one: len(one.year.allocation_keys)),
    (msg("Fristen"), lambda one: len(one.year.deadlines)),
    (msg("Parameter"), lambda one: len(one.year.parameters)),
    (msg("Klauseln"), lambda one: len(one.year.clauses)),
    (msg("Briefe"), lambda one: len(one.year.letters)),
    (msg("Annahmen"), lambda one: one.assumptions),
    (msg("erfundene Vereinbarungen"), lambda one: len(one.demo.agreements)),
)
_BEGUN = msg("{folder} ist angelegt. Jede Angabe ist für {year} zu prüfen.")
_ENDED = msg("zu prüfen: {name} galt nur bis {day}")


def check(arguments: list[str]) -> int:
    """Check programme packs; 0 all are in order, 1 a fault or none there, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="zielwerk pack check",
        description="Check programme packs and name every fault by file, line and field.",
    )
    parser.add_argument(
        "path", metavar="PATH", help="a year's folder, a programme's, or one with programmes"
    )
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    given = parser.parse_args(arguments)
    sound, faults = inspect(folder_of(given.path))
    for one in sound:
        print("\n".join(_loaded(one, given.lang)))
    for fault in faults:
        print(sentence(fault, given.lang), file=sys.stderr)
    return 1 if faults else 0


def _loaded(one: Sound, language: str) -> Iterator[str]:
    rules = one.year
    yield translate(_SOUND, language).format(
        programme=rules.programme.code, year=rules.year, version=rules.rule_version
    )
    yield "  " + ", ".join(
        f"{translate(label, language)}: {count(one)}" for label, count in _LOADED
    )


def new(arguments: list[str]) -> int:
    """Begin a programme year on top of the year before; 0 done, 1 refused, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="zielwerk pack new",
        description="Begin a programme year on top of the year before; nothing is overwritten.",
    )
    parser.add_argument(
        "--from", dest="source", metavar="YEAR", required=True, help="aqb_hessen/2026, or a folder"
    )
    parser.add_argument("--year", type=_year, required=True, help="the new year")
    parser.add_argument("--to", metavar="FOLDER", help="folder of packs, by default the same")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    given = parser.parse_args(arguments)
    begun = begin(folder_of(given.source), given.year, Path(given.to) if given.to else None)
    print(translate(_BEGUN, given.lang).format(folder=begun.folder, year=given.year))
    for ended in begun.ended:
        day = value_text(ended.valid_until, given.lang)
        print("  " + translate(_ENDED, given.lang).format(name=ended.title, day=day))
    return 0


def _year(text: str) -> int:
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no year")
    return int(text)
