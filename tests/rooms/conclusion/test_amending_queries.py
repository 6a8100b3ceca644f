"""A change of an agreement with many measures asks the database no more than one with few."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.rooms.conclusion import amended, made
from tests.rooms.conclusion.made import Desk
from zielwerk.agreements import actions as recording
from zielwerk.agreements.actions import HandEntry
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion import actions
from zielwerk.drafting.amending import changes
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Measure, Terms

GOAL = 20
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def asked(work: Callable[[], Any]) -> tuple[list[str], Any]:
    """The statements that a work takes; what opens and closes its transaction is none."""
    with CaptureQueriesContext(connection) as seen:
        done = work()
    sent = [one["sql"] for one in seen.captured_queries]
    return [sql for sql in sent if not sql.startswith(OF_TRANSACTIONS)], done


def merging(sent: list[str]) -> list[str]:
    """Those of concluding that make the new version and book it: from its number to the case."""
    first = next(at for at, sql in enumerate(sent) if "core_filenumberseries" in sql)
    last = next(at for at, sql in enumerate(sent) if sql.startswith('UPDATE "conclusion_'))
    return sent[first:last]


def recorded(desk: Desk, number: int) -> Agreement:
    """An agreement of so many measures, recorded from paper."""
    draft = desk.table.draft
    rules = packs.load(draft.programme, draft.year)
    body = next(
        each for each in packs.bodies_in(draft.programme, draft.year) if each.ags == draft.ags
    )
    kind = rules.measure_types[0].code
    measures = tuple(Measure(kind, f"Maßnahme {each}", None, 12) for each in range(number))
    terms = Terms(
        draft.programme,
        draft.year,
        draft.ags,
        body.name,
        str(body.kind.label),
        "",
        500_000_00,
        measures=measures,
    )
    entry = recording.begin_by_hand(desk.first, HandEntry(terms, "Original"), at=made.SIGNED)
    entry = recording.accept(desk.first, entry, at=made.SIGNED)
    found = recording.confirm(desk.second, entry, at=made.SIGNED).agreement
    assert found
    return found


def whole_change(number: int) -> dict[str, int]:
    """The statements of making the copy with a change, of its differences, and of the merge."""
    desk = worlds.put(made.desk)
    agreement = recorded(desk, number)
    less = agreement.amount_cents - 1_000_00
    wish = amended.wish(agreement, total=less)
    create, draft = asked(lambda: negotiation.amend(desk.table.drafter, wish, at=made.SIGNED))
    other = amended.settled(replace(desk, table=replace(desk.table, draft=draft)))
    now = other.table.now()

    def differences() -> Any:
        return changes(drafts.version(now, 1).document, drafts.newest(now))

    diff, told = asked(differences)
    assert len(told) == 1
    case = made.begun(other)
    made.sign(other, case)
    case = made.checked(other, case)
    whole, done = asked(lambda: actions.conclude(other.second, case, at=made.SIGNED))
    assert done.agreement.measures.count() == number
    steps = {"create": create, "diff": diff, "merge": merging(whole), "conclude": whole}
    return {name: len(sent) for name, sent in steps.items()}


def test_forty_measures_ask_no_more_than_four(db: None, settings: Any) -> None:
    settings.PROGRAMME = "aqb_hessen"
    found = []
    for number in (4, 40):
        with transaction.atomic():
            found.append(whole_change(number))
            transaction.set_rollback(True)
    few, many = found
    assert few == many
    assert max(many[name] for name in ("create", "diff", "merge")) <= GOAL, many
