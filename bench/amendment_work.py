"""Measures changes of an agreement in a process of its own; prints one line of JSON."""

import json
import logging
import statistics
import time
from collections.abc import Callable
from copy import copy
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.plans_work import AT, YEAR  # noqa: E402
from bench.year_work import share_out  # noqa: E402
from zielwerk.agreements import actions as agreements  # noqa: E402
from zielwerk.agreements.actions import HandEntry, Promise  # noqa: E402
from zielwerk.agreements.models import AgreedMeasure, Agreement  # noqa: E402
from zielwerk.conclusion.queries import terms_of  # noqa: E402
from zielwerk.config import world  # noqa: E402
from zielwerk.core.actions import action  # noqa: E402
from zielwerk.core.permissions import Actor  # noqa: E402
from zielwerk.drafting.amending import changes  # noqa: E402
from zielwerk.drafting.model import Document  # noqa: E402
from zielwerk.negotiation import actions, queries  # noqa: E402
from zielwerk.negotiation.actions import NewAmendment  # noqa: E402
from zielwerk.negotiation.models import Version  # noqa: E402
from zielwerk.packs import loading as packs  # noqa: E402
from zielwerk.rulebook.agreement import Measure, Terms  # noqa: E402

TIMES = 15
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
Work = Callable[[], Any]


def timed(work: Work) -> tuple[float, int]:
    """Median of several runs in ms, each undone, and how many statements one takes."""
    spent = []
    for _ in range(TIMES):
        with transaction.atomic():
            began = time.perf_counter()
            work()
            spent.append((time.perf_counter() - began) * 1000)
            transaction.set_rollback(True)
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        work()
        transaction.set_rollback(True)
    number = sum(not one["sql"].startswith(OF_TRANSACTIONS) for one in seen.captured_queries)
    return statistics.median(spent), number


def recorded(cast: world.Cast) -> Agreement:
    """An agreement of 40 measures."""
    body = next(b for b in packs.bodies_in(settings.PROGRAMME, YEAR) if b.ags == cast.body.ags)
    kind = packs.load(settings.PROGRAMME, YEAR).measure_types[0].code
    terms = Terms(
        settings.PROGRAMME,
        YEAR,
        body.ags,
        body.name,
        str(body.kind.label),
        "",
        50_000_00,
        measures=tuple(Measure(kind, f"Maßnahme {each}", None, 12) for each in range(40)),
    )
    entry = agreements.begin_by_hand(cast.officer, HandEntry(terms, "Original"), at=AT)
    entry = agreements.accept(cast.officer, entry, at=AT)
    found = agreements.confirm(cast.head, entry, at=AT).agreement
    assert found
    return found


@action("agreements.confirm")
def merge(actor: Actor, agreement: Agreement, text: Document, at: Any) -> Agreement:
    """What concluding a change does once all is signed: version, measures, books."""
    rules = packs.load(agreement.programme, agreement.year)
    promise = Promise(
        terms_of(text, ()),
        agreement.rule_version,
        before=agreement,
        version=agreement.version + 1,
        form="amendment",
        basis="§ 4",
    )
    return agreements.agree(actor, promise, rules, at)


def copied(rows: list[Any], place: str) -> None:
    """The same rows written again under another number, and nothing else."""
    again = [copy(row) for row in rows]
    for row in again:
        row.pk = None
        setattr(row, place, getattr(row, place) + 100)
    type(again[0])._default_manager.bulk_create(again)


def main() -> None:
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
    cast = world.enrol_cast()
    share_out(cast)
    agreement = recorded(cast)
    less = agreement.amount_cents - 1_000_00
    wish = NewAmendment(agreement, "amendment", "§ 4", total_cents=less)
    drafter, _ = cast.pair(queries.sides(settings.PROGRAMME, YEAR).drafting, agreement.ags)
    draft = actions.amend(drafter, wish, at=AT)
    before, after = queries.version(draft, 1), queries.version(draft, 2)

    def create() -> None:
        actions.amend(drafter, wish, at=AT)

    def diff() -> None:
        old, new = (Version.objects.get(draft=draft, number=each).document for each in (1, 2))
        assert len(changes(old, new)) == 1

    def merging() -> None:
        merge(cast.head, agreement, after.document, at=AT)

    merged = timed(merging)
    draft = actions.discard(drafter, draft, at=AT)
    created = timed(create)
    measures = list(AgreedMeasure.objects.filter(agreement=agreement))
    alone = {
        "the copy with its first change": timed(lambda: copied([before, after], "number"))[0],
        "what differs": timed(lambda: list(Version.objects.filter(draft=draft)))[0],
        "the merge with its books": timed(lambda: copied(measures, "position"))[0],
    }
    found = {
        "the copy with its first change": created,
        "what differs": timed(diff),
        "the merge with its books": merged,
    }
    print(
        json.dumps(
            {
                name: {"ms": ms, "queries": number, "alone": alone[name]}
                for name, (ms, number) in found.items()
            }
        )
    )


if __name__ == "__main__":
    main()
