"""Where packs lie: below the folder of this installation, or among those that ship.

An installation may have a folder of packs of its own. What it has there goes before what ships:
a programme as a whole, of the law and of the site's texts each file.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

SHIPPED = Path(__file__).parent
"""The folder of the packs that ship with the software."""

P = ParamSpec("P")
T = TypeVar("T")

_chosen: list[Path] = []
_kept: list[Callable[[], None]] = []


def use(folder: Path | None) -> None:
    """From now on this installation has ``folder`` for packs of its own; None for none."""
    if folder != own():
        _chosen[:] = [folder] if folder else []
        forget()


def own() -> Path | None:
    """The folder of packs of this installation."""
    return _chosen[0] if _chosen else None


def holding(name: str, root: Path | None = None) -> Path:
    """The folder of packs below which a programme or a file lies.

    It is ``root``, by default that of the installation, where there is something of that name,
    else the one that ships.
    """
    folder = root or own()
    return folder if folder and (folder / name).exists() else SHIPPED


def has(path: Path) -> bool:
    """Whether something lies there; raises OSError where that cannot be looked at."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def below(folder: Path) -> list[Path]:
    """What lies in a folder, in order; nothing where there is none.

    Raises OSError for a folder that cannot be looked into: it would pass for an empty one.
    """
    try:
        return sorted(folder / name for name in os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def holders(folder: Path, name: str) -> list[Path]:
    """The folders in a folder in which a file of that name lies, in order."""
    return [each for each in below(folder) if has(each / name)]


def kept(read: Callable[P, T]) -> Callable[P, T]:
    """What is read once and kept until :func:`forget`."""
    cached = cache(read)
    _kept.append(cached.cache_clear)
    return cast("Callable[P, T]", cached)


def forget() -> None:
    """Read all packs again when they are asked for next."""
    for clear in _kept:
        clear()
