"""The demo of a walked year: every act on its day, and all proofs sound after it."""

import pytest

from tests.journeys.programmes import Example
from tests.stage import signed_in
from zielwerk.config import world_walked
from zielwerk.config.cast import BEGAN
from zielwerk.config.cli import main
from zielwerk.core.models import AuditEntry
from zielwerk.core.surroundings import Exit
from zielwerk.identity.models import User
from zielwerk.ledger.models import EntryCode, Transfer
from zielwerk.rulebook.refusal import Refused

Capsys = pytest.CaptureFixture[str]
KINDS = {
    *(EntryCode.APPROPRIATION, EntryCode.PROVISION, EntryCode.AUTHORITY, EntryCode.ALLOCATION),
    *(
        EntryCode.AGREEMENT,
        EntryCode.AMENDMENT,
        EntryCode.BLOCK,
        EntryCode.RELEASE,
        EntryCode.WAIVER,
        EntryCode.CUT,
    ),
    *(EntryCode.SUPPLEMENT, EntryCode.REALLOCATION, EntryCode.COVER, EntryCode.LAPSE),
    *(EntryCode.CONSUMPTION, EntryCode.REDEMPTION, EntryCode.CARRY_OVER),
}


@pytest.fixture
def acts(example: Example, db: None) -> list[world_walked.Act]:
    return world_walked.build()


def test_a_walked_year_is_lawful_and_every_act_is_told(
    acts: list[world_walked.Act], capsys: Capsys
) -> None:
    for proof in ("ledger check", "budget check", "audit verify"):
        assert main(proof.split()) == Exit.DONE, capsys.readouterr().err
    assert set(Transfer.objects.values_list("code", flat=True)) >= KINDS
    days = [act.on for act in acts]
    assert days == sorted(days)
    assert (days[0].month, days[-1].month) == (1, 1)
    assert days[-1].year == days[0].year + 1
    since = AuditEntry.objects.exclude(actor="cli:demo").exclude(at=BEGAN)  # its people's coming
    done_on = {entry.at.date() for entry in since}
    assert done_on == set(days)
    names = {act.who for act in acts}
    assert names <= set(User.objects.filter(is_demo=True).values_list("name", flat=True))
    booked = set(Transfer.objects.values_list("case", flat=True))
    assert booked <= {act.number for act in acts}


def test_the_books_of_a_walked_year_open_for_the_ministry(acts: list[world_walked.Act]) -> None:
    year, head = acts[0].on.year, User.objects.get(email__startswith="head@")
    client = signed_in(head)
    for page in (f"jahr/{year}", f"haushalt?jahr={year}", "buecher", "mittelaenderungen", ""):
        assert client.get(f"/arbeit/{page}").status_code == 200
    with pytest.raises(Refused):
        world_walked.build()
    rows = world_walked.table(acts)
    assert len(rows) == len(acts)
    assert all(act.number in row and act.who in row for act, row in zip(acts, rows, strict=True))
