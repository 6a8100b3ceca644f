"""What is missing until the first agreement can be made, computed from the data and never kept."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.journeys.programmes import Example
from tests.rooms.disclosures.operators import write
from tests.rooms.identity.people import enrolled
from tests.rooms.setup.stage import OPERATOR, appoint
from tests.stage import signed_in
from zielwerk.config import world_money
from zielwerk.core import roles
from zielwerk.identity.models import House, User
from zielwerk.packs import loading as packs
from zielwerk.packs.operator import read_operator
from zielwerk.programme import queries as programmes
from zielwerk.setup import actions, panels, queries
from zielwerk.setup.actions import NewStep
from zielwerk.setup.queries import Row

MINISTRY = House(roles.MINISTRY)
TODAY = date(2026, 6, 1)


def rows(today: date = TODAY) -> dict[str, Row]:
    return {row.code: row for row in queries.checklist(today)}


def missing(today: date = TODAY) -> set[str]:
    return {code for code, row in rows(today).items() if not row.is_done}


@pytest.fixture
def anna(empty: Example) -> User:
    return appoint()


def test_an_empty_installation_lacks_all_but_what_the_pack_brings(empty: Example) -> None:
    lacking = missing()
    assert {"programme", "ministry", "authorities", "bodies", "address", "mail"} <= lacking
    assert {"administrators", "ministry_people", "budget", "disclosures", "backup"} <= lacking
    assert all(row.why and row.who for row in rows().values())


def test_a_step_is_there_while_it_says_what_is_so(empty: Example, settings: Any) -> None:
    for step in panels.SLUGS:
        facts = dict(queries.what_there_is(step, TODAY))
        actions.take(OPERATOR, NewStep(step, facts), at=timezone.now())
    taken = {"programme", "ministry", "authorities", "bodies", "address", "mail"}
    assert not taken & missing()
    settings.EMAIL_HOST = "mail.example.org"
    assert taken & missing() == {"mail"}
    assert "geändert" in rows()["mail"].now.msgid


def test_two_administrators_and_four_eyes_in_the_ministry(anna: User) -> None:
    assert {"administrators", "ministry_people"} <= missing()
    enrolled("bert", "ministry_administrator", MINISTRY)
    assert "administrators" not in missing()
    enrolled("cora", "ministry_editor", MINISTRY)
    enrolled("dora", "ministry_editor", MINISTRY)
    assert "ministry_people" in missing()  # nobody of them may decide
    enrolled("emil", "ministry_steering", MINISTRY)
    assert "ministry_people" not in missing()


def test_who_can_never_sign_in_is_nobody(anna: User) -> None:
    bert = enrolled("bert", "ministry_administrator", MINISTRY)
    assert "administrators" not in missing()
    User.objects.filter(pk=bert.pk).update(is_active=False)
    assert "administrators" in missing()


def test_the_sides_to_which_the_programme_gives_a_part(anna: User, example: Example) -> None:
    rules = packs.load(example.programme, programmes.running_year(example.programme, TODAY))
    sides = {stage.side for stage in rules.stages if stage.procedure == "recording"}
    for side, code in (("authority", "authority_people"), ("body", "body_people")):
        assert (code in rows()) == (side in sides)
    if "authority" in sides:
        house = House(roles.AUTHORITY, next(iter(_authorities(rules))))
        enrolled("fritz", "authority_case_officer", house)
        enrolled("gerd", "authority_approver", house)
        assert "authority_people" not in missing()


def _authorities(rules: Any) -> list[str]:
    return [each.code for each in rules.organisations if each.role == "authority"]


def test_a_budget_is_one_that_the_books_hold(anna: User, example: Example) -> None:
    steering = enrolled("emil", "ministry_steering", MINISTRY)
    year = max(world_money.years(example.programme))
    today = date(year, 6, 1)
    assert "budget" in missing(today)
    world_money.authorise(steering, example.programme, year)
    assert ("budget" in missing(today)) == (
        programmes.running_year(example.programme, today) != year
    )


def test_a_year_that_is_over_or_a_draft_is_none(anna: User, example: Example) -> None:
    newest = max(packs.years(example.programme))
    assert "year" in missing(date(newest + 2, 6, 1))


def test_a_backup_counts_for_a_week(anna: User) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    assert "backup" in missing(today)
    actions.note_backup(OPERATOR, now, at=now)
    assert "backup" not in missing(today)
    assert "backup" in missing(today + timedelta(days=8))


def test_the_operators_file_fills_the_pages(
    anna: User, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    assert "disclosures" in missing()
    served = {"https": True, "hosts": ("a.example",)}
    operator = read_operator(write(tmp_path))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=operator, **served)
    assert not {"disclosures", "tls"} & missing()


def test_secrets_that_are_none_are_named(anna: User, settings: Any) -> None:
    assert "secrets" not in missing()
    settings.SECRET_KEY = "x" * 50
    assert "secrets" in missing()
    assert "ZIELWERK_SECRET_KEY" in str(rows()["secrets"].now.params)


def test_it_stands_on_the_desk_until_it_is_done_and_only_for_whom_it_concerns(
    anna: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = signed_in(anna).get("/arbeit/").content.decode()
    assert "/arbeit/einrichtung" in desk
    assert "Zwei Personen in der Personenverwaltung" in desk
    body = enrolled("hans", "body_coordinator", House(roles.BODY, ags=some_ags(settings)))
    assert "/arbeit/einrichtung" not in signed_in(body).get("/arbeit/").content.decode()
    assert signed_in(body).get("/arbeit/einrichtung").status_code == 403
    settings.DEMO = True
    assert panels.missing(anna, TODAY) == []


def test_who_works_on_cases_pays_nothing_for_it_on_the_desk(anna: User) -> None:
    editor = enrolled("cora", "ministry_editor", MINISTRY)
    with CaptureQueriesContext(connection) as done:
        assert panels.missing(editor, TODAY) == []
    assert len(done) == 0
    assert signed_in(editor).get("/arbeit/einrichtung").status_code == 200


def test_a_demo_is_not_set_up(anna: User, settings: Any) -> None:
    settings.DEMO = True
    page = signed_in(anna)
    User.objects.update(is_demo=True)
    assert "Eine Vorführung wird nicht eingerichtet" in (
        page.get("/arbeit/einrichtung").content.decode()
    )


def some_ags(settings: Any) -> str:
    return packs.bodies(settings.PROGRAMME)[0].ags


def test_steps_are_taken_later_by_who_administers(anna: User) -> None:
    client = signed_in(anna)
    for slug in ("programm", "ministerium", "behoerden", "koerperschaften", "adresse", "e-mail"):
        address = f"/arbeit/einrichtung/{slug}"
        assert client.get(address).status_code == 200
        answer = client.post(address, {"name": "Ministerium Süd", "an": "probe@example.org"})
        assert answer["Location"] == "/arbeit/einrichtung", slug
    assert not {"programme", "ministry", "bodies", "mail"} & missing(timezone.localdate())
    for slug in ("verwaltung", "nichts"):
        assert client.get(f"/arbeit/einrichtung/{slug}").status_code == 404
    editor = enrolled("cora", "ministry_editor", MINISTRY)
    assert signed_in(editor).get("/arbeit/einrichtung").status_code == 200
    assert signed_in(editor).get("/arbeit/einrichtung/adresse").status_code == 403


def test_it_asks_the_database_no_more_often_for_many_people(anna: User) -> None:
    client = signed_in(anna)
    client.get("/arbeit/einrichtung")
    asked = []
    for extent in (1, 40):
        for number in range(extent):
            enrolled(f"p{extent}-{number}", "ministry_editor", MINISTRY)
        with CaptureQueriesContext(connection) as done:
            client.get("/arbeit/einrichtung")
        asked.append(len(done))
    assert asked[0] == asked[1] < 12
