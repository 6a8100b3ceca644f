"""Every pack that ships, of all programmes: whole, honest, and fit for a key and a demo."""

import re
from datetime import date

import pytest

from zielwerk.packs import folders, law, loading
from zielwerk.packs.procedures import EFFECTS
from zielwerk.packs.wording import PARTS
from zielwerk.reading.agreement import decode, read
from zielwerk.rulebook.allocation import Key, Need, allocate
from zielwerk.rulebook.calendar import holds_during

PACKS = loading.available()
INVENTED = "lotsenfonds_nordmark"
SUEDLAND = "kreisbudget_suedland"
EXAMPLES = folders.SHIPPED.parents[2] / "examples"
EXAMPLE = EXAMPLES / "foerdervereinbarung-2026-landkreis-sandhafen.txt"


@pytest.fixture(params=PACKS, ids=lambda pack: f"{pack[0]}-{pack[1]}")
def pack(request):
    """(rules, bodies of the year, demo) of one pack."""
    programme, year = request.param
    rules = loading.load(programme, year)
    return rules, loading.bodies_in(programme, year), loading.demo_year(programme, year)


def test_four_years_of_hesse_and_two_of_two_other_states_ship():
    years = {code: [year for known, year in PACKS if known == code] for code, _ in PACKS}
    others = {code: [2025, 2026] for code in (INVENTED, SUEDLAND)}
    assert years == {"aqb_hessen": [2023, 2024, 2025, 2026], **others}


def test_a_year_says_what_the_rooms_ask_for(pack):
    rules, _, _ = pack
    assert str(rules.year) in rules.label
    assert str(rules.year) in rules.budget_name
    stages = {code: rules.procedure(code) for code in EFFECTS}
    assert {code for code in EFFECTS if not stages[code]} <= {
        "application",
        "grant",
        "passing",
    }  # from 2026 on
    ends = {code: of[-1].effect for code, of in stages.items() if of}
    assert all(effect in EFFECTS[code] for code, effect in ends.items())
    assert rules.allocation_keys[0].earmark == ""
    assert rules.passing_on
    assert rules.target_groups
    assert rules.cost_categories
    assert {one.code for one in rules.letters} >= set(PARTS)
    assert {"application", "proof_of_use"} <= {one.purpose for one in rules.deadlines}


def test_keys_and_cost_categories_are_marked_as_assumptions(pack):
    rules, _, _ = pack
    for one in (*rules.allocation_keys, *rules.cost_categories):
        assert one.source.assumed


def test_money_of_every_earmark_has_a_source(pack):
    rules, _, _ = pack
    assert all(one.money_sources for one in rules.earmarks)


def test_the_base_rate_is_known_on_every_day_of_the_year(pack):
    rules, _, _ = pack
    rates = [one for one in rules.parameters if one.code == "base_rate"]
    days = [rules.begins, date(rules.year, 6, 30), date(rules.year, 7, 1)]
    for day in (*days, rules.ends):
        assert len([one for one in rates if one.valid_from <= day <= one.valid_until]) == 1


def test_frameworks_hold_in_their_year(pack):
    rules, _, _ = pack
    assert [one.code for one in rules.frameworks if not holds_during(one, rules.period)] == []


def test_the_tile_map_shows_every_body_on_a_tile_of_its_own(pack):
    _, bodies, _ = pack
    tiles = [one.tile for one in bodies]
    assert None not in tiles
    assert len(set(tiles)) == len(bodies)


@pytest.mark.parametrize("programme", sorted({code for code, _ in PACKS}))
def test_a_break_is_told_of_all_its_bodies_and_a_new_name_breaks_nothing(programme):
    for change in loading.successions(programme):
        assert change.is_break == (len({*change.predecessors, *change.successors}) == 2)
        for ags in change.successors:
            assert (change in loading.breaks_of(programme, ags)) == change.is_break


def test_the_demo_says_that_it_is_invented(pack):
    rules, _, demo = pack
    path = folders.SHIPPED / rules.programme.code / "demo" / f"{rules.year}.toml"
    assert path.read_text(encoding="utf-8").startswith("# ERFUNDEN")
    for one in (*demo.appropriations, *demo.authorities):
        assert "(erfunden)" in one.budget_line
    for party in demo.parties:
        assert party.kind != "provider" or "(erfunden)" in party.name


