"""A year states only what it changes from the year before; the rest stays as it was."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.faults import PackFaults
from zielwerk.rulebook.grant.conditions import slots_of

AQB, LFN = "aqb_hessen", "lotsenfonds_nordmark"
OF_ITS_DAYS = ("begins", "ends", "organisations", "parameters", "rule_version")
NAMES = 'label = "Förderjahr 2027"\nbudget_name = "Lotsenfonds 2027"\n'


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the small invented programme."""
    shutil.copytree(folders.SHIPPED / LFN, tmp_path / LFN, ignore=shutil.ignore_patterns("demo"))
    return tmp_path


def following(root, text="", names=NAMES):
    """The year 2027, which says ``text`` on top of 2026."""
    folder = root / LFN / "2027"
    folder.mkdir(exist_ok=True)
    (folder / "year.toml").write_text(names + text, encoding="utf-8")
    folders.forget()
    return loading.load(LFN, 2027, root)


def faults(root, text, names=NAMES):
    with pytest.raises(PackFaults) as caught:
        following(root, text, names)
    return [one.msgid.format(**one.params) for one in caught.value.refusals]


def by_code(entries):
    return {one.code: one for one in entries}


# --- the years that ship ----------------------------------------------------------------


APPLYING = {
    *("application", "flat_rates", "cost_pools", "declarations", "application_attachments"),
    *("cost_sources", "passing_on", "deadlines"),
}


def test_2026_says_what_2025_said_but_its_names_its_applications_and_the_law_of_its_days():
    before, after = loading.load(AQB, 2025), loading.load(AQB, 2026)
    differing = {
        name for name in type(after).model_fields if getattr(before, name) != getattr(after, name)
    }
    assert differing == {
        "year",
        "label",
        "label_en",
        "budget_name",
        "stages",
        *OF_ITS_DAYS,
        *APPLYING,
    }
    assert by_code(after.measure_types)["training_preparation"].label == (
        "Ausbildungs- und Qualifizierungsvorbereitung (einschließlich gesundheitsfördernder"
        " Maßnahmen)"
    )
    assert [one.number for one in after.clauses] == ["Präambel", *(f"§ {n}" for n in range(1, 8))]
    assert after.letters[0].parts["notice"] == (
        "Lesefassung; maßgeblich ist das unterzeichnete Original"
    )


def test_a_field_that_changes_leaves_the_others_of_its_entry():
    before, after = (by_code(loading.load(AQB, year).measure_types) for year in (2023, 2024))
    old, new = before["staff_training"], after["staff_training"]
    assert old.source.assumed
    assert not new.source.assumed
    assert (new.label, new.cues, new.has_participants) == (old.label, old.cues, False)


def test_an_english_label_goes_with_the_german_one_that_is_replaced(root):
    old = by_code(loading.load(LFN, 2026).measure_types)["network"].label
    assert old.english == "Networking of local professionals"
    changed = '[[measure_type]]\ncode = "network"\nlabel = "Netzwerke"\n'
    new = by_code(following(root, changed).measure_types)["network"].label
    assert (new, new.english) == ("Netzwerke", "")


def test_a_removed_entry_is_gone_for_good():
    assert "digital_learning" in by_code(loading.load(AQB, 2023).earmarks)
    for year in (2024, 2025, 2026):
        assert "digital_learning" not in by_code(loading.load(AQB, year).earmarks)


def test_a_new_entry_stands_where_the_order_says():
    assert loading.load(AQB, 2024).earmarks[0].code == "language"
    assert [one.code for one in loading.load(AQB, 2025).frameworks] == [
        "training_alliance_2025",
        "labour_concept",
        "regional_strategy",
        "disability_convention",
    ]
    assert loading.load(LFN, 2026).earmarks[-1].code == "young_parents"


def test_what_was_published_of_a_year_is_of_that_year_only():
    assert loading.load(AQB, 2023).published_total_cents
    assert loading.load(AQB, 2024).published_total_cents is None


def test_a_clause_that_the_list_no_longer_names_is_gone_and_one_file_replaces_one():
    before, after = ({one.number: one for one in loading.load(LFN, year).clauses}
                     for year in (2025, 2026))  # fmt: skip
    assert before["§ 6"].title == "Öffentlichkeit"
    assert after["§ 6"].title != "Öffentlichkeit"
    assert after["§ 7"].title == "Öffentlichkeit"
    same = {number for number in after if before.get(number) == after[number]}
    assert same == {"Vorbemerkung", "§ 1", "§ 3", "§ 4", "§ 5"}
    assert "länger als acht Wochen" in after["§ 2"].text


