"""A question reaches the body's people, its answer whoever asked; mail names no person."""

from datetime import timedelta

from django.utils.timezone import localdate

from tests.rooms.funding import made
from tests.rooms.funding.made import PACE
from zielwerk.config.cast import Cast
from zielwerk.funding import actions
from zielwerk.funding.actions import NewAnswer, NewQuestion
from zielwerk.identity.models import User
from zielwerk.language import sentence
from zielwerk.messaging import queries as messaging
from zielwerk.messaging.actions import telling
from zielwerk.messaging.models import Notice


def told(person: User) -> list[tuple[str, str]]:
    found = messaging.notices_for(person, localdate(made.at())).information
    return [(sentence(one.sentence, "de"), one.url) for one in found]


def test_the_body_is_told_of_a_question_and_who_asked_of_its_answer(people: Cast) -> None:
    application = made.handed_in(people)
    clerk, at = made.clerk(people, application), made.at() + 3 * PACE
    telling.tell_all(at)
    Notice.objects.update(read_at=at)
    day = localdate(at) + timedelta(days=9)
    new = NewQuestion(application, ("form",), "Warum?", day)
    question = actions.ask(clerk, new, at=at + PACE)
    telling.tell_all(at + PACE)
    [(words, url)] = told(people.body)
    assert words.startswith(f"Frage 1 zu {application.file_number}: Antwort erbeten bis")
    assert url == f"/arbeit/antraege/{application.pk}/fragen/1"
    assert told(clerk) == []
    Notice.objects.update(read_at=at + PACE)
    actions.answer(people.body, NewAnswer(question, "Darum."), at=at + 2 * PACE)
    telling.tell_all(at + 2 * PACE)
    [(words, url)] = told(clerk)
    assert words == f"Frage 1 zu {application.file_number} ist beantwortet."
    assert url == f"/arbeit/antraege/{application.pk}"
    assert told(people.body) == []
