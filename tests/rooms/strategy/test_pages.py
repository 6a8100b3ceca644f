"""The pages of strategies: making one, the list and its files, a body's page, year and desk."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.rooms.strategy import made
from tests.rooms.strategy.made import FIRST, LAST
from tests.stage import html_of, moved, press, signed_in
from zielwerk.config.world import Cast
from zielwerk.core.models import Turn
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Programme, Year
from zielwerk.rulebook.strategy import StrategyState
from zielwerk.strategy import queries
from zielwerk.strategy.models import Strategy

LIST, NEW = "/arbeit/strategien", "/arbeit/strategien/neu"
DAY = timedelta(days=1)
OWN = {"Sec-Fetch-Site": "same-origin"}
Days = Callable[[date], None]


def typed(**more: Any) -> dict[str, Any]:
    """What somebody types into the form of a version."""
    paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 Plan", "application/pdf")
    said = {"titel": "Plan 2025", "ab": "01.01.2025", "bis": "31.12.2025", "quelle": "Beschluss"}
    said |= {"titel0": "Ausbildung", "text0": "Für alle", "kuerzel0": ""}
    return {**said, "schriftstueck": paper, **more}


def text_of(page: Any) -> str:
    """What stands on a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html_of(page.content)).split())


def rows_of(answer: Any) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def hidden(client: Client, address: str) -> dict[str, str]:
    """What a form sends along that nobody types."""
    page = html_of(client.get(address).content)
    form = page[page.index('class="zw-form"') :]
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return sent | dict(re.findall(r'name="(kuerzel0)" value="([^"]*)"', form))


