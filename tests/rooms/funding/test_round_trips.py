"""What holds when an application goes back and forth: questions, answers, days, amounts."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from tests.rooms import money as stage
from tests.rooms.funding import made
from tests.rooms.funding.made import PACE
from tests.rooms.strategy import made as strategies
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.config.cast import Cast
from zielwerk.core import audit
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewAnswer, NewPaper, NewQuestion, Settling
from zielwerk.funding.models import Application, Question
from zielwerk.packs import loading as packs
from zielwerk.rulebook.application import ASPECTS, Outcome, Weight
from zielwerk.rulebook.refusal import Refused


def asked(cast: Cast, application: Application, *places: str) -> Question:
    day = localdate(made.at()) + timedelta(days=200)
    new = NewQuestion(application, places, "Warum?", day)
    return actions.ask(made.clerk(cast, application), new, at=made.at() + 3 * PACE)


def test_what_is_changed_for_a_question_can_have_the_reason_that_it_needs(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    question = asked(hesse, application, "form", "m/1")
    rules, said = queries.rules_of(application), queries.said(application).answers
    other = next(each.code for each in rules.cost_sources if not each.of_programme)
    incomes = {p: "" for p in said if p.startswith("m/1/income/")}
    own = next(each.code for each in rules.cost_sources if each.of_programme)
    paid = {
        f"m/1/income/{own}/{rules.year}": "39.000,00",
        f"m/1/income/{other}/{rules.year}": "1.000,00",
    }
    made.write(hesse.body, application, {"form": "full", **incomes, **paid})
    on = localdate(made.at())
    judged = queries.judged_now(application, on)
    reasons = {
        f"{queries.REASON}{each.key}": "Darum."
        for each in judged.findings
        if each.weight is Weight.ASKS and not judged.reason_of(each)
    }
    assert reasons
    made.write(hesse.body, application, reasons)
    closing = actions.answer(hesse.body, NewAnswer(question, "So."), at=made.at() + 5 * PACE)
    assert closing.submission


def test_amounts_that_nobody_can_mean_are_told_and_not_summed(hesse: Cast) -> None:
    application = made.whole(hesse)
    place = next(p for p in queries.said(application).answers if p.startswith("m/1/cost/"))
    made.write(hesse.body, application, {place: "90.000.000.000.000.000"})
    judged = queries.judged_now(application, localdate(made.at()))
    assert place in judged.read.unread
    with pytest.raises(Refused):
        actions.hand_in(hesse.body, application, at=made.at() + 2 * PACE)


def last_day(application: Application) -> timedelta:
    """From the moment of the tests until the last day of applications."""
    day = queries.last_day(queries.rules_of(application))
    assert day
    return day - localdate(made.at())


def test_the_grace_is_in_time_for_list_page_receipt_and_guard(db: None, settings: object) -> None:
    from tests import worlds
    from zielwerk.config import world

    settings.PROGRAMME = "lotsenfonds_nordmark"  # type: ignore[attr-defined]
    cast = worlds.put(world.enrol_cast)
    application = made.whole(cast)
    terms = queries.rules_of(application).application
    assert terms
    assert terms.grace_days
    at = made.at() + last_day(application) + timedelta(days=terms.grace_days)
    assert queries.late_days(application, localdate(at)) == 0
    assert queries.late_days(application, localdate(at) + timedelta(days=1)) > terms.grace_days
    application = actions.hand_in(cast.body, application, at=at)
    [submission] = queries.submissions(application)
    assert (application.is_late, submission.late_days, submission.late_reason) == (False, 0, "")


def test_an_answer_after_the_last_day_makes_no_application_late(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    question = asked(hesse, application, "m/1/concept")
    at = made.at() + last_day(application) + timedelta(days=20)
    made.write(hesse.body, application, {"m/1/concept": "Genauer gesagt."})
    closing = actions.answer(hesse.body, NewAnswer(question, "Siehe dort."), at=at)
    assert closing.submission
    assert closing.submission.late_days == 0


def test_what_the_authority_sends_back_after_the_last_day_came_in_time(people: Cast) -> None:
    application = made.handed_in(people)
    after = made.at() + last_day(application) + timedelta(days=5)
    turn = queries.rules_of(application).procedure("application")[1].side
    whose, _ = people.pair(turn, application.ags)
    application = actions.send_back(whose, application, note="Bitte kürzen", at=after)
    day = localdate(made.at())
    sentence = "Zuerst eingereicht; dieser Tag zählt für die Frist"
    page = reverse("funding:application", args=[application.pk])
    for again in range(2):
        shown = signed_in(people.body).get(page).content.decode()
        assert f"{day:%d.%m.%Y}" in shown.split(sentence)[1][:300]
        assert "nach der Frist" not in shown
        if not again:
            application = actions.hand_in(people.body, application, at=after + PACE)
    [second, first] = queries.submissions(application)
    assert (application.is_late, second.late_days, first.late_days) == (False, 0, 0)
    assert application.handed_in_at == after + PACE
    text = made.words_of(bytes(second.receipt.content))
    assert f"dieser Tag zählt für die Frist {day:%d.%m.%Y}" in text
    assert "Nach der Frist eingereicht" not in text
    assert "dieser Tag zählt" not in made.words_of(bytes(first.receipt.content))
    assert list(audit.verify()) == []


def test_what_the_body_takes_back_after_the_last_day_comes_late_again(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    after = made.at() + last_day(application) + timedelta(days=5)
    application = actions.take_back(hesse.body, application, at=after)
    with pytest.raises(Refused) as refused:
        actions.hand_in(hesse.body, application, at=after)
    assert [each.rule for each in refused.value.refusals] == ["application.late"]
    made.write(hesse.body, application, {"late_reason": "Der Kreistag tagte erst im Mai."})
    application = actions.hand_in(hesse.body, application, at=after)
    assert (application.is_late, application.came_at) == (True, after)
    application = actions.withdraw(hesse.body, application, note="Kein Bedarf", at=after)
    assert application.came_at is None


def test_what_came_late_and_was_sent_back_is_as_late_as_it_came(hesse: Cast) -> None:
    application = made.whole(hesse)
    at = made.at() + last_day(application) + timedelta(days=2)
    made.write(hesse.body, application, {"late_reason": "Der Kreistag tagte erst im April."})
    application = actions.hand_in(hesse.body, application, at=at)
    clerk, later = made.clerk(hesse, application), at + timedelta(days=3)
    application = actions.send_back(clerk, application, note="Bitte kürzen", at=later)
    application = actions.hand_in(hesse.body, application, at=later)
    assert [each.late_days for each in queries.submissions(application)] == [2, 2]


def test_what_was_sealed_before_it_was_known_stays_sealed_and_the_day_is_proved(
    hesse: Cast,
) -> None:
    application = made.handed_in(hesse)
    clerk, at = made.clerk(hesse, application), made.at() + 3 * PACE
    settlement = actions.settle(clerk, Settling(application, "goals", Outcome.ACCEPTED), at=at)
    for record, name in ((application, "came_at"), (settlement, "submission")):
        before = dict(record.sealed_facts())  # type: ignore[call-overload]
        setattr(record, name, None)  # as it was before there was such a column
        assert dict(record.sealed_facts()) == {k: v for k, v in before.items() if k != name}  # type: ignore[call-overload]
    assert list(audit.verify()) == []
    Application.objects.filter(pk=application.pk).update(came_at=at - timedelta(days=30))
    assert [each.rule for each in audit.verify()] != []


def test_what_was_accepted_of_an_application_that_came_back_is_examined_anew(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    clerk = made.clerk(hesse, application)
    for aspect in ASPECTS:
        settling = Settling(application, aspect, Outcome.ACCEPTED)
        actions.settle(clerk, settling, at=made.at() + 3 * PACE)
    application = actions.take_back(hesse.body, application, at=made.at() + 4 * PACE)
    made.write(hesse.body, application, {"m/1/concept": "Etwas ganz anderes."})
    application = actions.hand_in(hesse.body, application, at=made.at() + 5 * PACE)
    assert queries.settled(application, queries.settlements(application)) == {}
    facts = queries.facts_of(application, localdate(made.at()))
    assert not facts.settled
    assert len(queries.settlements(application)) == len(ASPECTS)  # all stay on file


def test_a_receipt_names_the_papers_that_lie_elsewhere(hesse: Cast) -> None:
    rules = packs.load("aqb_hessen", made.year())
    kinds = {each.once_in: str(each.label) for each in rules.application_attachments}
    application = made.handed_in(hesse)
    [submission] = queries.submissions(application)
    text = made.words_of(bytes(submission.receipt.content))
    assert f"{kinds['strategy']}: noch nicht da" in text
    days = {"valid_from": rules.begins, "valid_until": rules.ends}
    in_force = strategies.in_force(hesse, made.at() + 3 * PACE, **days)
    application = actions.take_back(hesse.body, application, at=made.at() + 9 * PACE)
    actions.hand_in(hesse.body, application, at=made.at() + 10 * PACE)
    again = queries.newest_submission(application)
    assert again
    text = made.words_of(bytes(again.receipt.content))
    assert f"{kinds['strategy']}: {in_force.file_number}" in text


def test_what_is_settled_says_of_which_submission(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    clerk, at = made.clerk(hesse, application), made.at() + 3 * PACE
    actions.settle(clerk, Settling(application, "concept", Outcome.ACCEPTED), at=at)
    question = asked(hesse, application, "m/1/concept")
    made.write(hesse.body, application, {"m/1/concept": "Genauer gesagt."})
    actions.answer(hesse.body, NewAnswer(question, "Siehe dort."), at=at + PACE)
    settling = Settling(application, "goals", Outcome.REJECTED, "Nicht messbar.")
    actions.settle(clerk, settling, at=at + 2 * PACE)
    client = signed_in(clerk)
    page = client.get(reverse("funding:application", args=[application.pk])).content.decode()
    examined = " ".join(page.split('id="pruefung"')[1].split())
    assert "angenommen, zu Einreichung 1, " in examined
    assert "nicht angenommen, zu Einreichung 2, " in examined
    file = client.get(reverse("filing:case_file", args=["application", application.pk]))
    assert "Geprüft zu Einreichung 2: Ziele, nicht angenommen" in file.content.decode()


def test_an_application_that_came_back_applies_for_nothing(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    application = actions.take_back(hesse.body, application, at=made.at() + 3 * PACE)
    assert (application.amount_cents, application.cost_cents) == (None, None)
    [submission] = queries.submissions(application)
    assert submission.amount_cents > 0
    shown = signed_in(hesse.body).get(reverse("programme:body", args=[application.ags]))
    assert application.file_number in shown.content.decode()
    assert "beantragt" not in shown.content.decode().split(application.file_number)[1][:200]


def test_a_question_that_cannot_be_answered_now_is_on_no_desk(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    question = asked(hesse, application, "form")
    programme = settings.PROGRAMME
    assert list(queries.open_questions_of(hesse.body, programme)) == [question]
    actions.take_back(hesse.body, application, at=made.at() + 4 * PACE)
    assert not queries.open_questions_of(hesse.body, programme)
    page = reverse("funding:answer", args=[application.pk, question.number])
    shown = signed_in(hesse.body).get(page).content.decode()
    assert "Dieser Antrag wird gerade nicht geprüft." in shown
    assert 'name="antwort"' not in shown


def test_what_was_begun_for_a_withdrawn_question_counts_no_more(hesse: Cast) -> None:
    """The application says what was handed in; another question's places stay as they are."""
    application = made.whole(hesse)
    first = NewPaper(application, "concept", "alt.pdf", b"%PDF-1.7 alt")
    paper = actions.attach(hesse.body, first, at=made.at() + PACE)
    application = actions.hand_in(hesse.body, application, at=made.at() + 2 * PACE)
    before, papers = queries.said(application).answers, queries.papers(application)
    question = asked(hesse, application, "m/1/concept", "attachment/concept", "m/1/places")
    other = asked(hesse, application, "m/1/places")
    actions.remove(hesse.body, paper, at=made.at() + 4 * PACE)
    new = NewPaper(application, "concept", "neu.pdf", b"%PDF-1.7 neu")
    actions.attach(hesse.body, new, at=made.at() + 4 * PACE)
    texts = {"m/1/concept": "Halb geschrieben", "m/1/places": "Hanau"}
    made.write(hesse.body, application, texts)
    clerk = made.clerk(hesse, application)
    actions.withdraw_question(clerk, question, "Erledigt", at=made.at() + 5 * PACE)
    now = queries.said(application).answers
    assert now["m/1/concept"] == before["m/1/concept"]
    assert now["m/1/places"] == "Hanau"
    assert {(one.code, str(one.name), one.file.sha256) for one in queries.papers(application)} == {
        (one.code, str(one.name), one.file.sha256) for one in papers
    }
    actions.withdraw_question(clerk, other, "Erledigt", at=made.at() + 6 * PACE)
    [submission] = queries.submissions(application)
    said = {place: text for place, text in queries.said(application).answers.items() if text}
    assert said == submission.answers
    assert list(audit.verify()) == []


