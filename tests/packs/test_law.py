"""Law by date: what holds on a day, and that nothing else is ever answered."""

import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, law, loading
from zielwerk.packs.faults import PackFaults
from zielwerk.rulebook.refusal import Refused

AQB, LFN = "aqb_hessen", "lotsenfonds_nordmark"
HESSE, NORDMARK = ("bund", "hessen"), ("bund", "nordmark")
BUND = "law/bund.toml"


@pytest.fixture
def root(tmp_path):
    """A folder of packs that brings its own copy of the law and one programme."""
    for name in ("law", LFN):
        shutil.copytree(folders.SHIPPED / name, tmp_path / name)
    return tmp_path


def sentences(refused):
    return [one.msgid.format(**one.params) for one in refused.refusals]


def faults(root, jurisdictions=NORDMARK):
    with pytest.raises(PackFaults) as caught:
        law.parameters(jurisdictions, root)
    return sentences(caught.value)


# Deutsche Bundesbank, base rate under § 247 BGB
@pytest.mark.parametrize(
    ("first", "rate"),
    [
        (date(2023, 1, 1), "1.62"),
        (date(2023, 7, 1), "3.12"),
        (date(2024, 1, 1), "3.62"),
        (date(2024, 7, 1), "3.37"),
        (date(2025, 1, 1), "2.27"),
        (date(2025, 7, 1), "1.27"),
        (date(2026, 1, 1), "1.27"),
    ],
)
def test_the_base_rate_holds_for_a_half_year(first, rate):
    last = date(first.year, 6, 30) if first.month == 1 else date(first.year, 12, 31)
    for day in (first, first + timedelta(days=90), last):
        found = law.parameter_on(day, "base_rate", HESSE)
        assert (found.number, found.unit) == (Decimal(rate), "Prozent")
        assert (found.valid_from, found.valid_until) == (first, last)
        assert found.source.text.startswith("§ 247 BGB")
        assert not found.source.assumed


def test_a_base_rate_that_was_not_looked_up_is_an_assumption():
    assert law.parameter_on(date(2026, 7, 1), "base_rate", HESSE).source.assumed


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2027, 1, 1)])
def test_a_day_without_a_value_is_refused_never_guessed(day):
    with pytest.raises(Refused) as caught:
        law.parameter_on(day, "base_rate", HESSE)
    assert sentences(caught.value) == [
        f"Basiszinssatz: Für den {day} ist kein Wert bekannt (Recht: bund, hessen)."
    ]


def test_what_the_law_of_a_state_does_not_know_is_refused():
    with pytest.raises(Refused) as caught:
        law.parameter_on(date(2026, 1, 1), "revocation_period", NORDMARK)
    assert sentences(caught.value) == [
        "Das Recht (bund, nordmark) kennt keine Angabe „revocation_period“."
    ]


@given(
    st.sampled_from([HESSE, NORDMARK]),
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
)
def test_on_every_day_of_the_shipped_years_each_figure_has_one_value(jurisdictions, day):
    for code in {one.code for one in law.parameters(jurisdictions)}:
        found = law.parameter_on(day, code, jurisdictions)
        assert found.number >= 0
        assert found.source.text


def test_a_year_carries_the_law_that_holds_in_it():
    for year, days in ((2024, ["3"]), (2025, ["4"])):
        rules = loading.load(AQB, year)
        assert [one.value for one in rules.parameters if one.code == "receipt_days"] == days
        for one in rules.parameters:
            assert (one.valid_from or date.min) <= date(year, 12, 31)
            assert (one.valid_until or date.max) >= date(year, 1, 1)


def test_what_a_programme_sets_itself_goes_before_the_law(root):
    path = root / LFN / "2025/year.toml"
    own = (
        '[[parameter]]\ncode = "retention"\nlabel = "Aufbewahrung"\nvalue = "10"\nunit = "Jahre"\n'
    )
    path.write_text(
        path.read_text(encoding="utf-8") + f'\n{own}source = {{ text = "Richtlinie" }}\n',
        encoding="utf-8",
    )
    for year in (2025, 2026):
        rules = loading.load(LFN, year, root)
        assert [one.value for one in rules.parameters if one.code == "retention"] == ["10"]


def test_a_figure_of_the_law_changes_the_rules_of_the_years_it_holds_in_and_no_other(root):
    change(root, BUND, 'value = "2.27"', 'value = "2.28"')
    changed = [
        year
        for year in (2025, 2026)
        if loading.load(LFN, year, root).rule_version != loading.load(LFN, year).rule_version
    ]
    assert changed == [2025]


def test_a_folder_of_packs_without_law_of_its_own_stands_under_the_law_that_ships(root):
    (root / "law" / "bund.toml").unlink()
    assert loading.load(LFN, 2026, root) == loading.load(LFN, 2026)


