"""A new year is a draft until two persons have released its rules."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.drafts import draft_year, reword
from tests.rooms.money import AT
from tests.stage import press, signed_in
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core.permissions import NotAllowed
from zielwerk.language import sentence
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.programme import actions, queries
from zielwerk.programme.models import YearRelease
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(programme: str, settings: Settings, tmp_path: Path) -> Iterator[int]:
    """The year after the last one, as ``pack new`` begins it."""
    settings.PROGRAMME = programme
    with draft_year(programme, tmp_path) as year:
        yield year


def propose(client: Client, year: int, remark: str = "Nur die Namen") -> YearRelease:
    door = reverse("programme:propose_release", args=[year])
    assert client.get(door).status_code == 200
    version = packs.load(settings.PROGRAMME, year).rule_version
    answer = client.post(door, {"bemerkung": remark, "fassung": version})
    assert answer.status_code == 302
    release = YearRelease.objects.latest("pk")
    assert answer["Location"] == reverse("programme:release", args=[release.pk])
    return release


def refused(act: object) -> str:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return " ".join(sentence(why) for why in caught.value.refusals)


def keep(cast: world.Cast, programme: str, year: int) -> str:
    """What every act does that is bound to the rules of its time."""
    return actions.keep_rules(cast.officer, programme, year, at=AT)


def test_under_a_draft_nothing_is_done_until_two_have_released_it(
    cast: world.Cast, programme: str, draft: int
) -> None:
    assert "sind ein Entwurf" in refused(lambda: keep(cast, programme, draft))
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    release = propose(officer, draft)
    assert release.file_number == f"FG-{draft}-0001"
    assert press(officer, release, "freigeben").status_code == 403
    assert "sind ein Entwurf" in refused(lambda: keep(cast, programme, draft))
    assert press(head, release, "freigeben").status_code == 302
    release.refresh_from_db()
    assert (release.state, release.decided_by) == ("approved", cast.head.audit_name)
    assert keep(cast, programme, draft) == release.version
    assert queries.draft_years(programme) == frozenset()


def test_changed_rules_are_a_draft_again_and_what_was_done_keeps_its_own(
    cast: world.Cast, programme: str, draft: int
) -> None:
    release = propose(signed_in(cast.officer), draft)
    press(signed_in(cast.head), release, "freigeben")
    done_under = keep(cast, programme, draft)
    reword(programme, draft)
    assert queries.draft_years(programme) == {draft}
    assert "sind ein Entwurf" in refused(lambda: keep(cast, programme, draft))
    assert queries.rules(programme, draft, done_under).rule_version == done_under
    anew = propose(signed_in(cast.officer), draft)
    assert anew.version != release.version
    press(signed_in(cast.head), anew, "freigeben")
    assert keep(cast, programme, draft) == anew.version


def test_the_mark_alone_is_no_other_version(cast: world.Cast, programme: str, draft: int) -> None:
    release = propose(signed_in(cast.officer), draft)
    path = (folders.own() or Path()) / programme / str(draft) / "year.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("draft = true", "draft = false"), encoding="utf-8")
    folders.forget()
    assert packs.load(programme, draft).rule_version == release.version
    assert keep(cast, programme, draft) == release.version


def test_released_is_what_was_looked_at(cast: world.Cast, programme: str, draft: int) -> None:
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    release = propose(officer, draft)
    reword(programme, draft)
    answer = press(head, release, "freigeben")
    assert "seit dem Vorschlag geändert" in answer.content.decode()
    release.refresh_from_db()
    assert release.state == "proposed"
    assert press(officer, release, "zurueckgeben", note="Bitte prüfen").status_code == 302
    stale = {"fassung": release.version, "bemerkung": ""}
    door = reverse("programme:propose_release", args=[draft])
    assert "seit Sie sie angesehen haben" in officer.post(door, stale).content.decode()
    assert propose(officer, draft).state == "proposed"


def test_both_see_what_differs_from_the_year_before(
    cast: world.Cast, programme: str, draft: int
) -> None:
    reword(programme, draft)
    [code] = {each.code for each in packs.load(programme, draft).indicators[:1]}
    officer = signed_in(cast.officer)
    door = reverse("programme:propose_release", args=[draft])
    assert "Menschen (" in officer.get(door).content.decode()
    release = propose(officer, draft)
    page = reverse("programme:release", args=[release.pk])
    before = signed_in(cast.head).get(page).content.decode()
    assert "Menschen (" in before
    assert packs.load(programme, draft - 1).indicators[0].unit in before
    reword(programme, draft)
    assert ("indicators", code) in {(each["table"], each["code"]) for each in release.differences}
    after = signed_in(cast.head).get(page).content.decode()
    assert after.count("Menschen (") == before.count("Menschen (")


def test_the_desk_asks_for_the_next_step_and_leads_there(
    cast: world.Cast, programme: str, draft: int
) -> None:
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    door = reverse("programme:propose_release", args=[draft])
    asked = f"ist zu prüfen und vorzuschlagen ({draft})"
    desk = officer.get("/arbeit/").content.decode()
    assert asked in desk
    assert door in desk
    assert asked not in signed_in(cast.authority).get("/arbeit/").content.decode()
    release = propose(officer, draft)
    assert asked not in officer.get("/arbeit/").content.decode()
    assert release.file_number in head.get("/arbeit/").content.decode()
    press(head, release, "freigeben")
    assert "Freigegeben: die Regeln" in head.get("/arbeit/").content.decode()
    assert release.file_number not in head.get("/arbeit/").content.decode()


def test_lists_call_it_a_draft_and_it_is_not_the_year_that_runs(
    cast: world.Cast, programme: str, draft: int
) -> None:
    officer = signed_in(cast.officer)
    in_it = date(draft, 6, 1)
    assert queries.running_year(programme, in_it) == draft - 1
    for address in ("/arbeit/programm", f"/arbeit/jahr/{draft}", f"/arbeit/programm/{draft}"):
        assert "Entwurf" in officer.get(address).content.decode(), address
    assert "Entwurf" not in officer.get(f"/arbeit/jahr/{draft - 1}").content.decode().replace(
        f"{draft} (Entwurf)", ""
    )
    press(signed_in(cast.head), propose(officer, draft), "freigeben")
    assert queries.running_year(programme, in_it) == draft
    assert "Entwurf" not in officer.get(f"/arbeit/jahr/{draft}").content.decode()


def test_only_the_ministry_proposes_and_nothing_is_proposed_twice(
    cast: world.Cast, programme: str, draft: int
) -> None:
    rules = packs.load(programme, draft)
    new = actions.NewRelease(programme, draft, rules.rule_version)
    for person in (cast.authority, cast.body, cast.auditor, cast.provider):
        with pytest.raises(NotAllowed):
            actions.propose_release(person, new, at=AT)
    actions.propose_release(cast.officer, new, at=AT)
    again = refused(lambda: actions.propose_release(cast.head, new, at=AT))
    assert "schon vorgeschlagen" in again


def test_a_year_that_is_no_draft_has_nothing_to_release(
    cast: world.Cast, programme: str, draft: int
) -> None:
    rules = packs.load(programme, draft - 1)
    new = actions.NewRelease(programme, rules.year, rules.rule_version)
    said = refused(lambda: actions.propose_release(cast.officer, new, at=AT))
    assert said == f"Die Regeln des Programmjahrs {rules.year} sind kein Entwurf."
    door = reverse("programme:propose_release", args=[rules.year])
    assert "es ist nichts freizugeben" in signed_in(cast.officer).get(door).content.decode()
    assert signed_in(cast.officer).get(door.replace(str(rules.year), "1999")).status_code == 404


def test_a_release_stays_readable_where_its_year_is_gone(
    cast: world.Cast, programme: str, draft: int
) -> None:
    release = propose(signed_in(cast.officer), draft)
    folders.use(None)
    page = signed_in(cast.head).get(reverse("programme:release", args=[release.pk]))
    assert page.status_code == 200
    answer = press(signed_in(cast.head), release, "freigeben")
    assert "seit dem Vorschlag geändert" in answer.content.decode()


def without_the_mark(programme: str, year: int) -> None:
    """The folder of the year says nothing of a draft, like those that ship."""
    folder = folders.own()
    assert folder
    path = folder / programme / str(year) / "year.toml"
    marked = path.read_text(encoding="utf-8")
    plain = "\n".join(line for line in marked.splitlines() if not line.startswith("draft"))
    assert plain != marked
    path.write_text(f"{plain}\n", encoding="utf-8")
    folders.use(folder)
    assert not packs.load(programme, year).is_draft


def test_a_folder_that_appears_later_is_a_draft_whatever_it_says(
    cast: world.Cast, programme: str, settings: Settings, tmp_path: Path
) -> None:
    settings.PROGRAMME = programme
    actions.adopt_years(OPERATOR, programme, at=AT)
    newest = packs.years(programme)[0]
    running = queries.running_year(programme, date(newest + 1, 6, 1))
    with draft_year(programme, tmp_path) as year:
        without_the_mark(programme, year)
        in_it = date(year, 6, 1)
        assert queries.running_year(programme, in_it) == running
        assert "Entwurf" in refused(lambda: keep(cast, programme, year))
        assert "Entwurf" in signed_in(cast.officer).get("/arbeit/programm").content.decode()
        press(signed_in(cast.head), propose(signed_in(cast.officer), year), "freigeben")
        assert queries.running_year(programme, in_it) == year
        assert keep(cast, programme, year)


def test_years_are_adopted_once(programme: str, settings: Settings, db: None) -> None:
    settings.PROGRAMME = programme
    rows = actions.adopt_years(OPERATOR, programme, at=AT)
    assert {row.year for row in rows} == set(packs.years(programme))
    assert "schon übernommen" in refused(lambda: actions.adopt_years(OPERATOR, programme, at=AT))
