"""Planting a fault in a copy of a pack, and finding its line again."""

from pathlib import Path


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace the only ``old`` in a file below ``root``, the folder of one programme."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(root: Path, name: str, line: str) -> int:
    """Number of the only line that reads so."""
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    assert lines.count(line) == 1, (name, line)
    return lines.index(line) + 1
