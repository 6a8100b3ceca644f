"""A body's money on its desk: what was decided, what moved it, and nothing of others."""

from typing import Any

import pytest

from tests import worlds
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    enter_needs,
    key,
    put_forward,
    scenario,
)
from tests.stage import html_of, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.allocation.models import BodyAllocation
from zielwerk.config import world
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.ui.tags.values import euro

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Any:
    settings.PROGRAMME = programme
    return worlds.put(world.enrol_cast)


def money(people: Any) -> str:
    page = html_of(signed_in(people.body).get("/arbeit/").content)
    _, found, rest = page.partition('<h2 id="geld">')
    return rest.split("<h2", 1)[0] if found else ""


def amount_of(ags: str) -> int:
    return int(BodyAllocation.objects.filter(ags=ags).latest("pk").amount_cents)


def second_key(programme: str) -> dict[str, Any]:
    """Half of the weight on another indicator."""
    first, other, *_ = (one.code for one in packs.load(programme, YEAR).indicators)
    return key(programme, weights={first: "1", other: "1"})


def test_a_body_reads_what_was_decided_and_what_moved_it(people: Any, programme: str) -> None:
    enact(programme)
    data, own = enter_needs(programme), people.body.ags
    decided(programme, 20 * MILLION, data=data)
    before = amount_of(own)
    comment = "Der Haushalt ist gewachsen"
    decided(programme, 27 * MILLION, data=data, comment=comment, key=second_key(programme))
    page = money(people)
    assert f"<strong>{euro(amount_of(own))}</strong>" in page
    assert f"Vorher: {euro(before)} (+" in page
    assert comment in page
    assert f"vorher {euro(20 * MILLION)}, jetzt {euro(27 * MILLION)}" in page
    first, other, *_ = packs.load(programme, YEAR).indicators
    for indicator, said in ((first, "vorher 100"), (other, "vorher 0")):
        assert f"Gewicht „{indicator.label}“: {said}" in page
    assert "Eigener Anteil am Bedarf" not in page  # of this the key changed nothing


def test_nothing_undecided_and_nothing_of_others(people: Any, programme: str) -> None:
    enact(programme)
    data, own = enter_needs(programme), people.body.ags
    decided(programme, 20 * MILLION, data=data)
    put_forward(scenario(programme, 11 * MILLION, data=data, comment="Noch geheim"))
    scenario(programme, 13 * MILLION, data=data, name="Entwurf")
    page = html_of(signed_in(people.body).get("/arbeit/").content)
    assert euro(amount_of(own)) in page
    for said in ("Noch geheim", "Entwurf", euro(11 * MILLION), euro(13 * MILLION)):
        assert said not in page
    others = BodyAllocation.objects.exclude(ags=own).exclude(amount_cents=amount_of(own))
    assert others.count() > 3
    for cents in set(others.values_list("amount_cents", flat=True)):
        assert euro(cents) not in page


def test_what_moved_since_stands_with_its_reason(people: Any, programme: str) -> None:
    enact(programme)
    decided(programme)
    move = adjustments.Move(
        AdjustmentKind.WAIVER, Fund(programme, YEAR), people.body.ags, 100_00, "Ein Kurs entfällt"
    )
    waiver = adjustments.declare(OFFICER, move, at=AT)
    assert "Ein Kurs entfällt" not in money(people)  # nobody decided yet
    for stage in packs.load(programme, YEAR).procedure("adjustment")[:-1]:
        assert stage.notes
        waiver = adjustments.note(OFFICER, waiver, note="angehört", at=AT)
    adjustments.decide(HEAD, waiver, at=AT)
    page = money(people)
    assert "Ein Kurs entfällt" in page
    assert f"Verzicht {euro(-100_00)}" in page
    left = amount_of(people.body.ags) - 100_00
    assert f"Heute zugewiesen: {euro(left)}" in page


def test_whoever_acts_for_no_body_has_no_such_part(people: Any, programme: str) -> None:
    enact(programme)
    decided(programme)
    for person in (people.officer, people.authority, people.provider, people.auditor):
        assert 'id="geld"' not in html_of(signed_in(person).get("/arbeit/").content)
    assert len(bodies(programme)) > 3
