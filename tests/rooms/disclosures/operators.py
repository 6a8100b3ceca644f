"""An operator's file as the handbook shows it, on disk."""

import re
from pathlib import Path

HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook" / "betrieb.md"
EXAMPLE, VIDEO = re.findall(r"```toml\n(.*?)```", HANDBOOK.read_text(), re.DOTALL)
WORDS = "Willkommen.\n\nHier stehen Vereinbarungen."


def write(folder: Path, text: str = EXAMPLE) -> Path:
    file = folder / "operator.toml"
    file.write_text(text)
    return file


def with_video(folder: Path) -> Path:
    """The example with a video of some bytes and its text beside it."""
    (folder / "gebaerdensprache.mp4").write_bytes(bytes(range(256)))
    (folder / "gebaerdensprache.txt").write_text(WORDS)
    (folder / "passwort.txt").write_text("geheim")
    return write(folder, EXAMPLE + VIDEO)


def without(table: str, key: str) -> str:
    """The example with one value taken out."""
    section = re.search(rf"^\[{re.escape(table)}\].*?(?=^\[|\Z)", EXAMPLE, re.DOTALL | re.MULTILINE)
    assert section, table
    line = re.compile(rf"^{key} = .*\n", re.MULTILINE)
    assert line.search(section[0]), (table, key)
    return EXAMPLE.replace(section[0], line.sub("", section[0], count=1))
