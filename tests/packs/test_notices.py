"""The notice of a programme year: its data, what of them is refused, what the rules get of them."""

import shutil
from datetime import date

import pytest

from tests.drafts import without_notices
from tests.packs.planting import change
from zielwerk.packs import cited, competence, loading, notices
from zielwerk.packs.faults import PackFaults
from zielwerk.packs.folders import SHIPPED
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.grant.citation import link, parse
from zielwerk.rulebook.grant.conditions import (
    holding,
    passed_on,
    slots_of,
    why_not_citable,
    worded,
)
from zielwerk.rulebook.grant.delivery import Delivery, Way, days_of
from zielwerk.rulebook.refusal import Refused

AQB, LFN, KBS = "aqb_hessen", "lotsenfonds_nordmark", "kreisbudget_suedland"
EVERY = [(code, year) for code in (AQB, LFN, KBS) for year in loading.years(code)]


@pytest.mark.parametrize(("code", "year"), EVERY)
def test_every_condition_cites_what_exists_and_names_what_has_a_value(code, year):
    rules = loading.load(code, year)
    acts = cited.acts(rules.programme.jurisdictions)
    assert rules.notice
    assert rules.conditions
    for day in (rules.begins, rules.ends):
        of_day = holding(rules.conditions, day, "", {c.code for c in rules.conditions})
        assert why_not_citable(of_day, acts, day) == ()
        values = notices.slot_values(rules, day)
        for each in of_day:
            assert "{" not in worded(each.text, values)
            english = {slot: value.wording("en") for slot, value in values.items()}
            assert "{" not in worded(each.text.wording("en"), english)
            assert slots_of(each.text) == slots_of(each.text.wording("en"))


def test_hesse_states_what_no_public_source_says_as_an_assumption():
    rules = loading.load(AQB, 2026)
    assert rules.notice
    assert rules.notice.source.assumed
    assert all(each.source.assumed for each in rules.conditions)
    codes = {each.code for each in rules.conditions}
    assert codes >= {"drawdown", "plan", "proof", "records", "audit", "reduction", "revocation"}
    assert {"purpose", "drawdown", "records", "audit"} <= {
        each.code for each in passed_on(rules.conditions)
    }


def test_rates_and_periods_of_a_text_are_those_of_the_day():
    rules = loading.load(AQB, 2026)
    conditions = {each.code: each for each in rules.conditions}
    drawdown = notices.filled(rules, conditions["drawdown"], date(2026, 7, 1))
    assert "beträgt 2 Monate." in drawdown
    assert "is 2 months." in drawdown.wording("en")
    assert "um bis zu 20 Prozent" in notices.filled(rules, conditions["plan"])


def test_a_later_year_takes_the_notice_over_and_one_can_be_without():
    assert loading.load(AQB, 2023).notice == loading.load(AQB, 2026).notice
    template = (SHIPPED / "template" / "year" / "year.toml").read_text(encoding="utf-8")
    assert "\n[notice]" not in template


def test_conditions_are_for_kinds_of_bodies_and_some_for_those_who_choose_them():
    rules = loading.load(KBS, 2026)
    city = {each.code for each in holding(rules.conditions, rules.begins, "city_county")}
    county = {each.code for each in holding(rules.conditions, rules.begins, "county")}
    assert city - county == {"council"}
    assert rules.notice
    assert rules.notice.final not in city
    chosen = holding(rules.conditions, rules.begins, "county", {rules.notice.final})
    assert {each.code for each in chosen} - county == {"settlement"}


def test_law_and_pack_give_the_days_of_a_notice():
    law = notices.delivery_law(loading.load(AQB, 2026), date(2026, 7, 1))
    assert (law.receipt_days, law.remedy_months, law.holidays) == (4, 1, "HE")
    assert law.receipt_basis == "§ 41 Abs. 2 HVwVfG"
    assert law.assumed == {"deemed"}
    old = notices.delivery_law(loading.load(AQB, 2024), date(2024, 7, 1))
    assert old.receipt_days == 3
    late = notices.delivery_law(loading.load(AQB, 2024), date(2025, 1, 2))
    assert late.receipt_days == 4, "the law of the day counts, also after the programme year"
    posted = Delivery(Way.POST, date(2026, 7, 1))
    days = {each.code: each.day for each in days_of(posted, law)}
    assert days["final"] == date(2026, 8, 6)
    shifting = notices.delivery_law(loading.load(KBS, 2026), date(2026, 7, 1))
    assert shifting.receipt_shifts


