"""Fill lists and time them, in a process of its own: `python -m bench.lists_work NUMBER`.

The pages are those of the product's own views, middleware and templates, without a network;
nothing here runs ANALYZE, since the product never does.
"""

import json
import resource
import sys
import time
from typing import Any

import django
from django.conf import settings

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - after the setup
from django.test import Client  # noqa: E402

from bench.timing import milliseconds  # noqa: E402
from zielwerk.agreements.models import Agreement  # noqa: E402
from zielwerk.publication.models import Edition  # noqa: E402

LIST, PUBLIC = "/arbeit/vereinbarungen", "/zielvereinbarungen"
AT_ONCE = 5000


def fill(there: int, number: int) -> None:
    """Copies of one agreement of the demo and of its edition, each of another body and year."""
    edition = Edition.objects.order_by("pk").first()
    assert edition
    first = edition.agreement
    for start in range(there, number, AT_ONCE):
        agreements = [copy(first, n) for n in range(start, min(start + AT_ONCE, number))]
        Agreement.objects.bulk_create(agreements)
        Edition.objects.bulk_create(published(edition, agreement) for agreement in agreements)


def copy(first: Agreement, n: int) -> Agreement:
    ags, year = f"{60000 + n % 1000:05d}", 1800 + n // 1000
    return Agreement(
        file_number=f"B-{n}",
        programme=first.programme,
        year=year,
        ags=ags,
        body_name=f"Landkreis {n % 1000}",
        amount_cents=n * 100 + 100,
        terms=first.terms,
        rule_version="bench",
        recorded_at=first.recorded_at,
    )


def published(edition: Edition, agreement: Agreement) -> Edition:
    same = (
        "body_kind",
        "measure_count",
        "measure_types",
        "public_text",
        "document",
        "pdf",
        "state",
        "state_since",
        "prepared_at",
        "rule_version",
        "ordinal",
    )
    return Edition(
        agreement=agreement,
        file_number=f"P-{agreement.file_number}",
        number=1,
        programme=agreement.programme,
        year=agreement.year,
        ags=agreement.ags,
        body_name=agreement.body_name,
        amount_cents=agreement.amount_cents,
        is_invented=False,
        published_at=edition.published_at,
        **{name: getattr(edition, name) for name in same},
    )


def taken(client: Client, address: str) -> dict[str, float]:
    """A file taken away part by part: seconds, megabytes, and by how much memory rose."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    answer: Any = client.get(address)
    size = sum(len(part) for part in answer)
    answer.close()
    spent = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": spent, "size": size / 2**20, "memory": (after - before) / 1024}


def main(number: int) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    fill(Agreement.objects.count(), number)
    person = get_user_model().objects.get(email__startswith="officer@")
    client = Client()
    client.force_login(person)
    half = Agreement.objects.order_by("-year", "ags")[number // 2].pk
    pages = {
        "first": LIST,
        "middle": f"{LIST}?nach={half}",
        "last": f"{LIST}?seite=letzte",
        "by amount": f"{LIST}?sortierung=-vereinbarter-betrag",
        "public": f"{PUBLIC}?zeilen=50",
    }
    said: dict[str, Any] = {
        name: milliseconds(lambda address=address: client.get(address), 7)  # type: ignore[misc]
        for name, address in pages.items()
    }
    for kind, address in (
        ("csv", f"{LIST}?export=csv"),
        ("json", f"{PUBLIC}.json"),
        ("xlsx", f"{LIST}?export=xlsx"),
    ):
        said[kind] = taken(client, address)
    print(json.dumps(said))


main(int(sys.argv[1]))
