"""What is kept of whose turn it is says what the permission table says, for everybody."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils.timezone import localdate, now

from tests.journeys import every_state
from tests.journeys.programmes import WALKED
from tests.stage import everybody
from zielwerk.core import capacity, cases, turns
from zielwerk.core.audit import reference
from zielwerk.core.models import Turn
from zielwerk.core.permissions import OutOfScope
from zielwerk.identity.models import Deputyship, User
from zielwerk.identity.queries import let_in

pytestmark = pytest.mark.django_db
WALKED_ON = {"sqlite": {"aqb_hessen"}, "postgresql": {"lotsenfonds_nordmark"}}


@pytest.fixture(scope="module", params=WALKED, ids=str)
def people(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[list[User]]:
    """Everybody of a site with a case in every state, and each standing in for the others."""
    with (
        django_db_blocker.unblock(),
        override_settings(PROGRAMME=request.param.programme),
        transaction.atomic(),
    ):
        every_state.put(request.param)
        today, found = localdate(), everybody()
        for absent in everybody():
            deputy = next(one for one in everybody() if one.pk != absent.pk)
            post = absent.let_in.posts[0]
            until = today + timedelta(days=9)
            days = {"valid_from": today, "valid_until": until}
            Deputyship.objects.update_or_create(post=post, deputy=deputy, defaults=days)
            found.append(let_in(deputy, today, post.pk))
        yield found
        transaction.set_rollback(True)


def asked_one_by_one(person: User) -> set[tuple[str, str]]:
    """Every open case looked at, and the permission table asked for each of its steps."""
    found = set()
    for kind in cases.KINDS.values():
        for case in kind.open_cases(person, settings.PROGRAMME):
            for step in kind.open_steps(case):
                try:
                    refusal = cases.step_refusal(person, step, case)
                except OutOfScope:
                    continue
                if turns.task_of(case, step) and not refusal:
                    found.add((reference(case), step.verb))
    return found


def test_a_desk_shows_what_its_owner_may_do_and_nothing_else(people: list[User]) -> None:
    waiting = {
        person.audit_name: set(turns.asked(person, settings.PROGRAMME).values_list("about", "verb"))
        for person in people
    }
    assert waiting == {person.audit_name: asked_one_by_one(person) for person in people}
    assert sum(map(bool, waiting.values())) > 3
    assert any("+" in name for name, found in waiting.items() if found)


def test_nothing_differs_from_its_case_and_what_does_is_made_anew(people: list[User]) -> None:
    def kept() -> list[dict[str, Any]]:
        return list(Turn.objects.order_by("about", "verb").values(*turns.WRITTEN))

    before = kept()
    turns.keep_all("default")
    assert kept() == before
    first = Turn.objects.earliest("pk")
    Turn.objects.filter(pk=first.pk).update(due=localdate(now()), permission="notes.look")
    Turn.objects.latest("pk").delete()
    Turn.objects.create(
        **{name: getattr(first, name) for name in turns.WRITTEN if name != "about"},
        about="scenario:999999",
    )
    turns.keep_all("default")
    assert kept() == before


def test_what_one_put_forward_waits_for_others_and_never_for_oneself(people: list[User]) -> None:
    others = 0
    for person in people:
        mine = set(turns.asked(person, settings.PROGRAMME).values_list("pk", flat=True))
        of_others = turns.of_others(person, settings.PROGRAMME)
        assert mine.isdisjoint(of_others.values_list("pk", flat=True))
        others += of_others.count()
        for turn in of_others:
            assert turn.house == capacity.house(person)
            assert turns.who(turn)
    assert others
