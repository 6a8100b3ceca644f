"""Who is competent on a day; a new name, kind, fact or succession changes nothing of the past."""

import shutil
from datetime import date
from typing import get_args

import pytest

from tests.packs.planting import change
from zielwerk.packs import competence, folders, loading, naming, phrases
from zielwerk.packs.differences import differences
from zielwerk.packs.model import Deadline, Organisation, Source, Stage

AQB = "aqb_hessen"
OLD = "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales"
NEW = "Hessisches Ministerium für Arbeit und Bildung"
RENAMED = f"""
[[organisation]]
code = "ministry"
role = "ministry"
name = "{NEW}"
seat = "Wiesbaden"
offices = ["Staatsministerin", "Staatsminister"]
valid_from = 2027-07-01
source = {{ text = "für einen Test erfunden", assumed = true }}
"""
KIND = """
[[body_kind]]
code = "region"
label = "Region"
plural = "Regionen"
valid_from = 2027-07-01
source = { text = "für einen Test erfunden", assumed = true }
"""
FACT = """
[[body_fact]]
code = "chamber"
label = "Kammerbezirk"
valid_from = 2027-07-01
source = { text = "für einen Test erfunden", assumed = true }
"""
SUCCESSION = """
[[succession]]
code = "later"
label = "Gebietstausch"
kind = "change"
day = 2027-07-01
predecessors = ["06611", "06633"]
successors = ["06611", "06633"]
text = "Ein Ortsteil wechselt."
source = { text = "für einen Test erfunden", assumed = true }
"""


@pytest.fixture
def pack(tmp_path):
    """A copy of the Hessian pack that this installation has for its own, without a demo."""
    shutil.copytree(folders.SHIPPED / AQB, tmp_path / AQB)
    yield tmp_path / AQB
    folders.use(None)


def add(pack, name, text):
    path = pack / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def rename(pack):
    """The ministry is called otherwise from 1 July 2027."""
    line = "valid_from = 2024-01-18"
    change(pack, "organisations.toml", line, f"{line}\nvalid_until = 2027-06-30")
    add(pack, "organisations.toml", RENAMED)


def digests():
    return {year: loading.load(AQB, year).rule_version for year in loading.years(AQB)}


@pytest.mark.parametrize(
    "edit",
    [
        rename,
        lambda pack: change_programme(pack, KIND, "[[body_fact]]"),
        lambda pack: change_programme(pack, FACT, "[document]"),
        lambda pack: add(pack, "bodies.toml", SUCCESSION),
    ],
    ids=["ministry", "kind", "fact", "succession"],
)
def test_what_changes_later_changes_no_earlier_rules(pack, edit):
    before = digests()
    edit(pack)
    folders.use(pack.parent)
    assert digests() == before


def change_programme(pack, entry, place):
    """Put an entry before the first ``place`` in the charter."""
    path = pack / "programme.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(place, f"{entry}\n{place}", 1), encoding="utf-8")


def test_a_changed_name_in_the_year_itself_is_another_version(pack):
    """The test above would pass as well if names counted for nothing."""
    before = digests()
    change(pack, "organisations.toml", f'name = "{OLD}"', 'name = "Anders"')
    folders.use(pack.parent)
    changed = {year for year, digest in digests().items() if digest != before[year]}
    assert changed == {2024, 2025, 2026}


def test_a_new_name_holds_from_its_day_and_not_before(pack):
    rename(pack)
    folders.use(pack.parent)
    organisations, body = loading.organisations(AQB), loading.bodies(AQB)[0]
    names = {
        day: competence.competent(organisations, "ministry", day, body).name
        for day in (date(2024, 1, 18), date(2027, 6, 30), date(2027, 7, 1), date(2030, 1, 1))
    }
    assert list(names.values()) == [OLD, OLD, NEW, NEW]
    rules = loading.load(AQB, 2026)
    assert competence.title(rules, "ministry", date(2030, 1, 1), body) == OLD
    (office,) = competence.offices(organisations, "ministry", date(2028, 1, 1))
    assert office.present.name == NEW
    assert [each.name for each in office.others] == [
        OLD,
        "Hessisches Ministerium für Soziales und Integration",
    ]


def authority(code, **of):
    source = Source(text="erfunden")
    return Organisation(code=code, role="authority", name=code, seat="x", source=source, **of)


