"""A notice passes to the successor with what it commits, and goes on there."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from tests.journeys.applied import coordinator
from tests.rooms.granting import made
from tests.rooms.granting.test_changes import begun, issued, less
from tests.rooms.granting.test_notices import agrees, committed, rules_of
from tests.stage import signed_in
from zielwerk.config import world_strategy
from zielwerk.config.cast import Cast
from zielwerk.core import audit
from zielwerk.core.permissions import OutOfScope
from zielwerk.funding import queries as funding
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewAct
from zielwerk.granting.models import GrantNotice, Takeover
from zielwerk.ledger import queries as ledger
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.packs.folders import SHIPPED
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.refusal import Refused
from zielwerk.succession import actions as successions
from zielwerk.succession.actions import Declaration
from zielwerk.succession.models import Passage

OLD, NEW = "06435", "06415"


def moment() -> datetime:
    return made.at(4)


def declaration(heirs: dict[str, str]) -> Declaration:
    """The city leaves the county; of the money each gets a half."""
    (leaving,) = packs.successions(settings.PROGRAMME)
    shares = {OLD: "1", NEW: "1"}
    return Declaration(
        settings.PROGRAMME, leaving, [made.year()], shares, "Vereinbarung", heirs=heirs
    )


def carry_out(cast: Cast, heirs: dict[str, str], at: datetime | None = None) -> None:
    act = successions.declare(cast.officer, declaration(heirs), at=at or moment())
    successions.decide(cast.head, act, at=at or moment())


def passed(cast: Cast) -> GrantNotice:
    """A notice of the county that the city took over."""
    notice = made.issued(cast)
    assert notice.ags == OLD
    carry_out(cast, {notice.file_number: NEW})
    return GrantNotice.objects.get(pk=notice.pk)


def city(cast: Cast) -> Cast:
    return world_strategy.cast_of(cast, coordinator(NEW))


def test_what_a_notice_commits_passes_with_it_and_the_paper_stays(hesse: Cast) -> None:
    notice = passed(hesse)
    granted = notice.amount_cents
    assert notice.ags == NEW
    assert committed(notice) == granted
    assert not sum(ledger.committed(settings.PROGRAMME, notice.year, OLD).values())
    assert notice.content
    assert notice.content["body"]["ags"] == OLD
    (record,) = Takeover.objects.all()
    assert (record.source, record.target, record.case) == (OLD, NEW, "RN-2026-0001")
    moved = Passage.objects.filter(number=notice.file_number)
    assert sum(moved.values_list("cents", flat=True)) == granted
    agrees()
    assert list(audit.verify()) == []


def test_the_same_money_is_not_granted_twice(hesse: Cast) -> None:
    """The city holds half of the money and all that was granted: what is lacking is seen."""
    notice = passed(hesse)
    half = notice.amount_cents // 2
    free = ledger.uncommitted(settings.PROGRAMME, notice.year, NEW)
    assert sum(free.values()) == -half == -queries.uncovered_of(notice)
    assert sum(ledger.uncommitted(settings.PROGRAMME, notice.year, OLD).values()) == half


def test_the_successor_releases_and_the_authority_changes_the_notice(hesse: Cast) -> None:
    notice = passed(hesse)
    new = NewAct(notice, "", less(notice, 5_000_00))
    with pytest.raises(OutOfScope):
        actions.release(hesse.body, new, at=made.at(5))
    act = actions.release(city(hesse).body, new, at=made.at(5))
    act = issued(hesse, act)
    assert act.content
    assert act.content["body"]["ags"] == NEW
    assert made.stands(notice) == notice.amount_cents - 5_000_00 == committed(notice)
    more = begun(hesse, notice, Kind.SUPPLEMENT, less(notice, -1_00))
    with pytest.raises(Refused) as refused:
        issued(hesse, more, 7)
    assert rules_of(refused) == ["grant.not_covered"]
    agrees()


def test_an_act_under_way_goes_along(hesse: Cast) -> None:
    notice = made.issued(hesse)
    act = actions.release(hesse.body, NewAct(notice, "", less(notice, 1_00)), at=made.at(3))
    carry_out(hesse, {notice.file_number: NEW})
    act.refresh_from_db()
    assert act.ags == NEW
    issued(hesse, act)
    agrees()


def test_where_several_succeed_it_is_said_who_takes_a_notice(hesse: Cast) -> None:
    notice = made.issued(hesse)
    with pytest.raises(Refused) as refused:
        successions.declare(hesse.officer, declaration({}), at=moment())
    assert rules_of(refused) == ["succession.no_heir"]
    carry_out(hesse, {notice.file_number: OLD})
    notice.refresh_from_db()
    assert (notice.ags, committed(notice)) == (OLD, notice.amount_cents)
    assert not Takeover.objects.exists()
    agrees()


def test_exactly_what_was_declared_is_decided(hesse: Cast) -> None:
    """A notice that came meanwhile, or commits another amount, was not in view."""
    notice = made.issued(hesse)
    heirs = {notice.file_number: NEW}
    act = successions.declare(hesse.officer, declaration(heirs), at=moment())
    release = NewAct(notice, "", less(notice, 1_00))
    issued(hesse, actions.release(hesse.body, release, at=made.at(5)))
    with pytest.raises(Refused) as refused:
        successions.decide(hesse.head, act, at=made.at(8))
    assert rules_of(refused) == ["succession.changed"]


MERGED = """
[[succession]]
code = "verbund_2026"
label = "Der Kreis geht in einem anderen auf"
kind = "merger"
day = 2026-01-01
predecessors = ["06435"]
successors = ["06440"]
text = "Seit dem 1. Januar 2026 nicht vergleichbar."
source = { text = "Für den Test erfunden", assumed = true }
"""


def test_a_sole_successor_takes_every_notice_with_all_its_money(
    hesse: Cast, tmp_path: Path
) -> None:
    notice = made.issued(hesse)
    shutil.copytree(SHIPPED / settings.PROGRAMME, tmp_path / settings.PROGRAMME)
    bodies = tmp_path / settings.PROGRAMME / "bodies.toml"
    own = bodies.read_text(encoding="utf-8")
    bodies.write_text(own[: own.index("[[succession]]")] + MERGED, encoding="utf-8")
    folders.use(tmp_path)
    try:
        (merged,) = packs.successions(settings.PROGRAMME)
        new = Declaration(settings.PROGRAMME, merged, [made.year()], {"06440": "1"}, "Gesetz")
        act = successions.declare(hesse.officer, new, at=moment())
        successions.decide(hesse.head, act, at=moment())
        notice.refresh_from_db()
        assert notice.ags == "06440"
        assert committed(notice) == notice.amount_cents
        assert queries.uncovered_of(notice) == 0
        agrees()
    finally:
        folders.use(None)


def lists(user: Any) -> list[set[int]]:
    programme = settings.PROGRAMME
    reads = (queries.notices, queries.season, funding.applications)
    return [set(read(user, programme).values_list("pk", flat=True)) for read in reads]


def test_lists_and_the_season_are_the_successors(hesse: Cast) -> None:
    notice = made.issued(hesse)
    before = lists(hesse.body)
    assert all(before)
    carry_out(hesse, {notice.file_number: NEW})
    assert lists(hesse.body) == [set(), set(), set()]
    assert lists(city(hesse).body) == before
    assert funding.pursued(settings.PROGRAMME, notice.year, NEW) is None


def test_whoever_declares_says_on_the_page_who_takes_it_and_the_notice_says_so(
    hesse: Cast,
) -> None:
    notice = made.issued(hesse)
    client, url = signed_in(hesse.officer), reverse("succession:declare", args=["hanau_2026"])
    page = client.get(url).content.decode()
    assert notice.file_number in page
    data = {
        f"anteil_{OLD}": "1",
        f"anteil_{NEW}": "1",
        "jahre": str(notice.year),
        "grund": "Vereinbarung",
    }
    assert client.post(url, data).status_code == 409
    assert client.post(url, {**data, f"bescheid_{notice.file_number}": NEW}).status_code == 302
    act = successions.SuccessionAct.objects.get()
    door = reverse("succession:act_step", args=[act.pk, "entscheiden"])
    shown = signed_in(hesse.head).get(door).content.decode()
    assert notice.file_number in shown
    assert "Bescheide binden mehr, als übergeht" in shown
    successions.decide(hesse.head, act, at=moment() + timedelta(days=300))
    response = signed_in(city(hesse).body).get(reverse("granting:notice", args=[notice.pk]))
    assert "RN-2026-0001" in response.content.decode()
