"""Start of the command line, memory of a web worker."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.timing import process, python


def resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"\nPPid:\t{pid}\n" in text:
            found.append(int(status.parent.name))
    return found


def wait_for(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


def run() -> list[tuple[str, ...]]:
    bare = process(python("-c", "pass"))
    zielwerk = str(Path(sys.executable).parent / "zielwerk")
    helped = process([zielwerk, "--help"])
    rows: list[tuple[str, ...]] = [
        ("`zielwerk --help`", f"{helped:.0f} ms", f"python -c pass: {bare:.0f} ms", "< 400 ms")
    ]
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "ZIELWERK_DATA": folder}
        began = time.perf_counter()
        subprocess.run(
            [zielwerk, "demo", "prepare"], env=surroundings, check=True, capture_output=True
        )
        prepared = time.perf_counter() - began
        rows.append(("demo world in an empty database", f"{prepared:.1f} s", "", ""))
        port = "8765"
        began = time.perf_counter()
        server = subprocess.Popen(
            [zielwerk, "serve", "--port", port],
            env=surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/")
            rows.append(
                (
                    "second start to the first page",
                    f"{time.perf_counter() - began:.1f} s",
                    "",
                    "seconds",
                )
            )
            for path in (
                "/",
                "/zielvereinbarungen/2024/06435",
                "/zielvereinbarungen/2024/06435.pdf",
                "/anmelden",
            ) * 20:
                urllib.request.urlopen(base + path).read()
            groups = [children(child) for child in children(server.pid)]
            web = [pid for group in groups for pid in group]
            memory = max(resident_mb(pid) for pid in web)
            rows.append(
                (
                    "memory of one web worker after 80 requests",
                    f"{memory:.0f} MB",
                    f"{len(web)} workers",
                    "< 130 MB",
                )
            )
        finally:
            server.terminate()
            server.wait(30)
    return rows