def test_a_district_passes_from_one_authority_to_another():
    """Its files go along: whoever is competent today sees what was done before."""
    bodies, day = loading.bodies(AQB), date(2027, 7, 1)
    before = date(2027, 6, 30)
    known = [
        authority("a", bodies=("06611",), valid_until=before),
        authority("a", bodies=("06633",), valid_from=day),
        authority("b", bodies=("06611",), valid_from=day),
    ]

    def reach(code, on):
        return competence.reach(known, "authority", code, on, bodies)

    assert (reach("a", before), reach("b", before)) == ({"06611"}, frozenset())
    assert (reach("a", day), reach("b", day)) == ({"06633"}, {"06611"})
    everywhere = [authority("c")]
    assert competence.reach(everywhere, "authority", "c", day, bodies) is None
    assert competence.reach(everywhere, "authority", "d", day, bodies) == frozenset()


def test_a_body_that_is_gone_still_has_an_authority():
    hanau = naming.short(AQB, "06415")
    known = [authority("a", facts={"district": ("Darmstadt",)})]
    reach = competence.reach(known, "authority", "a", date(2020, 1, 1), loading.bodies(AQB))
    assert "06415" in reach, hanau


def test_a_name_that_changed_within_a_year_is_told_with_its_days():
    told = differences(loading.load(AQB, 2023), loading.load(AQB, 2024), (), ())
    (name,) = (one for one in told if (one.table, one.field) == ("organisations", "name"))
    assert name.before == "Hessisches Ministerium für Soziales und Integration"
    assert name.after == f"{name.before} (– 17.01.2024); {OLD} (18.01.2024 –)"


def test_facts_of_bodies_are_told_by_their_labels():
    rules, body = loading.load(AQB, 2026), loading.bodies_in(AQB, 2026)[0]
    other = body.model_copy(update={"facts": {**body.facts, "jobcenter": "KJC"}})
    (told,) = differences(rules, rules, [body], [other])
    assert (told.field, told.part) == ("facts.jobcenter", "Form des Jobcenters")
    assert (told.before, told.after) == ("gemeinsame Einrichtung", "kommunales Jobcenter")
    assert told.after.english == "municipal Jobcenter"


def test_stages_are_told_in_words():
    rules = loading.load(AQB, 2026)
    first, *rest = rules.stages
    other = first.model_copy(update={"side": "authority", "guards": (), "four_eyes": True})
    told = differences(rules, rules.model_copy(update={"stages": (other, *rest)}), (), ())
    said = {one.field: (one.before, one.after) for one in told}
    assert said["side"] == ("Ministerium", "Bewilligungsbehörde")
    assert said["four_eyes"] == ("nein", "ja")
    assert said["guards"][0] == "; ".join(phrases.GUARDS[guard] for guard in first.guards)


def deadline(**of):
    source = Source(text="erfunden")
    return Deadline(code="x", purpose="other", label="Frist", source=source, **of)


@pytest.mark.parametrize(
    ("given", "german", "english"),
    [
        (
            {"after": "paid", "length": 2, "unit": "months"},
            "zwei Monate nach der Auszahlung",
            "two months after payment",
        ),
        (
            {"after": "notified", "length": 1, "unit": "months", "shifts": True},
            "ein Monat nach der Bekanntgabe; fällt das Ende auf ein Wochenende oder einen"
            " Feiertag, am nächsten Werktag",
            "one month after notification; where it ends on a weekend or public holiday,"
            " on the next working day",
        ),
        (
            {"after": "ended", "length": 30, "unit": "working_days"},
            "30 Werktage nach dem Ende der Maßnahme",
            "30 working days after the end of the measure",
        ),
        (
            {"day": 5, "month": 4, "year_offset": 1},
            "05.04. des Jahres danach",
            "05.04. of the following year",
        ),
    ],
)
def test_a_deadline_is_said_in_words(given, german, english):
    said = phrases.due(deadline(**given))
    assert (str(said), said.english) == (german, english)


def test_every_value_of_a_closed_list_has_words():
    fields = {**Stage.model_fields, **Deadline.model_fields}

    def values(name):
        of = fields[name].annotation
        inner = [value for each in get_args(of) for value in get_args(each) or (each,)]
        return {value for value in inner if isinstance(value, str)}

    assert values("procedure") == set(phrases.PROCEDURES)
    assert values("side") == set(phrases.SIDES)
    assert values("effect") == set(phrases.EFFECTS)
    assert values("guards") == set(phrases.GUARDS)
    assert values("purpose") == set(phrases.PURPOSES)
    assert values("after") == set(phrases.EVENTS)
    assert values("unit") == set(phrases.SINGULAR) == set(phrases.PLURAL)
