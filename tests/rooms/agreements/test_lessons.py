"""What corrections teach: a table that grows from reviews, is looked into, changed and named."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.journeys.programmes import HESSE, PROGRAMMES, Example
from tests.stage import AT, signed_in
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import NewLesson, Review
from zielwerk.agreements.forms import read_text
from zielwerk.agreements.models import Intake, Lesson
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.rulebook.refusal import Refused

TEXT = HESSE.file.read_text(encoding="utf-8")
MISREAD, TITLE = "Lager und Logisfik kompakt", "Lager und Logistik kompakt"


def received(text: str) -> Any:
    return read_text("text.txt", text.encode())


def corrected(cast: world.Cast, text: str = TEXT) -> Intake:
    """A recording whose title was corrected, confirmed by two persons."""
    intake = actions.begin(cast.officer, received(text), at=AT)
    terms = intake.content
    titles = [replace(one, title=one.title.replace(MISREAD, TITLE)) for one in terms.measures]
    clauses = [replace(one, text=one.text.replace(MISREAD, TITLE)) for one in terms.clauses]
    terms = replace(terms, measures=tuple(titles), clauses=tuple(clauses))
    review = Review(terms, tuple(intake.doubts), intake.revision)
    intake = actions.review(cast.officer, intake, review, at=AT)
    intake = actions.accept(cast.officer, intake, at=AT)
    assert not Lesson.objects.exists()  # one person alone teaches nothing
    return actions.confirm(cast.head, intake, at=AT)


def rule(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].rule


def taught(cast: world.Cast, read: str, meant: str) -> Lesson:
    new = NewLesson(HESSE.programme, read, meant)
    return actions.teach(cast.officer, new, at=AT)


def test_a_confirmed_correction_is_used_by_the_next_reading_which_says_so(
    cast: world.Cast,
) -> None:
    first = corrected(cast)
    (lesson,) = Lesson.objects.all()
    assert (lesson.read, lesson.meant) == ("Logisfik", "Logistik")
    assert (lesson.origin, lesson.added_by) == (first.file_number, cast.head.audit_name)
    second = received(TEXT)
    assert TITLE in [measure.title for measure in second.terms.measures]
    assert second.reading["lessons"] == [
        {"read": "Logisfik", "meant": "Logistik", "origin": first.file_number}
    ]
    assert list(audit.verify()) == []


def test_the_review_names_the_entries_that_its_reading_used(cast: world.Cast) -> None:
    taught(cast, "Logisfik", "Logistik")
    client = signed_in(cast.officer)
    page = client.post(reverse("agreements:upload"), {"text": TEXT}, follow=True).content.decode()
    assert "„Logisfik“ → „Logistik“" in page
    assert "von Hand aufgenommen" in page


def test_what_was_not_used_is_not_named(cast: world.Cast) -> None:
    taught(cast, "Holzhandwcrk", "Holzhandwerk")
    assert received(TEXT).reading["lessons"] == []


def test_a_word_of_the_programme_is_not_taken_for_another_nor_named_as_used(
    cast: world.Cast,
) -> None:
    """Not even where it was entered before it was the programme's own."""
    with pytest.raises(Refused) as refused:
        taught(cast, "HMSI", "HMSIL")
    assert rule(refused) == "agreements.lesson_own"
    early = {"read": "HMSI", "meant": "HMSIL", "added_by": "amt", "added_at": AT}
    Lesson.objects.create(programme=HESSE.programme, **early)
    read = received(TEXT)
    assert read.reading["lessons"] == []
    assert "HMSIL" not in {one["after"] for one in read.reading["proposals"]}


def test_a_rewritten_title_teaches_nothing(cast: world.Cast) -> None:
    intake = actions.begin(cast.officer, received(TEXT), at=AT)
    titles = [replace(one, title="Etwas ganz anderes") for one in intake.content.measures[:1]]
    terms = replace(intake.content, measures=(*titles, *intake.content.measures[1:]))
    left = tuple(word.key for word in queries.words_standing(intake))
    review = Review(terms, tuple(intake.doubts), intake.revision, {}, left)
    intake = actions.review(cast.officer, intake, review, at=AT)
    left = tuple(word.key for word in queries.words_standing(intake))
    review = replace(review, revision=intake.revision, left=left)
    intake = actions.review(cast.officer, intake, review, at=AT)
    actions.confirm(cast.head, actions.accept(cast.officer, intake, at=AT), at=AT)
    assert not Lesson.objects.exists()


