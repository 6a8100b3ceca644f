"""The version of a year's rules: of what holds in the year, and of nothing else."""

import re
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.planting import change
from zielwerk.packs import folders, loading

AQB, LFN = "aqb_hessen", "lotsenfonds_nordmark"
YEAR = "2023/year.toml"
DEMO = "demo/2024.toml"
MONEY = "2023/clauses/04-mittel.md"


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the pack that ships."""
    shutil.copytree(folders.SHIPPED / AQB, tmp_path / AQB)
    return tmp_path


def test_rule_version_is_the_same_for_the_same_rules(root):
    assert loading.load(AQB, 2024, root).rule_version == loading.load(AQB, 2024).rule_version
    assert re.fullmatch(r"[0-9a-f]{12}", loading.load(AQB, 2024).rule_version)


def test_rule_version_ignores_line_endings_and_the_demo(root):
    for path in (*(root / AQB).rglob("*.toml"), *(root / AQB).rglob("*.md")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    change(root / AQB, DEMO, "Feldberg-Etappen", "Berg und Tal")
    assert loading.load(AQB, 2024, root) == loading.load(AQB, 2024)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (YEAR, 'value = "5"', 'value = "4"'),
        (MONEY, 'title = "Mittel"', 'title = "Geld"'),
        ("bodies.toml", 'seat = "Gelnhausen"', 'seat = "Hanau-Mitte"'),
        ("programme.toml", 'short_name = "AQB"', 'short_name = "AQ"'),
    ],
)
def test_rule_version_changes_with_every_rule(root, name, old, new):
    change(root / AQB, name, old, new)
    assert loading.load(AQB, 2024, root).rule_version != loading.load(AQB, 2024).rule_version


def test_rule_version_is_of_what_holds_not_of_how_it_is_written(root):
    change(root / AQB, YEAR, "# Kostenarten: nicht gefunden", "# Kosten: nicht gefunden")
    change(root / AQB, "2024/year.toml", "[order]", "# Die Reihenfolge\n\n[order]")
    assert loading.load(AQB, 2024, root) == loading.load(AQB, 2024)


def test_rule_version_of_a_year_is_untouched_by_the_next_year(root):
    shutil.copytree(root / AQB / "2026", root / AQB / "2027")
    assert loading.load(AQB, 2024, root) == loading.load(AQB, 2024)
    assert loading.available(root) == tuple((AQB, year) for year in range(2023, 2028))
    assert loading.load(AQB, 2027, root).year == 2027
    assert loading.demo_agreements(AQB, 2027, root) == ()


# --- the future of a pack -----------------------------------------------------------------

SOURCE = 'source = { text = "erfunden", assumed = true }\n'


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A copy of the small programme, its files as they ship, and its rules' versions."""
    folder = tmp_path_factory.mktemp("future")
    for name in (LFN, "law"):
        shutil.copytree(folders.SHIPPED / name, folder / name)
    return folder


def kind(day):
    return "programme.toml", (
        f'\n[[body_kind]]\ncode = "region"\nlabel = "Region"\nplural = "Regionen"\n'
        f"valid_from = {day}\n{SOURCE}"
    )


def fact(day):
    return "programme.toml", (
        f'\n[[body_fact]]\ncode = "coast"\nlabel = "Küste"\nvalid_from = {day}\n{SOURCE}'
    )


def body(day):
    return "bodies.toml", (
        f'\n[[body]]\nags = "91007"\nname = "Region Neuland"\nshort_name = "Neuland"\n'
        f'kind = "district"\nseat = "Neustadt"\nabbreviations = ["NL"]\n'
        f"valid_from = {day}\n{SOURCE}"
    )


def succession(day):
    return "bodies.toml", (
        f'\n[[succession]]\ncode = "merger"\nlabel = "Zusammenschluss"\nkind = "change"\n'
        f'day = {day}\npredecessors = ["91001", "91003"]\nsuccessors = ["91001", "91003"]\n'
        f'text = "Gebiet getauscht"\n{SOURCE}'
    )


def court(day):
    return "organisations.toml", (
        f'\n[[organisation]]\ncode = "ovg"\nrole = "court"\nname = "Gericht Inselstein"\n'
        f'seat = "Inselstein"\nbodies = ["91007"]\nvalid_from = {day}\n{SOURCE}'
    )