def test_every_body_of_the_demo_has_its_need_and_its_jobcenter(pack):
    rules, bodies, demo = pack
    if not demo.indicators:
        assert (rules.programme.code, rules.year) == ("aqb_hessen", 2023)
        return
    existing = [one.ags for one in bodies]
    assert [one.ags for one in demo.indicators] == existing
    assert [one.ags for one in demo.parties if one.kind == "jobcenter"] == existing
    codes = {one.code for one in rules.indicators}
    assert all(set(one.values) == codes for one in demo.indicators)
    assert demo.reference_date < rules.begins


def test_the_keys_share_the_money_of_the_demo_among_all_bodies(pack):
    rules, bodies, demo = pack
    for key in rules.allocation_keys if demo.indicators else ():
        total = sum(one.amount_cents for one in demo.appropriations if one.earmark == key.earmark)
        needs = [
            Need(ags=one.ags, name=one.ags, values=dict(one.values), last_year_cents=None)
            for one in demo.indicators
        ]
        names = Key.__dataclass_fields__.keys() & type(key).model_fields.keys() - {"labels"}
        terms = {name: getattr(key, name) for name in names}
        terms["method"] = key.method_in(rules.year)
        shared = allocate(Key(**terms), needs, total)
        assert sum(one.amount_cents for one in shared.amounts) == total
        assert len(shared.amounts) == len(bodies)


# --- Hesse ----------------------------------------------------------------------------


def test_labels_of_measure_types_change_in_2025_as_an_assumption():
    labels = {
        year: {one.code: one for one in loading.load("aqb_hessen", year).measure_types}
        for year in (2024, 2025)
    }
    assert labels[2024]["training_preparation"].label == "Ausbildungsvorbereitung"
    newer = labels[2025]["training_preparation"]
    assert newer.label.endswith("(einschließlich gesundheitsfördernder Maßnahmen)")
    assert "Ausbildungsvorbereitung" in newer.cues
    assert newer.source.assumed
    assert "wissenschaftliche Unterstützung" in labels[2025]["staff_training"].label


@pytest.mark.parametrize(
    ("year", "earmarks"),
    [
        (2023, ["migrant_integration", "digital_learning", "part_time_training"]),
        (2024, ["language", "part_time_training"]),
        (2025, ["language", "part_time_training"]),
        (2026, ["language", "part_time_training"]),
    ],
)
def test_earmarks_of_each_year(year, earmarks):
    known = loading.load("aqb_hessen", year).earmarks
    assert [one.code for one in known] == earmarks
    assert all(one.source.assumed == (year > 2024) for one in known)


def test_the_published_total_of_2023_is_the_demo_money_of_that_year():
    rules = loading.load("aqb_hessen", 2023)
    assert rules.published_total_cents == 27_700_000_00
    assert not rules.published_total_source.assumed
    money = {
        one.earmark: one.amount_cents
        for one in loading.demo_year("aqb_hessen", 2023).appropriations
    }
    assert money == {"": 27_700_000_00, "part_time_training": 1_000_000_00}


def test_the_training_alliance_ends_with_2024_and_is_followed_by_the_next():
    held = {
        year: loading.load("aqb_hessen", year).frameworks[0].code
        for year in (2023, 2024, 2025, 2026)
    }
    older, newer = "training_alliance", "training_alliance_2025"
    assert held == {2023: older, 2024: older, 2025: newer, 2026: newer}


def test_a_letter_counts_as_received_a_day_later_from_2025():
    law_of = loading.programme("aqb_hessen").jurisdictions
    days = [
        law.parameter_on(day, "receipt_days", law_of).number
        for day in (date(2023, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2026, 12, 31))
    ]
    assert days == [3, 3, 4, 4]


def test_there_are_28_regions_of_olov():
    regions = {
        region for one in loading.bodies("aqb_hessen") for region in one.facts["olov_regions"]
    }
    assert len(regions) == 28


def test_main_kinzig_and_hanau_tell_the_break_of_2026():
    bodies = loading.bodies("aqb_hessen")
    breaks = {one.ags: loading.breaks_of("aqb_hessen", one.ags) for one in bodies}
    told = {ags: [one.day for one in ones] for ags, ones in breaks.items() if ones}
    assert told == {"06415": [date(2026, 1, 1)], "06435": [date(2026, 1, 1)]}
    [split] = loading.successions("aqb_hessen")
    assert (split.kind, split.shares) == ("split", {})  # nobody has said how it was shared


