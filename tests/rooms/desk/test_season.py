"""The season at a glance: stages, whose turn it is, figures that agree, who sees whom."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import worlds
from tests.rooms.allocation.test_reads import made_up
from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import Desk
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    YEAR,
    bodies,
    enact,
    enter_needs,
    put_forward,
    scenario,
)
from tests.rooms.negotiation import made as negotiated
from tests.stage import moved, signed_in
from zielwerk.agreements.actions import Ask, annul, ask_annulment
from zielwerk.allocation import actions as allocation
from zielwerk.conclusion import actions as conclusion
from zielwerk.config import world
from zielwerk.desk import queries
from zielwerk.desk.queries import BodySeason
from zielwerk.desk.queries.season import CONCLUDED, PUBLISHED
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation.actions import NewDraft
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.rulebook.negotiation import waited
from zielwerk.tables import read

HESSE = "aqb_hessen"
PROGRAMMES = (HESSE, "lotsenfonds_nordmark", "kreisbudget_suedland")


@pytest.fixture(params=PROGRAMMES)
def desk(request: pytest.FixtureRequest, db: None, settings: Any) -> Desk:
    """A text that stands, in each programme that ships."""
    settings.PROGRAMME = request.param
    return worlds.put(made.desk)


def row(person: Any, ags: str, on: date) -> BodySeason:
    found = queries.season_year(person, configured.PROGRAMME, YEAR, on)
    return next(one for one in found.rows if one.body_year.body.ags == ags)


def test_every_programme_shows_its_own_stages(desk: Desk) -> None:
    """The words are those of the programme's procedures, in the order in which they are taken."""
    rules = packs.load(configured.PROGRAMME, YEAR)
    found = queries.season_year(desk.first, configured.PROGRAMME, YEAR, AT.date())
    words = list(found.labels.values())
    for name in ("negotiation", "conclusion"):
        stages = [stage.state for stage in rules.procedure(name)]
        assert [word for word in words if word in stages] == stages
    assert list(found.labels)[-2:] == [CONCLUDED, PUBLISHED]
    page = text_of(signed_in(desk.first), reverse("desk:season", args=[YEAR]))
    assert all(str(stage.state) in unescape(page) for stage in rules.procedure("conclusion"))


def test_a_body_goes_from_the_text_to_the_public(desk: Desk) -> None:
    ags, later = desk.table.draft.ags, made.SIGNED.date() + timedelta(days=14)
    stands = row(desk.first, ags, later)
    side = desk.first.side
    assert (stands.stage, stands.owed) == ("negotiation.settled", (side,))
    assert stands.waited == waited(AT.date(), later, packs.programme(configured.PROGRAMME).holidays)
    assert stands.case == desk.table.now()

    case = made.begun(desk)
    signers = {each.side for each in case.sides}
    assert set(row(desk.first, ags, later).owed) == signers
    made.sign(desk, case)
    signed = row(desk.first, ags, later)
    assert (signed.stage, signed.owed) == ("conclusion.signing", (side,))
    together = tuple(each.side for each in case.sides)
    assert signed.season.days_of[together] > 0
    if signers != {side}:
        assert signed.since == made.SIGNED.date()

    case = conclusion.conclude(desk.second, made.checked(desk, case), at=made.SIGNED)
    concluded = row(desk.first, ags, later)
    assert (concluded.stage, concluded.since) == (CONCLUDED, made.SIGNED.date())
    assert concluded.season.held["negotiation.settled"] == AT.date()
    total = waited(
        concluded.season.stays[0].first, later, packs.programme(configured.PROGRAMME).holidays
    )
    assert sum(concluded.season.days_of.values()) == concluded.season.days == total


def test_a_struck_signature_gives_the_move_back(desk: Desk) -> None:
    case = made.begun(desk)
    *_, last = made.sign(desk, case)
    person = desk.body if last.side == "body" else desk.first
    at = made.SIGNED + timedelta(days=7)
    conclusion.strike(person, conclusion.NewStrike(last, "Falsches Amt"), at=at)
    found = row(desk.first, case.ags, at.date() + timedelta(days=7))
    assert found.owed == (last.side,)
    if last.side != desk.first.side:  # else it owed the move before, and owes it still
        assert found.since == at.date()


def test_an_annulled_agreement_leads_back_to_the_text(desk: Desk) -> None:
    case = made.concluded(desk)
    assert case.agreement
    asked = ask_annulment(desk.second, Ask(case.agreement, "Irrtum"), at=made.SIGNED)
    annul(desk.first, asked, at=made.SIGNED)
    found = row(desk.first, case.ags, made.SIGNED.date())
    assert found.stage == "negotiation.settled"
    assert CONCLUDED not in found.season.held


