"""Measures drafts in a process of its own; prints one line of JSON.

    python -m bench.negotiation_work drafts 27
    python -m bench.negotiation_work talk 2000

So many bodies have money and three planned measures each; or so many comments were made.
"""

import json
import logging
import sys
import time
from typing import Any
from unittest import mock

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench.plans_work import AT, YEAR, page  # noqa: E402
from bench.whatif_work import many  # noqa: E402
from bench.year_work import share_out  # noqa: E402
from zielwerk.config import world, world_plans  # noqa: E402
from zielwerk.config.serve import collect_static  # noqa: E402
from zielwerk.config.world import Cast  # noqa: E402
from zielwerk.measures import actions as measures  # noqa: E402
from zielwerk.measures.actions import Pasted  # noqa: E402
from zielwerk.negotiation import actions, letters, queries  # noqa: E402
from zielwerk.negotiation.actions import NewComment, NewDraft  # noqa: E402
from zielwerk.negotiation.models import DraftDocument, SharedComment  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402
from zielwerk.typesetting.pdf import render  # noqa: E402


def plan(cast: Cast, ags: str) -> None:
    """Three measures of a body."""
    rules = packs.load(settings.PROGRAMME, YEAR)
    kinds = [each.code for each in rules.measure_types if each.has_participants]
    plans = [
        world_plans.complete(rules, f"Maßnahme {number} {ags}", kinds[0], 10_000_00)
        for number in range(3)
    ]
    measures.paste(cast.officer, Pasted(settings.PROGRAMME, YEAR, ags, plans), at=AT)


def drafts(cast: Cast, bodies: int) -> dict[str, Any]:
    """Every draft of a year with its document, as the work in the background makes them."""
    with mock.patch.object(packs, "bodies", return_value=many(bodies)):
        share_out(cast)
        for body in packs.bodies_in(settings.PROGRAMME, YEAR):
            plan(cast, body.ags)
        missing = queries.missing_drafts(cast.officer, settings.PROGRAMME, YEAR)
        began, made = time.perf_counter(), []
        for ags in missing:
            new = NewDraft(settings.PROGRAMME, YEAR, ags)
            made.append(actions.draft(cast.officer, new, at=AT))
        drafted = time.perf_counter() - began
        for draft in made:
            assert render(letters.document(draft, queries.version(draft)))
        whole = time.perf_counter() - began
    return {"number": len(missing), "drafted": drafted, "whole": whole}


def talk(cast: Cast, number: int) -> dict[str, Any]:
    """The pages of a draft about which so much was said."""
    share_out(cast)
    plan(cast, cast.body.ags)
    new = NewDraft(settings.PROGRAMME, YEAR, cast.body.ags)
    draft = actions.send(cast.officer, actions.draft(cast.officer, new, at=AT), at=AT)
    node = f"measures/{queries.newest(draft).content.measures[0].id}"
    said = NewComment(draft, node, "§ 5, Maßnahme 1", "Reichen die Plätze?")
    first = actions.comment(cast.body, said, at=AT)
    fields = {f.attname: getattr(first, f.attname) for f in SharedComment._meta.concrete_fields}
    del fields["id"]
    rows = [SharedComment(**fields) for _ in range(number - 1)]
    SharedComment.objects.bulk_create(rows)
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.body)
    one = f"/arbeit/entwuerfe/{DraftDocument.objects.get().pk}"
    return {
        "the draft": page(client, one),
        "one place of it": page(client, f"{one}/stelle?stelle={node}"),
        "its proposals": page(client, f"{one}/vorschlaege"),
        "what the checks say": page(client, f"{one}/pruefung"),
    }


def main(what: str, number: int) -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    settings.DEMO = True  # else its people are not let in
    cast = world.enrol_cast()
    print(json.dumps({"drafts": drafts, "talk": talk}[what](cast, number)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
