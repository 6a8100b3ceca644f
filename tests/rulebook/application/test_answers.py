"""What is typed into an application is read place by place; nothing that was typed gets lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.application import (
    AppliedMeasure,
    Cost,
    Income,
    is_place,
    keys_of,
    next_key,
    read,
    sort_out,
)

ANSWERS = {
    "form": "share",
    "share": "80 %",
    "early_start": "1.2.2026",
    "declaration/correct": "yes",
    "declaration/input_tax": "",
    "m/2": "yes",
    "m/2/title": "Werkstatt",
    "m/2/planned": "GM-2026-0007",
    "m/2/first_day": "2026-02-01",
    "m/2/last_day": "31.12.2026",
    "m/2/seats": "12",
    "m/2/staff": "1,5",
    "m/2/concept": "Vormittags Werkstatt, nachmittags Unterricht.",
    "m/2/cost/staff/2026": "1.600,00",
    "m/2/cost/fees/2026": "",
    "m/2/income/state/2026": "1.280,00",
    "m/2/income/county/2027": "320",
    "m/1": "",
    "m/1/title": "Herausgenommen",
}


def test_texts_become_values_and_what_is_empty_is_not_expected() -> None:
    found = read(ANSWERS, 2026, {"concept"}, {"GM-2026-0007"})
    applied = found.application
    assert (applied.form, applied.share_percent) == ("share", Decimal(80))
    assert applied.early_start == date(2026, 2, 1)
    assert applied.declarations == {"correct"}
    assert applied.attachments == {"concept"}
    assert applied.measures == (
        AppliedMeasure(
            "2",
            title="Werkstatt",
            planned="GM-2026-0007",
            agreed=True,
            first_day=date(2026, 2, 1),
            last_day=date(2026, 12, 31),
            seats=12,
            staff=Decimal("1.5"),
            costs=(Cost("staff", 2026, 160_000),),
            incomes=(Income("county", 2027, 32_000), Income("state", 2026, 128_000)),
        ),
    )
    assert found.texts == {"m/2/concept": "Vormittags Werkstatt, nachmittags Unterricht."}
    assert not found.unread


@pytest.mark.parametrize(
    ("place", "text", "rule"),
    [
        ("m/2/first_day", "31.02.2026", "application.no_day"),
        ("m/2/last_day", "bald", "application.no_day"),
        ("m/2/seats", "0", "application.no_number"),
        ("m/2/seats", "zwölf", "application.no_number"),
        ("m/2/staff", "1,555", "application.no_posts"),
        ("m/2/cost/staff/2026", "rund 5 Mio.", "money.rounded"),
        ("m/2/cost/staff/2026", "1,600", "money.ambiguous"),
        ("m/2/income/state/2026", "-5", "money.negative"),
        ("share", "0", "application.no_percent"),
        ("share", "101", "application.no_percent"),
    ],
)
def test_what_is_no_value_stays_and_says_why(place: str, text: str, rule: str) -> None:
    found = read({**ANSWERS, place: text}, 2026)
    assert {at: refusal.rule for at, refusal in found.unread.items()} == {place: rule}
    assert read({**ANSWERS, place: ""}, 2026).unread == {}


def test_a_measure_is_there_while_its_own_place_holds_a_text() -> None:
    assert keys_of({"m/10": "yes", "m/9": "yes", "m/2": "", "m/9/title": "A"}) == ("9", "10")
    assert next_key({"m/10": "", "m/3/title": "A"}) == "11"
    assert next_key({}) == "1"


@pytest.mark.parametrize(
    "place",
    [
        "",
        "m",
        "m/0",
        "m/01",
        "m/1/",
        "m/1/cost",
        "m/1/cost/staff",
        "m/1/wer",
        "form/1",
        "m/1/cost/a b/2026",
    ],
)
def test_only_places_that_an_application_has_are_places(place: str) -> None:
    assert not is_place(place)


@pytest.mark.parametrize("place", [*ANSWERS, "late_reason", "m/9999/cost/a_b/2030"])
def test_each_place_of_an_application_is_one(place: str) -> None:
    assert is_place(place)


texts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]))


@given(base=texts, now=texts, mine=texts)
def test_what_two_people_write_is_never_overwritten_unseen(
    base: dict[str, str], now: dict[str, str], mine: dict[str, str]
) -> None:
    """Each place I changed is applied, is what stands there already, or is told as a clash."""
    found = sort_out(base, now, mine)
    clashing = {clash.place: clash for clash in found.clashes}
    for place, text in mine.items():
        before, theirs = base.get(place, ""), now.get(place, "")
        if text in (before, theirs):
            assert place not in found.applied
            assert place not in clashing
        elif theirs == before:
            assert found.applied[place] == text
        else:
            assert (clashing[place].theirs, clashing[place].mine) == (theirs, text)
    assert set(found.applied) | set(clashing) <= set(mine)


def test_sending_the_same_again_with_both_seen_means_it() -> None:
    first = sort_out({"a": "1"}, {"a": "2"}, {"a": "3"})
    assert not first.applied
    assert sort_out({"a": "2"}, {"a": "2"}, {"a": "3"}).applied == {"a": "3"}
