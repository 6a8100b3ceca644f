"""Who is told of what: those with a part in a case and its body's people, and each once."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.messaging.telling import entered_by
from tests.stage import AT, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config.cast import Cast
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions as identity
from zielwerk.identity.models import Post, User
from zielwerk.identity.queries import let_in
from zielwerk.language import sentence
from zielwerk.messaging import jobs, queries
from zielwerk.messaging.actions import telling
from zielwerk.messaging.models import Notice, Reading

LATER = timedelta(minutes=1)
TODAY = date(2024, 9, 3)
PAGE = "/arbeit/nachrichten"


def said(person: User, language: str = "de") -> list[str]:
    told = queries.notices_for(person, TODAY).information
    return [sentence(one.sentence, language) for one in told]


@pytest.fixture
def nothing_new(cast: Cast) -> None:
    """Everybody has read that she has a post."""
    telling.tell_all(AT)
    Notice.objects.update(read_at=AT)


def test_who_had_a_part_is_told_how_it_ended_and_who_ended_it_is_not(
    cast: Cast, nothing_new: None
) -> None:
    intake = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
    telling.tell_all(AT)
    assert said(cast.officer) == []  # it has not ended
    agreements.confirm(cast.head, intake, at=AT + LATER)
    telling.tell_all(AT + LATER)
    assert said(cast.officer) == [f"Erfassung {intake.file_number}: erfasst."]
    assert said(cast.head) == []
    (told,) = queries.notices_for(cast.officer, TODAY).information
    assert cast.head.name in told.who
    assert told.url == f"/arbeit/erfassungen/{intake.pk}"


def test_what_is_sent_back_is_told_to_who_put_it_forward(cast: Cast, nothing_new: None) -> None:
    intake = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
    telling.tell_all(AT)
    agreements.send_back(cast.head, intake, note="Der Betrag fehlt", at=AT + LATER)
    telling.tell_all(AT + LATER)
    assert said(cast.officer) == [f"Erfassung {intake.file_number}: in Prüfung."]


def test_a_body_is_told_what_was_published_and_others_are_not(main_kinzig: Any, cast: Cast) -> None:
    telling.tell_all(AT)
    others = Post.objects.exclude(ags=cast.body.ags).values("person")
    of_edition = Notice.objects.filter(subject__startswith="edition:")
    assert of_edition.filter(person=cast.body).exists()
    assert not of_edition.filter(person__in=others, person__posts__role__startswith="body_")
    assert any("veröffentlicht" in one for one in said(cast.body))


def test_read_on_in_any_portions_everybody_is_told_the_same_once(
    main_kinzig: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling.tell_all(AT)
    whole = set(Notice.objects.values_list("person", "subject", "since"))
    Reading.objects.update(entry=0)  # as if it had never been said how far it was read
    telling.tell_all(AT)
    assert set(Notice.objects.values_list("person", "subject", "since")) == whole
    assert len(whole) == Notice.objects.count()


def test_who_is_killed_while_telling_has_told_nothing_and_the_next_tells_all(
    main_kinzig: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_mail_information", killed)
        with pytest.raises(KeyboardInterrupt):
            telling.tell_all(AT)
    assert not Notice.objects.exists()
    assert telling.tell_all(AT) == AuditEntry.objects.count()
    assert Notice.objects.exists()
    assert telling.tell_all(AT) == 0


def test_a_case_that_was_changed_past_the_chain_keeps_nobody_else_from_being_told(
    cast: Cast, nothing_new: None
) -> None:
    odd = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
    other = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
    agreements.send_back(cast.head, other, note="Der Betrag fehlt", at=AT + LATER)
    Intake.objects.filter(pk=odd.pk).update(state="nirgends", rule_version="unbekannt")
    telling.tell_all(AT + LATER)
    assert said(cast.officer) == [f"Erfassung {other.file_number}: in Prüfung."]


def test_a_part_that_fails_leaves_the_others_to_be_done(
    main_kinzig: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(at: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(jobs.sweeping, "sweep", failing)
    jobs.work()
    assert Notice.objects.exists()


def test_a_post_that_is_given_is_told_to_whoever_has_it(cast: Cast, nothing_new: None) -> None:
    post = cast.body.posts.order_by("pk")[0]
    new = identity.NewPost(
        cast.body, "body_finance", post.organisation, post.house, valid_from=TODAY
    )
    operator = identity.Operator("cli:test")
    identity.grant(operator, new, at=AT + LATER)
    telling.tell_all(AT + LATER)
    (sentence_,) = said(cast.body)
    assert sentence_.startswith("Sie haben jetzt eine Stelle: Finanzen der Körperschaft")


def test_it_is_marked_read_one_by_one_and_all_at_once_and_only_ones_own(
    main_kinzig: Any, cast: Cast
) -> None:
    telling.tell_all(AT)
    client, before = signed_in(cast.officer), len(said(cast.officer))
    assert before > 1
    first = queries.notices_for(cast.officer, TODAY).information[0]
    others = Notice.objects.filter(person=cast.head, read_at=None).first()
    assert others
    assert client.post(f"{PAGE}/gelesen", {"mitteilung": others.pk}).status_code == 404
    client.post(f"{PAGE}/gelesen", {"mitteilung": first.pk})
    assert len(said(cast.officer)) == before - 1
    client.post(f"{PAGE}/gelesen")
    assert said(cast.officer) == []
    assert Notice.objects.filter(person=cast.head, read_at=None).exists()
    assert "Es gibt nichts Ungelesenes" in client.get(PAGE).content.decode()


def test_what_a_person_may_no_longer_see_is_not_told_her(main_kinzig: Any, cast: Cast) -> None:
    telling.tell_all(AT)
    assert said(cast.body)
    cast.body.posts.update(ags="06633")
    moved = let_in(User.objects.get(pk=cast.body.pk), TODAY)
    assert [one for one in said(moved) if "Stelle" not in one] == []
