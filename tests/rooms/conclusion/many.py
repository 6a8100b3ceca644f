"""Texts that are signed, few or many, for whoever counts what pages ask."""

from tests.rooms.conclusion.paper import unread
from tests.rooms.money import AT, YEAR
from tests.stage import moved
from zielwerk.conclusion import actions as conclusion
from zielwerk.conclusion.models import Conclusion
from zielwerk.config import world
from zielwerk.drafting.changes import AMOUNT, Change, ChangeKind, measure_node
from zielwerk.drafting.model import Measure
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as negotiated
from zielwerk.negotiation.actions import Edit, NewAnswer, NewDraft
from zielwerk.negotiation.queries import findings
from zielwerk.packs import loading as packs
from zielwerk.rulebook.signatures import Signing

HESSE, HOME = world.HESSE, world.MAIN_KINZIG


def sign(cast: world.Cast, bodies: list[str], times: int) -> None:
    """So many bodies have a text that is signed; of one much was entered and struck."""
    now, year = AT, YEAR
    drafted = negotiated.drafted_keys(HESSE, year)
    there = {body.ags for body in packs.bodies_in(HESSE, year)} - {HOME, *drafted}
    chosen = [ags for ags in bodies if ags in there][:times]
    kind = packs.load(HESSE, year).measure_types[0]
    measure = Measure("neu-1", kind.code, str(kind.label), "Werkstatt", None, 5)
    changes = (
        Change(ChangeKind.ADD, measure_node(measure), measure=measure),
        Change(ChangeKind.VALUE, AMOUNT, cents=10_000_00),
    )
    for ags in chosen:
        body = moved(cast.body, ags)
        draft = negotiation.draft(cast.officer, NewDraft(HESSE, year, ags), at=now)
        for change in changes:
            edit = Edit(draft.version, "Stelle", change)
            draft = negotiation.edit(cast.officer, draft, edit, at=now)
        negotiation.send(cast.officer, draft, at=now)
        for finding in findings(draft, now.date()):
            if finding.must_be_answered:
                answer = NewAnswer(draft, finding.key, "So gewollt")
                negotiation.answer_check(cast.officer, answer, at=now)
        draft.refresh_from_db()
        draft = negotiation.settle(cast.head, negotiation.accept(body, draft, at=now), at=now)
        conclusion.begin(cast.officer, conclusion.NewConclusion(draft, "paper"), at=now)
    case = Conclusion.objects.get(ags=chosen[0])
    home = moved(cast.body, case.ags)
    for number in range(times):
        new = conclusion.NewSignature(
            case, "body/1", f"Person {number}", "Landrätin", now.date(), "hand"
        )
        signature = conclusion.enter(home, new, at=now)
        conclusion.strike(home, conclusion.NewStrike(signature, "Falsche Person"), at=now)
        conclusion.keep_scan(home, unread(case, f"%PDF-{number}".encode()), at=now)
        resolved = conclusion.NewResolution(case, "Kreisausschuss", now.date(), str(number))
        conclusion.resolve(home, resolved, at=now)
        rule = Signing("body", ("Landrätin",), ("hand",))
        decided = conclusion.NewSigning(HESSE, case.ags, rule, f"Nummer {number}")
        conclusion.decide_signing(home, decided, at=now)
    moved(cast.body, HOME)
