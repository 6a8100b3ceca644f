"""Beginning a new programme year as a copy of an earlier one, whole or not at all."""

import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zielwerk.packs import loading
from zielwerk.packs.inspection import inspect
from zielwerk.packs.model import Framework, Parameter, Year
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_NO_SOURCE = msg("{path} ist kein Programmjahr: year.toml fehlt.")
_THERE_ALREADY = msg("{path} gibt es schon; es wird nichts überschrieben.")
_NO_FOLDER = msg("Den Ordner {path} gibt es nicht.")
_TO_CHECK = (
    "# ZU PRÜFEN: übernommen aus {source}. Jede Angabe und jede Quelle dieser Datei, der Klauseln\n"
    "# und der Briefe ist für {year} zu prüfen; danach entfällt dieser Vermerk.\n\n"
)
_OF_THAT_YEAR_ONLY = "published_total_"
_BASIS = ("programme.toml", "bodies.toml")


@dataclass(frozen=True)
class Begun:
    """A new year's folder, and the entries whose validity ended before it begins."""

    folder: Path
    ended: tuple[Framework | Parameter, ...]


def begin(source: Path, year: int, packs: Path | None = None) -> Begun:
    """Copy the year at ``source`` to ``year`` of the same programme; writes all or nothing.

    ``packs`` is the folder of packs to write into, by default the one ``source`` lies in; the
    files of the programme are copied where they are missing there. Raises Refused where there
    is nothing to copy, where the year is there already, or where source or copy have faults.
    """
    if not (source / "year.toml").is_file():
        raise Refused(Refusal("packs.no_year", _NO_SOURCE, {"path": str(source)}))
    packs = packs or source.parent.parent
    if not packs.is_dir():
        raise Refused(Refusal("packs.no_folder", _NO_FOLDER, {"path": str(packs)}))
    programme = packs / source.parent.name
    target = programme / str(year)
    _, faults = inspect(source)
    if faults:
        raise Refused(*faults)
    if target.exists():
        raise Refused(Refusal("packs.there_already", _THERE_ALREADY, {"path": str(target)}))
    with tempfile.TemporaryDirectory(prefix=".new-", dir=packs) as staging:
        staged = Path(staging) / programme.name
        _copy_basis(source.parent, programme, staged)
        _copy_year(source, staged / str(year))
        rules = _checked(staged, year)
        if programme.exists():
            (staged / str(year)).rename(target)
        else:
            staged.rename(programme)
    return Begun(target, _ended(rules))


def _copy_basis(from_programme: Path, programme: Path, staged: Path) -> None:
    staged.mkdir()
    for name in _BASIS:
        there = programme / name
        shutil.copyfile(there if there.is_file() else from_programme / name, staged / name)


def _copy_year(source: Path, copy: Path) -> None:
    shutil.copytree(source, copy)
    file = copy / "year.toml"
    text = raised(file.read_text(encoding="utf-8"), int(source.name), int(copy.name))
    file.write_text(text, encoding="utf-8", newline="\n")


def raised(text: str, source: int, year: int) -> str:
    """``year.toml`` of another year: names raised, what was of that year only left out."""
    head, table, rest = text.partition("\n[[")
    title, *lines = [line for line in head.splitlines() if not line.startswith(_OF_THAT_YEAR_ONLY)]
    names = re.compile(r"(?:label|budget_name)\b")
    lines = [one.replace(str(source), str(year)) if names.match(one) else one for one in lines]
    lines.insert(0, title.replace(str(source), str(year)))
    return _TO_CHECK.format(source=source, year=year) + "\n".join(lines) + table + rest


def _checked(staged: Path, year: int) -> Year:
    _, faults = inspect(staged / str(year))
    if faults:
        raise Refused(*faults)
    return loading.load(staged.name, year, staged.parent)


def _ended(rules: Year) -> tuple[Framework | Parameter, ...]:
    first = date(rules.year, 1, 1)
    dated: tuple[Framework | Parameter, ...] = (*rules.frameworks, *rules.parameters)
    return tuple(one for one in dated if one.valid_until and one.valid_until < first)
