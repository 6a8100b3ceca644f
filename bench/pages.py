"""Public pages under load, uncached: two web processes on two cores, `wrk` beside them.

The limit in the same run is the same server answering with nothing but "ok"
(`/gesund`, one query); the peers are the lists of Hypha (13.1 requests a second) and APiLos
(15.2), measured on a machine of the same size with 20 and 50 rows.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.start import wait_for

NUMBER = 1000
PORT = "8766"
FILL = """
from zielwerk.config import world
from zielwerk.publication.models import Edition
from zielwerk.agreements.models import Agreement
one = Edition.objects.get(ags="06435")
first = Agreement.objects.get(pk=one.agreement_id)
agreements, editions = [], []
for number in range({number}):
    ags, year = f"{{6000 + number % 500:05d}}", 1900 + number // 500
    agreements.append(Agreement(
        file_number=f"B-{{number}}", programme="aqb_hessen", year=year, ags=ags,
        body_name=one.body_name, amount_cents=number * 100 + 100, terms=first.terms,
        rule_version="bench", recorded_at=first.recorded_at))
Agreement.objects.bulk_create(agreements)
for agreement in agreements:
    editions.append(Edition(
        agreement=agreement, number=1, programme="aqb_hessen", year=agreement.year,
        ags=agreement.ags, body_name=f"{{one.body_name}} {{agreement.pk}}", body_kind=one.body_kind,
        sort_name=f"{{one.sort_name}} {{agreement.pk:05d}}", amount_cents=agreement.amount_cents,
        measure_count=one.measure_count, measure_types=one.measure_types,
        search_text=one.search_text, is_invented=False, document=one.document, pdf=one.pdf,
        published_at=one.published_at))
Edition.objects.bulk_create(editions)
"""


def rate(url: str, seconds: int = 6) -> float:
    out = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", url], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in out, out
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found
    return float(found.group(1))


def run() -> list[tuple[str, ...]]:
    if not shutil.which("wrk"):
        raise SystemExit("The pages are measured with wrk. Install it: sudo apt-get install wrk")
    zielwerk = str(Path(sys.executable).parent / "zielwerk")
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "ZIELWERK_DATA": folder}
        subprocess.run(
            [zielwerk, "demo", "prepare"], env=surroundings, check=True, capture_output=True
        )
        fill = FILL.format(number=NUMBER)
        subprocess.run(
            [zielwerk, "django", "shell", "-c", fill],
            env=surroundings,
            check=True,
            capture_output=True,
        )
        server = subprocess.Popen(
            [zielwerk, "serve", "--port", PORT],
            env=surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            base = f"http://127.0.0.1:{PORT}"
            wait_for(f"{base}/gesund")
            limit = rate(f"{base}/gesund")
            for name, path in (
                ("public list of 1,000, 20 rows", "/zielvereinbarungen?zeilen=20"),
                ("public list of 1,000, 50 rows", "/zielvereinbarungen?zeilen=50"),
                (
                    "public list of 1,000, 50 rows, search and filter",
                    "/zielvereinbarungen?zeilen=50&suche=sprache&art=Landkreis",
                ),
                ("an agreement's page", "/zielvereinbarungen/2024/06435"),
                ("an agreement's PDF", "/zielvereinbarungen/2024/06435.pdf"),
            ):
                rate(base + path, 2)
                found = rate(base + path)
                rows.append(
                    (
                        name,
                        f"{found:.0f} requests/s",
                        f"{found / limit:.2f} of the empty answer's {limit:.0f}",
                        ">= 150; others 13 to 15",
                    )
                )
        finally:
            server.terminate()
            server.wait(30)
    return rows
