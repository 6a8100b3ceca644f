"""An application is begun, written by several, handed in, asked about, settled and assessed."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from tests.rooms.funding import made
from tests.rooms.funding.made import PACE
from zielwerk.config import world_plans
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.core import audit
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.papers import TEST_VIRUS
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewAnswer, NewApplication, NewPaper, NewQuestion, Settling
from zielwerk.funding.models import Application, Entry, Submission
from zielwerk.packs import loading as packs
from zielwerk.rulebook.application import ASPECTS, ApplicationState, Outcome, keys_of
from zielwerk.rulebook.refusal import Refused


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def test_it_begins_with_what_is_planned(people: Cast) -> None:
    programme, year = settings.PROGRAMME, made.year()
    rules = packs.load(programme, year)
    kind = next(each for each in rules.measure_types if each.has_participants)
    plan = world_plans.complete(rules, "Werkstatt für alle", kind.code, 48_000_00)
    new = world_plans.NewPlan(programme, year, people.body.ags, plan)
    planned = world_plans.actions.plan(people.body, new, at=made.at())
    application = made.begun(people)
    judged = queries.judged_now(application, localdate(made.at()))
    [measure] = judged.read.application.measures
    assert (measure.title, measure.planned) == (plan.title, planned.file_number)
    assert (measure.first_day, measure.last_day) == (plan.first_day, plan.last_day)
    assert measure.cost_cents == measure.income_cents == plan.cost_cents
    own = {each.code for each in rules.cost_sources if each.of_programme}
    of_programme = sum(line.amount_cents for line in plan.costs if line.source in own)
    assert judged.applied_cents == of_programme
    assert judged.read.unread == {}
    assert list(audit.verify()) == []


def test_it_is_handed_in_with_a_receipt_and_is_frozen_so(people: Cast) -> None:
    application = made.handed_in(people)
    [submission] = queries.submissions(application)
    rules = queries.rules_of(application)
    assert application.file_number.startswith(rules.programme.prefix("application"))
    assert submission.answers == {
        place: text for place, text in queries.said(application).answers.items() if text
    }
    assert bytes(submission.receipt.content).startswith(b"%PDF-")
    assert submission.late_days == 0
    assert application.amount_cents == submission.amount_cents > 0
    assert (application.handed_in_at, application.is_late) == (made.at() + 2 * PACE, False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(amount_cents=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(application=application).delete()
    with pytest.raises(Refused) as refused:
        made.write(people.body, application, {"form": "full"})
    assert rules_of(refused) == ["funding.closed"]
    assert list(audit.verify()) == []


def test_it_walks_the_stages_of_each_programme(people: Cast) -> None:
    application = made.handed_in(people)
    officer = made.clerk(people, application)
    for aspect in ASPECTS:
        settling = Settling(application, aspect, Outcome.ACCEPTED)
        actions.settle(officer, settling, at=made.at() + 3 * PACE)
    application, _ = walk(people, application, made.at() + 4 * PACE, PACE)
    assert application.state == ApplicationState.ASSESSED
    stages = queries.rules_of(application).procedure("application")
    assert [taken["stage"] for taken in application.trail] == [stage.code for stage in stages]
    side = stages[-1].side
    application = actions.reopen(
        people.pair(side, application.ags)[0], application, note="Neue Unterlagen", at=later(9)
    )
    assert application.state == stages[0].code


def later(paces: int) -> datetime:
    return made.at() + paces * PACE


def test_of_a_body_and_year_one_application_is_pursued(people: Cast) -> None:
    first = made.begun(people)
    new = NewApplication(settings.PROGRAMME, made.year(), people.body.ags)
    with pytest.raises(Refused) as refused:
        actions.apply(people.body, new, at=made.at())
    assert rules_of(refused) == ["funding.begun_already"]
    first = actions.discard(people.body, first, at=later(1))
    second = actions.apply(people.body, new, at=later(2))
    with pytest.raises(Refused) as refused:
        actions.restore(people.body, first, at=later(3))
    assert rules_of(refused) == ["application.other"]
    actions.discard(people.body, second, at=later(4))
    assert actions.restore(people.body, first, at=later(5)).state == ApplicationState.DRAFT


def test_only_its_body_applies_and_only_the_authority_asks(people: Cast) -> None:
    programme, year = settings.PROGRAMME, made.year()
    other = next(
        body.ags for body in packs.bodies_in(programme, year) if body.ags != people.body.ags
    )
    with pytest.raises(OutOfScope):
        actions.apply(people.body, NewApplication(programme, year, other), at=made.at())
    for who in (people.officer, people.auditor, people.provider):
        with pytest.raises((NotAllowed, OutOfScope)):
            actions.apply(who, NewApplication(programme, year, people.body.ags), at=made.at())
    application = made.handed_in(people)
    question = NewQuestion(application, ("form",), "Warum?", localdate(made.at()) + days(9))
    for who in (people.body, people.officer, people.auditor):
        with pytest.raises(NotAllowed):
            actions.ask(who, question, at=later(3))


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_late_is_visible_and_needs_its_reason(hesse: Cast) -> None:
    application = made.whole(hesse)
    day = queries.last_day(queries.rules_of(application))
    assert day
    at = made.at().replace(month=day.month, day=day.day, hour=21, minute=59)  # 23:59 in Germany
    assert localdate(at) == day
    too_late = at + timedelta(minutes=1)
    assert localdate(too_late) == day + days(1)
    with pytest.raises(Refused) as refused:
        actions.hand_in(hesse.body, application, at=too_late)
    assert rules_of(refused) == ["application.late"]
    made.write(hesse.body, application, {"late_reason": "Der Kreistag tagte erst am 1. April."})
    application = actions.hand_in(hesse.body, application, at=too_late)
    [submission] = queries.submissions(application)
    assert (application.is_late, submission.late_days) == (True, 1)
    assert submission.late_reason == "Der Kreistag tagte erst am 1. April."
    application = actions.take_back(hesse.body, application, at=too_late)
    assert (application.is_late, application.handed_in_at) == (False, None)


def test_the_last_second_of_the_last_day_is_in_time(hesse: Cast) -> None:
    application = made.whole(hesse)
    last = made.at().replace(month=3, day=31, hour=21, minute=59, second=59)
    application = actions.hand_in(hesse.body, application, at=last)
    assert not application.is_late


def test_what_contradicts_keeps_it_from_being_handed_in(people: Cast) -> None:
    application = made.whole(people)
    rules = queries.rules_of(application)
    place = f"m/1/cost/{rules.cost_categories[0].code}/{rules.year}"
    made.write(people.body, application, {place: "rund 5 Mio."})
    with pytest.raises(Refused) as refused:
        actions.hand_in(people.body, application, at=later(3))
    assert set(rules_of(refused)) <= {"application.several", "application.unread"}
    assert queries.said(application).answers[place] == "rund 5 Mio."  # nothing typed is lost


def test_two_people_write_and_neither_overwrites_the_other(hesse: Cast) -> None:
    application = made.begun(hesse)
    seen = queries.said(application).number
    made.write(hesse.body, application, {"early_reason": "Von Anna", "share": "70"})
    written = made.write(
        hesse.body, application, {"early_reason": "Von Bert", "form": "share", "share": "70"}, seen
    )
    assert dict(written.kept) == {"form": "share"}
    [clash] = written.clashes
    assert (clash.place, clash.theirs, clash.mine) == ("early_reason", "Von Anna", "Von Bert")
    assert queries.said(application).answers["early_reason"] == "Von Anna"
    again = made.write(hesse.body, application, {"early_reason": "Von Bert"}, written.number)
    assert not again.clashes
    written = Entry.objects.filter(application=application, place="early_reason")
    assert [entry.text for entry in written.order_by("number")] == ["Von Anna", "Von Bert"]


@pytest.mark.parametrize("place", ["m/1/planned", "m/1/agreed", "wer", "m/0/title", "x" * 400])
def test_places_that_nobody_types_are_refused(hesse: Cast, place: str) -> None:
    application = made.begun(hesse)
    with pytest.raises(Refused) as refused:
        made.write(hesse.body, application, {place: "GM-2026-0001"})
    assert rules_of(refused) == ["funding.no_such_place"]


def test_a_question_opens_exactly_what_it_is_about_and_its_answer_hands_in_anew(
    people: Cast,
) -> None:
    application = made.handed_in(people)
    officer = made.clerk(people, application)
    day = localdate(made.at()) + days(14)
    new = NewQuestion(application, ("m/1/concept", "m/1/income"), "Wie kommt das?", day)
    question = actions.ask(officer, new, at=later(3))
    with pytest.raises(Refused) as refused:
        made.write(people.body, application, {"m/1/title": "Anders"})
    assert rules_of(refused) == ["funding.closed"]
    made.write(people.body, application, {"m/1/concept": f"So kommt es ({INVENTED})."})
    assert [one.number for one in queries.open_questions(application)] == [1]
    closing = actions.answer(people.body, NewAnswer(question, "Siehe dort."), at=later(5))
    assert closing.submission
    assert closing.submission.number == 2
    assert closing.submission.answers["m/1/concept"] == f"So kommt es ({INVENTED})."
    first = queries.submissions(application).last()
    assert first
    assert first.answers.get("m/1/concept") != closing.submission.answers["m/1/concept"]
    with pytest.raises(Refused) as refused:
        made.write(people.body, application, {"m/1/concept": "Und nun?"})
    assert rules_of(refused) == ["funding.closed"]
    application.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.answer(people.body, NewAnswer(question, "Noch einmal."), at=later(6))
    assert rules_of(refused) == ["funding.closed_already"]
    assert list(audit.verify()) == []


def test_an_answer_that_changes_nothing_hands_in_nothing_anew(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    officer = made.clerk(hesse, application)
    day = localdate(made.at()) + days(14)
    question = actions.ask(officer, NewQuestion(application, ("form",), "Warum?", day), at=later(3))
    closing = actions.answer(hesse.body, NewAnswer(question, "Darum."), at=later(4))
    assert closing.submission is None
    assert queries.submissions(application).count() == 1


def test_a_question_can_be_withdrawn_for_a_reason(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    officer = made.clerk(hesse, application)
    day = localdate(made.at()) + days(14)
    question = actions.ask(officer, NewQuestion(application, ("form",), "Warum?", day), at=later(3))
    with pytest.raises(Refused) as refused:
        actions.withdraw_question(officer, question, " ", at=later(4))
    assert rules_of(refused) == ["funding.no_reason"]
    closing = actions.withdraw_question(officer, question, "Hat sich erledigt", at=later(4))
    assert not closing.is_answer
    assert queries.open_questions(application) == []


@pytest.mark.parametrize(
    ("places", "text", "after", "rule"),
    [
        ((), "Warum?", 5, "funding.no_places"),
        (("m/1/wer",), "Warum?", 5, "funding.no_places"),
        (("form",), " ", 5, "funding.no_text"),
        (("form",), "Warum?", 0, "funding.too_soon"),
    ],
)
def test_a_question_says_what_about_and_until_when(
    hesse: Cast, places: tuple[str, ...], text: str, after: int, rule: str
) -> None:
    application = made.handed_in(hesse)
    day = localdate(made.at()) + days(after)
    with pytest.raises(Refused) as refused:
        actions.ask(
            made.clerk(hesse, application),
            NewQuestion(application, places, text, day),
            at=later(3),
        )
    assert rules_of(refused) == [rule]


def test_what_is_not_accepted_needs_its_reason(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    officer = made.clerk(hesse, application)
    with pytest.raises(Refused) as refused:
        actions.settle(officer, Settling(application, "goals", Outcome.REJECTED), at=later(3))
    assert rules_of(refused) == ["funding.no_reason"]
    settling = Settling(application, "goals", Outcome.REJECTED, "Die Ziele sind nicht messbar.")
    actions.settle(officer, settling, at=later(3))
    found = queries.settled(application, queries.settlements(application))
    assert found["goals"].note == "Die Ziele sind nicht messbar."


def test_who_writes_while_it_is_handed_in_is_not_lost(hesse: Cast) -> None:
    """The receipt was set before somebody wrote: what would be confirmed is not what is there."""
    application = made.whole(hesse)
    prepared = actions.ready(application, later(2))
    made.write(hesse.body, application, {"m/1/concept": "Eben noch geschrieben"})
    with pytest.raises(Refused) as refused:
        actions.hand_in(hesse.body, application, prepared=prepared, at=later(3))
    assert rules_of(refused) == ["funding.changed_while_set"]
    assert actions.hand_in(hesse.body, application, at=later(4)).submission == 1


def test_a_stale_page_hands_nothing_in(hesse: Cast) -> None:
    application = made.whole(hesse)
    stale = Application.objects.get(pk=application.pk)
    actions.hand_in(hesse.body, application, at=later(2))
    with pytest.raises(ChangedMeanwhile):
        actions.hand_in(hesse.body, stale, at=later(3))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"%PDF-1.7 " + TEST_VIRUS, "papers.infected"),
        (b"MZ", "papers.wrong_type"),
        (b"", "papers.wrong_type"),
    ],
)
def test_a_paper_is_judged_by_its_content(hesse: Cast, content: bytes, rule: str) -> None:
    application = made.begun(hesse)
    with pytest.raises(Refused) as refused:
        actions.attach(
            hesse.body, NewPaper(application, "concept", "konzept.pdf", content), at=later(1)
        )
    assert rules_of(refused) == [rule]


def test_a_paper_that_is_taken_out_stays_on_file(hesse: Cast) -> None:
    application = made.begun(hesse)
    name = "Конзепт 概念 مفهوم Konzept ĳ.pdf"
    paper = actions.attach(
        hesse.body, NewPaper(application, "concept", name, b"%PDF-1.7 a"), at=later(1)
    )
    assert [one.name for one in queries.papers(application)] == [name]
    actions.remove(hesse.body, paper, at=later(2))
    assert queries.papers(application) == []
    paper.refresh_from_db()
    assert bytes(paper.file.content) == b"%PDF-1.7 a"
    with pytest.raises(Refused) as refused:
        actions.remove(hesse.body, paper, at=later(3))
    assert rules_of(refused) == ["funding.removed_already"]


def test_last_year_is_said_again(people: Cast) -> None:
    """A measure of the same title takes over what no plan says of it."""
    application = made.handed_in(people)
    before = queries.newest_submission(application)
    assert before
    assert keys_of(before.answers)
    later_year = made.year() + 1
    assert queries.last_year(settings.PROGRAMME, later_year, people.body.ags) == before