@pytest.fixture
def today_is(monkeypatch: pytest.MonkeyPatch) -> Days:
    """Have the doors see another day."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *_: day)


def test_a_coordinator_makes_a_version_and_leads_it_to_its_end(people: Cast) -> None:
    client = signed_in(people.body)
    word = packs.programme(settings.PROGRAMME).strategy
    assert word
    assert str(word.label) in text_of(client.get(NEW))
    answer = client.post(NEW, typed())
    strategy = Strategy.objects.get()
    assert answer["Location"] == f"{LIST}/{strategy.pk}"
    assert (strategy.title, strategy.state) == ("Plan 2025", StrategyState.DRAFT)
    assert strategy.priorities == [{"code": "P1", "title": "Ausbildung", "text": "Für alle"}]
    page = text_of(client.get(answer["Location"]))
    for told in ("Plan 2025", "Ausbildung", "01.01.2025 bis 31.12.2025", "plan.pdf"):
        assert told in page
    made.consent_all(people, strategy)
    for stage in packs.load(settings.PROGRAMME, strategy.year).procedure("strategy"):
        first, _ = people.pair(stage.side, strategy.ags)
        step = next(one for one in queries.lifecycle_of(strategy).steps if one.verb == stage.code)
        note = {"note": "Keine Einwände"} if stage.notes else {}
        assert press(signed_in(first), strategy, step.address, **note).status_code == 302
    strategy.refresh_from_db()
    assert strategy.state == StrategyState.IN_FORCE


def test_what_was_typed_wrongly_comes_back_and_nothing_is_lost(people: Cast) -> None:
    client = signed_in(people.body)
    wrong = SimpleUploadedFile("plan.txt", b"kein PDF")
    answer = client.post(NEW, typed(bis="31.12.2024", schriftstueck=wrong, titel1="", text1="Wort"))
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Das ist keine PDF-Datei." in page
    assert "Zu diesem Text fehlt der Titel." in page
    assert 'value="Plan 2025"' in html_of(answer.content)
    reversed_days = client.post(NEW, typed(bis="31.12.2024"))
    assert "bevor sie am 01.01.2025 beginnt" in text_of(reversed_days)
    assert not Strategy.objects.exists()


def test_more_rows_are_added_without_judging_what_stands_there(people: Cast) -> None:
    client = signed_in(people.body)
    answer = client.post(NEW, typed(titel="", mehr="1"))
    assert answer.status_code == 200
    page = html_of(answer.content)
    assert 'name="titel3"' in page
    assert 'value="Ausbildung"' in page
    assert not Strategy.objects.exists()


def test_a_form_sent_twice_makes_one_version(people: Cast) -> None:
    client = signed_in(people.body)
    (token,) = set(re.findall(r'name="einmal" value="([^"]+)"', html_of(client.get(NEW).content)))
    for _ in range(2):
        answer = client.post(NEW, typed(einmal=token))
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{LIST}/{Strategy.objects.get().pk}",
        )


def test_two_who_edit_at_once_do_not_overwrite_each_other(people: Cast) -> None:
    draft = made.drafted(people)
    client, door = signed_in(people.body), f"{LIST}/{draft.pk}/bearbeiten"
    one, other = hidden(client, door), hidden(client, door)
    assert client.post(door, typed(**{**one, "titel": "Erste"})).status_code == 302
    late = client.post(door, typed(**{**other, "titel": "Zweite"}), headers=OWN)
    assert late.status_code == 302
    assert "eingabe=" in late["Location"]  # filled in again, beside what is so by now
    again = html_of(client.get(late["Location"]).content)
    assert 'value="Zweite"' in again
    draft.refresh_from_db()
    assert draft.title == "Erste"


def test_the_next_version_begins_with_what_the_one_before_says(people: Cast) -> None:
    made.in_force(people)
    page = html_of(signed_in(people.body).get(NEW).content)
    assert 'value="Ausbildung sichern"' in page
    assert 'name="kuerzel0" value="P1"' in page
    assert 'value="01.01.2025"' not in page  # its days are its own
    answer = signed_in(people.body).post(
        NEW, typed(ab="01.01.2026", bis="31.12.2026", titel0="Ausbildung 2", kuerzel0="P1")
    )
    page = text_of(signed_in(people.body).get(answer["Location"]))
    assert "Nicht mehr dabei, gegenüber der Fassung davor: Sprache" in page


def test_the_list_says_of_each_version_what_is_missing_and_so_do_its_files(
    asking: Cast, today_is: Days
) -> None:
    today_is(date(2025, 12, 1))
    strategy = made.in_force(asking)
    client = signed_in(asking.officer)
    (row,) = rows_of(client.get(f"{LIST}?export=csv"))
    assert row["Was fehlt"] == "läuft am 31.12.2025 aus"
    assert row["Was fehlt"] in text_of(client.get(LIST))
    assert row["Aktenzeichen"] == strategy.file_number
    for wish, number in (("heute", 1), ("spaeter", 0), ("frueher", 0)):
        assert len(rows_of(client.get(f"{LIST}?gilt={wish}&export=csv"))) == number
    today_is(date(2026, 1, 1))
    assert len(rows_of(client.get(f"{LIST}?gilt=frueher&export=csv"))) == 1


def test_page_of_the_body_year_list_and_desk_say_the_same_line(
    asking: Cast, today_is: Days
) -> None:
    today_is(date(2025, 12, 1))
    made.in_force(asking)
    line = "läuft am 31.12.2025 aus"
    body = signed_in(asking.body)
    assert line in text_of(body.get(f"/arbeit/koerperschaften/{asking.body.ags}"))
    assert line in text_of(body.get("/arbeit/jahr/2025"))
    assert line in text_of(body.get(LIST))
    desk = body.get("/arbeit/")
    assert line in text_of(desk)
    assert "bis Mittwoch, 31.12.2025" in text_of(desk)
    assert f'href="{LIST}/' in html_of(desk.content)
    rows = rows_of(signed_in(asking.officer).get("/arbeit/jahr/2025?export=csv"))
    said = {row["Gebietskörperschaft"]: row["Was bei der Strategie fehlt"] for row in rows}
    word = packs.programme(settings.PROGRAMME).strategy
    assert word
    kein = "keine" if word.gender == "f" else "kein"
    assert sorted(set(said.values())) == sorted({line, f"{kein} {word.short} in Kraft"})


def test_the_year_shows_only_where_something_is_missing(asking: Cast, today_is: Days) -> None:
    today_is(date(2025, 6, 1))
    made.in_force(asking)
    officer = signed_in(asking.officer)
    every = rows_of(officer.get("/arbeit/jahr/2025?export=csv"))
    lacking = rows_of(officer.get("/arbeit/jahr/2025?strategie=on&export=csv"))
    assert len(lacking) == len(every) - 1


def test_a_draft_waits_for_the_body_and_what_was_submitted_for_whoever_is_asked(
    people: Cast,
) -> None:
    draft = made.drafted(people)
    desk = text_of(signed_in(people.body).get("/arbeit/"))
    assert (
        "Entwurf einer Strategie ist fertigzustellen und vorzulegen" in desk
        or len(packs.load(settings.PROGRAMME, draft.year).procedure("strategy")) == 1
    )
    assert Turn.objects.filter(about=f"strategy:{draft.pk}").exists()


def test_a_body_sees_its_own_strategy_and_none_of_a_neighbour(cast: Cast) -> None:
    strategy = made.in_force(cast)
    pages = [f"{LIST}/{strategy.pk}{more}" for more in ("", "/schriftstueck", "/bearbeiten")]
    stranger = signed_in(moved(cast.body, "06440"))
    for page in pages:
        assert stranger.get(page).status_code == 404
    assert strategy.title not in text_of(stranger.get(LIST))
    assert Client().get(pages[0]).status_code == 302
    for person, expected in ((cast.auditor, 200), (cast.authority, 200), (cast.provider, 403)):
        assert signed_in(person).get(pages[0]).status_code == expected


def test_the_paper_is_saved_and_never_opened_in_a_page(people: Cast) -> None:
    strategy = made.drafted(people)
    answer = signed_in(people.officer).get(f"{LIST}/{strategy.pk}/schriftstueck")
    assert answer.getvalue() == made.PAPER.content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_body_that_another_followed_is_told_whose_strategies_do_not_pass_on(cast: Cast) -> None:
    made.in_force(cast)
    page = text_of(signed_in(cast.officer).get("/arbeit/koerperschaften/06415"))
    assert "deren Strategien gehen nicht von selbst über: Main-Kinzig-Kreis" in page


def test_what_held_and_what_was_made_for_are_told_apart(people: Cast) -> None:
    old = made.in_force(people)
    begins = date(2025, 7, 1)
    made.in_force(people, made.AT + DAY, valid_from=begins, valid_until=LAST)
    page = text_of(signed_in(people.officer).get(f"{LIST}/{old.pk}"))
    assert f"{FIRST:%d.%m.%Y} bis {LAST:%d.%m.%Y}" in page
    assert "01.01.2025 bis 30.06.2025" in page
    assert "Abgelöst durch" in page


def test_after_signing_out_what_was_typed_is_there_again(people: Cast) -> None:
    client = signed_in(people.body)
    along = hidden(client, NEW)
    client.cookies["sessionid"] = "abgelaufen"
    answer = client.post(NEW, typed(**{**along, "schriftstueck": ""}), headers=OWN)
    assert answer.status_code == 302
    assert "/anmelden" in answer["Location"]
    assert "eingabe" in answer["Location"]


@pytest.fixture
def without_strategies(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Have the programme be one that asks for no strategy, from the moment it is called."""
    programme, load = packs.programme, packs.load

    def charter(code: str, root: Path | None = None) -> Programme:
        return programme(code, root).model_copy(update={"strategy": None})

    def rules(code: str, year: int, root: Path | None = None) -> Year:
        whole = load(code, year, root)
        stages = tuple(one for one in whole.stages if one.procedure != "strategy")
        return whole.model_copy(update={"stages": stages, "programme": charter(code, root)})

    def change() -> None:
        folders.forget()
        monkeypatch.setattr(packs, "programme", charter)
        monkeypatch.setattr(packs, "load", rules)

    yield change
    monkeypatch.undo()
    folders.forget()


def test_in_a_programme_without_strategies_there_is_no_page_and_no_entry(
    cast: Cast, without_strategies: Callable[[], None]
) -> None:
    officer = signed_in(cast.officer)
    assert LIST in html_of(officer.get("/arbeit/").content)
    without_strategies()
    page = officer.get(LIST)
    assert page.status_code == 403
    assert "gibt es in diesem Programm nicht" in text_of(page)
    for address in ("/arbeit/", "/arbeit/jahr/2025", "/arbeit/koerperschaften/06435"):
        shown = officer.get(address)
        assert shown.status_code == 200
        assert "trategie" not in text_of(shown)
    assert not queries.missing(settings.PROGRAMME, "06435", FIRST).parts
    assert "Strategie" not in officer.get("/arbeit/jahr/2025?export=csv").getvalue().decode()
    assert "Strategien" not in text_of(officer.get("/arbeit/rollen"))
