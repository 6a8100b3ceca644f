"""Headings of a table with many columns: long words are parted between syllables alone."""

from zielwerk.ui.tables import dressed

SOFT = "\N{SOFT HYPHEN}"


def table(columns: int) -> str:
    headings = "".join(f"<th>Gebietskörperschaft {number}</th>" for number in range(columns))
    cells = "".join(f"<td>{number}</td>" for number in range(columns))
    return f"<thead><tr>{headings}</tr></thead><tbody><tr>{cells}</tr></tbody>"


def test_many_columns_have_headings_that_may_be_parted_and_cells_with_whole_names() -> None:
    drawn = dressed(table(12))
    assert f"Gebiets{SOFT}kör{SOFT}per{SOFT}schaft 3" in drawn
    assert 'data-column="Gebietskörperschaft 3"' in drawn


def test_few_columns_have_room_for_whole_words() -> None:
    assert SOFT not in dressed(table(4))