# --- a year that follows ----------------------------------------------------------------


def test_a_clause_that_went_does_not_come_back_by_its_name(root):
    listed = '"a-vorbemerkung", "b-anliegen", "g-oeffentlichkeit"'
    told = faults(root, "", f"{NAMES}clauses = [{listed}]\n")
    assert (
        f"{LFN}/2027/year.toml, Zeile 3, clauses: Die Klausel „g-oeffentlichkeit“ fehlt im"
        in (told[0])
    )


def test_a_letter_or_clause_of_the_year_takes_the_place_of_the_earlier_one(root):
    for name, old, new in (
        ("letters/reading_version.md", "## no_grant\n", "## no_grant\nNeu. "),
        ("clauses/b-anliegen.md", "title = ", "title = "),
    ):
        target = root / LFN / "2027" / name
        target.parent.mkdir(parents=True)
        shutil.copyfile(root / LFN / "2025" / name, target)
        change(root / LFN / "2027", name, old, new)
    change(root / LFN / "2027", "clauses/b-anliegen.md", "\n+++\n", "\n+++\nEin neuer Satz. ")
    before, after = loading.load(LFN, 2026, root), following(root)
    assert after.letters[0].parts["no_grant"].startswith("Neu. ")
    assert after.letters[0].parts["notice"] == before.letters[0].parts["notice"]
    changed = [one.number for one in after.clauses if one not in before.clauses]
    assert changed == ["§ 1"]


def test_an_entry_that_goes_and_comes_again_takes_nothing_over(root):
    again = (
        '[remove]\nmeasure_type = ["network"]\n[[measure_type]]\ncode = "network"\nlabel = "Neu"\n'
        'source = { text = "erfunden", assumed = true }\n'
    )
    found = by_code(following(root, again).measure_types)["network"]
    assert (found.label, found.cues, found.has_participants) == ("Neu", (), True)


def test_the_key_of_the_money_without_a_purpose_is_changed_without_a_code(root):
    keys = following(root, "[[allocation_key]]\nbase_cents = 1_00\n").allocation_keys
    assert [(one.earmark, one.base_cents) for one in keys] == [("", 1_00), ("rural_mobility", 0)]
    assert keys[0].cap_cents == 1_400_000_00


# --- faults -----------------------------------------------------------------------------


def test_a_year_without_its_own_names_is_refused(root):
    assert faults(root, "", "") == [
        f"{LFN}/2027/year.toml, Zeile 1, {name}: Die Angabe fehlt."
        for name in ("label", "budget_name")
    ]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[remove]\nearmark = ["rural"]', 4,
         "remove.earmark: „rural“ gibt es hier nicht; möglich sind: rural_mobility,"
         " young_parents."),
        ('[order]\nearmark = ["young_parents", "rural"]', 4,
         "order.earmark: „rural“ gibt es hier nicht; möglich sind: rural_mobility,"
         " young_parents."),
        ('[remove]\nearmark = ["rural_mobility"]\n[order]\nearmark = ["rural_mobility"]\n'
         '[[allocation_key]]\nearmark = "rural_mobility"', 6,
         "order.earmark: „rural_mobility“ gibt es hier nicht; möglich sind: young_parents."),
        ('[remove]\nearmark = "rural_mobility"', 3,
         "remove.earmark: „rural_mobility“ passt hier nicht."),
        ('[[earmark]]\ncode = "new"', 3, "earmark.label: Die Angabe fehlt."),
        ('[[earmark]]\ncode = "rural_mobility"\nlabel = 5', 5,
         "earmark.label: „5“ ist kein Text in Anführungszeichen."),
        ('[[deadline]]\ncode = "spring_meeting_until"\nmonth = 6', 5,
         "deadline.month: Den Tag 31.6.2027 gibt es nicht."),
        ("[[allocation_key]]\nfloor_cents = 9_000_000_00", 4,
         "allocation_key.floor_cents: Der Höchstbetrag liegt unter dem Mindestbetrag."),
        ('[[framework]]\ncode = "skills_strategy"\nvalid_from = 2029-01-01', 5,
         "framework.valid_from: Das Ende liegt vor dem Beginn."),
        ("allocation_key = [1]", 3, "allocation_key: „1“ passt hier nicht."),
        ("lottery = 1", 3, "lottery: Diese Angabe ist nicht vorgesehen."),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_year_that_states_it(root, text, line, sentence):
    assert f"{LFN}/2027/year.toml, Zeile {line}, {sentence}" in faults(root, text)


