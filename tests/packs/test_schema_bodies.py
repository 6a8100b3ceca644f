"""Kinds, facts, identifier, organisations, successions, procedures, deadlines: planted faults."""

import shutil
from datetime import date

import pytest

from tests.packs.planting import change, line_of
from zielwerk.packs import competence, folders, loading
from zielwerk.packs.faults import PackFaults

LFN = "lotsenfonds_nordmark"
PROGRAMME, BODIES, ORGANISATIONS = "programme.toml", "bodies.toml", "organisations.toml"
YEAR = "2025/year.toml"
SOURCE = 'source = { text = "erfunden", assumed = true }\n'


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the small invented programme."""
    shutil.copytree(folders.SHIPPED / LFN, tmp_path / LFN)
    return tmp_path


def faults(root):
    with pytest.raises(PackFaults) as caught:
        loading.load(LFN, 2026, root)
    return [one.msgid.format(**one.params) for one in caught.value.refusals]


def add(root, name, text):
    path = root / LFN / name
    path.write_text(path.read_text(encoding="utf-8") + f"\n{text}", encoding="utf-8")


def ministry(name, code="ministry"):
    """Another entry of a ministry."""
    return (
        f'[[organisation]]\ncode = "{code}"\nrole = "ministry"\nname = "{name}"\n'
        f'seat = "Sandhafen"\n{SOURCE}'
    )


def begins(root, validity):
    """Bound the ministry that is there."""
    role = 'role = "ministry"'
    change(root / LFN, ORGANISATIONS, role, f"{role}\n{validity}")


# name: (file, what is replaced, by what, line that reads, field and sentence)
PLANTED = {
    "kind that is not declared": (
        BODIES, 'kind = "independent_city"\nseat = "Hochfurt"', 'kind = "town"\nseat = "Hochfurt"',
        'kind = "town"',
        "body.kind: „town“ gibt es hier nicht; möglich sind: district, independent_city.",
    ),
    "key of another form": (
        BODIES, 'ags = "91006"', 'ags = "92006"', 'ags = "92006"',
        "body.ags: „92006“ hat nicht die Form eines Schlüssels (AGS: 91[0-9]{3}).",
    ),
    "value that a fact may not have": (
        BODIES, 'region = "Ost", jobcenter = "KJC", guide_regions = ["Moorland"]',
        'region = "Süd", jobcenter = "KJC", guide_regions = ["Moorland"]',
        'facts = { region = "Süd", jobcenter = "KJC", guide_regions = ["Moorland"] }',
        "body.facts: „Süd“ gibt es hier nicht; möglich sind: Ost, West.",
    ),
    "one value where several are meant": (
        BODIES, 'guide_regions = ["Alketal", "Heide"]', 'guide_regions = "Heide"',
        'facts = { region = "Ost", jobcenter = "gE", guide_regions = "Heide" }',
        "body.facts: Von „guide_regions“ wird eine Liste erwartet.",
    ),
    "several values where one is meant": (
        BODIES, 'region = "Ost", jobcenter = "gE"', 'region = ["Ost", "West"], jobcenter = "gE"',
        'facts = { region = ["Ost", "West"], jobcenter = "gE",'
        ' guide_regions = ["Alketal", "Heide"] }',
        "body.facts: Von „region“ wird genau ein Wert erwartet.",
    ),
    "fact that is not declared": (
        BODIES, 'jobcenter = "KJC", guide_regions = ["Alketal"]',
        'coast = "ja", guide_regions = ["Alketal"]',
        'facts = { region = "Ost", coast = "ja", guide_regions = ["Alketal"] }',
        "body.facts: „coast“ gibt es hier nicht; möglich sind: region, jobcenter, guide_regions.",
    ),
    "pattern that is none": (
        PROGRAMME, 'pattern = "91[0-9]{3}"', 'pattern = "91["', 'pattern = "91["',
        "identifier.pattern: „91[“ ist kein regulärer Ausdruck.",
    ),
    "successor that is not there yet": (
        BODIES, "day = 2026-01-01\npred", "day = 2025-12-01\npred",
        'successors = ["91004", "91006"]',
        "succession.successors: „91006“ gibt es zum 2025-12-01 nicht (Vorgänger am Tag davor,"
        " Nachfolger an diesem Tag).",
    ),
    "share of somebody who does not succeed": (
        BODIES, "shares = { 91004 = 3, 91006 = 1 }", "shares = { 91004 = 3, 91006 = 1, 91001 = 1 }",
        "shares = { 91004 = 3, 91006 = 1, 91001 = 1 }",
        "succession.shares: Anteile nennen jeden Nachfolger und sonst niemanden („91001“).",
    ),
    "competence for an unknown body": (
        ORGANISATIONS, 'facts = { region = ["West"] }', 'bodies = ["91001", "91009"]',
        'bodies = ["91001", "91009"]', "organisation.bodies: „91009“ gibt es hier nicht; möglich"
        " sind: 91001, 91002, 91003, 91004, 91005, 91006.",
    ),
    "competence by an unknown fact": (
        ORGANISATIONS, 'facts = { region = ["West"] }', 'facts = { coast = ["West"] }',
        'facts = { coast = ["West"] }', "organisation.facts: „coast“ gibt es hier nicht; möglich"
        " sind: region, jobcenter, guide_regions.",
    ),
    "guard of another procedure": (
        YEAR, 'guards = ["adjustment_covered"]', 'guards = ["recording_complete"]',
        'guards = ["recording_complete"]',
        "stage.guards: „recording_complete“ gehört zu einem anderen Verfahren.",
    ),
    "effect of another procedure": (
        YEAR, 'effect = "ordered"', 'effect = "granted"', 'effect = "granted"',
        "stage.effect: Die letzte Stufe bewirkt „granted“; möglich sind: ordered.",
    ),
    "deadline neither a day nor a period": (
        YEAR, "day = 31\nmonth = 5", 'day = 31\nmonth = 5\nafter = "agreed"',
        'code = "spring_meeting_until"', "deadline.code: „spring_meeting_until“ ist entweder ein"
        " Tag (day, month) oder ein Zeitraum nach einem Ereignis (after, length, unit).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_told_with_its_line_and_what_is_possible(root, case):
    name, old, new, anchor, sentence = case
    change(root / LFN, name, old, new)
    line = line_of(root / LFN, name, anchor)
    assert f"{LFN}/{name}, Zeile {line}, {sentence}" in faults(root)


def test_two_ministries_at_once_are_refused_with_both_places(root):
    second = ministry("Ein anderes", "other")
    add(root, ORGANISATIONS, second)
    [told] = faults(root)
    assert "organisation.name: „Ein anderes“ ist zur selben Zeit für Sandhafen zuständig" in told
    assert f"in {LFN}/organisations.toml, Zeile 6." in told


def test_a_day_without_a_ministry_is_told_with_the_day(root):
    begins(root, "valid_from = 2026-03-01")
    assert faults(root) == [
        f"{LFN}/organisations.toml, Zeile 1, role: Am 2026-01-01 ist für Sandhafen niemand"
        " zuständig („ministry“)."
    ]


def test_a_ministry_renamed_within_the_year_is_two_names_without_a_gap(root):
    change(
        root / LFN,
        ORGANISATIONS,
        'role = "ministry"',
        'role = "ministry"\nvalid_until = 2026-06-30',
    )
    renamed = ministry("Ministerium für Zukunft") + "valid_from = 2026-07-01\n"
    add(root, ORGANISATIONS, renamed)
    rules = loading.load(LFN, 2026, root)
    names = {
        day: competence.title(rules, "ministry", day)
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(names.values()) == [
        "Nordmärkisches Ministerium für Arbeit und Teilhabe",
        "Ministerium für Zukunft",
    ]
    before = loading.load(LFN, 2025, root).rule_version
    assert before == loading.load(LFN, 2025).rule_version


def test_a_procedure_without_stages_and_a_step_without_a_second_person_are_refused(root):
    text = (root / LFN / YEAR).read_text(encoding="utf-8")
    publication = text[text.index('[[stage]]\nprocedure = "publication"') :]
    publication = publication[: publication.index("# Arten der Weitergabe")]
    text = text.replace(publication, "")
    adjustment = text[text.index('[[stage]]\nprocedure = "adjustment"') :]
    text = text.replace(adjustment, adjustment.replace("four_eyes = true\n", "", 1))
    (root / LFN / YEAR).write_text(text, encoding="utf-8")
    told = faults(root)
    assert any("Das Verfahren „publication“ hat keine Stufe." in one for one in told)
    assert any("Geld bewegt nur eine zweite Person" in one for one in told)


def test_a_purpose_twice_at_once_is_refused_and_one_after_the_other_is_not(root):
    again = (
        '[[deadline]]\ncode = "second"\npurpose = "application"\nlabel = "Zweite"\n'
        f"day = 1\nmonth = 3\n{SOURCE}"
    )
    add(root, "2026/year.toml", again)
    told = faults(root)
    assert any("deadline.purpose: „application“ gilt hier zur selben Zeit" in one for one in told)
    code = 'code = "second"'
    change(root / LFN, "2026/year.toml", code, f"{code}\nvalid_from = 2026-07-01")
    add(root, "2026/year.toml", '[[deadline]]\ncode = "application"\nvalid_until = 2026-06-30\n')
    folders.forget()
    deadlines = loading.load(LFN, 2026, root).deadlines
    purposes = [one.code for one in deadlines if one.purpose == "application"]
    assert purposes == ["application", "second"]


# --- versions within a year ---------------------------------------------------------------

JULY = date(2027, 7, 1)


@pytest.fixture
def changed(root):
    """2027 with changes from 1 July, and 2028 that takes them over."""
    text = 'label = "Förderjahr {year}"\nbudget_name = "Lotsenfonds {year}"\n'
    for year in (2027, 2028):
        (root / LFN / str(year)).mkdir()
        path = root / LFN / str(year) / "year.toml"
        path.write_text(text.format(year=year), encoding="utf-8")
    add(root, "2027/year.toml",
        f"[[allocation_key]]\nvalid_from = {JULY}\nrounding_cents = 500_00\n"
        f'[[measure_type]]\ncode = "network"\nvalid_from = {JULY}\nlabel = "Netzwerke"\n'
        f'[[measure_type]]\ncode = "digital"\nvalid_from = {JULY}\nlabel = "Digitales"\n{SOURCE}'
        f'[[earmark]]\ncode = "digital"\nvalid_from = {JULY}\nlabel = "Digitales Lernen"\n'
        f'money_sources = ["state"]\n{SOURCE}')  # fmt: skip
    return root


def test_a_version_from_july_holds_from_july(changed):
    rules = loading.load(LFN, 2027, changed)
    for day, rounding, types, earmarks in (
        (date(2027, 6, 30), 1_000_00, {"Netzwerkarbeit der Fachkräfte vor Ort"}, set()),
        (JULY, 500_00, {"Netzwerke", "Digitales"}, {"digital"}),
    ):
        on = rules.on(day)
        [key] = [one for one in on.allocation_keys if not one.earmark]
        assert (key.rounding_cents, key.cap_cents) == (rounding, 1_400_000_00)
        labels = {one.label for one in on.measure_types if one.code in ("network", "digital")}
        assert labels == types
        assert {one.code for one in on.earmarks} & {"digital"} == earmarks


def test_the_next_year_takes_the_last_version(changed):
    after = loading.load(LFN, 2028, changed)
    [key] = [one for one in after.allocation_keys if not one.earmark]
    assert key.rounding_cents == 500_00
    [network] = [one for one in after.measure_types if one.code == "network"]
    assert (network.label, network.has_participants) == ("Netzwerke", False)
    assert "digital" in {one.code for one in after.earmarks}


def test_a_programme_year_may_span_calendar_years(root):
    change(root / LFN, "2026/year.toml", 'budget_name = "Lotsenfonds 2026"',
           'budget_name = "Lotsenfonds 2026"\nbegins = 2026-07-01\nends = 2028-06-30')  # fmt: skip
    rules = loading.load(LFN, 2026, root)
    assert (rules.begins, rules.ends) == (date(2026, 7, 1), date(2028, 6, 30))
    assert loading.load(LFN, 2025, root).ends == date(2025, 12, 31)


def test_a_year_that_ends_before_it_begins_is_refused(root):
    change(root / LFN, "2026/year.toml", 'budget_name = "Lotsenfonds 2026"',
           'budget_name = "Lotsenfonds 2026"\nbegins = 2026-07-01\nends = 2026-06-30')  # fmt: skip
    assert any("Das Programmjahr endet, bevor es beginnt." in one for one in faults(root))
