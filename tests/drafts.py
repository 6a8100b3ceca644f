"""A programme with a new year that is a draft, as an installation of its own would have it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zielwerk.packs import folders, loading
from zielwerk.packs.new_year import begin


@contextmanager
def draft_year(programme: str, folder: Path) -> Iterator[int]:
    """While it lasts, the programme lies in ``folder`` and has a draft after its last year."""
    before = folders.own()
    shutil.copytree(folders.holding(programme) / programme, folder / programme)
    year = loading.years(programme, folder)[0] + 1
    begin(folder / programme / str(year - 1), year)
    folders.use(folder)
    try:
        yield year
    finally:
        folders.use(before)


def without_strategies(year_file: Path) -> None:
    """Make it the same year of a programme that asks for no regional strategy."""
    tables = year_file.read_text(encoding="utf-8").split("\n[[")
    kept = [one for one in tables if not one.startswith("regional_actor]]")]
    kept = [one for one in kept if 'procedure = "strategy"' not in one]
    kept = [one for one in kept if 'once_in = "strategy"' not in one]
    year_file.write_text("\n[[".join(kept), encoding="utf-8")


def without_conclusions(year_file: Path) -> None:
    """Make it the same year of a programme whose documents are concluded elsewhere."""
    tables = year_file.read_text(encoding="utf-8").split("\n[[")
    kept = [one for one in tables if not one.startswith("signing]]")]
    kept = [one for one in kept if 'procedure = "conclusion"' not in one]
    year_file.write_text("\n[[".join(kept), encoding="utf-8")


def without_notices(year_file: Path) -> None:
    """Make it the same year of a programme that knows no notice of a grant."""
    before, _, after = year_file.read_text(encoding="utf-8").partition("\n[notice]")
    tables = [before, *after.split("\n[[")[1:]]
    kept = [one for one in tables if not one.startswith("condition]]")]
    year_file.write_text("\n[[".join(kept), encoding="utf-8")


def reword(programme: str, year: int) -> None:
    """Change the rules of the draft: an indicator of the programme is defined anew."""
    path = (folders.own() or folders.SHIPPED) / programme / str(year) / "year.toml"
    code = loading.load(programme, year).indicators[0].code
    before, _, changed = path.read_text(encoding="utf-8").partition("\n[[indicator]]")
    unit = f"Menschen ({len(changed)})"
    new = f'\n[[indicator]]\ncode = "{code}"\nunit = "{unit}"\n'
    path.write_text(f"{before}{new}", encoding="utf-8")
    folders.forget()