def test_what_the_other_side_has_not_seen_is_not_told_to_it(settings: Any, db: None) -> None:
    settings.PROGRAMME = HESSE
    table = worlds.put(negotiated.table)
    hers, theirs = (row(who, table.draft.ags, AT.date()) for who in (table.drafter, table.partner))
    assert (hers.stage, hers.owed) == ("negotiation.preparation", (table.drafter.side,))
    assert theirs.stage == "planned"
    assert "negotiation.preparation" not in theirs.season.held
    negotiated.sent(table)
    assert row(table.partner, table.draft.ags, AT.date()).owed == ("body",)


def test_moves_to_and_fro_are_counted_for_the_side_that_owed_them(settings: Any, db: None) -> None:
    settings.PROGRAMME = HESSE
    table = worlds.put(negotiated.table)
    negotiated.sent(table, negotiated.later(7))
    negotiation.answer(table.partner, table.now(), at=negotiated.later(21))
    negotiation.hand_over(table.drafter, table.now(), at=negotiated.later(28))
    found = row(table.drafter, table.draft.ags, negotiated.later(35).date())
    land = packs.programme(HESSE).holidays
    days = [
        waited(negotiated.later(a).date(), negotiated.later(b).date(), land)
        for a, b in ((0, 7), (7, 21), (21, 28), (28, 35))
    ]
    assert found.season.days_of[("ministry",)] >= days[0] + days[2]
    assert found.season.days_of[("body",)] == days[1] + days[3]
    assert (found.stage, found.waited) == ("negotiation.send", days[3])
    assert found.season.days_in["negotiation.answered"] == days[2]


# --- the season as of a day -----------------------------------------------------------------


def told(one: BodySeason) -> tuple[Any, ...]:
    """What a season says of a body on a day."""
    season = one.season
    days = dict(season.days_of), dict(season.days_in), dict(season.held)
    return one.stage, one.owed, one.since, one.waited, one.due, one.is_late, *days


def test_a_past_day_shows_what_that_day_showed(desk: Desk) -> None:
    """What happens later changes nothing of it: neither signatures nor what is annulled."""
    ags, programme = desk.table.draft.ags, configured.PROGRAMME
    signing, concluded = made.SIGNED.date() - timedelta(days=1), made.SIGNED.date()
    case = made.begun(desk)
    before = {signing: told(row(desk.first, ags, signing))}
    made.sign(desk, case)
    case = conclusion.conclude(desk.second, made.checked(desk, case), at=made.SIGNED)
    before[concluded] = told(row(desk.first, ags, concluded))
    assert case.agreement
    later = made.SIGNED + timedelta(days=30)
    asked = ask_annulment(desk.second, Ask(case.agreement, "Irrtum"), at=later)
    annul(desk.first, asked, at=later)
    for day, shown in before.items():
        rows = queries.season_year(desk.first, programme, YEAR, day, is_past=True).rows
        assert told(next(one for one in rows if one.body_year.body.ags == ags)) == shown, day
    assert len({shown[0] for shown in before.values()}) == len(before)


# --- the page -------------------------------------------------------------------------------


@pytest.fixture
def negotiating(settings: Any, db: None) -> Desk:
    settings.PROGRAMME = HESSE
    return worlds.put(made.desk)


ADDRESS = f"/arbeit/jahr/{YEAR}/saison"


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def links(page: str) -> dict[str, int]:
    """The counts of the page, by the addresses to which they lead."""
    found = re.findall(rf'href="({ADDRESS}\?[^"]+)"[^>]*>\s*(\d+)', page)
    return {unescape(address): int(number) for address, number in found}


def listed(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}export=csv")
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_every_count_leads_to_as_many_bodies(negotiating: Desk) -> None:
    client = signed_in(negotiating.first)
    page = text_of(client, ADDRESS)
    counts = links(page)
    stages = [number for address, number in counts.items() if "stufe=" in address]
    assert sum(stages) == len(listed(client, ADDRESS)) == len(packs.bodies_in(HESSE, YEAR))
    assert any("am_zug=" in address for address in counts)
    assert any("spaet=" in address for address in counts)
    for address, number in counts.items():
        assert len(listed(client, address)) == number, address
        assert f"{number} von " in text_of(client, address)


