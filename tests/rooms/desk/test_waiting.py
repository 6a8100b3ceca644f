"""What waits on the desk of the second person, and of nobody else."""

from datetime import date
from fractions import Fraction

from tests.stage import AT, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements.models import Agreement
from zielwerk.allocation import actions as allocation
from zielwerk.config import world
from zielwerk.identity.models import User
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

HESSE = "aqb_hessen"


def desk(person: User) -> str:
    """What stands on a person's desk for her; what she waits for comes after it."""
    page = signed_in(person).get("/arbeit/").content.decode()
    return page.split('id="fuer-mich">')[1].split('id="gefragt"')[0].split('id="andere"')[0]


def test_a_scenario_waits_for_whoever_did_not_put_it_forward(cast: world.Cast) -> None:
    values = {body.ags: {"sgb2_employable": Fraction(100)} for body in packs.bodies_in(HESSE, 2024)}
    needs = allocation.Needs(HESSE, 2024, "Statistik", date(2023, 6, 30), values)
    data = allocation.enter_indicators(cast.officer, needs, at=AT)
    key = {"rounding_cents": 100_00, "base_cents": 0, "weights": {"sgb2_employable": "1"}}
    draft = allocation.Draft("Gleich verteilt", "", 26_000_000_00, key, data)
    start = allocation.Start(Fund(HESSE, 2024), draft)
    scenario = allocation.begin(cast.officer, start, at=AT)
    waits = "vorgelegtes Verteilszenario ist zu entscheiden"
    assert waits not in desk(cast.head)
    allocation.propose(cast.officer, scenario, at=AT)
    assert waits in desk(cast.head)
    assert 'href="/arbeit/verteilung' in desk(cast.head)
    for person in (cast.officer, cast.auditor, cast.body):
        assert waits not in desk(person)
    # It was put forward months after the day of the application: nobody is to blame for that.
    case_page = signed_in(cast.head).get(f"/arbeit/verteilung/{scenario.pk}").content.decode()
    for page in (desk(cast.head), case_page):
        assert "Frist war Sonntag, 31.03.2024" in " ".join(page.split())
        assert "überfällig" not in page.split("Das Jahr im Überblick")[0]


def test_a_waiver_waits_for_the_ministry(cast: world.Cast, main_kinzig: Agreement) -> None:
    planning = {"programme": HESSE, "programme_year": 2024}
    given = ledger.Posting(
        AccountKey(Book.PLANNING, Place.OUTSIDE, **planning),  # type: ignore[arg-type]
        AccountKey(Book.PLANNING, Place.ALLOCATED, ags="06435", **planning),  # type: ignore[arg-type]
        9_000_00,
        EntryCode.ALLOCATION,
        date(2024, 9, 1),
        "VS-2024-0001",
    )
    ledger.post(cast.officer, [given], at=AT)
    move = adjustments.Move(
        AdjustmentKind.WAIVER, Fund(HESSE, 2024), "06435", 9_000_00, "weniger Bedarf"
    )
    adjustments.declare(cast.body, move, at=AT)
    waits = "erklärte Mitteländerung ist zu entscheiden"
    assert waits in desk(cast.head)
    assert 'href="/arbeit/mittelaenderungen' in desk(cast.head)
    for person in (cast.officer, cast.body, cast.auditor):
        assert waits not in desk(person)
