"""Beginning a new programme year on top of the year before, or not at all."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zielwerk.packs import loading
from zielwerk.packs.inspection import inspect
from zielwerk.packs.model import Framework, Year
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_NO_SOURCE = msg("{path} ist kein Programmjahr: year.toml fehlt.")
_THERE_ALREADY = msg("{path} gibt es schon; es wird nichts überschrieben.")
_NO_FOLDER = msg("Den Ordner {path} gibt es nicht.")
_NOT_THE_YEAR_BEFORE = msg(
    "{year} folgt auf {before}, nicht auf {source}: Ein Jahr nennt nur, was sich gegenüber dem"
    " Jahr davor ändert."
)
_TEXT = """\
# ZU PRÜFEN: übernommen aus {source}. Hier steht nur, was sich ändert; alles andere gilt weiter.
# Jede Angabe und jede Quelle ist für {year} zu prüfen; danach entfällt dieser Vermerk.

# Ein Entwurf: Erst wenn zwei Personen das Jahr freigegeben haben, kann unter seinen Regeln
# gehandelt werden. Die Zeile bleibt stehen; eine freigegebene Fassung ist kein Entwurf mehr.

draft = true
label = {label}
label_en = {label_en}
budget_name = {budget_name}

# Eine Angabe ändern: der Eintrag mit seinem code und nur dem, was sich ändert.
#
# [[deadline]]
# code = "application"
# day = 15
#
# Ein neuer Eintrag steht ganz da. Was entfällt und was in der Reihenfolge vorn steht, je Tabelle:
#
# [remove]
# earmark = ["code"]
#
# [order]
# earmark = ["code"]
#
# Klauseln und Briefe: nur die geänderten Dateien in clauses und letters; kommt eine Klausel hinzu
# oder entfällt sie, dazu die ganze Liste clauses.
"""


@dataclass(frozen=True)
class Begun:
    """A new year's folder, and the frameworks whose validity ended before it begins."""

    folder: Path
    ended: tuple[Framework, ...]


def begin(source: Path, year: int, packs: Path | None = None) -> Begun:
    """Begin ``year`` on top of the year at ``source``; writes all or nothing.

    ``packs`` is the folder of packs to write into, by default the one ``source`` lies in; where
    the programme is missing there, it is copied up to ``source``. Raises Refused where there is
    no such year, where it is not the year before, where the new year is there already, or
    where either has faults.
    """
    if not (source / "year.toml").is_file():
        raise Refused(Refusal("packs.no_year", _NO_SOURCE, {"path": str(source)}))
    packs = packs or source.parent.parent
    if not packs.is_dir():
        raise no_folder(packs)
    programme = packs / source.parent.name
    target = programme / str(year)
    _, faults = inspect(source)
    if faults:
        raise Refused(*faults)
    if target.exists():
        raise there_already(target)
    template = programme if programme.exists() else source.parent
    _refuse_other_than_before(template, int(source.name), year)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=packs) as staging:
        staged = Path(staging) / programme.name
        _copy_years(template, year, staged)
        if (packs / "law").is_dir():
            shutil.copytree(packs / "law", staged.parent / "law")
        before = loading.load(staged.name, int(source.name), staged.parent)
        (staged / str(year)).mkdir()
        (staged / str(year) / "year.toml").write_text(_text(before, year), encoding="utf-8")
        rules = _checked(staged, year)
        if programme.exists():
            (staged / str(year)).rename(target)
        else:
            staged.rename(programme)
    return Begun(target, _ended(before, rules))


def no_folder(path: Path) -> Refused:
    return Refused(Refusal("packs.no_folder", _NO_FOLDER, {"path": str(path)}))


def there_already(path: Path) -> Refused:
    return Refused(Refusal("packs.there_already", _THERE_ALREADY, {"path": str(path)}))


def _refuse_other_than_before(programme: Path, source: int, year: int) -> None:
    """A year rests on the latest one before it, so it can begin from no other."""
    years = loading.years(programme.name, programme.parent)
    before = next((earlier for earlier in years if earlier < year), None)
    if before != source:
        params = {"year": str(year), "before": str(before or "–"), "source": str(source)}
        raise Refused(Refusal("packs.not_the_year_before", _NOT_THE_YEAR_BEFORE, params))


def _copy_years(programme: Path, year: int, staged: Path) -> None:
    """The files of a programme and its years before ``year``."""
    staged.mkdir()
    for file in programme.glob("*.toml"):
        shutil.copyfile(file, staged / file.name)
    for earlier in loading.years(programme.name, programme.parent):
        if earlier < year:
            shutil.copytree(programme / str(earlier), staged / str(earlier))


def _text(before: Year, year: int) -> str:
    """A year that changes nothing but its names."""
    names = {
        field: json.dumps(
            getattr(before, field).replace(str(before.year), str(year)), ensure_ascii=False
        )
        for field in ("label", "label_en", "budget_name")
    }
    return _TEXT.format(source=before.year, year=year, **names)


def _checked(staged: Path, year: int) -> Year:
    _, faults = inspect(staged / str(year))
    if faults:
        raise Refused(*faults)
    return loading.load(staged.name, year, staged.parent)


def _ended(before: Year, rules: Year) -> tuple[Framework, ...]:
    holding = {framework.code for framework in rules.frameworks}
    return tuple(each for each in before.frameworks if each.code not in holding)