def test_both_files_say_what_the_page_says(negotiating: Desk) -> None:
    client, ags = signed_in(negotiating.first), negotiating.table.draft.ags
    of_body = next(one for one in listed(client, ADDRESS) if one["AGS"] == ags)
    found = row(negotiating.first, ags, timezone.localdate())
    assert int(of_body["Arbeitstage"]) == found.waited
    assert of_body["Stand"] == "Text steht"
    assert int(of_body["Text steht, Arbeitstage"]) == found.season.days_in["negotiation.settled"]
    sides = [
        int(value) for name, value in of_body.items() if name.startswith("Arbeitstage: ") and value
    ]
    assert sum(sides) == int(of_body["Arbeitstage insgesamt"]) == found.season.days
    page = text_of(client, f"{ADDRESS}?stufe=negotiation.settled")
    assert f"{found.waited} Tage" in " ".join(page.split())
    answer = client.get(f"{ADDRESS}?export=xlsx")
    book = read("saison.xlsx", answer.getvalue())
    lines = [dict(zip(book.header, one.cells, strict=True)) for one in book.rows]
    assert lines == listed(client, ADDRESS)


def test_a_chosen_day_holds_for_counts_lines_and_files(negotiating: Desk) -> None:
    client, ags = signed_in(negotiating.first), negotiating.table.draft.ags
    eve = f"{AT - timedelta(days=1):%d.%m.%Y}"
    then = f"{ADDRESS}?stand={eve}"
    page = text_of(client, then)
    assert f"Stand am {AT - timedelta(days=1):%-d.%-m.%Y}" in page or f"Stand am {eve}" in page
    (of_body,) = [one for one in listed(client, then) if one["AGS"] == ags]
    assert of_body["Stand"] != "Text steht"
    assert not of_body["Text steht, seit"]
    counts = links(page)
    assert all(f"stand={eve}" in address for address in counts)
    for address, number in counts.items():
        assert len(listed(client, address)) == number, address
    for kind in ("csv", "xlsx"):
        answer = client.get(f"{then}&export={kind}")
        assert answer.getvalue()
        assert f"stand-{AT - timedelta(days=1):%Y-%m-%d}" in answer["Content-Disposition"]


def test_a_day_that_is_still_to_come_or_none_is_refused_in_words(negotiating: Desk) -> None:
    for person in (negotiating.first, negotiating.body):
        client = signed_in(person)
        page = text_of(client, f"{ADDRESS}?stand=24.12.2099")
        assert "Von einem Tag, der noch kommt, ist nichts bekannt." in page
        assert 'value="24.12.2099"' in page
        assert client.get(f"{ADDRESS}?stand=24.12.2099&export=csv").status_code == 400
        assert 'value="gestern"' in text_of(client, f"{ADDRESS}?stand=gestern")


def test_a_body_reads_its_own_season_as_of_a_day(negotiating: Desk) -> None:
    client = signed_in(negotiating.body)
    page = text_of(client, f"{ADDRESS}?stand={AT - timedelta(days=1):%d.%m.%Y}")
    assert "Stand am" in page
    assert "Text steht." not in page
    assert "Text steht." in text_of(client, ADDRESS)


def test_an_agreement_concluded_elsewhere_stands_beside_its_source(settings: Any, db: None) -> None:
    settings.PROGRAMME = HESSE
    cast = worlds.put(world.build)
    address = f"/arbeit/jahr/{world.demo_year()}/saison"
    for person in (cast.officer, cast.body, cast.auditor):
        client = signed_in(person)
        assert f"Erfasst aus: {world.PUBLIC_FACTS}" in re.sub(
            r"\s+", " ", re.sub("<[^>]+>", "", text_of(client, address))
        )
        (own,) = [one for one in listed(client, address) if one["AGS"] == world.MAIN_KINZIG]
        assert own["Erfasst aus"] == world.PUBLIC_FACTS
    others = [one for one in listed(signed_in(cast.officer), address) if not one["Erfasst aus"]]
    assert all(one["Stand"] != "veröffentlicht" for one in others)


def test_the_door_leads_to_the_very_case(negotiating: Desk) -> None:
    client = signed_in(negotiating.first)
    page = text_of(client, f"{ADDRESS}?stufe=negotiation.settled")
    assert reverse("negotiation:draft", args=[negotiating.table.draft.pk]) in page
    case = made.begun(negotiating)
    page = text_of(client, f"{ADDRESS}?stufe=conclusion.signing")
    assert reverse("conclusion:conclusion", args=[case.pk]) in page


