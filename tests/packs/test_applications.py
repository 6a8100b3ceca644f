"""How a year is applied for: every programme says it its own way, and faults are told by line."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.applying import application_rules
from zielwerk.packs.differences import differences
from zielwerk.packs.faults import PackFaults
from zielwerk.rulebook.application import RateKind

SOUTH, LFN, AQB = "kreisbudget_suedland", "lotsenfonds_nordmark", "aqb_hessen"
YEAR = "kreisbudget_suedland/2026/year.toml"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(folders.SHIPPED / SOUTH, tmp_path / SOUTH)
    return tmp_path


def faults_of(root) -> list[tuple[int, str]]:
    with pytest.raises(PackFaults) as found:
        loading.load(SOUTH, 2026, root)
    return [
        (one.params["line"], one.msgid.format(**one.params).partition(", Zeile ")[2])
        for one in found.value.refusals
    ]


def test_three_programmes_are_applied_for_in_three_ways() -> None:
    said = {}
    for code in (AQB, LFN, SOUTH):
        rules = loading.load(code, 2026)
        applying = rules.application
        assert applying
        assert applying.source.assumed
        said[code] = (applying.form, applying.share, applying.agreement, applying.late)
    assert said == {
        AQB: ("deficit", None, "beside", True),
        LFN: ("fixed", None, "none", True),
        SOUTH: ("share", Decimal(88), "none", True),
    }


def test_every_flat_rate_and_pool_has_a_basis_and_says_that_it_is_assumed() -> None:
    kinds = set()
    for code in (AQB, LFN, SOUTH):
        rules = loading.load(code, 2026)
        kinds |= {rate.kind for rate in rules.flat_rates}
        of_rules = (*rules.flat_rates, *rules.cost_pools)
        assert all(each.rule.basis and each.rule.assumed for each in of_rules)
    assert kinds == set(RateKind)


def test_money_of_the_body_itself_is_told_from_that_of_third_parties() -> None:
    for code in (AQB, LFN, SOUTH):
        sources = loading.load(code, 2026).cost_sources
        assert [each.code for each in sources if each.own] == ["county"]
        assert not any(each.own and each.of_programme for each in sources)


def test_an_older_year_without_the_table_has_no_applications() -> None:
    rules = loading.load(AQB, 2025)
    assert rules.application is None
    assert rules.declarations == rules.application_attachments == ()


def test_a_later_year_states_only_what_changes_of_the_table(root) -> None:
    (root / SOUTH / "2027").mkdir()
    head = 'label = "Jahr"\nbudget_name = "Budget"\n[application]\ngrace_days = 14\n'
    (root / SOUTH / "2027" / "year.toml").write_text(head, encoding="utf-8")
    before, after = (loading.load(SOUTH, year, root) for year in (2026, 2027))
    assert before.application
    assert after.application == before.application.model_copy(update={"grace_days": 14})
    told = [each for each in differences(before, after, (), ()) if each.table == "application"]
    assert [(each.field, each.before, each.after) for each in told] == [("grace_days", "0", "14")]


def test_the_rules_of_an_application_are_those_of_the_day() -> None:
    south = application_rules(loading.load(SOUTH, 2026), date(2026, 1, 1))
    assert (south.forms, south.own_share) == (("share", "deficit"), Decimal(12))
    assert (south.window.first, south.early_from) == (date(2025, 10, 1), date(2025, 10, 1))
    assert south.budget_years == range(2025, 2029)
    assert south.third_sources == {"jobcenter", "third"}
    assert [(each.code, each.once_in) for each in south.attachments] == [
        ("plan", "strategy"),
        ("budget", ""),
    ]
    before = application_rules(loading.load(AQB, 2025), date(2025, 1, 1))
    assert before.forms == before.declarations == ()


FAULTS = [
    ('form = "share"', 'form = "fixed"', 'form = "fixed"', "möglich sind: share, deficit"),
    ('forms = ["share", "deficit"]', 'forms = ["share", "gift"]', None, "„gift“ ist nicht möglich"),
    ('percent = "88"', 'percent = "188"', 'percent = "188"', "188 Prozent sind hier nicht möglich"),
    ('of = ["staff", "mentors"]', "of = []", 'kind = "staff"', "Personalkosten sind, steht in"),
    (
        'of = ["staff", "mentors"]',
        'of = ["staff", "gold"]',
        'of = ["staff", "gold"]',
        "„gold“ gibt es",
    ),
    ("amount_cents = 60_000", 'percent = "5"', 'kind = "fixed"', "gehört amount_cents"),
    (
        'categories = ["staff", "workshops"]',
        'categories = ["staff", "cars"]',
        'categories = ["staff", "cars"]',
        "„cars“ gibt es hier nicht",
    ),
    (
        'once_in = "strategy"',
        'once_in = "agreement"',
        'once_in = "agreement"',
        "gibt es hier nicht",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS)
def test_a_fault_is_told_with_its_line(root, old, new, line, said) -> None:
    change(root, YEAR, old, new)
    ((number, told), *_) = faults_of(root)
    assert said in told
    assert line is None or number == line_of(root, YEAR, line)


def test_declarations_without_an_application_are_told(root) -> None:
    path = root / YEAR
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("[application]"), text.index("[[cost_source]]")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")
    told = [said for _, said in faults_of(root)]
    assert len(told) == 4
    assert all("kennt keinen Antrag" in each for each in told)