def test_an_unknown_table_to_remove_from_is_told_with_those_there_are(root):
    [told] = faults(root, '[remove]\nearmarks = ["rural_mobility"]')
    assert told.startswith(
        f"{LFN}/2027/year.toml, Zeile 4, remove.earmarks: „earmarks“ gibt es hier nicht"
    )


def test_what_clashes_with_an_earlier_year_is_told_where_it_came_in(root):
    text = '[[measure_type]]\ncode = "guidance"\ncues = ["Netzwerkarbeit"]'
    first = line_of(root / LFN, "2025/year.toml", 'cues = ["Netzwerkarbeit der Fachkräfte",'
                    ' "Netzwerkarbeit"]')  # fmt: skip
    assert faults(root, text) == [
        f"{LFN}/2027/year.toml, Zeile 5, measure_type.cues: „Netzwerkarbeit“ gilt hier zur"
        f" selben Zeit wie in {LFN}/2025/year.toml, Zeile {first}."
    ]


def test_an_entry_that_is_changed_twice_is_refused_with_both_lines(root):
    once = '[[deadline]]\ncode = "application"\nday = 15\n'
    assert faults(root, once + once) == [
        f"{LFN}/2027/year.toml, Zeile 7, deadline.code: „application“ gilt hier zur"
        f" selben Zeit wie in {LFN}/2027/year.toml, Zeile 4."
    ]


def test_a_fault_of_an_earlier_year_is_told_there_and_of_no_later_year(root):
    change(root / LFN, "2025/year.toml", 'label = "Lernwerkstätten"\n', "")
    change(root / LFN, "2026/year.toml", "day = 30", "day = 77")
    line = line_of(root / LFN, "2025/year.toml", 'code = "catch_up"') - 1
    assert faults(root, "lottery = 1") == [
        f"{LFN}/2025/year.toml, Zeile {line}, measure_type.label: Die Angabe fehlt."
    ]


# --- whatever changes -------------------------------------------------------------------

TABLES = {
    "measure_type": "measure_types",
    "target_group": "target_groups",
    "cost_category": "cost_categories",
    "deadline": "deadlines",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("following")
    ignored = shutil.ignore_patterns("demo")
    shutil.copytree(folders.SHIPPED / LFN, folder / LFN, ignore=ignored)
    return folder


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_a_year_changes_all_else_is_as_it_was(shared, data):
    table, field = data.draw(st.sampled_from(sorted(TABLES.items())))
    before = loading.load(LFN, 2026, shared)
    entries = list(getattr(before, field))
    codes = [one.code for one in entries]
    named = {stage.deadline for stage in before.stages}
    named |= {rate.category for rate in before.flat_rates}
    named |= {code for pool in before.cost_pools for code in pool.categories}
    named |= {slot for each in before.conditions for slot in slots_of(str(each.text))}
    free = sorted(set(codes) - named)
    some = st.sampled_from(free) if free else st.nothing()
    gone = data.draw(st.sets(some, max_size=min(len(free), len(codes) - 1)))
    kept = [code for code in codes if code not in gone]
    changed = data.draw(st.sets(st.sampled_from(kept)))
    first = data.draw(st.lists(st.sampled_from(kept), unique=True))
    text = f"[remove]\n{table} = {sorted(gone)}\n[order]\n{table} = {first}\n"
    for code in sorted(changed):
        text += f'[[{table}]]\ncode = "{code}"\nlabel = "Neu: {code}"\n'
    after = following(shared, text)
    expected = {
        one.code: one.model_copy(update={"label": f"Neu: {one.code}", "label_en": ""})
        if one.code in changed
        else one
        for one in entries
    }
    order = [*first, *(code for code in kept if code not in first)]
    assert list(getattr(after, field)) == [expected[code] for code in order]
    for other in set(TABLES.values()) - {field} | {"clauses", "letters", "stages", "indicators"}:
        assert getattr(after, other) == getattr(before, other)
