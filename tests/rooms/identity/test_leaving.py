"""Leaving: what is open goes to another in one act, and who left does nothing any more."""

from datetime import timedelta
from typing import Any

import pytest

from tests import worlds
from tests.rooms.identity.people import AT, MINISTRY, OPERATOR, enrolled, rules
from tests.rooms.money import MILLION, YEAR, decided, enact
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity import actions, queries
from zielwerk.identity.actions import Leaving, NewDeputy, NewPost
from zielwerk.identity.models import Deputyship, Handover, User
from zielwerk.notes import actions as notes
from zielwerk.notes.actions import NewNote
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings: Any, programme: str) -> Cast:
    settings.PROGRAMME = programme
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    return worlds.put(world.enrol_cast)


@pytest.fixture
def nora(people: Cast) -> User:
    """A colleague of the officer in the same role."""
    return enrolled("nora", "ministry_editor", MINISTRY)


@pytest.fixture
def waiver(people: Cast, programme: str) -> Adjustment:
    """What the officer declared, and nobody has decided."""
    return declared(people.officer, programme)


def declared(by: User, programme: str) -> Adjustment:
    ags = packs.bodies_in(programme, YEAR)[0].ags
    move = adjustments.Move(
        AdjustmentKind.WAIVER, Fund(programme, YEAR), ags, 100_00, "Ein Kurs kommt nicht zustande"
    )
    return adjustments.declare(by, move, at=AT)


def test_what_is_open_goes_to_the_successor_in_one_act(
    people: Cast, nora: User, waiver: Adjustment, programme: str
) -> None:
    adjustments.decide(people.head, declared(people.officer, programme), at=AT)  # done: not open
    before = AuditEntry.objects.count()
    handover = actions.hand_over(people.officer, Leaving(people.officer, nora), at=AT)
    assert handover.cases == [audit.reference(waiver)]
    assert AuditEntry.objects.count() == before + 1
    assert not people.officer.posts.filter(ended_at=None).exists()
    assert queries.signed_in(people.officer.pk, AT.date()) is None
    page = signed_in(nora).get("/arbeit/konto").content.decode()
    assert f'href="/arbeit/mittelaenderungen/{waiver.pk}">{waiver.file_number}</a>' in page
    assert list(audit.verify()) == []
    Handover.objects.update(cases=[])
    assert {fault.rule for fault in audit.verify()} == {"audit.changed"}


def test_what_came_from_one_is_handed_on_to_the_next(
    people: Cast, nora: User, waiver: Adjustment
) -> None:
    actions.hand_over(OPERATOR, Leaving(people.officer, nora), at=AT)
    third = enrolled("dora", "ministry_editor", MINISTRY)
    assert queries.open_cases(nora) == [audit.reference(waiver)]
    assert actions.hand_over(nora, Leaving(nora, third), at=AT).cases == [audit.reference(waiver)]
    assert queries.took_over(third, people.officer.audit_name)
    assert not queries.took_over(people.head, people.officer.audit_name)


def test_the_successor_shares_what_her_predecessor_noted_and_nobody_else_does(
    people: Cast, nora: User, waiver: Adjustment
) -> None:
    note = notes.write(people.officer, NewNote(waiver, "Rückruf zugesagt"), at=AT)
    with pytest.raises(NotAllowed):
        notes.share(nora, note, at=AT)
    actions.hand_over(people.officer, Leaving(people.officer, nora), at=AT)
    with pytest.raises(NotAllowed):
        notes.share(people.head, note, at=AT)
    assert notes.share(nora, note, at=AT).is_shared


def test_whom_she_stood_in_for_her_successor_stands_in_for(people: Cast, nora: User) -> None:
    day, post = AT.date(), people.head.posts.get(role="ministry_steering")
    own = nora.posts.get()
    for of in (post, own):  # nobody stands in for herself afterwards
        new = NewDeputy(of, people.officer, day, day + timedelta(days=9))
        actions.deputise(OPERATOR, new, at=AT)
    over = NewDeputy(people.officer.posts.get(), nora, day, day)
    actions.deputise(people.officer, over, at=AT)
    actions.hand_over(people.officer, Leaving(people.officer, nora), at=AT)
    (left,) = Deputyship.objects.filter(ended_at=None)
    assert (left.post, left.deputy, left.valid_until) == (post, nora, day + timedelta(days=9))


