"""Pass-ons of the demo: one in force with what was spent of it, one being written.

Made by the verbs that people use, out of notices that were issued; none where there is none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from zielwerk.config import world_funding
from zielwerk.config.cast import BEGAN, INVENTED, OPERATOR, Cast
from zielwerk.config.world_strategy import PAPER
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.packs import loading as packs
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewPaper, NewPassOn, NewSpent, Writing
from zielwerk.passing.models import PassOn
from zielwerk.passing.queries import PassDraft
from zielwerk.programme import actions as programme_actions
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.passing.checks import CHECKS, Answer
from zielwerk.rulebook.passing.ways import Document, Due, Way

HEADS = ("Hanne Kolb", "Ute Reinhold", "Ilse Brandt")  # of the bodies, in their order
PACE = timedelta(minutes=10)
REASON = f"Vermerk der Koordination ({INVENTED})."
PURPOSE = f"Der Träger führt die Maßnahme durch ({INVENTED})."
REMEDY = f"Der Rechtsbehelf richtet sich nach dem Recht der Körperschaft ({INVENTED})."


def make(cast: Cast, programme: str, year: int) -> None:
    """What the bodies with an issued notice pass on of it."""
    if not packs.load(programme, year).procedure("passing"):
        return
    writers = (cast.body, *world_funding.others(year))
    for writer, name in zip(writers, HEADS, strict=False):
        deciding = head(writer.ags, name, year)
        notice = GrantNotice.objects.filter(
            programme=programme, year=year, ags=writer.ags, state=GrantState.ISSUED
        ).first()
        if notice and notice.issued_at and (measure := next(measures(notice), "")):
            at = notice.issued_at + timedelta(days=7)
            to = traeger(cast, notice.ags, at)
            case = in_force(writer, deciding, NewPassOn(notice, measure), to, at)
            follow(writer, case, at + timedelta(days=30))
            if next(measures(notice), ""):
                begun(writer, NewPassOn(notice, measure), at + timedelta(days=31))


def measures(notice: GrantNotice) -> Iterator[str]:
    """The measures of which something is left."""
    day = localdate(notice.issued_at)
    for measure in dict.fromkeys(key for key, _ in granting.stands(notice, day).amounts):
        if any(cents > 0 for cents in queries.left_of(notice, measure, day).values()):
            yield measure


def head(ags: str, name: str, year: int) -> User:
    """The head of a body, who brings into force what somebody else put forward."""
    address = f"leitung-{ags}@vorfuehrung.example.org"
    person = User.objects.filter(email=address).first()
    if person is None:
        body = next(each for each in packs.bodies_in(settings.PROGRAMME, year) if each.ags == ags)
        role, function = "body_approver", "Fachdienstleitung"
        enrolment = identity.Enrolment(
            address, name, function, role, str(body.name), ags, is_demo=True
        )
        person = identity.enrol(OPERATOR, enrolment, at=BEGAN)
    return let_in(User.objects.get(pk=person.pk), date(year, 1, 12))


def traeger(cast: Cast, ags: str, at: datetime) -> Party:
    """The Träger of the cast, which works for this body too."""
    party = Party.objects.get(pk=cast.provider.party)
    if not programmes.relations(party.programme, ags).filter(party=party).exists():
        entry = NewParty(party.programme, str(party.name), party.kind, (NewRelation(ags),), True)
        programme_actions.enter_party(cast.officer, entry, at=at)
    return party


def in_force(writer: User, deciding: User, new: NewPassOn, to: Party, at: datetime) -> PassOn:
    """Half of what is left, passed on by the first way of the programme to somebody else."""
    case = actions.draft(writer, new, at=at)
    way = next(each for each in queries.ways_of(case) if each.to_another)
    case = actions.write(writer, Writing(case, whole(case, way, to)), at=at + PACE)
    for number, stage in enumerate(queries.rules_of(case).procedure("passing"), 2):
        verb = {"put_forward": actions.put_forward, "conclude": actions.conclude}
        person = deciding if stage.four_eyes or stage.effect != "none" else writer
        given = {"note": f"Beschlossen ({INVENTED})"} if stage.notes else {}
        take = verb.get(stage.code, actions.note)
        case = take(person, case, **given, at=at + number * PACE)
    return case


def whole(case: PassOn, way: Way, to: Party) -> PassDraft:
    """A draft over half of what is left that nothing speaks against."""
    draft = PassDraft.of(case)
    answers = {
        check.value: Answer(next(iter(CHECKS[check].outcomes)), REASON) for check in way.checks
    }
    return replace(
        draft,
        way=way.code,
        party=to.pk,
        amounts={year: cents // 200 * 100 for year, cents in draft.amounts.items()},
        checks=answers,
        purpose=PURPOSE,
        remedy=REMEDY if way.document is Document.NOTICE else "",
    )


def follow(writer: User, case: PassOn, at: datetime) -> None:
    """A quarter of it is spent, and the first paper came."""
    year, cents = next(iter(PassDraft.of(case).amounts.items()))
    taken = max((case.seats or 0) - 2, 0)
    spent = NewSpent(case, year, localdate(at), cents // 4, taken)
    actions.note_spent(writer, spent, at=at)
    way = queries.way_of(case)
    papers = [each for each in way.papers if each.due is Due.START] if way else []
    for paper in papers[:1]:
        content = PAPER + f"{case.file_number} {paper.code}".encode()
        actions.keep_paper(writer, NewPaper(case, paper.code, "unterlage.pdf", content), at=at)


def begun(writer: User, new: NewPassOn, at: datetime) -> None:
    """The rest is being written."""
    actions.draft(writer, new, at=at)
