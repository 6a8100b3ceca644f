"""Times the file of a case in a process of its own; prints a line of JSON for each size.

python -m bench.casefile_work 50 500
"""

import json
import logging
import os
import sys
import time
from statistics import median

import django

os.environ["ZIELWERK_DEMO"] = "1"  # its people sign in
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from zielwerk.config import world  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.filing.panels import url_of  # noqa: E402
from zielwerk.identity.models import User  # noqa: E402
from zielwerk.negotiation.models import DraftDocument  # noqa: E402
from zielwerk.notes import actions as notes  # noqa: E402

WAYS = {"page": "", "PDF": "/pdf", "ZIP": "/zip"}
RUNS = 5


def main(sizes: list[int]) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    cast = world.build()
    case = DraftDocument.objects.earliest("pk")
    there = 0
    for size in sizes:
        for number in range(there, size):
            text = f"Vermerk {number}: Telefonat mit der Koordination, zwei Fragen sind offen."
            notes.write(cast.officer, notes.NewNote(case, text), at=timezone.now())
        there = size
        client = signed_in(cast.officer)
        url = url_of(case)
        found = {name: timed(client, url + ending) for name, ending in WAYS.items()}
        print(json.dumps({"notes": size, "ways": found}), flush=True)


def signed_in(person: User) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    session = client.session
    session["strong"] = True  # by more than a password
    session.save()
    return client


def timed(client: Client, address: str) -> dict[str, float]:
    taken = []
    for _ in range(RUNS):
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = client.get(address)
            assert answer.status_code == 200, answer.status_code
            content = answer.getvalue()
            answer.close()
            taken.append(time.perf_counter() - begun)
    return {
        "longest": max(taken),
        "median": median(taken),
        "queries": len(queries),
        "bytes": len(content),
    }


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
