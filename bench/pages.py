"""Whole pages as people get them: alone at growing sizes on both databases, and under load.

Alone, every page of the navigation and a case of each kind go through the product in a process of
its own (`bench/pages_work.py`), with what is kept for the public thrown away each time. A page may
cost half as much again where there are a hundred times as many agreements. Under load, two web
processes answer `wrk` on two cores; the limit in the same run is the same server answering with
nothing but "ok" (`/gesund`, one query).

Peers are quoted and not run here, since they take databases and services of their own: Hypha's
list answered 4.8 requests a second in the assessment of 2026-11-28, in the run in which this list
answered 213 and the empty answer 1,871; earlier, on a machine shared with other work, Hypha's 13.1
(20 rows) and APiLos's 15.2 (50 rows).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.ledger_server import postgresql
from bench.start import wait_for
from bench.timing import python

SIZES, FEW, MANY = (1_000, 10_000, 100_000), 27, 400
GROWTH = 1.5
PORT = "8766"
LIST = "/zielvereinbarungen"
PEERS = "2026-11-28: Hypha 4.8, earlier APiLos 15.2"
Row = tuple[str, ...]
FILL = """
from bench import crowd
crowd.fill(0, {number})
crowd.prove()
"""


def run() -> list[Row]:
    if not shutil.which("wrk"):
        raise SystemExit("The pages are measured with wrk. Install it: sudo apt-get install wrk")
    return [*under_load(), *alone()]


def alone() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        yield from grown("SQLite", measured(folder / "few", "", FEW, *SIZES))
        yield from bodies(measured(folder / "many", "", MANY, SIZES[0]))
        with postgresql(folder) as server:
            yield from grown("PostgreSQL", measured(folder / "pg", server.address, FEW, *SIZES))


def measured(folder: Path, address: str, *numbers: int) -> list[dict[str, object]]:
    """What one process says of all its worlds: first the bodies, then the agreements."""
    return measured_by("bench.pages_work", folder, address, *numbers)


def measured_by(module: str, folder: Path, address: str, *numbers: int) -> list[dict[str, object]]:
    surroundings = {
        **os.environ,
        "ZIELWERK_DATA": str(folder),
        "ZIELWERK_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
    }
    command = python("-m", module, *map(str, numbers))
    out = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def grown(database: str, worlds: list[dict[str, object]]) -> Iterator[Row]:
    """Each page at all sizes, and how much it costs at the largest beside the smallest."""
    sizes = " / ".join(f"{world['agreements']:,}" for world in worlds)
    for pages in zip(*(world["pages"] for world in worlds), strict=True):
        own = "work" if database == "SQLite" else "median"
        ratio = pages[-1][own] / pages[0][own]
        times = " / ".join(f"{page['median']:.0f}" for page in pages)
        yield (
            f"{database}, {FEW} bodies, {sizes} agreements: {title(pages[0])}",
            f"{times} ms; p95 {pages[-1]['p95']:.0f}",
            f"{pages[-1]['queries']} queries, {pages[-1]['bytes'] / 1024:.1f} kB; own work "
            + " / ".join(f"{page['work']:.0f}" for page in pages)
            + f" ms, growth {ratio:.1f}",
            f"≤ {GROWTH}" + ("" if ratio <= GROWTH else ", **over**"),
        )


def bodies(worlds: list[dict[str, object]]) -> Iterator[Row]:
    for world in worlds:
        for page in world["pages"]:
            yield (
                f"SQLite, {MANY} bodies, {world['agreements']:,} agreements: {title(page)}",
                f"{page['median']:.0f} ms; p95 {page['p95']:.0f}",
                f"{page['queries']} queries, {page['bytes'] / 1024:.1f} kB; own work "
                f"{page['work']:.0f} ms",
            )


def title(page: dict[str, object]) -> str:
    return f"{page['who'] or 'public'}, {page['page']}"


def under_load() -> Iterator[Row]:
    with served(SIZES[0]) as base:
        limit = rate(f"{base}/gesund")
        tag = urllib.request.urlopen(base + LIST).headers["ETag"]
        page, agreement = f"{LIST}?zeilen=50", f"{LIST}/2024/06435"
        for name, path, headers, goal in (
            ("list, 20 rows, made anew", f"{LIST}?neu=1", [], ">= 250"),
            ("list, 50 rows, made anew", f"{page}&neu=1", [], ""),
            ("list, 50 rows, search and filter", f"{page}&suche=sprache&art=Landkreis", [], ""),
            ("agreement, made anew", f"{agreement}?neu=1", [], ""),
            ("list, 20 rows, kept", LIST, [], ">= 1000"),
            ("list, 50 rows, kept, gzip", page, ["Accept-Encoding: gzip"], ">= 1000"),
            ("list, 20 rows, known (304)", LIST, [f"If-None-Match: {tag}"], ">= 1000"),
            ("agreement, kept", agreement, [], ">= 1000"),
            ("agreement, PDF, kept", f"{agreement}.pdf", [], ">= 1000"),
        ):
            reached = rate(base + path, headers)
            beside = f"{reached / limit:.2f} of the empty answer's {limit:.0f}; {PEERS}"
            row = f"under load, {SIZES[0]:,} agreements: {name}"
            yield row, f"{reached:.0f} requests/s", beside, goal
        yield from painted(base)


def rate(url: str, headers: list[str] | None = None, seconds: int = 4) -> float:
    said = [word for header in headers or [] for word in ("-H", header)]
    command = ["wrk", "-t1", "-c8", *said]
    subprocess.run([*command, "-d1s", url], check=True, capture_output=True)
    out = subprocess.run(
        [*command, f"-d{seconds}s", url], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in out, out
    reached = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert reached
    return float(reached.group(1))


def painted(base: str) -> Iterator[Row]:
    """First contentful paint in a new browser, and the bytes of a first visit."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in (("list", LIST), ("agreement", f"{LIST}/2024/06435")):
            times, sizes = [], []
            for _ in range(5):
                context = browser.new_context()
                page = context.new_page()
                page.goto(base + path, wait_until="networkidle")
                entries = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
                times.append(page.evaluate(entries))
                sizes.append(
                    page.evaluate(
                        "[...performance.getEntriesByType('resource'), "
                        "...performance.getEntriesByType('navigation')]"
                        ".reduce((sum, entry) => sum + entry.transferSize, 0)"
                    )
                )
                context.close()
            spent = sorted(times)[len(times) // 2]
            name = f"first contentful paint on loopback, nothing kept: {name}"
            yield name, f"{spent:.0f} ms", f"{max(sizes) / 1000:.0f} kB over the wire", "< 300 ms"
        browser.close()


@contextmanager
def served(number: int) -> Iterator[str]:
    """Where `zielwerk serve` answers over the demo and so many agreements more."""
    zielwerk = str(Path(sys.executable).parent / "zielwerk")
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "ZIELWERK_DATA": folder, "PYTHONPATH": os.getcwd()}
        for words in (
            ["demo", "prepare"],
            ["django", "shell", "--verbosity", "0", "-c", FILL.format(number=number)],
        ):
            subprocess.run([zielwerk, *words], env=surroundings, check=True, capture_output=True)
        server = subprocess.Popen(
            [zielwerk, "serve", "--port", PORT],
            env=surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            base = f"http://127.0.0.1:{PORT}"
            wait_for(f"{base}/gesund")
            yield base
        finally:
            server.terminate()
            server.wait(30)
