"""Issues so many notices at once in a process of its own; prints a line of JSON.

python -m bench.granting_work 27
"""

import json
import logging
import os
import sys
import time

import django

os.environ["ZIELWERK_DEMO"] = "1"  # its people sign in
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.rooms.granting.test_together import put_forward  # noqa: E402

from bench.casefile_work import signed_in  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.granting import actions, queries  # noqa: E402
from zielwerk.granting.actions import Batch  # noqa: E402
from zielwerk.rulebook.grant.together import code_of  # noqa: E402


def main(size: int) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    cast = world.enrol_cast()
    notices = put_forward(cast, size)
    _, head = cast.pair("authority", notices[0].ags)
    client, url = signed_in(head), reverse("granting:together")
    chosen = {"bescheid": [str(notice.pk) for notice in notices]}
    client.post(url, chosen)
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        client.post(url, chosen)
    page = time.perf_counter() - begun
    at, begun = timezone.now(), time.perf_counter()
    ready = {notice.pk: actions.ready(notice, at) for notice in notices}
    documents = time.perf_counter() - begun
    batch = Batch(tuple(notices), code_of(queries.entries_of(notices)), ready, "post")
    begun = time.perf_counter()
    actions.issue_together(head, batch, at=at)
    issuing = time.perf_counter() - begun
    found = {"documents": documents * 1000, "issuing": issuing * 1000, "page": page * 1000}
    print(json.dumps({**found, "queries": len(asked), "programme": settings.PROGRAMME}))


main(int(sys.argv[1]))
