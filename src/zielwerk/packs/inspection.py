"""Checking packs that lie anywhere: one year, one programme or a folder of programmes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zielwerk.packs import easy, folders, loading
from zielwerk.packs.demo import DemoYear
from zielwerk.packs.demo_file import check_form
from zielwerk.packs.faults import Report
from zielwerk.packs.hints import hints
from zielwerk.packs.model import Body, Source, Year
from zielwerk.rulebook import membership
from zielwerk.rulebook.refusal import Refusal, Refused, msg

TEMPLATE = folders.SHIPPED / "template"
"""From what lies here a new programme begins; it is none itself."""
_NOTHING_THERE = msg(
    "In {path} liegt weder ein Programm (programme.toml) noch ein Programmjahr (year.toml)."
)
_NO_YEAR = msg("In {path} liegt kein Programmjahr (year.toml).")
_NAME_OF_YEAR = msg("Der Ordner {path} muss wie sein Jahr heißen, mit vier Ziffern.")


@dataclass(frozen=True)
class Sound:
    """A programme year without a fault, with all that was loaded and its bodies."""

    year: Year
    bodies: tuple[Body, ...]
    demo: DemoYear
    hints: tuple[Refusal, ...]

    @property
    def assumptions(self) -> int:
        """How many entries of the year no public source states."""
        tables = (value for value in dict(self.year).values() if isinstance(value, tuple))
        sources = (getattr(entry, "source", None) for table in tables for entry in table)
        return sum(isinstance(source, Source) and source.assumed for source in sources)


def folder_of(name: str) -> Path:
    """The folder that a person named: a path, or a pack that ships ("aqb_hessen/2026")."""
    path = Path(name)
    shipped = folders.holding(name) / name
    return (shipped if not path.exists() and shipped.is_dir() else path).resolve()


def inspect(path: Path) -> tuple[tuple[Sound, ...], tuple[Refusal, ...]]:
    """All programme years at ``path``: those without a fault, and the faults of the others.

    A fault of the programme's own files, which hits all its years, is told once. Raises
    Refused where no pack lies there.
    """
    sound: list[Sound] = []
    faults: dict[tuple[str, str], Refusal] = {}
    for root, programme, year in _years_at(path):
        report = Report()
        rules = report.gather(partial(loading.load, programme, year, root))
        if rules:
            easy.check(rules, root, report)
            demo = report.gather(partial(loading.demo_year, programme, year, root))
        else:  # what can be told of the others all the same
            report.gather(partial(easy.load, programme, root))
            check_form(root / programme / "demo" / f"{year}.toml", root, report)
            demo = None
        for refusal in report.refusals:
            faults.setdefault((refusal.msgid, repr(refusal.params)), refusal)
        if rules and demo is not None and not report.refusals:
            bodies = membership.existing(loading.bodies(programme, root), rules.period)
            sound.append(Sound(rules, bodies, demo, hints(rules, bodies, demo)))
    return tuple(sound), tuple(faults.values())


def _years_at(path: Path) -> Iterator[tuple[Path, str, int]]:
    """(root, programme, year) of every year at ``path``."""
    is_programme = folders.has(path / "programme.toml")
    if folders.has(path / "year.toml"):
        years = [path]
    elif is_programme:
        years = folders.holders(path, "year.toml")
    else:
        years = [
            year
            for each in folders.below(path)
            if each != TEMPLATE
            for year in folders.holders(each, "year.toml")
        ]
    if not years:
        sentence = _NO_YEAR if is_programme else _NOTHING_THERE
        raise Refused(Refusal("packs.nothing_there", sentence, {"path": str(path)}))
    for folder in years:
        if not re.fullmatch(r"[0-9]{4}", folder.name):
            raise Refused(Refusal("packs.name_of_year", _NAME_OF_YEAR, {"path": str(folder)}))
        yield folder.parent.parent, folder.parent.name, int(folder.name)
