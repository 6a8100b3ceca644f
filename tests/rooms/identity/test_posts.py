"""Posts: who gives and ends them, who administers whom, and that somebody always does."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from tests.rooms.conftest import Together
from tests.rooms.identity.people import (
    AT,
    AUDITOR,
    MINISTRY,
    OPERATOR,
    authority,
    body,
    enrolled,
    rules,
)
from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.core import audit, roles
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity import actions, queries
from zielwerk.identity.actions import Enrolment, Leaving, NewPost
from zielwerk.identity.models import House, Post, User
from zielwerk.rulebook.refusal import Refused


@pytest.fixture
def admin(db: None) -> User:
    return enrolled("ministerium", "ministry_administrator", MINISTRY)


@pytest.fixture
def of_body(db: None) -> User:
    return enrolled("kreis", "body_administrator", body("06435"))


def test_roles_of_one_organisation_hold_together_and_not_those_of_another(db: None) -> None:
    person = enrolled("beide", "ministry_editor", MINISTRY)
    actions.grant(OPERATOR, NewPost(person, "ministry_steering", "H", MINISTRY), at=AT)
    other = actions.grant(OPERATOR, NewPost(person, "body_finance", "K", body("06435")), at=AT)
    here = queries.let_in(person, AT.date())
    assert here.roles == {"ministry", "ministry_editor", "ministry_steering"}
    assert here.perimeter.is_whole
    assert here.audit_name == f"user:{person.pk}"
    there = queries.let_in(User.objects.get(pk=person.pk), AT.date(), other.pk)
    assert there.roles == {"body", "body_finance"}
    assert there.perimeter.keys == {"06435"}
    assert there.audit_name == f"user:{person.pk}@{other.pk}"
    assert queries.person(there.audit_name, AT.date()).house == body("06435")


def test_a_post_holds_from_its_first_day_to_its_last(db: None) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    person = actions.enrol(
        OPERATOR,
        Enrolment("z@example.org", "Z", "", "auditor", "Hof", valid_from=first, valid_until=last),
        at=AT,
    )
    day = timedelta(days=1)
    held = {
        on: queries.signed_in(person.pk, on) is not None
        for on in (first - day, first, last, last + day)
    }
    assert list(held.values()) == [False, True, True, False]


WHO_GIVES_WHAT = [
    ("ministry_administrator", "ministry_editor", MINISTRY, True),
    ("ministry_administrator", "auditor", AUDITOR, True),
    ("ministry_administrator", "body_administrator", body("06435"), True),
    ("ministry_administrator", "body_coordinator", body("06435"), False),
    ("body_administrator", "body_coordinator", body("06435"), True),
    ("body_administrator", "body_administrator", body("06435"), True),
    ("body_administrator", "body_coordinator", body("06440"), False),
    ("body_administrator", "ministry_editor", MINISTRY, False),
    ("body_administrator", "auditor", AUDITOR, False),
]


@pytest.mark.parametrize(("by", "role", "house", "may"), WHO_GIVES_WHAT)
def test_an_administrator_gives_posts_where_she_administers(
    db: None, by: str, role: str, house: House, may: bool
) -> None:
    own = MINISTRY if by.startswith("ministry") else body("06435")
    actor, other = enrolled("wer", by, own), enrolled("andere", "auditor", AUDITOR)
    if role == "auditor":
        other = enrolled("dritte", "ministry_editor", MINISTRY)
    new = NewPost(other, role, "Haus", house)
    entry = Enrolment(
        "neu@example.org", "Neu", "", role, "Haus", house.ags, house.organisation_code
    )
    if may:
        assert actions.grant(actor, new, at=AT).person == other
        assert actions.enrol(actor, entry, at=AT).house == house
    else:
        for act in (
            lambda: actions.grant(actor, new, at=AT),
            lambda: actions.enrol(actor, entry, at=AT),
        ):
            with pytest.raises(OutOfScope):
                act()
        assert not User.objects.filter(email="neu@example.org").exists()


def test_the_ministry_administers_authorities_and_a_body_its_traeger(cast: world.Cast) -> None:
    their_admin = NewPost(cast.auditor, "authority_examiner", "Amt", authority())
    assert actions.grant(cast.head, their_admin, at=AT)
    provider = cast.provider.house
    new = NewPost(cast.auditor, "provider_contact", "Träger", provider)
    assert actions.grant(cast.body, new, at=AT)
    with pytest.raises(OutOfScope):
        actions.grant(cast.head, NewPost(cast.officer, "provider_contact", "T", provider), at=AT)


def test_whoever_administers_nobody_gives_nothing(cast: world.Cast) -> None:
    for person in (cast.officer, cast.provider, cast.auditor, cast.authority):
        with pytest.raises(NotAllowed):
            actions.grant(person, NewPost(cast.body, "auditor", "Hof", AUDITOR), at=AT)


def test_nobody_gives_herself_anything(admin: User) -> None:
    second = enrolled("zweite", "ministry_administrator", MINISTRY)
    own = admin.posts.get()
    for act in (
        lambda: actions.grant(admin, NewPost(admin, "ministry_steering", "H", MINISTRY), at=AT),
        lambda: actions.limit(admin, own, None, at=AT),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert rules(refused) == ["identity.to_herself"]
    assert actions.grant(second, NewPost(admin, "ministry_steering", "H", MINISTRY), at=AT)


def test_the_last_administrator_stays(admin: User, of_body: User) -> None:
    for who in (admin, of_body):
        for act in (
            lambda who=who: actions.end_post(who, who.posts.get(), at=AT),
            lambda who=who: actions.limit(OPERATOR, who.posts.get(), AT.date(), at=AT),
            lambda who=who: actions.erase(OPERATOR, who, at=AT),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert rules(refused) == ["identity.last_administrator"]
    with pytest.raises(Refused) as refused:  # the ministry does not leave a body without one
        actions.end_post(admin, of_body.posts.get(), at=AT)
    assert rules(refused) == ["identity.last_administrator"]
    second = enrolled("zweite", "ministry_administrator", MINISTRY)
    actions.end_post(admin, admin.posts.get(), at=AT)
    assert queries.signed_in(admin.pk, AT.date()) is None
    with pytest.raises(Refused):
        actions.end_post(second, second.posts.get(), at=AT)


def test_one_whose_own_post_has_an_end_does_not_count_as_another(admin: User) -> None:
    second = enrolled("zweite", "ministry_administrator", MINISTRY)
    actions.limit(admin, second.posts.get(), AT.date() + timedelta(days=30), at=AT)
    with pytest.raises(Refused) as refused:
        actions.end_post(admin, admin.posts.get(), at=AT)
    assert rules(refused) == ["identity.last_administrator"]


def at_once(together: Together, *works: Callable[[], object]) -> list[str]:
    def told(work: Callable[[], object]) -> str:
        try:
            work()
        except Refused as refused:
            return refused.refusals[0].rule
        return "done"

    return sorted(together([partial(told, work) for work in works]))


@pytest.fixture
def two(db: None) -> tuple[User, User]:
    """Two administrators of the ministry, there before many may write at once."""
    return (
        enrolled("erste", "ministry_administrator", MINISTRY),
        enrolled("zweite", "ministry_administrator", MINISTRY),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["end", "limit", "leave"])
def test_two_administrators_who_remove_each_other_at_once_leave_one(
    two: tuple[User, User], together: Together, way: str
) -> None:
    def remove(actor: User, other: User) -> None:
        post = other.posts.get()
        if way == "end":
            actions.end_post(actor, post, at=AT)
        elif way == "limit":
            actions.limit(actor, post, AT.date(), at=AT)
        else:
            actions.hand_over(actor, Leaving(other, actor), at=AT)

    told = at_once(together, partial(remove, *two), partial(remove, *two[::-1]))
    assert told == ["done", "identity.last_administrator"]
    left = Post.objects.filter(ended_at=None, valid_until=None)
    assert together([left.count]) == [1]


def test_every_change_of_a_post_is_an_entry_and_sealed(admin: User) -> None:
    other = enrolled("andere", "auditor", AUDITOR)
    post = actions.grant(admin, NewPost(other, "ministry_editor", "H", MINISTRY), at=AT)
    actions.limit(admin, post, AT.date() + timedelta(days=9), at=AT)
    actions.end_post(admin, post, at=AT)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[-3:]
    assert verbs == ["identity.grant", "identity.limit", "identity.end_post"]
    assert list(audit.verify()) == []
    Post.objects.filter(pk=post.pk).update(ended_at=None)
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_a_post_is_held_once_and_again_after_it_ended(admin: User) -> None:
    other = enrolled("andere", "auditor", AUDITOR)
    new = NewPost(other, "ministry_editor", "H", MINISTRY)
    post = actions.grant(admin, new, at=AT)
    with pytest.raises(Refused) as refused:
        actions.grant(admin, new, at=AT)
    assert rules(refused) == ["identity.held"]
    actions.end_post(admin, post, at=AT)
    assert actions.grant(admin, new, at=AT).pk != post.pk


def test_who_administers_a_part_of_somebody_does_not_invite_her(admin: User, of_body: User) -> None:
    """A link opens all that a person may do, so it takes who administers all of it."""
    person = enrolled("beide", "body_coordinator", body("06435"))
    actions.grant(OPERATOR, NewPost(person, "ministry_steering", "H", MINISTRY), at=AT)
    for actor in (admin, of_body):
        with pytest.raises(OutOfScope):
            actions.invite(actor, person, at=AT)


def test_a_session_ends_with_the_last_post(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    assert client.get("/arbeit/").status_code == 200
    actions.end_post(cast.head, cast.officer.posts.get(), at=timezone.now())
    assert client.get("/arbeit/").status_code == 302


def test_an_administrator_alone_has_nothing_to_do_with_cases(admin: User) -> None:
    client = signed_in(admin)
    for page, status in (
        ("/arbeit/", 200),
        ("/arbeit/personen", 200),
        ("/arbeit/vereinbarungen", 403),
        ("/arbeit/haushalt", 403),
        ("/arbeit/protokoll", 403),
    ):
        assert client.get(page).status_code == status, page


@pytest.mark.parametrize("role", roles.ROLES)
def test_everybody_opens_her_desk_account_and_the_table_of_rights(
    cast: world.Cast, role: str
) -> None:
    side = roles.side_of(role)
    house = {
        "ministry": MINISTRY,
        "authority": authority(),
        "body": body("06435"),
        "provider": cast.provider.house,
        "auditor": AUDITOR,
    }[side]
    client = signed_in(enrolled("eine", role, house))
    for page in ("/arbeit/", "/arbeit/konto", "/arbeit/rollen", "/arbeit/personen"):
        assert client.get(page).status_code == 200, page


def test_people_of_a_body_see_no_people_of_another(cast: world.Cast) -> None:
    stranger = enrolled("fremd", "body_coordinator", body("06440"))
    client = signed_in(cast.body)
    page = client.get("/arbeit/personen").content.decode()
    assert cast.body.name in page
    assert stranger.name not in page
    for address in ("", "/stelle", "/uebergeben"):
        assert client.get(f"/arbeit/personen/{stranger.pk}{address}").status_code == 404
    post = stranger.posts.get()
    for verb in ("befristen", "beenden", "vertretung"):
        assert client.get(f"/arbeit/stellen/{post.pk}/{verb}").status_code == 404
    assert stranger.name in signed_in(cast.auditor).get("/arbeit/personen").content.decode()


def test_from_a_new_person_to_the_end_of_her_post_on_pages(cast: world.Cast) -> None:
    client = signed_in(cast.head)
    typed = {
        "name": "Neele Neu",
        "email": "Neele@example.org",
        "organisation": "ministry:",
        "rolle": "ministry_editor",
    }
    wrong = client.post("/arbeit/personen/neu", {**typed, "rolle": "body_coordinator"})
    assert wrong.status_code == 422
    assert "Neele Neu" in wrong.content.decode()
    made = client.post("/arbeit/personen/neu", typed, follow=True)
    assert "Angelegt: Neele Neu." in made.content.decode()
    person = User.objects.get(email="neele@example.org")
    assert person.is_demo  # a demo has no other people
    again = client.post("/arbeit/personen/neu", typed)
    assert again.status_code == 422
    assert "schon jemand angelegt" in again.content.decode()
    post = person.posts.get()
    given = {"organisation": "ministry:", "rolle": "ministry_steering"}
    told = client.post(f"/arbeit/personen/{person.pk}/stelle", given, follow=True)
    assert "Vergeben: Programmsteuerung an Neele Neu." in told.content.decode()
    until = timezone.localdate() + timedelta(days=3)
    client.post(f"/arbeit/stellen/{post.pk}/befristen", {"bis": f"{until:%d.%m.%Y}"})
    post.refresh_from_db()
    assert post.valid_until == until
    assert client.get(f"/arbeit/stellen/{post.pk}/beenden").status_code == 200
    told = client.post(f"/arbeit/stellen/{post.pk}/beenden", follow=True)
    page = told.content.decode()
    assert "Beendet: Programmbearbeitung von Neele Neu." in page
    assert "Stelle vergeben" in page  # the history says so


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_of_people_asks_as_often_for_many(
    cast: world.Cast, django_assert_max_num_queries: object, number: int
) -> None:
    for count in range(number):
        enrolled(f"p{count}", "ministry_editor", MINISTRY)
    client = signed_in(cast.head)
    client.get("/arbeit/personen")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/arbeit/personen")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        b"".join(client.get("/arbeit/personen?export=csv").streaming_content)  # type: ignore[attr-defined]


def test_without_signing_in_nobody_sees_people(db: None) -> None:
    for page in ("/arbeit/personen", "/arbeit/rollen", "/arbeit/konto"):
        assert Client().get(page).status_code == 302