def test_invented_needs_are_plausible_in_their_order_of_magnitude():
    values = {one.ags: one.values for one in loading.demo_year("aqb_hessen", 2025).indicators}
    assert 15_000 < values["06435"]["sgb2_employable"] < 25_000
    for one in values.values():
        assert one["long_term_unemployed"] < one["sgb2_employable"]
        assert one["unemployed_under_25"] < one["long_term_unemployed"]


# --- the invented programme -----------------------------------------------------------


def test_the_second_programme_differs_where_programmes_differ():
    ours, theirs = loading.load("aqb_hessen", 2026), loading.load(INVENTED, 2026)
    for table in ("measure_types", "frameworks", "earmarks", "indicators", "target_groups"):
        shared = {one.code for one in getattr(ours, table)} & {
            one.code for one in getattr(theirs, table)
        }
        assert shared <= {"regional_strategy"}
    allocation = [one.code for one in theirs.procedure("allocation")]
    assert allocation == ["propose", "consult", "decide"]
    assert [one.code for one in ours.procedure("allocation")] == ["propose", "decide"]
    assert ours.letters[0].title != theirs.letters[0].title
    assert theirs.allocation_keys[0].rounding_cents == 1_000_00


@pytest.mark.parametrize("code", [INVENTED, SUEDLAND])
def test_nobody_can_take_an_invented_programme_for_real(code):
    programme = loading.programme(code)
    assert "(erfunden)" in programme.name
    assert "(erfunden)" in programme.state
    files = (folders.SHIPPED / code).rglob("*.toml")
    assert all(file.read_text(encoding="utf-8").startswith("# ERFUNDEN") for file in files)


def test_its_words_are_its_own():
    folder = folders.SHIPPED / INVENTED
    texts = [file.read_text(encoding="utf-8") for file in folder.rglob("*.*") if file.is_file()]
    words = re.compile(r"Hessen|hessisch|Zielvereinbarung|AQB|HMSI|Regierungspräsidium", re.I)
    assert [words.findall(text) for text in texts] == [[] for _ in texts]


def test_its_bodies_are_six_with_a_pair_of_one_name_and_one_that_is_new():
    assert len(loading.bodies_on(INVENTED, date(2025, 12, 31))) == 5
    bodies = loading.bodies_on(INVENTED, date(2026, 1, 1))
    assert [one.ags for one in bodies] == [f"9100{n}" for n in range(1, 7)]
    assert [one.name for one in bodies if "Sandhafen" in one.name] == [
        "Sandhafen",
        "Landkreis Sandhafen",
    ]


def test_an_agreement_in_its_words_is_read_with_its_pack():
    reading = read(
        decode(EXAMPLE.read_bytes()),
        programme=loading.programme(INVENTED),
        bodies=loading.bodies(INVENTED),
        organisations=loading.organisations(INVENTED),
        years=[year for code, year in PACKS if code == INVENTED],
        load=lambda year: loading.load(INVENTED, year),
    )
    ministry, region = reading.parties
    assert ministry.name == "Nordmärkisches Ministerium für Arbeit und Teilhabe"
    assert (region.ags, region.name) == ("91003", "Landkreis Sandhafen")
    assert (reading.year, reading.budget_cents) == (2026, 574_000_00)
    assert reading.granting_authority == "Landesamt für Förderung Sandhafen"
    assert list(reading.legal_areas) == ["SGB II", "SGB III", "SGB IX"]
    assert len(reading.frameworks) == 3
    assert [(one.code, one.amount_cents) for one in reading.earmarks] == [
        ("rural_mobility", 60_000_00)
    ]
    assert [one.type for one in reading.measures] == ["guidance", "guidance", "catch_up", "network"]
    assert reading.measures[1].title == "Lotsen an Bord - Beratung in den Hafendörfern"
    assert reading.meeting.season == "spring"
    assert [one.number for one in reading.clauses] == ["Präambel", *(f"§ {n}" for n in range(1, 8))]
    assert [one.date for one in reading.signatures] == [date(2026, 2, 12), date(2026, 2, 19)]
