"""A draft whose text stands, and its conclusion, made by the verbs that people use."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.rooms.money import AT
from tests.rooms.negotiation import made as negotiated
from tests.rooms.negotiation.made import Table
from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.actions import NewConclusion, NewResolution, NewSignature
from zielwerk.conclusion.cases import CONCLUSIONS
from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.drafting.changes import AMOUNT, Change, ChangeKind
from zielwerk.identity.models import User
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation import queries as drafts
from zielwerk.negotiation.actions import Edit
from zielwerk.rulebook.signatures import FORMS_OF, Place, places_of, ways_of

SIGNED = AT + timedelta(days=4)
NAMES = ("Erika Beispiel", "Petra Muster", "Paul Probe", "Otto Vorbild")


@dataclass(frozen=True)
class Desk:
    """A table of negotiation whose text stands, and who concludes."""

    table: Table
    first: User
    second: User

    @property
    def body(self) -> User:
        return self.table.partner

    def now(self) -> Conclusion:
        return Conclusion.objects.get(draft=self.table.draft.pk)


def desk() -> Desk:
    """The text stands in every programme."""
    table = negotiated.table()
    keep_to_the_measures(table)
    negotiated.sent(table)
    negotiated.answer_all(table)
    settle(table, AT)
    draft = table.now()
    side = queries.concluding_side(draft.programme, draft.year)
    return Desk(table, *table.cast.pair(side, draft.ags))


def keep_to_the_measures(table: Table) -> None:
    """Where measures receive the money, the total is what they receive."""
    amounts = [each.amount_cents for each in table.text.content.measures]
    if None in amounts:
        return
    change = Change(ChangeKind.VALUE, AMOUNT, cents=sum(cents or 0 for cents in amounts))
    edit = Edit(table.now().version, "Gesamtbetrag", change)
    negotiation.edit(table.drafter, table.now(), edit, at=AT)


def settle(table: Table, at: datetime) -> None:
    """Take the draft from the body's turn to the end."""
    for stage in drafts.lifecycle_of(table.now()).steps[1:]:
        if stage.act not in ("accept", "settle"):
            break
        person = table.partner if stage.side == "body" else table.second
        getattr(negotiation, stage.act)(person, table.now(), at=at)


def begun(desk: Desk, way: str = "") -> Conclusion:
    """The conclusion of the draft as it stands, on the first way that there is."""
    draft = desk.table.now()
    needed = queries.needed_for(drafts.newest(draft).content, AT.date())
    new = NewConclusion(draft, way or ways_of(needed)[0])
    return actions.begin(desk.first, new, at=AT)


def new(case: Conclusion, place: Place, name: str = "", **changed: object) -> NewSignature:
    """A signature as the place wants it."""
    number = list(places_of(case.sides)).index(place.id)
    form = next(each for each in place.forms if each in FORMS_OF[case.way])
    whole = NewSignature(
        case,
        place.id,
        name or NAMES[number],
        place.office,
        SIGNED.date(),
        form,
        "Wiesbaden",
        has_seal=place.needs_seal,
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def sign(desk: Desk, case: Conclusion, *, but: int = 0) -> list[Signature]:
    """All sign, each side for itself, but for the last ``but`` of them; resolved where needed."""
    places = list(places_of(case.sides).values())
    made = []
    for place in places[: len(places) - but]:
        person = desk.body if place.side == "body" else desk.first
        made.append(actions.enter(person, new(case, place), at=SIGNED))
    if any(side.rule.needs_resolution for side in case.sides):
        noted = NewResolution(case, "Stadtrat", AT.date(), "12/2026")
        actions.resolve(desk.body, noted, at=SIGNED)
    return made


def checked(desk: Desk, case: Conclusion) -> Conclusion:
    """Taken through all stages but the last one."""
    while True:
        case = desk.now()
        row = next(row for row in CONCLUSIONS.open_steps(case) if row.target != "abandoned")
        if row.taken_by == "conclude":
            return case
        note = {"note": "Kreistag, 3.2.2026, Nr. 7"} if row.notes else {}
        CONCLUSIONS.verb(row.taken_by)(desk.first, case, **note, at=SIGNED)


def concluded(desk: Desk) -> Conclusion:
    """Signed by all, checked, and concluded by a second person."""
    case = begun(desk)
    sign(desk, case)
    return actions.conclude(desk.second, checked(desk, case), at=SIGNED)