def test_the_invented_law_says_so():
    text = (folders.SHIPPED / "law/nordmark.toml").read_text(encoding="utf-8")
    assert text.startswith("# ERFUNDEN")
    assert all(one.source.assumed for one in law.parameters(("nordmark",)))


MAY = "valid_from = 2025-01-01\nvalid_until = 2025-06-30"
CITED = (
    '{ citation = "§ 247 BGB", text = "Bekanntmachung der Deutschen Bundesbank", day = 2025-01-01 }'
)

# name: (what is replaced, by what, line that reads, lines after it, sentence)
PLANTED = {
    "gap": (
        MAY, MAY.replace("06-30", "06-29"), "valid_from = 2025-07-01", 0,
        "value.valid_from: Zwischen dem 2025-06-29 und dem 2025-07-01 gilt für „base_rate“ kein"
        " Wert.",
    ),
    "end before the beginning": (
        MAY, MAY.replace("2025-06-30", "2024-06-30 # ?"), "valid_until = 2024-06-30 # ?", 0,
        "value.valid_until: Das Ende liegt vor dem Beginn.",
    ),
    "no number": (
        'value = "2.27"', 'value = "2,27"', 'value = "2,27"', 0,
        "value.value: „2,27“ hat nicht die verlangte Form.",
    ),
    "source without its day": (
        CITED, '{ citation = "§ 247 BGB" }', 'source = { citation = "§ 247 BGB" }', 0,
        "value.source: Der Tag des angeführten Textes fehlt (day); nur eine Annahme kommt ohne"
        " ihn aus.",
    ),
    "figure without a value": (
        '[[value]]\ncode = "remedy_period"\n',
        '[[value]]\ncode = "base_rate"\nvalid_until = 2022-12-31\n',
        'label = "Frist für die Klage gegen den Bescheid"', -1,
        "parameter.code: Zu „remedy_period“ fehlt jeder Wert ([[value]]).",
    ),
    "value of an unknown figure": (
        'value = "2.27"\n', 'value = "2.27"\n\n[[value]]\ncode = "discount"\nvalue = "1"\n',
        'code = "discount"', 0,
        "value.code: „discount“ gibt es hier nicht; möglich sind: base_rate, remedy_period,"
        " remedy_period_uninstructed, use_period, interest_surcharge, receipt_days, retention.",
    ),
    "misspelt table": (
        '[[parameter]]\ncode = "remedy_period"\n', '[[paramter]]\ncode = "remedy_period"\n',
        "[[paramter]]", 0, "paramter: Diese Angabe ist nicht vorgesehen.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_told_at_its_place(root, case):
    old, new, anchor, offset, sentence = case
    change(root, BUND, old, new)
    line = line_of(root, BUND, anchor) + offset
    assert f"{BUND}, Zeile {line}, {sentence}" in faults(root)


def test_two_values_on_one_day_are_refused_with_both_places(root):
    change(root, BUND, "valid_until = 2025-06-30", "valid_until = 2025-07-01")
    first = line_of(root, BUND, "valid_until = 2025-07-01") - 3
    second = line_of(root, BUND, "valid_from = 2025-07-01") - 2
    assert faults(root) == [
        f"{BUND}, Zeile {second}, value.code: „base_rate“ gilt hier zur selben Zeit wie in"
        f" {BUND}, Zeile {first}."
    ]


def test_one_figure_in_the_law_of_two_is_refused(root):
    change(root, BUND, 'code = "remedy_period"\nlabel', 'code = "retention"\nlabel')
    [told] = [one for one in faults(root) if "gibt es schon" in one]
    line = line_of(root, BUND, 'code = "retention"')
    assert told.startswith("law/nordmark.toml, Zeile")
    assert told.endswith(f"„retention“ gibt es schon, zuerst in {BUND}, Zeile {line}.")


def test_a_programme_under_law_that_is_nowhere_is_not_loaded(root):
    change(root / LFN, "programme.toml", '"nordmark"]', '"suedmark"]')
    with pytest.raises(PackFaults) as caught:
        loading.load(LFN, 2026, root)
    line = line_of(root / LFN, "programme.toml", 'jurisdictions = ["bund", "suedmark"]')
    assert sentences(caught.value) == [
        f"{LFN}/programme.toml, Zeile {line}, jurisdictions: „suedmark“ gibt es hier nicht;"
        " möglich sind: bund, hessen, nordmark, suedland."
    ]


def test_a_fault_of_the_law_is_told_with_those_of_the_year(root):
    change(root, BUND, 'value = "2.27"', 'value = "viel"')
    change(root / LFN, "2025/year.toml", "day = 31", "day = 32")
    with pytest.raises(PackFaults) as caught:
        loading.load(LFN, 2026, root)
    assert len(caught.value.refusals) == 2