def law_value(day):
    return "../law/nordmark.toml", (
        f'\n[[parameter]]\ncode = "new_figure"\nlabel = "Neue Zahl"\nunit = "Tage"\n'
        f'[[value]]\ncode = "new_figure"\nvalue = "5"\nvalid_from = {day}\n'
        f'source = {{ citation = "§ 1", assumed = true }}\n'
    )


APPENDED = (kind, fact, body, succession, law_value)


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_added_to_the_future_no_year_of_the_past_changes(shared, data):
    last = date(2026, 12, 31)
    pieces = list(data.draw(st.sets(st.sampled_from(APPENDED), min_size=1)))
    days = {one: last + timedelta(days=data.draw(st.integers(1, 900))) for one in pieces}
    texts = [piece(day) for piece, day in days.items()]
    if body in days:  # whoever is competent for it comes with it
        texts.append(court(days[body]))
    renamed = data.draw(st.none() | st.dates(date(2027, 1, 1), date(2029, 12, 31)))
    files = {name: (shared / LFN / name).read_text(encoding="utf-8") for name, _ in texts}
    organisations = shared / LFN / "organisations.toml"
    files["organisations.toml"] = organisations.read_text(encoding="utf-8")
    try:
        for name, text in texts:
            path = shared / LFN / name
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        if renamed:
            rename(organisations, renamed)
        begin_year(shared)
        folders.forget()
        for year in (2025, 2026):
            assert loading.load(LFN, year, shared).rule_version == (
                loading.load(LFN, year).rule_version
            )
        after = loading.load(LFN, 2027, shared)
        names = {one.name for one in after.organisations if one.role == "ministry"}
        assert ("Ministerium für Zukunft" in names) == (
            renamed is not None and renamed <= after.ends
        )
    finally:
        for name, text in files.items():
            (shared / LFN / name).write_text(text, encoding="utf-8")
        shutil.rmtree(shared / LFN / "2027", ignore_errors=True)
        folders.forget()


def rename(path, day):
    """The ministry's name ends the day before ``day``, another begins on it."""
    text = path.read_text(encoding="utf-8")
    head, entry, rest = text.partition('[[organisation]]\ncode = "ministry"')
    end = day - timedelta(days=1)
    new = (
        f'\n[[organisation]]\ncode = "ministry"\nrole = "ministry"\n'
        f'name = "Ministerium für Zukunft"\nseat = "Sandhafen"\nvalid_from = {day}\n{SOURCE}'
    )
    path.write_text(f"{head}{entry}\nvalid_until = {end}{rest}{new}", encoding="utf-8")


def begin_year(root):
    (root / LFN / "2027").mkdir()
    (root / LFN / "2027" / "year.toml").write_text(
        'label = "Förderjahr 2027"\nbudget_name = "Lotsenfonds 2027"\n'
        '[[parameter]]\ncode = "budget_years"\nvalue = "4"\n',
        encoding="utf-8",
    )


def test_a_body_that_ends_after_the_year_does_not_change_it(root):
    ended = 'ags = "06440"\nvalid_until = 2027-12-31'
    change(root / AQB, "bodies.toml", 'ags = "06440"', ended)
    for year in loading.years(AQB):
        assert loading.load(AQB, year, root) == loading.load(AQB, year)


def test_a_fact_of_the_future_stands_in_no_past_year(root):
    """Its values stand beside those that hold today, in the same entry of a body."""
    path = root / AQB / "programme.toml"
    text = path.read_text(encoding="utf-8")
    new = f'[[body_fact]]\ncode = "coast"\nlabel = "Küste"\nvalid_from = 2027-01-01\n{SOURCE}\n'
    path.write_text(text.replace("[document]", f"{new}[document]"), encoding="utf-8")
    change(root / AQB, "bodies.toml", 'olov_regions = ["Stadt Darmstadt"] }',
           'olov_regions = ["Stadt Darmstadt"], coast = "keine" }')  # fmt: skip
    for year in loading.years(AQB):
        assert loading.load(AQB, year, root) == loading.load(AQB, year)
