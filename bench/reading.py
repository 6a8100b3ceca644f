"""Reading the real agreement; the peer is only splitting its text into words."""

import re
from functools import partial
from pathlib import Path

from bench.timing import milliseconds, process, python
from zielwerk.packs import loading as packs
from zielwerk.reading.agreement import read

PROGRAMME = "aqb_hessen"
ROOT = Path(__file__).parent.parent


def texts() -> list[Path]:
    real = sorted((ROOT.parent / "shared" / "seed").glob("zielvereinbarung-*.txt"))
    return [*real, *sorted((ROOT / "examples").glob("zielvereinbarung-*.txt"))]


def run() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for file in texts():
        text = file.read_text()
        work = partial(
            read,
            text,
            programme=packs.programme(PROGRAMME),
            bodies=packs.bodies(PROGRAMME),
            organisations=packs.organisations(PROGRAMME),
            years=[year for _, year in packs.available()],
            load=partial(packs.load, PROGRAMME),
        )
        spent = milliseconds(work)
        words = milliseconds(lambda text=text: re.findall(r"\w+", text))
        rows.append(
            (f"read {file.name}", f"{spent:.1f} ms", f"words only: {words:.2f} ms", "< 50 ms")
        )
    file = texts()[0]
    whole = process(python("-m", "zielwerk.config", "agreement", "read", str(file), "--json"))
    bare = process(python("-c", "pass"))
    rows.append(
        ("agreement read, whole process", f"{whole:.0f} ms", f"python -c pass: {bare:.0f} ms")
    )
    return rows
