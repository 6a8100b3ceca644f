"""Each rule over texts is held against every file at once: what it finds stands by file."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

Fault = TypeVar("Fault")
ROOT = Path(__file__).parents[2]


@cache
def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def faults(files: Iterable[Path], find: Callable[[str], Iterable[Fault]]) -> dict[str, list[Fault]]:
    """What ``find`` says against the text of each file. Without files it would prove nothing."""
    seen = list(files)
    assert seen
    found = {str(file.relative_to(ROOT)): list(find(read(file))) for file in seen}
    return {place: said for place, said in found.items() if said}