def test_what_was_withdrawn_is_neither_used_nor_learned_again(cast: world.Cast) -> None:
    lesson = taught(cast, "Logisfik", "Logistik")
    lesson = actions.withdraw_lesson(cast.head, lesson, at=AT)
    assert lesson.withdrawn_by == cast.head.audit_name
    with pytest.raises(Refused) as refused:
        actions.withdraw_lesson(cast.head, lesson, at=AT)
    assert rule(refused) == "agreements.lesson_withdrawn"
    assert received(TEXT).reading["lessons"] == []
    intake = actions.begin(cast.officer, received(TEXT), at=AT)
    assert MISREAD in [measure.title for measure in intake.content.measures]


def test_it_may_be_entered_again_after_it_was_withdrawn(cast: world.Cast) -> None:
    actions.withdraw_lesson(cast.officer, taught(cast, "Logisfik", "Logistik"), at=AT)
    taught(cast, "Logisfik", "Logistik")
    assert [one.meant for one in queries.lessons_in_use(HESSE.programme)] == ["Logistik"]


@pytest.mark.parametrize(
    ("read", "meant", "why"),
    [
        ("Ebenen", "Essenen", "agreements.lesson_german"),
        ("zwei Worte", "Zweiworte", "agreements.lesson_no_word"),
        ("Logisfik", "Logistik", "agreements.lesson_known"),
        ("Logisfik", "Logik", "agreements.lesson_two"),
        ("1600", "1700", "agreements.lesson_unlike"),
        ("Jobfux", "Wetterau", "agreements.lesson_unlike"),
    ],
)
def test_what_is_no_lesson_is_refused(cast: world.Cast, read: str, meant: str, why: str) -> None:
    taught(cast, "Logisfik", "Logistik")
    with pytest.raises(Refused) as refused:
        taught(cast, read, meant)
    assert rule(refused) == why


@pytest.mark.parametrize("person", ["body", "provider", "auditor"])
def test_only_those_who_record_teach(cast: world.Cast, person: str) -> None:
    with pytest.raises(NotAllowed):
        actions.teach(getattr(cast, person), NewLesson("aqb_hessen", "Jobfux", "Jobfux"), at=AT)
    assert not Lesson.objects.exists()


def test_the_table_is_looked_into_and_changed_on_its_page(
    example: Example, cast: world.Cast
) -> None:
    client = signed_in(cast.takers("recording", example.year, example.ags)[0])
    assert "Noch nichts gelernt" in page(client)
    new = reverse("agreements:teach")
    assert client.post(new, {"gelesen": "zwei Worte"}).status_code == 409
    assert client.post(new, {"gelesen": ""}).status_code == 422
    assert client.post(new, {"gelesen": "Jobfux"}).status_code == 302
    assert AuditEntry.objects.latest("pk").verb == "agreements.teach"
    assert "Name, so richtig" in page(client)
    assert "Aufgenommen von" in page(client)
    assert client.post(new, {"gelesen": "x" * 90}).status_code == 422
    assert "maxlength" not in client.get(new).content.decode()
    lesson = Lesson.objects.get()
    assert lesson.programme == example.programme
    address = reverse("agreements:withdraw_lesson", args=[lesson.pk])
    assert "keine Berichtigung bringt ihn zurück" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert AuditEntry.objects.latest("pk").verb == "agreements.withdraw_lesson"
    assert "Das ist schon zurückgezogen." in client.get(address).content.decode()


def test_who_only_looks_is_offered_nothing(cast: world.Cast) -> None:
    lesson = taught(cast, "Jobfux", "Jobfux")
    address = reverse("agreements:withdraw_lesson", args=[lesson.pk])
    assert address in page(signed_in(cast.officer))
    shown = page(signed_in(cast.auditor))
    assert "Jobfux" in shown
    assert address not in shown
    assert reverse("agreements:teach") not in shown
    assert signed_in(cast.auditor).get(address).status_code == 403


@pytest.fixture(params=PROGRAMMES, ids=str)
def example(request: pytest.FixtureRequest, settings: Any) -> Example:
    settings.PROGRAMME = request.param.programme
    found: Example = request.param
    return found


def page(client: Client) -> str:
    return client.get(reverse("agreements:lessons")).content.decode()


def test_the_table_takes_as_many_queries_however_long_it_is(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    counts = []
    for number in (2, 20):
        for each in range(number):
            taught(cast, f"Jobfnx{'abcdefghijklmnopqrst'[each]}{number}", "Jobfux")
        page(client)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]
