"""What differs between two years of a programme: all of it, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.packs import loading
from zielwerk.packs.compared import FIELDS, TABLES
from zielwerk.packs.differences import differences
from zielwerk.packs.model import Parameter, Source

AQB = "aqb_hessen"
LFN = "lotsenfonds_nordmark"


def year(programme, number):
    """(rules, bodies) of a year."""
    bodies = loading.bodies_in(programme, number)
    return loading.load(programme, number), bodies


def between(programme, before, after):
    (old, old_bodies), (new, new_bodies) = year(programme, before), year(programme, after)
    return differences(old, new, old_bodies, new_bodies)


def found(told, table, code, field):
    return [
        (one.before, one.after)
        for one in told
        if (one.table, one.code, one.field) == (table, code, field)
    ]


PAIRS = [(AQB, 2023, 2024), (AQB, 2024, 2025), (AQB, 2025, 2026), (LFN, 2025, 2026)]


@pytest.mark.parametrize(("programme", "number"), loading.available())
def test_a_year_does_not_differ_from_itself(programme, number):
    assert between(programme, number, number) == ()


@pytest.mark.parametrize(("programme", "before", "after"), PAIRS)
def test_the_way_back_tells_the_same_the_other_way_round(programme, before, after):
    there = {
        (o.table, o.code, o.field, o.before, o.after) for o in between(programme, before, after)
    }
    back = {
        (o.table, o.code, o.field, o.after, o.before) for o in between(programme, after, before)
    }
    assert there == back
    assert all(told[3] != told[4] for told in there)


@pytest.mark.parametrize(("programme", "before", "after"), PAIRS)
def test_differences_stand_in_the_order_of_the_pack_and_have_words(programme, before, after):
    told = between(programme, before, after)
    order = list(TABLES)
    tables = [order.index(one.table) for one in told]
    assert tables == sorted(tables)
    assert {one.field.partition(".")[0] for one in told} <= set(FIELDS)


def test_a_label_that_changed_is_shown_both_ways_as_an_assumption():
    told = between(AQB, 2024, 2025)
    assert found(told, "measure_types", "training_preparation", "label") == [
        (
            "Ausbildungsvorbereitung",
            "Ausbildungs- und Qualifizierungsvorbereitung"
            " (einschließlich gesundheitsfördernder Maßnahmen)",
        )
    ]
    changed = next(one for one in told if one.table == "measure_types" and one.field == "label")
    assert changed.assumed


def test_codes_of_other_entries_are_told_by_their_names():
    old, bodies = year(LFN, 2026)
    general = old.allocation_keys[0]
    weights = {code: weight + 1 for code, weight in general.weights.items()}
    purpose = old.earmarks[0]
    new = old.model_copy(
        update={
            "allocation_keys": (
                general.model_copy(update={"weights": weights}),
                *old.allocation_keys[1:],
            ),
            "earmarks": (purpose.model_copy(update={"money_sources": ()}), *old.earmarks[1:]),
            "stages": tuple(one.model_copy(update={"after": ""}) for one in old.stages),
        }
    )
    told = differences(old, new, bodies, bodies)
    ((before, after),) = found(told, "allocation_keys", "", "weights")
    for one in old.indicators:
        if one.code in weights:
            assert f"{one.label}: {general.weights[one.code]}" in before
            assert f"{one.label}: {weights[one.code]}" in after
    sources = {one.code: one.label for one in old.money_sources}
    names = "; ".join(sources[code] for code in purpose.money_sources)
    assert found(told, "earmarks", purpose.code, "money_sources") == [(names, None)]
    last = old.procedure("allocation")[-1]
    steps = {one.code: one.label for one in old.stages}
    assert found(told, "stages", last.code, "after") == [(steps[last.after], None)]


def test_a_new_body_and_an_earmark_that_is_gone():
    assert found(between(AQB, 2025, 2026), "bodies", "06415", "") == [
        (None, "Hanau (kreisfreie Stadt), 06415 (01.01.2026 –)")
    ]
    assert found(between(AQB, 2023, 2024), "earmarks", "digital_learning", "") == [
        ("Digitales Lernen", None)
    ]


def test_a_parameter_is_told_by_its_validity():
    assert found(between(AQB, 2024, 2025), "parameters", "base_rate", "") == [
        ("3.62 Prozent (01.01.2024 – 30.06.2024)", None),
        ("3.37 Prozent (01.07.2024 – 31.12.2024)", None),
        (None, "2.27 Prozent (01.01.2025 – 30.06.2025)"),
        (None, "1.27 Prozent (01.07.2025 – 31.12.2025)"),
    ]


def test_keys_and_deadlines():
    told = between(LFN, 2025, 2026)
    assert found(told, "allocation_keys", "", "cap_cents") == [
        ("1.500.000,00\N{NO-BREAK SPACE}€", "1.400.000,00\N{NO-BREAK SPACE}€")
    ]
    ((before, after),) = found(told, "deadlines", "proof_of_use", "due")
    assert (before[:3], after[:3], before[3:]) == ("15.", "30.", after[3:])


def test_a_clause_is_told_with_both_texts():
    [(before, after)] = found(between(LFN, 2025, 2026), "clauses", "§ 2", "text")
    old, new = (
        next(one.text for one in loading.load(LFN, number).clauses if one.number == "§ 2")
        for number in (2025, 2026)
    )
    assert (before, after) == (old, new)


def test_a_part_of_a_letter_is_told_by_its_name():
    rules, bodies = year(AQB, 2026)
    letter = rules.letters[0]
    changed = letter.model_copy(update={"parts": {**letter.parts, "notice": "Anders"}})
    told = differences(rules, rules.model_copy(update={"letters": (changed,)}), bodies, bodies)
    assert [(one.code, one.field, one.after) for one in told] == [
        ("reading_version", "parts.notice", "Anders")
    ]


CHANGEABLE = ("measure_types", "frameworks", "earmarks", "deadlines", "parameters", "clauses")


@given(st.data())
def test_an_entry_taken_out_is_the_one_difference(data):
    rules, bodies = year(AQB, 2026)
    table = data.draw(st.sampled_from(CHANGEABLE))
    entries = getattr(rules, table)
    at = data.draw(st.integers(0, len(entries) - 1))
    fewer = rules.model_copy(update={table: entries[:at] + entries[at + 1 :]})
    (gone,) = differences(rules, fewer, bodies, bodies)
    (come,) = differences(fewer, rules, bodies, bodies)
    assert (gone.table, gone.field, gone.after) == (table, "", None)
    assert (come.table, come.field, come.before) == (table, "", None)
    assert gone.before == come.after


@given(st.text(min_size=1), st.booleans())
def test_a_value_that_changed_is_told_with_the_newer_source(value, assumed):
    rules, bodies = year(AQB, 2026)
    first = rules.parameters[0]
    source = Source(text=first.source.text, assumed=assumed)
    changed = Parameter.model_validate({**dict(first), "value": value, "source": source})
    told = differences(
        rules,
        rules.model_copy(update={"parameters": (changed, *rules.parameters[1:])}),
        bodies,
        bodies,
    )
    values = [(one.before, one.after) for one in told if one.field == "value"]
    assert values == ([] if value == first.value else [(first.value, value)])
    assert all(one.assumed is assumed for one in told)