def test_a_condition_names_a_day_with_its_year():
    rules = loading.load(AQB, 2026)
    (proof,) = (each for each in rules.conditions if each.code == "proof")
    assert "30.04.2027" in notices.filled(rules, proof)


def test_every_body_has_the_court_of_its_seat():
    """§ 1 Abs. 2 HessAGVwGO, § 52 Nr. 3 VwGO: Main-Kinzig goes to Frankfurt."""
    rules = loading.load(AQB, 2026)
    for body in loading.bodies_in(AQB, 2026):
        assert competence.title(rules, "court", rules.ends, body)
    main_kinzig = next(b for b in loading.bodies_in(AQB, 2026) if b.ags == "06435")
    court = competence.title(rules, "court", rules.ends, main_kinzig)
    assert court == "Verwaltungsgericht Frankfurt am Main"


def test_an_act_is_known_by_date_and_some_have_an_address():
    acts = cited.acts(("bund", "hessen"))
    day = date(2026, 7, 1)
    assert link(parse("§ 74 VwGO")[0], acts, day).endswith("/vwgo/__74.html")
    courts = next(act for act in acts if act.name == "HessAGVwGO")
    assert holds_on(courts, day)
    assert not holds_on(courts, date(2027, 1, 1))


@pytest.fixture
def root(tmp_path):
    """A folder of packs with the second programme and its law, to plant faults in."""
    for name in (LFN, "law"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path


FIRST = f"{LFN}/2025/year.toml"
FAULTS = [
    ('citation = "§ 13 Lotsenfondsgesetz (erfunden)"', 'citation = "irgendwo"', "lesen lässt"),
    ('citation = "§ 13 Lotsenfondsgesetz (erfunden)"', 'citation = "§ 13 XY"', "„XY“"),
    ("{proof_of_use}). Unterlagen", "{proof_of_abuse}). Unterlagen", "„proof_of_abuse“"),
    ("percent = 20", "percent = 21", "nicht 100 Prozent"),
    ("day = 1, month = 11", "day = 31, month = 11", "31.11."),
    ('remedy = "objection"', 'remedy = "objection"\nfinal = "none"', "„none“ gibt es hier nicht"),
    ('remedy = "objection"', 'remedy = "objection"\nfinal_usual = true', "nur, wo eine"),
    (
        'remedy = "objection"',
        'remedy = "objection"\nprocedure_act = "XY"',
        "„XY“ gibt es hier nicht",
    ),
    (
        'kind = "revocation"',
        'kind = "revocation"\nonly_for = ["town"]',
        "„town“ gibt es hier nicht",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_what_does_not_fit_is_told_with_its_line(root, old, new, told):
    change(root, FIRST, old, new)
    with pytest.raises(PackFaults) as faults:
        loading.load(LFN, 2025, root)
    (refusal,) = faults.value.refusals
    said = refusal.msgid.format(**refusal.params)
    assert said.startswith(f"{FIRST}, Zeile ")
    assert told in said


def test_conditions_need_a_notice(root):
    text = (root / FIRST).read_text(encoding="utf-8")
    start, end = text.index("[notice]"), text.index("[[condition]]")
    (root / FIRST).write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(PackFaults, match="gehören zu einem Bescheid"):
        loading.load(LFN, 2025, root)


def test_a_year_without_a_notice_has_none_and_nothing_is_reckoned_of_it(root):
    without_notices(root / FIRST)
    rules = loading.load(LFN, 2025, root)
    assert rules.notice is None
    assert rules.conditions == ()
    with pytest.raises(Refused, match="keinen Bescheid"):
        notices.delivery_law(rules, date(2025, 7, 1))
