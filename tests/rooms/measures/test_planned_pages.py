"""The pages of planned measures: form, two at once, table, last year, targets, list and sums."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.rooms.measures.parties import enter
from tests.stage import html_of, press, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world_plans
from zielwerk.config.world import Cast
from zielwerk.measures import actions, queries
from zielwerk.measures.actions import NewPlan, Pasted, TakeOver
from zielwerk.measures.models import PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planned import Plan

YEAR = 2026
AT = datetime(YEAR, 2, 2, 9, 0, tzinfo=UTC)
LIST = "/arbeit/geplante-massnahmen"
NEW = f"{LIST}/neu?jahr={YEAR}"
PASTE = f"{LIST}/einfuegen?jahr={YEAR}"
CARRY = f"{LIST}/vorjahr?jahr={YEAR}"


@pytest.fixture
def body(cast: Cast) -> Client:
    return signed_in(cast.body)


@pytest.fixture
def whole(cast: Cast) -> Plan:
    rules = packs.load(settings.PROGRAMME, YEAR)
    return world_plans.complete(rules, "Team-Camp", "qualification", 80_000_00)


def planned(cast: Cast, plan: Plan, year: int = YEAR) -> PlannedMeasure:
    new = NewPlan(settings.PROGRAMME, year, cast.body.ags, plan)
    return actions.plan(cast.body, new, at=AT)


def page_of(measure: Any) -> str:
    return f"{LIST}/{measure.pk}"


def typed(measure: PlannedMeasure, **changed: Any) -> dict[str, Any]:
    """The form of a measure as it stands, with what somebody typed into it."""
    plan = measure.plan
    values: dict[str, Any] = {
        "fassung": measure.version,
        "title": plan.title,
        "age_reason": plan.age_reason,
        "type": plan.type,
        "first_day": f"{plan.first_day:%d.%m.%Y}" if plan.first_day else "",
        "last_day": f"{plan.last_day:%d.%m.%Y}" if plan.last_day else "",
        "seats": plan.seats or "",
        "target_groups": plan.target_groups,
        "group_reason": plan.group_reason,
        "legal_areas": plan.legal_areas,
        "part_time": plan.part_time,
        "language": plan.language,
        "party": "selbst" if plan.passing_on == "own_delivery" else (plan.party or ""),
        "passing_on": plan.passing_on,
        "earmark": plan.earmark,
        "frameworks": plan.frameworks,
        "accessibility": plan.accessibility,
        "gender": plan.gender,
    }
    for place, line in enumerate(plan.costs):
        values[f"costs-{place}-category"] = line.category
        values[f"costs-{place}-source"] = line.source
        values[f"costs-{place}-budget_year"] = line.budget_year
        values[f"costs-{place}-amount_cents"] = str(line.amount_cents // 100)
    return values | changed


def test_a_coordinator_plans_a_measure_in_pieces(cast: Cast, body: Client) -> None:
    company = enter(cast, "AQA gGmbH", ags=cast.body.ags, kind="own_company")
    answer = body.post(NEW, {"title": "Altenpflegehilfe", "costs-0-amount_cents": ""})
    measure = PlannedMeasure.objects.get()
    assert answer["Location"] == page_of(measure)
    page = html_of(body.get(page_of(measure)).content)
    assert "Die geplanten Kosten fehlen." in page
    more = typed(
        measure,
        **{
            "party": company.pk,
            "passing_on": "own_company",
            "seats": "12",
            "costs-0-category": "staff",
            "costs-0-source": "state",
            "costs-0-budget_year": "2026",
            "costs-0-amount_cents": "80.000",
            "costs-1-category": "material",
            "costs-1-source": "county",
            "costs-1-budget_year": "2027",
            "costs-1-amount_cents": "5,50",
        },
    )
    assert body.post(f"{page_of(measure)}/aendern", more).status_code == 302
    page = html_of(body.get(page_of(measure)).content)
    assert "Die geplanten Kosten fehlen." not in page
    assert "AQA gGmbH" in page
    assert "80.005,50" in page
    assert "Die Aussage zur Barrierefreiheit fehlt." in page


def test_half_a_line_of_costs_and_an_unreadable_day_are_told_and_kept(body: Client) -> None:
    sent = {"title": "Kurs", "first_day": "31.2.", "costs-0-amount_cents": "80.000"}
    answer = body.post(NEW, sent)
    assert answer.status_code == 422
    page = html_of(answer.content)
    assert "In dieser Zeile fehlt die Angabe." in page
    assert "Bitte einen Tag wie 24.12.2025 angeben." in page
    assert 'value="80.000"' in page
    assert not PlannedMeasure.objects.exists()


def test_two_at_once_overwrite_nothing_and_the_later_one_chooses(
    cast: Cast, body: Client, whole: Plan
) -> None:
    measure = planned(cast, whole)
    mine = typed(measure, seats="15", gender="Kurse am Abend.")
    theirs = typed(measure, seats="20", title="Camp")
    address = f"{page_of(measure)}/aendern"
    assert signed_in(cast.officer).post(address, theirs).status_code == 302
    answer = body.post(address, mine)
    page = html_of(answer.content)
    assert answer.status_code == 409
    assert "Ihre Angabe: 15" in page
    assert "die andere: 20" in page
    assert 'value="Camp"' in page
    measure.refresh_from_db()
    unchosen = typed(measure, seats="15", gender="Kurse am Abend.", strittig="seats")
    page = html_of(body.post(address, unchosen).content)
    assert "die andere: 20" in page
    measure.refresh_from_db()
    assert (measure.seats, measure.version) == (20, 2)
    assert body.post(address, unchosen | {"wahl-seats": "theirs"}).status_code == 302
    measure.refresh_from_db()
    plan = measure.plan
    assert (plan.seats, plan.title, plan.gender) == (20, "Camp", "Kurse am Abend.")
    page = html_of(body.get(f"{page_of(measure)}/aenderungen?von=1&bis=3").content)
    assert "Plätze" in page
    assert "Team-Camp" in page


def test_ready_dropped_and_back_by_the_buttons(cast: Cast, body: Client, whole: Plan) -> None:
    measure = planned(cast, whole)
    assert press(body, measure, "fertig").status_code == 302
    measure.refresh_from_db()
    assert measure.state == "ready"
    refused = body.post(f"{page_of(measure)}/aendern", typed(measure, title="Anders"))
    assert refused.status_code == 409
    assert "Weiter bearbeiten" in html_of(refused.content)
    press(body, measure, "weiter-bearbeiten")
    measure.refresh_from_db()
    assert measure.state == "draft"


# --- a table ------------------------------------------------------------------------------

HEAD = "Titel\tMaßnahmeart\tPlätze\tKostenart\tFinanzierungsquelle\tHaushaltsjahr\tBetrag"
OWN = "Eigenmittel der Gebietskörperschaft"
KIND = "Qualifizierungsprojekte zur Arbeitsmarktintegration, Fachkräftesicherung"


def line(title: str = "", kind: str = "", amount: str = "80.000,00", source: str = OWN) -> str:
    return "\t".join((title, kind, "12" if title else "", "Sachkosten", source, "2026", amount))


def paste(client: Client, *lines: str, **more: str) -> Any:
    return client.post(PASTE, {"tabelle": "\r\n".join((HEAD, *lines)), **more})


def test_ten_measures_at_once_previewed_then_written(body: Client) -> None:
    lines = [line(f"Kurs {number}", KIND) for number in range(10)]
    lines[1:1] = [line(source="Mittel Dritter", amount="1.000,00")]  # a merged title goes on
    preview = paste(body, *lines)
    page = html_of(preview.content)
    assert preview.status_code == 200
    assert "Alle 10 Maßnahmen sind in Ordnung" in page
    assert not PlannedMeasure.objects.exists()
    assert paste(body, *lines, write="1").status_code == 302
    assert PlannedMeasure.objects.count() == 10
    first = PlannedMeasure.objects.get(title="Kurs 0")
    assert [cost.amount_cents for cost in first.plan.costs] == [80_000_00, 1_000_00]


def test_a_title_may_hold_a_line_break_in_quotes(body: Client) -> None:
    assert paste(body, line('"Kurs\neins"', KIND), write="1").status_code == 302
    assert PlannedMeasure.objects.get().title == "Kurs\neins"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([line("", KIND)], "Hier fehlt eine Angabe."),
        ([line("Kurs", "Lotterie")], "„Lotterie“ ist hier nicht vorgesehen."),
        ([line("Kurs", KIND, amount="viel")], "viel"),
        ([line("Kurs", KIND, source="")], "verbundene Zellen gelten nur beim Titel"),
        ([line("Kurs", KIND), line("B", KIND), line("Kurs", KIND)], "steht schon ab Zeile 2"),
        ([line("Kurs", KIND), line("Kurs", "Ausbildungsvorbereitung")], "ist hier nicht"),
    ],
)
def test_every_fault_stands_at_its_cell_and_nothing_is_written_or_lost(
    body: Client, lines: list[str], reason: str
) -> None:
    for more in ({}, {"write": "1"}):
        answer = paste(body, *lines, **more)
        page = html_of(answer.content)
        assert answer.status_code == 422
        assert reason in page
        assert lines[0].split("\t")[3] in page
        assert not PlannedMeasure.objects.exists()


def test_a_measure_that_is_planned_already_is_told(cast: Cast, body: Client, whole: Plan) -> None:
    planned(cast, whole)
    assert "schon geplant" in html_of(paste(body, line("Team-Camp", KIND)).content)


def test_500_lines_are_written_and_one_more_is_told(body: Client) -> None:
    lines = [line(f"Kurs {number}", KIND) for number in range(500)]
    too_many = paste(body, *lines, line("Einer mehr", KIND), write="1")
    page = html_of(too_many.content)
    assert "gelesen werden bis zu 500" in page
    assert "Einer mehr" in page
    assert not PlannedMeasure.objects.exists()
    assert paste(body, *lines, write="1").status_code == 302
    assert PlannedMeasure.objects.count() == 500


# --- last year ----------------------------------------------------------------------------


@pytest.fixture
def last(cast: Cast) -> PlannedMeasure:
    before = packs.load(settings.PROGRAMME, YEAR - 1)
    plan = world_plans.complete(before, "Team-Camp", "qualification", 80_000_00)
    return planned(cast, plan, YEAR - 1)


def test_last_year_with_one_click_then_looked_at_one_by_one(
    cast: Cast, body: Client, last: PlannedMeasure
) -> None:
    offered = html_of(body.get(CARRY).content)
    assert "Team-Camp" in offered
    assert body.post(CARRY, {"massnahmen": [f"planned-{last.pk}"]}).status_code == 302
    measure = PlannedMeasure.objects.get(year=YEAR)
    assert "2 übernommene Angaben zu prüfen" in html_of(body.get("/arbeit/").content)
    page = html_of(body.get(page_of(measure)).content)
    assert "Die Kosten sind die vom Vorjahr." in page
    assert body.post(f"{page_of(measure)}/geprueft", {"angabe": "costs"}).status_code == 302
    page = html_of(body.get(page_of(measure)).content)
    assert "Die Kosten sind die vom Vorjahr." not in page
    assert "1 übernommene Angabe zu prüfen" in html_of(body.get("/arbeit/").content)
    again = html_of(body.get(CARRY).content)
    assert "Nichts zu übernehmen" in again
    assert body.post(CARRY, {"massnahmen": [f"planned-{last.pk}"]}).status_code == 422


# --- targets ------------------------------------------------------------------------------


def test_a_target_is_set_changed_and_struck(cast: Cast, body: Client, whole: Plan) -> None:
    measure = planned(cast, replace(whole, targets=()))
    door = f"{page_of(measure)}/ziele/0"
    sent = {
        "fassung": "1",
        "kind": "value",
        "indicator": "entries",
        "value": "20",
        "has_baseline": "none",
        "assumption": "Zwei Lehrkräfte sind da",
        "month-2026-06": "9",
        "month-2026-12": "20",
    }
    assert body.post(door, sent).status_code == 302
    page = html_of(body.get(page_of(measure)).content)
    assert "Eintritte in die Maßnahme: Zielwert 20 Personen." in page
    assert "Datenquelle: Teilnahmeliste der Gebietskörperschaft." in page
    assert "Juni 2026" in page
    own = f"{page_of(measure)}/ziele/1"
    words = {"fassung": "2", "kind": "words", "words": "Abends ist offen."}
    assert body.post(own, words).status_code == 302
    assert "Abends ist offen." in html_of(body.get(page_of(measure)).content)
    assert body.post(own, {"fassung": "3", "strike": "1", "kind": "words"}).status_code == 302
    measure.refresh_from_db()
    assert measure.plan.targets == ()
    assert body.post(door, sent | {"fassung": str(measure.version)}).status_code == 302
    measure.refresh_from_db()
    assert [each.number for each in measure.plan.targets] == [2]  # a struck one keeps its number


def test_a_target_that_another_changed_is_shown_before_it_is_overwritten(
    cast: Cast, body: Client, whole: Plan
) -> None:
    measure = planned(cast, whole)
    own = f"{page_of(measure)}/ziele/1"
    sent = {"fassung": "1", "kind": "words", "words": "Abends ist offen."}
    other = {"fassung": "1", "kind": "words", "words": "Morgens ist offen."}
    assert signed_in(cast.officer).post(own, other).status_code == 302
    answer = body.post(own, sent)
    page = html_of(answer.content)
    assert answer.status_code == 409
    assert "Morgens ist offen." in page
    assert "Abends ist offen." in page
    measure.refresh_from_db()
    assert measure.plan.targets[0].words == "Morgens ist offen."
    assert body.post(own, sent | {"fassung": "2"}).status_code == 302


# --- the list, and who sees what ----------------------------------------------------------


def test_the_list_of_a_body_has_its_sums(cast: Cast, body: Client, whole: Plan) -> None:
    planned(cast, whole)
    planned(cast, replace(whole, title="Kurs", earmark="language"))
    page = html_of(body.get(f"{LIST}?jahr={YEAR}").content)
    assert "160.000" in page
    assert "noch nichts" in page
    only = html_of(body.get(f"{LIST}?jahr={YEAR}&zweck=language").content)
    assert "Team-Camp" not in only


def test_others_do_not_see_it_or_may_not_change_it(cast: Cast, whole: Plan) -> None:
    other = next(
        each.ags for each in packs.bodies_in(settings.PROGRAMME, YEAR) if each.ags != cast.body.ags
    )
    new = NewPlan(settings.PROGRAMME, YEAR, other, whole)
    measure = actions.plan(cast.officer, new, at=AT)
    assert signed_in(cast.body).get(page_of(measure)).status_code == 404
    assert signed_in(cast.body).get(f"{page_of(measure)}/aendern").status_code == 404
    assert signed_in(cast.body).get(f"{NEW}&ags={other}").status_code == 200  # for her own body
    assert signed_in(cast.auditor).get(page_of(measure)).status_code == 200
    assert signed_in(cast.auditor).get(f"{page_of(measure)}/aendern").status_code == 403
    assert signed_in(cast.provider).get(page_of(measure)).status_code == 403
    assert signed_in(cast.officer).get(f"{NEW}&ags={other}").status_code == 200
    assert signed_in(cast.officer).get(f"{NEW}&ags=99999").status_code == 404


ADDRESSES = (
    f"{LIST}?jahr={YEAR}",
    f"{LIST}?jahr={YEAR}&export=csv",
    f"{LIST}?jahr={YEAR}&export=xlsx",
    CARRY,
    NEW,
)


def test_no_page_asks_more_often_where_more_is_planned(
    cast: Cast, body: Client, whole: Plan
) -> None:
    def counts() -> list[int]:
        found = []
        for address in (*ADDRESSES, page_of(PlannedMeasure.objects.earliest("pk"))):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = body.get(address)
                assert answer.status_code == 200
                if answer.streaming:
                    list(answer)  # type: ignore[call-overload]
            found.append(len(asked))
        return found

    plans = [replace(whole, title=f"Kurs {number}") for number in range(60)]
    where = (settings.PROGRAMME, YEAR, cast.body.ags)
    actions.paste(cast.body, Pasted(*where, plans[:2]), at=AT)
    body.get(LIST)  # what is asked once, such as the session
    few = counts()
    actions.paste(cast.body, Pasted(*where, plans[2:]), at=AT)
    assert counts() == few
    assert few[0] <= 12  # the year of a body with its sums
    assert max(few) <= 20
    assert queries.sums_of(*where).count == 60


def test_what_is_agreed_under_the_same_title_stands_beside_the_plan(
    cast: Cast, main_kinzig: Agreement
) -> None:
    rules = packs.load(settings.PROGRAMME, main_kinzig.year)
    plan = world_plans.complete(rules, "TEAM-Camp", "training_preparation", 80_000_00)
    measure = planned(cast, plan, main_kinzig.year)
    other = planned(cast, replace(plan, title="Nie vereinbart"), main_kinzig.year)
    page = html_of(signed_in(cast.body).get(page_of(measure)).content)
    assert "Geplant und vereinbart" in page
    assert "TEAM-Camp" in page
    assert "Team-Camp" in page
    page = html_of(signed_in(cast.body).get(page_of(other)).content)
    assert "Geplant und vereinbart" not in page
    given_up = actions.drop(cast.body, measure, note="Kein Bedarf", at=AT)
    page = html_of(signed_in(cast.body).get(page_of(given_up)).content)
    assert "Geplant und vereinbart" not in page  # what is agreed now is something else


# --- its history --------------------------------------------------------------------------


def test_the_history_begins_with_who_entered_it_also_where_many_came_at_once(
    cast: Cast, body: Client, whole: Plan
) -> None:
    where = (settings.PROGRAMME, YEAR - 1, cast.body.ags)
    pasted, other = actions.paste(
        cast.officer, Pasted(*where, [whole, replace(whole, title="Kurs")]), at=AT
    )
    page = html_of(body.get(page_of(pasted)).content).partition("Verlauf")[2]
    assert page.count("Geplante Maßnahmen aus einer Tabelle einfügen") == 1
    assert "02.02.2026" in page
    later = AT.replace(month=3)
    taken = actions.take_over(cast.body, TakeOver(where[0], YEAR, where[2]), at=later)
    actions.tick(cast.body, taken[0], "costs", at=later)
    source = pasted if taken[0].carried_from_id == pasted.pk else other
    page = html_of(body.get(page_of(taken[0])).content).partition("Verlauf")[2]
    told = f"Aus {source.file_number}, Programmjahr {YEAR - 1}."
    assert page.index("aus dem Vorjahr übernehmen") < page.index(told)
    assert page.index(told) < page.index("als geprüft abhaken")
    page = html_of(body.get(page_of(pasted)).content).partition("Verlauf")[2]
    assert "Vorjahr" not in page  # what was made from it is another one's history


def test_the_history_names_what_was_agreed_where_nothing_was_planned(
    cast: Cast, main_kinzig: Agreement
) -> None:
    year = main_kinzig.year + 1
    wish = TakeOver(settings.PROGRAMME, year, main_kinzig.ags)
    taken = actions.take_over(cast.officer, wish, at=AT)[0]
    page = html_of(signed_in(cast.officer).get(page_of(taken)).content)
    assert f"Aus der Maßnahme „{taken.title}“, Programmjahr {main_kinzig.year}." in page
