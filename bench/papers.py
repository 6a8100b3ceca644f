"""A thousand papers of our own making: what is read right or in doubt, what is wrong and certain.

Beside it stands the commit that `main` is at, or the one named by BENCH_BESIDE, in the same run
and with the same papers.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.paper_maker import AMOUNT, BODY, YEAR, Paper, papers

COUNT = int(os.environ.get("BENCH_PAPERS", "1000"))
BESIDE = os.environ.get("BENCH_BESIDE", "main")
ROOT = Path(__file__).parent.parent
VALUES = ((YEAR, "year"), (BODY, "ags"), (AMOUNT, "cents"))
Row = tuple[str, ...]


def run() -> list[Row]:
    made = list(papers(COUNT))
    here = figures(made, answers(made, ROOT))
    with tempfile.TemporaryDirectory() as folder:
        there = figures(made, answers(made, exported(Path(folder))))
    return [(name, here[name][0], f"{BESIDE}: {there[name][0]}", here[name][1]) for name in here]


def exported(folder: Path) -> Path:
    """The sources of the other commit, unpacked."""
    archive = subprocess.run(
        ["git", "archive", BESIDE, "src"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder


def answers(made: list[Paper], root: Path) -> list[dict[str, Any]]:
    """What the reader of a source tree says of the papers."""
    lines = "\n".join(json.dumps(asdict(paper)) for paper in made)
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "papers_work.py")],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def wrong(paper: Paper, found: dict[str, Any]) -> list[str]:
    """The values that are wrong, or contradicted, and nevertheless certain."""
    if "refused" in found:
        return []
    if paper.refused:
        return ["read at all"]
    said = [path for path, name in VALUES if found[name] != getattr(paper, name)]
    if paper.kind == "out of size":
        said = []  # what the paper says is wrong, whatever is true
    said += [paper.doubtful] if paper.doubtful else []
    said += _details(paper, found)
    unseen = [path for path in dict.fromkeys(said) if path in found["sure"]]
    if paper.told and paper.told not in found["told"]:
        unseen.append(paper.told)
    return unseen


def _details(paper: Paper, found: dict[str, Any]) -> list[str]:
    """The titles, names, places and days that the paper does not have."""
    wrong = [f"measures[{i}].title" for i, t in enumerate(found["titles"]) if t not in paper.titles]
    for i, read in enumerate(found["people"]):
        true = paper.people[i] if i < len(paper.people) else ("", "", "")
        names = ("name", "place", "date")
        wrong += [
            f"signatures[{i}].{name}"
            for name, one, other in zip(names, read, true, strict=True)
            if one != other
        ]
    return wrong


def figures(made: list[Paper], read: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    pairs = list(zip(made, read, strict=True))
    rows: dict[str, tuple[str, str]] = {}
    signed = [(p, f) for p, f in pairs if not p.refused and "refused" not in f]
    three = {path for path, _ in VALUES}
    fine = sum(not three & set(wrong(p, f)) for p, f in signed)
    rows["year, body and amount right or in doubt, of papers read"] = (
        f"{100 * fine / len(signed):.1f} % of {len(signed)}", "100 %",
    )  # fmt: skip
    rows["papers with something wrong and certain, titles, names, places and days as well"] = (
        f"{sum(bool(wrong(p, f)) for p, f in pairs)} of {len(pairs)}", "0",
    )  # fmt: skip
    clean = [(p, f) for p, f in pairs if p.kind == "clean"]
    whole = sum(all(path in f.get("sure", ()) for path, _ in VALUES) for _, f in clean)
    rows["clean papers with year, body and amount certain"] = (
        f"{whole} of {len(clean)}", "all",
    )  # fmt: skip
    titles = [(t, p, f) for p, f in clean for t in p.titles]
    sure = sum(_is_sure(t, f) for t, _, f in titles)
    rows["titles of clean papers certain"] = (f"{100 * sure / len(titles):.0f} %", ">= 90 %")
    for strength in ("light", "middle", "strong"):
        noisy = [f for p, f in pairs if p.kind == f"noise {strength}"]
        count = sum("refused" not in f for f in noisy)
        rows[f"read at all, noise {strength}"] = (f"{count} of {len(noisy)}", "")
    for kind, total in sorted(Counter(p.kind for p in made).items()):
        if kind.startswith(("clean", "noise")):
            continue
        told = sum(_is_told(p, f) for p, f in pairs if p.kind == kind)
        rows[f"told: {kind}"] = (f"{told} of {total}", "all")
    rows["slowest paper"] = (f"{max(f['ms'] for f in read):.0f} ms", "")
    return rows


def _is_sure(title: str, found: dict[str, Any]) -> bool:
    titles = found.get("titles", [])
    return title in titles and f"measures[{titles.index(title)}].title" in found["sure"]


def _is_told(paper: Paper, found: dict[str, Any]) -> bool:
    """Whether a paper was taken for what it is: refused by its rule, or doubted in its value."""
    if paper.refused:
        return bool(found.get("refused") == paper.refused)
    return "refused" not in found and not wrong(paper, found)


if __name__ == "__main__":
    made = list(papers(COUNT))
    for paper, found in zip(made, answers(made, ROOT), strict=True):
        if wrong(paper, found) or (not _is_told(paper, found) and "noise" not in paper.kind):
            print(paper.kind, paper.programme, paper.ags, paper.cents, wrong(paper, found),
                  {k: v for k, v in found.items() if k not in ("sure", "titles")})  # fmt: skip
