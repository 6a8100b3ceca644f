"""What came, stayed and went over the years, by a worked example."""

from zielwerk.rulebook.continuity import Item, Standing, threads

CAME, STAYED, WENT = Standing.CAME, Standing.STAYED, Standing.WENT


def test_a_measure_goes_on_under_another_title_and_is_called_by_its_last_one() -> None:
    """Planned in 2024, agreed, taken over under a new title, planned and agreed in 2025."""
    items = [
        Item("planned:1", 2024, "Werkstatt"),
        Item("agreed:7", 2024, "Werkstatt für den Einstieg", ("planned:1",)),
        Item("planned:2", 2025, "Neue Werkstatt", ("planned:1",)),
        Item("agreed:9", 2025, "neue  werkstatt"),
    ]
    (one,) = threads(items)
    assert one.title == "neue  werkstatt"
    assert [item.name for item in one.of(2025)] == ["planned:2", "agreed:9"]
    assert one.standings({2024, 2025}) == {2025: STAYED}


def test_what_came_what_went_and_what_came_back() -> None:
    items = [
        Item("a", 2024, "Lotsen"),
        Item("b", 2024, "Fachtag"),
        Item("c", 2025, "Fachtag"),
        Item("d", 2025, "Sprachkurs"),
        Item("e", 2026, "Lotsen"),
        Item("f", 2026, "Fachtag"),
    ]
    found = {one.title: one.standings({2024, 2025, 2026}) for one in threads(items)}
    assert found == {
        "Lotsen": {2025: WENT, 2026: Standing.CAME_BACK},
        "Fachtag": {2025: STAYED, 2026: STAYED},
        "Sprachkurs": {2025: CAME, 2026: WENT},
    }


def test_where_a_year_has_nothing_yet_nothing_has_gone() -> None:
    """In 2026 nobody has planned anything, so the measures of 2025 are not called gone."""
    (one,) = threads([Item("a", 2025, "Lotsen")])
    assert one.standings({2025}) == {}


def test_measures_without_a_title_are_not_the_same() -> None:
    assert len(threads([Item("a", 2024, ""), Item("b", 2025, "")])) == 2


def test_two_threads_that_one_measure_joins_are_one() -> None:
    """Two courses of 2024 are one in 2025, which goes on from both."""
    items = [
        Item("a", 2024, "Kurs am Vormittag"),
        Item("b", 2024, "Kurs am Abend"),
        Item("c", 2025, "Kurse", ("a", "b")),
    ]
    (one,) = threads(items)
    assert [item.name for item in one.items] == ["a", "b", "c"]
