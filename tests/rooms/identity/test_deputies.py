"""Standing in for somebody: by whom, when, what is on record, and that four eyes still are four."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from tests import worlds
from tests.rooms.identity.people import AT, MINISTRY, OPERATOR, body, enrolled, rules
from tests.rooms.money import MILLION, YEAR, decided, enact
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.core import capacity
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity import actions, queries
from zielwerk.identity.actions import NewDeputy, NewPost
from zielwerk.identity.models import Deputyship, Post, User
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
TODAY, DAY = AT.date(), timedelta(days=1)


@pytest.fixture
def people(settings: Any, programme: str) -> Cast:
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    return worlds.put(world.enrol_cast)


@pytest.fixture
def vera(people: Cast) -> User:
    """A second one in the ministry who decides, and may stand in for the head."""
    return enrolled("vera", "ministry_steering", MINISTRY)


def steering(person: User) -> Post:
    return person.posts.get(role="ministry_steering")


def named(post: Post, deputy: User, first: date, last: date, by: Any = OPERATOR) -> Deputyship:
    return actions.deputise(by, NewDeputy(post, deputy, first, last), at=AT)


def standing_in(deputy: User, post: Post, day: date = TODAY) -> User:
    """The deputy as she acts for whoever holds the post."""
    return queries.let_in(User.objects.get(pk=deputy.pk), day, post.pk)


def declared(by: Any, programme: str) -> Adjustment:
    ags = packs.bodies_in(programme, YEAR)[0].ags
    move = adjustments.Move(
        AdjustmentKind.WAIVER, Fund(programme, YEAR), ags, 100_00, "Ein Kurs kommt nicht zustande"
    )
    return adjustments.declare(by, move, at=AT)


def test_a_deputy_has_the_role_that_she_stands_in_for_and_no_other(people: Cast) -> None:
    clerk = enrolled("klara", "ministry_editor", MINISTRY)
    post = steering(people.head)
    named(post, clerk, TODAY, TODAY)
    acting = standing_in(clerk, post)
    assert acting.roles == {"ministry", "ministry_steering"}  # nor does she administer people
    assert acting.absent == people.head
    assert acting.audit_name == f"user:{clerk.pk}@{post.pk}+user:{people.head.pk}"
    assert queries.let_in(User.objects.get(pk=clerk.pk), TODAY).roles == {
        "ministry",
        "ministry_editor",
    }


def test_a_deputy_stands_in_from_the_first_day_to_the_last(people: Cast, vera: User) -> None:
    post, first, last = steering(people.head), TODAY + DAY, TODAY + 3 * DAY
    named(post, vera, first, last)
    stood_in = [
        standing_in(vera, post, day).absent is not None
        for day in (first - DAY, first, last, last + DAY)
    ]
    assert stood_in == [False, True, True, False]


def test_a_deputyship_ends_with_its_post_and_by_a_word(people: Cast, vera: User) -> None:
    post, other = steering(people.head), people.officer.posts.get()
    first = named(post, vera, TODAY, TODAY + DAY)
    named(other, vera, TODAY, TODAY + DAY)
    actions.end_deputyship(people.head, first, at=AT)
    assert standing_in(vera, post).absent is None
    with pytest.raises(Refused) as refused:
        actions.end_deputyship(people.head, first, at=AT)
    assert rules(refused) == ["identity.deputyship_ended"]
    assert standing_in(vera, other).absent == people.officer
    actions.end_post(people.head, other, at=AT)
    assert standing_in(vera, other).absent is None


def test_who_names_a_deputy_and_whom(people: Cast, vera: User) -> None:
    day = TODAY
    own, hers = people.officer.posts.get(), steering(people.head)
    assert named(own, vera, day, day, by=people.officer)  # of one's own post
    assert named(vera.posts.get(), people.officer, day, day, by=people.head)  # who administers it
    with pytest.raises(OutOfScope):
        named(hers, vera, day, day, by=people.officer)
    with pytest.raises(NotAllowed) as refused:  # an administrator does not make herself a deputy
        named(vera.posts.get(), people.head, day, day, by=people.head)
    assert rules(refused) == ["identity.to_herself"]
    for deputy, rule in (
        (people.officer, "identity.own_deputy"),
        (people.body, "identity.no_colleague"),
        (people.auditor, "identity.no_colleague"),
        (vera, "identity.deputises"),
    ):
        with pytest.raises(Refused) as refused:
            named(own, deputy, day, day)
        assert rules(refused) == [rule]
    with pytest.raises(Refused) as refused:
        named(hers, vera, day - DAY, day - DAY)
    assert rules(refused) == ["identity.deputy_over"]
    with pytest.raises(Refused) as refused:
        named(hers, vera, day + DAY, day)
    assert rules(refused) == ["identity.deputy_not_in_order"]


def test_a_deputy_names_no_deputy_and_hands_nothing_on(people: Cast, vera: User) -> None:
    post = steering(people.head)
    named(post, vera, TODAY, TODAY + DAY)
    acting = standing_in(vera, post)
    with pytest.raises(OutOfScope):
        named(post, people.officer, TODAY, TODAY, by=acting)
    with pytest.raises(OutOfScope):
        actions.hand_over(acting, actions.Leaving(people.head, vera), at=AT)


def test_nobody_stands_in_for_who_administers_people(people: Cast, vera: User) -> None:
    post = people.head.posts.get(role="ministry_administrator")
    for by in (OPERATOR, people.head):
        with pytest.raises(NotAllowed) as refused:
            named(post, vera, TODAY, TODAY, by=by)
        assert rules(refused) == ["identity.no_deputy_here"]
    assert f"/arbeit/stellen/{post.pk}/vertretung" not in text_of(people.head, "/arbeit/konto")
    assert signed_in(people.head).get(f"/arbeit/stellen/{post.pk}/vertretung").status_code == 403


def test_whoever_stood_in_for_an_administrator_would_administer_nobody(
    people: Cast, vera: User
) -> None:
    """Also where such a deputyship is there: it would give away what she may not have herself."""
    post = people.head.posts.get(role="ministry_administrator")
    Deputyship.objects.create(post=post, deputy=vera, valid_from=TODAY, valid_until=TODAY)
    acting, other = standing_in(vera, post), people.officer
    assert acting.roles == {"ministry_administrator"}
    for act in (
        lambda: actions.grant(acting, NewPost(other, "ministry_steering", "H", MINISTRY), at=AT),
        lambda: actions.end_post(acting, other.posts.get(), at=AT),
        lambda: actions.recover(acting, other, at=AT),
        lambda: actions.invite(acting, other, at=AT),
        lambda: actions.hand_over(acting, actions.Leaving(people.head, other), at=AT),
        lambda: named(other.posts.get(), vera, TODAY, TODAY, by=acting),
    ):
        with pytest.raises(OutOfScope):
            act()


def text_of(person: User, address: str) -> str:
    return signed_in(person).get(address).content.decode()


# Who declares, who decides, and whether these are two persons: "vera for head" is both.
PAIRS = [
    ("vera for head", "vera", False),
    ("vera for head", "head", False),
    ("vera for head", "vera for head", False),
    ("vera for head", "uwe", True),
    ("vera", "vera for head", False),
    ("head", "vera for head", False),
    ("uwe", "vera for head", True),
    ("vera", "head", True),
    ("officer", "vera for head", True),
    ("vera elsewhere", "vera", False),
    ("vera elsewhere", "vera for head", False),
    ("officer", "officer, promoted", False),
]


@pytest.mark.parametrize(("first", "second", "are_two"), PAIRS)
def test_four_eyes_are_those_of_two_persons_whoever_stands_in_for_whom(
    people: Cast, vera: User, programme: str, first: str, second: str, are_two: bool
) -> None:
    ags = packs.bodies_in(programme, YEAR)[0].ags
    post = steering(people.head)
    named(post, vera, TODAY, TODAY)
    elsewhere = actions.grant(OPERATOR, NewPost(vera, "body_coordinator", "K", body(ags)), at=AT)
    actions.grant(people.head, NewPost(people.officer, "ministry_steering", "H", MINISTRY), at=AT)
    actors = {
        "vera": queries.let_in(vera, TODAY),
        "vera for head": standing_in(vera, post),
        "vera elsewhere": standing_in(vera, elsewhere),
        "head": people.head,
        "officer": people.officer,
        "officer, promoted": queries.let_in(User.objects.get(pk=people.officer.pk), TODAY),
        "uwe": enrolled("uwe", "ministry_steering", MINISTRY),
    }
    adjustment = declared(actors[first], programme)
    decide = partial(adjustments.decide, actors[second], adjustment, at=AT)
    if are_two:
        assert decide().decided_by == actors[second].audit_name
        return
    with pytest.raises(NotAllowed) as refused:
        decide()
    assert rules(refused) == ["adjustments.four_eyes"]


def test_what_is_done_in_anothers_place_stands_so_in_the_log_and_on_the_page(
    people: Cast, vera: User, programme: str
) -> None:
    post = steering(people.head)
    named(post, vera, TODAY, TODAY)
    acting = standing_in(vera, post)
    adjustment = declared(acting, programme)
    entry = AuditEntry.objects.latest("pk")
    assert capacity.persons(entry.actor) == {f"user:{vera.pk}", f"user:{people.head.pk}"}
    page = signed_in(people.officer).get(f"/arbeit/mittelaenderungen/{adjustment.pk}")
    said = page.content.decode()
    assert f"Vera in Vertretung für {people.head.organisation}, Jonas Acker" in said


def test_one_chooses_for_whom_one_acts_until_the_deputyship_ends(people: Cast, vera: User) -> None:
    today = timezone.localdate()
    post = steering(people.head)
    deputyship = named(post, vera, today, today + DAY)
    client = signed_in(vera)
    page = client.get("/arbeit/konto").content.decode()
    assert f'name="post" value="{post.pk}"' in page
    told = client.post("/arbeit/konto/handeln", {"post": post.pk}, follow=True).content.decode()
    assert "Sie handeln jetzt in Vertretung für Jonas Acker" in told
    assert "in Vertretung für Jonas Acker" in client.get("/arbeit/rollen").content.decode()
    actions.end_deputyship(people.head, deputyship, at=timezone.now())
    page = client.get("/arbeit/rollen").content.decode()
    assert "in Vertretung für" not in page
    assert vera.name in page


@pytest.mark.parametrize("sent", ["", "0", "x", "²", "999999999999999999999", "-1"])
def test_nobody_acts_from_a_post_that_is_not_hers(people: Cast, vera: User, sent: str) -> None:
    client = signed_in(vera)
    for number in (sent, str(steering(people.head).pk), str(people.body.posts.first().pk)):
        answer = client.post("/arbeit/konto/handeln", {"post": number})
        assert answer["Location"] == "/arbeit/konto"
    assert "in Vertretung" not in client.get("/arbeit/").content.decode()


def test_a_deputy_is_named_and_dismissed_on_pages(people: Cast, vera: User) -> None:
    post, client = steering(people.head), signed_in(people.head)
    own = client.get("/arbeit/konto").content.decode()
    assert f'href="/arbeit/stellen/{post.pk}/vertretung">Vertretung benennen' in own
    today = timezone.localdate()
    address = f"/arbeit/stellen/{post.pk}/vertretung"
    said = {"vertretung": str(vera.pk), "ab": f"{today:%d.%m.%Y}", "bis": f"{today:%d.%m.%Y}"}
    wrong = client.post(address, {**said, "bis": f"{today - DAY:%d.%m.%Y}"})
    assert wrong.status_code == 422
    assert "Das Ende der Vertretung liegt zurück." in wrong.content.decode()
    told = client.post(address, said, follow=True).content.decode()
    assert "Benannt: Vera vertritt Jonas Acker, Programmsteuerung." in told
    deputyship = Deputyship.objects.get()
    ending = f"/arbeit/vertretungen/{deputyship.pk}/beenden"
    assert "handelt sofort nicht mehr" in client.get(ending).content.decode()
    told = client.post(ending, follow=True).content.decode()
    assert "Beendet: Vera vertritt Jonas Acker nicht mehr." in told
    for stranger in (people.body, people.auditor, people.officer):
        assert signed_in(stranger).get(ending).status_code == 404
        assert signed_in(stranger).get(address).status_code == 404


def test_where_nobody_else_is_the_page_says_so_and_shows_no_form(people: Cast) -> None:
    post = people.auditor.posts.get()
    page = signed_in(people.auditor).get(f"/arbeit/stellen/{post.pk}/vertretung").content.decode()
    assert "hat heute niemand sonst eine Stelle" in page
    assert "vertretung" not in page[page.index("<main") :].partition("<form")[2]
