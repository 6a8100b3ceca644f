"""The reader: time for real and hostile texts, correct words changed, titles that are certain.

Beside it stands the commit that `main` is at, or the one named by BENCH_BESIDE, in the same run
and with the same texts. Times are the processor's, so that a busy machine spoils none. Prose and
titles are our own; the words are the dictionary's.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import marisa_trie
import polib
from tests.reading import generator

from bench.timing import process, python
from bench.titles import TITLES
from zielwerk.packs import loading as packs

PROGRAMME = "aqb_hessen"
ROOT = Path(__file__).parent.parent
BESIDE = os.environ.get("BENCH_BESIDE", "main")
PER_PAPER = 8
WORD = re.compile(r"[^\W\d_]+")


def run() -> list[tuple[str, ...]]:
    asked = texts()
    here = figures(asked, ROOT)
    with tempfile.TemporaryDirectory() as folder:
        there = figures(asked, exported(Path(folder)))
        rows = compared(asked, here, there)
        spent, before = whole(ROOT), whole(Path(folder))
    rows.append(("agreement read, whole process", f"{spent:.0f} ms", f"{BESIDE}: {before:.0f} ms"))
    return rows


def compared(asked: Any, here: Any, there: Any) -> list[tuple[str, ...]]:
    def row(name: str, key: str, among: int, goal: str) -> tuple[str, ...]:
        return name, f"{here[key]} of {among:,}", f"{BESIDE}: {there[key]} of {among:,}", goal

    rows: list[tuple[str, ...]] = [
        (f"read {name}", f"{spent:.1f} ms", f"{BESIDE}: {there['real'][name]:.1f} ms", "< 50 ms")
        for name, spent in here["real"].items()
    ]
    rows += [
        row("words of correct prose changed", "prose", len(asked["prose"]), "0"),
        row("words of the dictionary changed", "dictionary", len(asked["dictionary"]), "0"),
        row("correct titles certain", "titles", len(TITLES), "at least 90 %"),
    ]
    for name, text in asked["hostile"].items():
        size = len(text.encode()) // 1000
        before = duration(there["hostile"][name])
        now = duration(here["hostile"][name])
        rows.append((f"{name}, {size} kB", now, f"{BESIDE}: {before}", "< 2 s"))
    return rows


def duration(seconds: float | None) -> str:
    return "over 10 s" if seconds is None else f"{seconds:.2f} s"


def whole(root: Path) -> float:
    """Time of the whole command of a source tree."""
    file = real()[0]
    command = python("-m", "zielwerk.config", "agreement", "read", str(file), "--json")
    return process(["env", f"PYTHONPATH={root / 'src'}", *command])


def exported(folder: Path) -> Path:
    """The sources of the other commit, unpacked."""
    archive = subprocess.run(
        ["git", "archive", BESIDE, "src"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder


def figures(asked: Any, root: Path) -> Any:
    """What the reader of a source tree makes of the texts."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "reading_work.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )
    return json.loads(done.stdout)


def real() -> list[Path]:
    found = sorted((ROOT.parent / "shared" / "seed").glob("zielvereinbarung-*.txt"))
    return [*found, *sorted((ROOT / "examples").glob("zielvereinbarung-*.txt"))]


def texts() -> dict[str, Any]:
    dictionary = sorted(word for word in listed() if word.isalpha())
    return {
        "real": {file.name: file.read_text() for file in real()},
        "prose": prose(),
        "dictionary": Random(12).sample(dictionary, 30_000),
        "papers": [paper(TITLES[at : at + PER_PAPER]) for at in range(0, len(TITLES), PER_PAPER)],
        "hostile": hostile(dictionary),
    }


def listed() -> list[str]:
    trie = marisa_trie.Trie()
    trie.load(str(ROOT / "src/zielwerk/recognition/german/words.marisa"))
    return list(trie.keys())


def prose() -> list[str]:
    """The words of every sentence of the pages and of the handbook."""
    catalogue = polib.pofile(str(ROOT / "src/zielwerk/locale/en/LC_MESSAGES/django.po"))
    handbook = (file for file in (ROOT / "docs/handbook").glob("*.md") if file.stem != "ui-kit")
    said = [*(entry.msgid for entry in catalogue), *(file.read_text() for file in handbook)]
    return WORD.findall(re.sub(r"(?s)```.*?```|`[^`\n]*`|[%{<][^ ]*", "", " ".join(said)))


def paper(titles: list[str]) -> tuple[str, list[str]]:
    """A clean agreement that names these measures."""
    year = packs.load(PROGRAMME, 2024)
    body = next(body for body in packs.bodies(PROGRAMME) if body.ags == "06440")
    said = replace(
        generator.truth(Random(3), year, [body]),
        measures=tuple(("qualification", title) for title in titles),
        dates=(date(2024, 6, 3), date(2024, 7, 12)),
    )
    return generator.write(said, year, generator.Layout()), titles


def hostile(words: list[str]) -> dict[str, str]:
    """Texts that no office writes: much of one thing inside an agreement."""
    random = Random(1)
    text, _ = paper(TITLES[:3])
    listed = text.index(f"• {TITLES[0]}")
    chosen = [random.choice(words) for _ in range(16_000)]
    misread = [word.replace("e", "c", 1).replace("i", "l", 1) for word in chosen]

    def inside(much: str) -> str:
        return text.replace("benachteiligte", f"benachteiligte {much}", 1)

    def in_list(much: str) -> str:
        return text[:listed] + much + "\n" + text[listed:]

    return {
        "1,000 repeated lines": in_list("• Startklar! - Kreativ ins Berufsleben\n" * 1000),
        "one word": inside("x" * 220_000),
        "one title of one word": in_list("• " + "Team" * 50_000),
        "words of the dictionary": inside(" ".join(chosen)),
        "misread words": inside(" ".join(misread)),
        "digits": inside("1" * 200_000),
        "amounts": inside("1.000 Euro " * 18_000),
        "3,700 misread titles": in_list("\n".join(f"• {word}" for word in misread[:3_700])),
        "a table of 3,700 rows": in_list(
            "\n".join(f"| Kurs {i} | 16 | 84.500 Euro |" for i in range(3_700))
        ),
    }
