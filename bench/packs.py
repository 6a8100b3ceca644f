"""All programme packs from cold: read, checked, put together; the peer only parses their TOML."""

import tomllib

from bench.timing import milliseconds, process, python
from zielwerk.packs import easy, folders, loading, naming

WHOLE = "from bench.packs import load_all; load_all()"


def load_all() -> None:
    """Every year of every programme with its law, its names and its demo."""
    folders.forget()
    for code, year in loading.available():
        loading.load(code, year)
        loading.demo_year(code, year)
        loading.bodies_in(code, year)
        naming.names(code)
        easy.load(code)


def parse_all() -> None:
    for file in folders.SHIPPED.rglob("*.toml"):
        tomllib.loads(file.read_text(encoding="utf-8"))


def run() -> list[tuple[str, ...]]:
    years, files = len(loading.available()), len(list(folders.SHIPPED.rglob("*.toml")))
    loaded, parsed = milliseconds(load_all), milliseconds(parse_all)
    whole, bare = process(python("-c", WHOLE)), process(python("-c", "pass"))
    return [
        (
            f"all packs from cold, {years} programme years",
            f"{loaded:.0f} ms",
            f"tomllib alone, {files} files: {parsed:.0f} ms",
            "< 200 ms",
        ),
        ("the same in a new process", f"{whole:.0f} ms", f"python -c pass: {bare:.0f} ms"),
    ]
