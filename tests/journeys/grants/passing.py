"""The verbs of passing on, on paper and in the product."""

from dataclasses import replace

from tests.journeys.grants import granting
from tests.journeys.grants.model import Body, Notice, Pass, left
from tests.journeys.grants.play import Play, never, verb
from tests.rooms.passing import made
from zielwerk.passing import actions
from zielwerk.passing.actions import NewChange, NewPassOn, NewSpent, Writing
from zielwerk.passing.models import PassOn
from zielwerk.passing.queries import PassDraft

MEASURES = ("1", "2")


def of(body: Body) -> list[Pass]:
    return body.passes


def row(one: Pass) -> PassOn:
    return PassOn.objects.get(pk=one.pk)


def granted(one: Notice) -> list[str]:
    """The measures that a notice grants something today."""
    stands = one.stands(one.body.today)
    return [key for key in MEASURES if any(measure == key for measure, _ in stands)]


@verb(granting.notices, lambda one: one.is_issued and bool(granted(one)), leads_on=True)
def pass_on(play: Play, one: Notice, part: int) -> None:
    known = granted(one) or list(MEASURES)
    measure = known[part % len(known)]
    new = NewPassOn(granting.notice_of(one), measure)
    case = actions.draft(play.cast(one).body, new, at=play.at)
    began = {year: cents for year, cents in left(one, measure).items() if cents > 0}
    assert PassDraft.of(case).amounts == began
    one.body.passes.append(Pass(one, measure, case.pk, began))


@verb(of, lambda one: one.state == "draft", leads_on=True)
def write_pass(play: Play, one: Pass, part: int) -> None:
    """A share of what is left, at times a little more than that."""
    rest = {year: max(cents, 1) * (part + 30) // 1000 for year, cents in one.rest().items()}
    draft = replace(made.whole(row(one), play.party), amounts=rest)
    actions.write(play.cast(one).body, Writing(row(one), draft), at=play.at)
    one.amounts = {year: cents for year, cents in rest.items() if cents}


@verb(of, Pass.can_be_put_forward, leads_on=True)
def put_pass_forward(play: Play, one: Pass, part: int) -> None:
    actions.put_forward(play.cast(one).body, row(one), at=play.at)
    one.state = "put_forward"


@verb(of, Pass.can_be_concluded, leads_on=True)
def conclude(play: Play, one: Pass, part: int) -> None:
    actions.conclude(play.heads[one.body.ags], row(one), at=play.at)
    one.state = "passed_on"


@verb(of, never)
def conclude_as_the_authority(play: Play, one: Pass, part: int) -> None:
    actions.conclude(play.head(one), row(one), at=play.at)


@verb(of, lambda one: one.state == "put_forward")
def send_pass_back(play: Play, one: Pass, part: int) -> None:
    actions.send_back(play.heads[one.body.ags], row(one), note="Noch einmal.", at=play.at)
    one.state = "draft"


@verb(of, lambda one: one.state == "put_forward")
def take_pass_back(play: Play, one: Pass, part: int) -> None:
    actions.take_back(play.cast(one).body, row(one), at=play.at)
    one.state = "draft"


@verb(of, lambda one: one.state == "draft")
def discard_pass(play: Play, one: Pass, part: int) -> None:
    actions.discard(play.cast(one).body, row(one), at=play.at)
    one.state = "discarded"


@verb(of, Pass.can_be_restored)
def restore_pass(play: Play, one: Pass, part: int) -> None:
    actions.restore(play.cast(one).body, row(one), at=play.at)
    one.state = "draft"


@verb(of, Pass.can_be_changed, leads_on=True)
def change_pass(play: Play, one: Pass, part: int) -> None:
    case = actions.change(play.cast(one).body, NewChange(row(one)), at=play.at)
    new = Pass(one.notice, one.measure, case.pk, one.amounts, one, spent=one.spent)
    one.body.passes.append(new)


@verb(of, Pass.can_be_changed)
def end(play: Play, one: Pass, part: int) -> None:
    actions.end(play.heads[one.body.ags], row(one), note="Der Kurs entfällt.", at=play.at)
    one.state = "ended"


@verb(of, Pass.can_be_resumed)
def resume(play: Play, one: Pass, part: int) -> None:
    actions.resume(play.heads[one.body.ags], row(one), at=play.at)
    one.state = "passed_on"


@verb(of, Pass.can_be_spent, leads_on=True)
def note_spent(play: Play, one: Pass, part: int) -> None:
    year = next((each for each, cents in sorted(one.amounts.items()) if cents), play.year)
    cents = one.amounts.get(year, 0) * part // 900
    new = NewSpent(row(one), year, play.today, cents)
    actions.note_spent(play.cast(one).body, new, at=play.at)
    one.spent[year] = cents
