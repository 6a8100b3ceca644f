"""The verbs of applications, on paper and in the product, until they are examined."""

from datetime import timedelta

from django.conf import settings

from tests.journeys.grants.model import Application, Body, Notice, Place
from tests.journeys.grants.play import Play, never, verb
from zielwerk.config import world_funding
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewAnswer, NewApplication, NewQuestion, Settling, Writing
from zielwerk.funding.models import Application as Row
from zielwerk.funding.models import Question
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries import NoticeDraft
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import format_euro

TEXT = "m/1/concept"
"""The place that is written again and again, and asked about."""
COSTS = {("1", 0): 40_000_00, ("1", 1): 10_000_00, ("2", 0): 25_000_00}
"""What is applied for: by measure and how many years after the programme year, in cents."""


def of(body: Body) -> list[Application]:
    return body.applications


def row(one: Application) -> Row:
    return Row.objects.get(pk=one.pk)


def answers(year: int) -> dict[str, str]:
    """What an application says beyond what is asked of every one: measures, costs, who pays."""
    rules = packs.load(settings.PROGRAMME, year)
    first = dict(world_funding._measure(rules, rules.begins))
    said = {place: text for place, text in first.items() if "/cost/" not in place}
    said = {place: text for place, text in said.items() if "/income/" not in place}
    said |= {place.replace("m/1", "m/2"): text for place, text in said.items()}
    said["m/2/title"] = "Sprache am Vormittag"
    category = rules.cost_categories[0].code
    source = next(each.code for each in rules.cost_sources if each.of_programme)
    for (measure, later), cents in COSTS.items():
        amount = format_euro(cents).removesuffix("€").strip()
        said[f"m/{measure}/cost/{category}/{year + later}"] = amount
        said[f"m/{measure}/income/{source}/{year + later}"] = amount
    return said


def applied(year: int) -> dict[Place, int]:
    return {(measure, year + later): cents for (measure, later), cents in COSTS.items()}


@verb(lambda body: [body], lambda body: not body.pursues, leads_on=True)
def apply(play: Play, body: Body, part: int) -> None:
    writer = play.casts[body.ags].body
    new = NewApplication(settings.PROGRAMME, play.year, body.ags)
    made = actions.apply(writer, new, at=play.at)
    seen = queries.said(made).number
    actions.write(writer, Writing(made, seen, answers(play.year)), at=play.at)
    world_funding.whole(writer, made, play.at)
    body.applications.append(Application(body, made.pk, applied(play.year)))


@verb(of, Application.can_be_written)
def keep(play: Play, one: Application, part: int) -> None:
    number = queries.said(row(one)).number
    writing = Writing(row(one), number, {TEXT: f"Fassung {one.said + 1}"})
    actions.write(play.cast(one).body, writing, at=play.at)
    one.said += 1


@verb(of, Application.can_be_handed_in, leads_on=True)
def hand_in(play: Play, one: Application, part: int) -> None:
    actions.hand_in(play.cast(one).body, row(one), at=play.at)
    one.hand_in()


@verb(of, lambda one: one.is_examined)
def take_application_back(play: Play, one: Application, part: int) -> None:
    actions.take_back(play.cast(one).body, row(one), at=play.at)
    one.state = "draft"


@verb(of, lambda one: one.is_examined)
def send_application_back(play: Play, one: Application, part: int) -> None:
    actions.send_back(play.clerk(one), row(one), note="Der Plan fehlt.", at=play.at)
    one.state = "draft"


@verb(of, lambda one: one.state == "hand_in", leads_on=True)
def confirm(play: Play, one: Application, part: int) -> None:
    actions.note(play.clerk(one), row(one), at=play.at)
    one.state = "confirm"


@verb(of, lambda one: one.is_examined)
def ask(play: Play, one: Application, part: int) -> None:
    day = play.today + timedelta(days=14)
    question = actions.ask(
        play.clerk(one), NewQuestion(row(one), (TEXT,), "Warum?", day), at=play.at
    )
    one.asked.append(question.pk)
    one.open.append(question.pk)


def asked(body: Body) -> list[Application]:
    return [one for one in body.applications if one.asked]


@verb(asked, Application.can_be_answered)
def answer(play: Play, one: Application, part: int) -> None:
    actions.answer(play.cast(one).body, NewAnswer(question(one), "Darum."), at=play.at)
    one.answer()


def question(one: Application) -> Question:
    """The question that is open longest; where none is, the newest."""
    return Question.objects.get(pk=(*one.open, one.asked[-1])[0])


@verb(asked, lambda one: bool(one.open))
def withdraw_question(play: Play, one: Application, part: int) -> None:
    actions.withdraw_question(play.clerk(one), question(one), "Erledigt.", at=play.at)
    one.withdraw_question()


@verb(of, lambda one: one.is_examined, leads_on=True)
def settle(play: Play, one: Application, part: int) -> None:
    for aspect in world_funding.ASPECTS:
        actions.settle(play.clerk(one), Settling(row(one), aspect, "accepted"), at=play.at)
    one.is_settled = True


@verb(of, Application.can_be_assessed, leads_on=True)
def assess(play: Play, one: Application, part: int) -> None:
    actions.assess(play.clerk(one), row(one), at=play.at)
    one.state = "assessed"
    if one.notice is None:
        drafted(one, GrantNotice.objects.latest("pk"))


def drafted(one: Application, made: GrantNotice) -> None:
    """A notice began: it grants all that was applied for."""
    is_reserved = "final_notice" in NoticeDraft.of(made).conditions
    notice = Notice(one, made.pk, made.file_number, one.submission, one.applied)
    notice.is_reserved = is_reserved
    one.body.notices.append(notice)


@verb(of, Application.can_be_reopened)
def reopen(play: Play, one: Application, part: int) -> None:
    actions.reopen(play.clerk(one), row(one), note="Neue Unterlagen.", at=play.at)
    one.give_notice_up()
    one.state = "hand_in"


@verb(of, Application.can_be_withdrawn)
def withdraw(play: Play, one: Application, part: int) -> None:
    actions.withdraw(play.cast(one).body, row(one), note="Kein Träger.", at=play.at)
    one.give_notice_up()
    one.state = "withdrawn"


@verb(of, lambda one: one.state == "draft")
def discard_application(play: Play, one: Application, part: int) -> None:
    actions.discard(play.cast(one).body, row(one), at=play.at)
    one.state = "discarded"


@verb(of, Application.can_be_restored)
def restore_application(play: Play, one: Application, part: int) -> None:
    actions.restore(play.cast(one).body, row(one), at=play.at)
    one.state = "draft"


@verb(of, never)
def assess_as_the_body(play: Play, one: Application, part: int) -> None:
    actions.assess(play.cast(one).body, row(one), at=play.at)