def test_where_a_draft_is_to_be_made_the_door_knows_body_and_year(settings: Any, db: None) -> None:
    settings.PROGRAMME = HESSE
    cast = worlds.put(world.build)
    client = signed_in(cast.officer)
    address = f"/arbeit/jahr/{YEAR - 1}/saison?stufe=planned"
    page = text_of(client, address)
    door = f"/arbeit/entwuerfe/neu?jahr={YEAR - 1}&ags={world.MAIN_KINZIG}"
    assert door in unescape(page)
    form = text_of(client, door)
    assert f'<option value="{world.MAIN_KINZIG}" selected>' in form
    assert f'<option value="{YEAR - 1}" selected>' in form
    assert door not in unescape(text_of(signed_in(cast.body), address))


def test_each_page_of_the_year_has_a_door_to_the_other(negotiating: Desk) -> None:
    client = signed_in(negotiating.first)
    assert f'href="{ADDRESS}"' in text_of(client, f"/arbeit/jahr/{YEAR}")
    assert f'href="/arbeit/jahr/{YEAR}"' in text_of(client, ADDRESS)


def test_a_body_reads_its_own_season_in_the_words_of_its_side(negotiating: Desk) -> None:
    client = signed_in(negotiating.body)
    page = text_of(client, ADDRESS)
    assert "Wir warten auf" in page
    assert "<table" not in page
    case = made.begun(negotiating)
    for address in (ADDRESS, reverse("programme:body", args=[case.ags])):
        assert "Sie sind am Zug, seit dem" in text_of(client, address)
    other = next(one.ags for one in packs.bodies_in(HESSE, YEAR) if one.ags != case.ags)
    assert "Ihre Saison" not in text_of(client, reverse("programme:body", args=[other]))


def test_a_body_sees_nobody_elses_season(negotiating: Desk) -> None:
    own = negotiating.table.draft.ags
    assert [one["AGS"] for one in listed(signed_in(negotiating.body), ADDRESS)] == [own]
    other = next(one.ags for one in packs.bodies_in(HESSE, YEAR) if one.ags != own)
    stranger = moved(negotiating.table.cast.body, other)
    page = text_of(signed_in(stranger), ADDRESS)
    assert negotiating.table.draft.file_number not in page
    assert Client().get(ADDRESS).status_code == 302
    cast = negotiating.table.cast
    for person in (cast.authority, cast.auditor):
        assert len(listed(signed_in(person), ADDRESS)) == len(packs.bodies_in(HESSE, YEAR))
    assert signed_in(cast.provider).get(ADDRESS).status_code == 403


def test_a_filter_with_a_fault_is_said_and_gives_no_file(negotiating: Desk) -> None:
    client = signed_in(negotiating.first)
    assert "27 von 27" in text_of(client, f"{ADDRESS}?stufe=gibtesnicht")
    assert client.get(f"{ADDRESS}?stufe=gibtesnicht&export=csv").status_code == 400
    assert client.get("/arbeit/jahr/1999/saison").status_code == 409


def test_nothing_is_asked_more_often_where_there_are_twice_as_many_bodies(
    settings: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 27 and at 54 bodies, all with a draft; the page and both files."""
    settings.PROGRAMME = HESSE
    asked = [asked_for(monkeypatch, times) for times in (1, 2)]
    assert asked[0] == asked[1]
    assert max(asked[0]) <= MOST


MOST = 20


def asked_for(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    number = []
    with transaction.atomic(), monkeypatch.context() as patched:
        cast = world.enrol_cast()
        there = made_up(times * len(bodies(HESSE)))
        patched.setattr(packs, "bodies", lambda *_: there)
        patched.setattr(packs, "bodies_in", lambda *_: there)
        folders.forget()
        enact(HESSE)
        one = put_forward(scenario(HESSE, 27 * MILLION, data=enter_needs(HESSE)))
        allocation.decide(HEAD, one, at=AT)
        for body in there:
            draft = negotiation.draft(cast.officer, NewDraft(HESSE, YEAR, body.ags), at=AT)
            negotiation.send(cast.officer, draft, at=AT)
        client = signed_in(cast.officer)
        for kind in ("", "?export=csv", "?export=xlsx"):
            client.get(f"{ADDRESS}{kind}").getvalue()
            with CaptureQueriesContext(connection) as made_now:
                assert client.get(f"{ADDRESS}{kind}").getvalue()
            number.append(len(made_now))
        transaction.set_rollback(True)
    folders.forget()
    return number
