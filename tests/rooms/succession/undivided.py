"""A year whose money was shared out before those who succeed were counted apart."""

from datetime import UTC, date, datetime
from fractions import Fraction

from tests.rooms.money import AT, HEAD, MILLION, OFFICER, YEAR, bodies, enact, put_forward, scenario
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.actions import Needs
from zielwerk.allocation.models import IndicatorData
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.actions import Agreed
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Succession
from zielwerk.succession import actions
from zielwerk.succession.actions import Declaration
from zielwerk.succession.models import SuccessionAct

DECIDED_ON = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
AGREED_CENTS = 12_345_67
REASON = "Vereinbarung der Beteiligten (Test)"


def split(programme: str) -> Succession:
    """The split on New Year's Day of the year: who leaves whom."""
    (succession,) = packs.successions(programme)
    return succession


def leaving(programme: str) -> tuple[str, str]:
    """Who goes on and who begins."""
    succession = split(programme)
    (old,) = succession.predecessors
    (new,) = set(succession.successors) - {old}
    return old, new


def undivided_needs(programme: str) -> IndicatorData:
    """Needs from before the split: whoever begins is counted with its predecessor."""
    codes = [one.code for one in packs.load(programme, YEAR).indicators]
    _, new = leaving(programme)
    values = {
        body.ags: {code: Fraction(1000 * place) for code in codes}
        for place, body in enumerate(bodies(programme), 1)
        if body.ags != new
    }
    needs = Needs(programme, YEAR, "Statistik (Test)", date(YEAR - 1, 6, 30), values)
    return allocation.enter_indicators(OFFICER, needs, at=AT)


def share_out(programme: str, cents: int = 27 * MILLION) -> None:
    """Decide the year's money by undivided needs, and agree a part with the predecessor."""
    enact(programme)
    case = put_forward(scenario(programme, cents, data=undivided_needs(programme)))
    allocation.decide(HEAD, case, at=AT)
    agree(programme, leaving(programme)[0], AGREED_CENTS)


def agree(programme: str, ags: str, cents: int) -> None:
    agreed = Agreed(programme, YEAR, ags, cents, date(YEAR, 2, 3), f"ZV-{YEAR}-{ags}")
    ledger.record_agreed(OFFICER, agreed, at=AT)


def declaration(programme: str, **changes: object) -> Declaration:
    old, new = leaving(programme)
    given = {"years": [YEAR], "shares": {old: "68.5", new: "31.5"}, "reason": REASON}
    return Declaration(programme, split(programme), **{**given, **changes})  # type: ignore[arg-type]


def declared(programme: str, **changes: object) -> SuccessionAct:
    return actions.declare(OFFICER, declaration(programme, **changes), at=AT)


def carried_out(programme: str, **changes: object) -> SuccessionAct:
    return actions.decide(HEAD, declared(programme, **changes), at=DECIDED_ON)


def concluded_cents(programme: str, year: int, ags: str) -> int:
    """What agreements booked as agreed for this body and year, whatever was taken since."""
    booked = Transfer.objects.filter(
        code=EntryCode.AGREEMENT,
        target__place=Place.AGREED,
        target__programme=programme,
        target__programme_year=year,
        target__ags=ags,
    )
    return sum(booked.values_list("amount_cents", flat=True))