def test_who_takes_over_has_every_role_in_which_the_other_worked(
    people: Cast, nora: User, programme: str
) -> None:
    actions.grant(people.head, NewPost(people.officer, "ministry_steering", "H", MINISTRY), at=AT)
    assert queries.successors(people.officer, AT.date()) == []
    for successor in (nora, people.body, people.auditor):
        with pytest.raises(Refused) as refused:
            actions.hand_over(people.officer, Leaving(people.officer, successor), at=AT)
        assert rules(refused) == ["identity.not_of_role"]
    actions.grant(people.head, NewPost(nora, "ministry_steering", "H", MINISTRY), at=AT)
    assert queries.successors(people.officer, AT.date()) == [nora]
    assert actions.hand_over(people.officer, Leaving(people.officer, nora), at=AT)
    for again, rule in ((nora, "identity.left"), (people.officer, "identity.left")):
        with pytest.raises(Refused) as refused:
            actions.hand_over(people.head, Leaving(people.officer, again), at=AT)
        assert rules(refused) == [rule]


def test_nobody_hands_over_to_herself(people: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.hand_over(people.officer, Leaving(people.officer, people.officer), at=AT)
    assert rules(refused) == ["identity.same"]


def test_the_last_administrator_does_not_leave(people: Cast) -> None:
    vera = enrolled("vera", "ministry_steering", MINISTRY)
    with pytest.raises(Refused) as refused:
        actions.hand_over(people.head, Leaving(people.head, vera), at=AT)
    assert rules(refused) == ["identity.last_administrator"]
    actions.grant(people.head, NewPost(vera, "ministry_administrator", "H", MINISTRY), at=AT)
    assert actions.hand_over(people.head, Leaving(people.head, vera), at=AT)


def test_who_hands_over_for_whom(people: Cast, nora: User) -> None:
    leaving = Leaving(people.officer, nora)
    for stranger in (people.body, people.auditor, people.authority, nora):
        with pytest.raises(OutOfScope):
            actions.hand_over(stranger, leaving, at=AT)
    assert actions.hand_over(people.head, leaving, at=AT).successor == nora


def test_work_begun_by_who_left_is_not_done_in_her_name(people: Cast, nora: User) -> None:
    name = people.officer.audit_name
    assert queries.person(name, AT.date()) == people.officer
    actions.hand_over(people.officer, Leaving(people.officer, nora), at=AT)
    with pytest.raises(Refused) as refused:
        queries.person(name, AT.date())
    assert rules(refused) == ["identity.not_any_more"]


def test_one_leaves_on_a_page_that_tells_what_is_open(
    people: Cast, nora: User, waiver: Adjustment
) -> None:
    client, address = signed_in(people.officer), f"/arbeit/personen/{people.officer.pk}/uebergeben"
    page = client.get(address).content.decode()
    assert waiver.file_number in page
    assert "Alle Stellen enden sofort" in page
    assert client.post(address, {"nachfolge": str(people.head.pk)}).status_code == 422
    answer = client.post(address, {"nachfolge": str(nora.pk)})
    assert answer.status_code == 302
    assert client.get("/arbeit/").status_code == 302  # to the sign-in
    page = signed_in(people.head).get(f"/arbeit/personen/{people.officer.pk}").content.decode()
    assert "nicht möglich: keine gültige Stelle" in page
    assert "Offenes übergeben und ausscheiden" in page  # the history says so


def test_an_administrator_who_sees_no_cases_is_told_how_many_there_are(
    people: Cast, nora: User, waiver: Adjustment
) -> None:
    admin = enrolled("admin", "ministry_administrator", MINISTRY)
    page = signed_in(admin).get(f"/arbeit/personen/{people.officer.pk}/uebergeben").content.decode()
    assert "Ein Vorgang, den Sie selbst nicht sehen." in page
    assert waiver.file_number not in page


def test_where_nobody_can_take_over_the_page_says_so(people: Cast) -> None:
    address = f"/arbeit/personen/{people.officer.pk}/uebergeben"
    page = signed_in(people.officer).get(address).content.decode()
    assert "Niemand sonst hat dieselben Rollen." in page
    assert signed_in(people.officer).post(address, {"nachfolge": ""}).status_code == 422


@pytest.mark.parametrize("number", [1, 12])
def test_what_is_open_is_found_by_as_many_queries_for_many(
    people: Cast,
    nora: User,
    programme: str,
    number: int,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(number):
        declared(people.officer, programme)
    with django_assert_max_num_queries(3):
        assert len(queries.open_cases(people.officer)) == number