def test_who_examines_sees_what_was_handed_in_while_the_answer_is_written(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    question = asked(hesse, application, "m/1/concept")
    made.write(hesse.body, application, {"m/1/concept": "Noch nicht fertig"})
    page = reverse("funding:measure", args=[application.pk, 1])
    client, own = signed_in(made.clerk(hesse, application)), signed_in(hesse.body)
    assert "Noch nicht fertig" in own.get(page).content.decode()
    assert "Noch nicht fertig" not in client.get(page).content.decode()
    actions.answer(hesse.body, NewAnswer(question, "Fertig."), at=made.at() + 5 * PACE)
    assert "Noch nicht fertig" in client.get(page).content.decode()


def test_a_paper_that_is_gone_since_holds_up_an_answer(hesse: Cast) -> None:
    """What was handed in had it: that it is missing now is no change around the application."""
    application = made.handed_in(hesse)
    needed = next(
        each.code
        for each in queries.rules_of(application).application_attachments
        if each.required and not each.once_in
    )
    question = asked(hesse, application, f"attachment/{needed}")
    for paper in queries.papers(application):
        if paper.code == needed:
            actions.remove(hesse.body, paper, at=made.at() + 4 * PACE)
    with pytest.raises(Refused) as refused:
        actions.answer(hesse.body, NewAnswer(question, "Weg."), at=made.at() + 5 * PACE)
    assert [each.rule for each in refused.value.refusals] == ["application.attachment"]


def test_a_share_that_was_lowered_meanwhile_holds_up_no_answer(hesse: Cast) -> None:
    application = made.handed_in(hesse)
    question = asked(hesse, application, "m/1/concept")
    little = {application.ags: {"amount_cents": 100, "reason": "Leitungsentscheidung"}}
    stage.enact(settings.PROGRAMME)
    scenario = stage.scenario(settings.PROGRAMME, 900_000_000, overrides=little)
    allocation.decide(stage.HEAD, stage.put_forward(scenario), at=made.at())
    on = localdate(made.at())
    assert [each.rule for each in queries.judged_now(application, on).stops] == [
        "application.over_allocated"
    ]
    made.write(hesse.body, application, {"m/1/concept": "Genauer"})
    answered = actions.answer(hesse.body, NewAnswer(question, "Genauer."), at=made.at() + 5 * PACE)
    assert answered.submission is not None
