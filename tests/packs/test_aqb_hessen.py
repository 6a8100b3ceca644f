"""The pack that ships: the facts of the real agreement, all bodies, honest sources."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from zielwerk.packs import competence, folders, loading
from zielwerk.packs.wording import PARTS, SLOTS

AQB = "aqb_hessen"
REAL = "06435"
UPLOADED_IN_THE_DEMO = "06440"


@pytest.fixture(scope="module")
def year():
    return loading.load(AQB, 2024)


def body(ags):
    return next(one for one in loading.bodies(AQB) if one.ags == ags)


def test_the_pack_is_offered():
    assert (AQB, 2024) in loading.available()


@pytest.mark.parametrize(
    ("day", "districts", "cities"),
    [(date(2024, 7, 1), 21, 5), (date(2025, 12, 31), 21, 5), (date(2026, 1, 1), 21, 6)],
)
def test_hanau_is_the_sixth_independent_city_from_2026(day, districts, cities):
    kinds = Counter(one.kind.code for one in loading.bodies_on(AQB, day))
    assert kinds == {"district": districts, "independent_city": cities}


def test_every_body_has_its_own_key_below_its_regierungsbezirk():
    bodies = loading.bodies(AQB)
    keys = [one.ags for one in bodies]
    assert len(keys) == len(set(keys)) == 27
    assert keys == sorted(keys)
    regierungsbezirk = {"4": "Darmstadt", "5": "Gießen", "6": "Kassel"}
    for one in bodies:
        assert one.ags.startswith("06")
        assert one.facts["district"] == regierungsbezirk[one.ags[2]]
        assert (one.ags[3] == "1") == (one.kind.code == "independent_city")


def test_sixteen_of_the_26_bodies_run_their_jobcenter_alone():
    forms = Counter(one.facts["jobcenter"] for one in loading.bodies_on(AQB, date(2024, 1, 1)))
    assert forms == {"KJC": 16, "gE": 10}


def court_of(body):
    court = competence.competent(loading.organisations(AQB), "court", date(2024, 1, 1), body)
    return court.name


def test_courts_are_those_of_the_law():
    courts = Counter(court_of(one) for one in loading.bodies_on(AQB, date(2024, 1, 1)))
    assert courts == {
        "Verwaltungsgericht Darmstadt": 7,
        "Verwaltungsgericht Frankfurt am Main": 4,
        "Verwaltungsgericht Gießen": 5,
        "Verwaltungsgericht Kassel": 7,
        "Verwaltungsgericht Wiesbaden": 3,
    }
    assert court_of(body(REAL)) == "Verwaltungsgericht Frankfurt am Main"


def test_what_no_source_states_is_marked():
    assert body("06415").source.assumed
    assert "ags" in body("06415").assumed
    assert all("jobcenter" in one.assumed for one in loading.bodies(AQB) if one.ags != "06415")


def test_names_that_are_easily_mixed_up_lead_to_one_body_each():
    owners = {}
    for one in loading.bodies(AQB):
        for name in {one.name, *one.variants}:
            owners.setdefault(name.casefold(), []).append(one.ags)
    assert {name: ags for name, ags in owners.items() if len(ags) > 1} == {}
    assert owners["landkreis kassel"] == ["06633"]
    assert owners["kassel"] == ["06611"]
    assert owners["landkreis offenbach"] == ["06438"]
    assert owners["offenbach am main"] == ["06413"]


def test_measure_types_carry_the_labels_printed_in_2024(year):
    labels = {one.code: one.label for one in year.measure_types}
    assert list(labels) == [
        "training_preparation",
        "training_and_coaching",
        "qualification",
        "staff_training",
    ]
    assert labels["training_preparation"] == "Ausbildungsvorbereitung"
    assert labels["qualification"] == (
        "Qualifizierungsprojekte zur Arbeitsmarktintegration, Fachkräftesicherung"
    )
    assert labels["staff_training"].endswith(
        "in der fachlichen Verantwortung für Benachteiligte im Kontext der Arbeitsmarktförderung"
    )
    without_participants = [one.code for one in year.measure_types if not one.has_participants]
    assert without_participants == ["staff_training"]


def test_legal_areas_and_earmarks(year):
    codes = [one.code for one in year.legal_areas]
    assert codes == ["SGB II", "SGB III", "SGB VIII", "SGB XII", "AsylbLG"]
    assert [one.code for one in year.earmarks] == ["language", "part_time_training"]


def test_frameworks_say_how_long_they_hold(year):
    held = {one.code: (one.valid_from, one.valid_until) for one in year.frameworks}
    assert held["training_alliance"] == (date(2020, 1, 1), date(2024, 12, 31))
    assert held["labour_concept"] == (None, None)
    assert len(held) == 4


def test_deadlines(year):
    days = {
        one.code: (date(year.year + one.year_offset, one.month, one.day), one.source.assumed)
        for one in year.deadlines
    }
    assert days["application"] == (date(2024, 3, 31), False)
    assert days["early_start"] == (date(2024, 1, 1), False)
    assert days["proof_of_use"] == (date(2025, 4, 30), True)
    assert days["autumn_meeting_from"] < days["autumn_meeting_until"]
    assert days["autumn_meeting_from"][1]


def test_a_parameter_that_changes_leaves_no_day_without_a_value(year):
    spans = {}
    for one in year.parameters:
        spans.setdefault(one.code, []).append((one.valid_from, one.valid_until))
    for code, periods in spans.items():
        for (_, end), (start, _) in pairwise(sorted(periods, key=lambda p: p[0] or date.min)):
            assert start == end + timedelta(days=1), code
    assert len(spans["base_rate"]) == 2


def test_parameters_nobody_could_find_are_assumptions(year):
    assumed = {one.code: one.source.assumed for one in year.parameters}
    assert assumed["use_period"]
    assert assumed["retention"]
    assert not assumed["interest_surcharge"]
    assert all(one.source.text for one in year.parameters)


def test_clauses_cover_what_the_real_agreement_covers(year):
    assert [one.number for one in year.clauses] == ["Präambel", *(f"§ {n}" for n in range(1, 8))]
    used = {slot for one in year.clauses for slot in one.slots}
    assert {"region", "ministry", "amount", "measures", "granting_authority", "year"} <= used
    assert used <= set(SLOTS)


def test_money_is_promised_by_no_clause(year):
    money = next(one for one in year.clauses if one.number == "§ 4")
    assert "gewährt es noch nicht" in money.text


def test_every_slot_stands_where_it_is_declared(year):
    for one in year.clauses:
        assert set(re.findall(r"\{(\w+)\}", one.title + one.text)) == set(one.slots)
    for letter in year.letters:
        texts = letter.title + "".join(letter.parts.values())
        assert set(re.findall(r"\{(\w+)\}", texts)) == set(letter.slots)


def test_the_reading_version_says_what_it_is(year):
    letter = next(one for one in year.letters if one.code == "reading_version")
    assert letter.title == "Zielvereinbarung {year}"
    assert letter.parts["notice"] == "Lesefassung; maßgeblich ist das unterzeichnete Original"
    assert letter.parts["demo_label"].startswith("Für die Vorführung erfundene Vereinbarung")
    assert "gewährt kein Geld" in letter.parts["no_grant"]
    assert set(letter.parts) == set(PARTS["reading_version"])


def test_the_demo_invents_24_agreements_and_leaves_out_two_bodies():
    invented = [one.ags for one in loading.demo_agreements(AQB, 2024)]
    existing = [one.ags for one in loading.bodies_on(AQB, date(2024, 7, 1))]
    assert len(invented) == 24
    assert set(existing) - set(invented) == {REAL, UPLOADED_IN_THE_DEMO}


def test_invented_agreements_look_like_life(year):
    types = {one.code for one in year.measure_types}
    agreements = loading.demo_agreements(AQB, 2024)
    titles = [title for one in agreements for _, title in one.measures]
    assert len(titles) == len(set(titles))
    for one in agreements:
        assert one.amount_cents % 100_00 == 0
        assert 4 <= len(one.measures) <= 12
        assert {code for code, _ in one.measures} == types
    largest = max(agreements, key=lambda one: one.amount_cents)
    assert body(largest.ags).name == "Frankfurt am Main"


def test_the_demo_file_says_it_is_invented():
    text = (folders.SHIPPED / AQB / "demo" / "2024.toml").read_text(encoding="utf-8")
    assert text.startswith("# ERFUNDEN")


def test_a_break_lies_within_figures_of_both_sides_only():
    def crossed(*series):
        return [body.ags for body, _ in loading.breaks_within("aqb_hessen", series)]

    assert crossed(("06435", 2025), ("06435", 2026)) == ["06435"]
    assert crossed(("06435", 2024), ("06435", 2027)) == ["06435"]
    assert crossed(("06435", 2024), ("06435", 2025)) == []
    assert crossed(("06435", 2026), ("06435", 2027)) == []
    assert crossed(("06415", 2026), ("06435", 2025), ("06436", 2024), ("06436", 2026)) == []
