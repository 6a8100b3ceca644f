"""What people type into forms: read by the rule of tables, and told in a sentence."""

from typing import Any

import pytest

from tests.stage import AT
from zielwerk.agreements.models import Agreement
from zielwerk.notes import actions as notes
from zielwerk.publication import actions as publication
from zielwerk.publication import queries as editions
from zielwerk.rulebook.refusal import Refused
from zielwerk.tables import Column, Kind, Row, Sheet, parse
from zielwerk.ui.forms import DayField, TextField

INVISIBLE = ("\u200b", "\u00ad\u2060", "\u3164", "\ufeff \u00a0")


def table_of(cell: str, kind: Kind, *, required: bool = True) -> tuple[list[object], list[str]]:
    """What a table makes of a cell: values, or the rules of its faults."""
    sheet = Sheet("x.csv", ("Wert",), (Row(2, (cell,)),))
    parsed = parse(sheet, [Column("value", "Wert", kind, required=required)])
    values = [record.values["value"] for record in parsed.rows]
    return values, [fault.refusal.rule for fault in parsed.faults]


def form_of(field: Any, typed: str) -> tuple[list[object], list[str]]:
    """What a form makes of it: the value, or the codes of its errors."""
    try:
        return [field.clean(typed)], []
    except Exception as error:  # the form's own kind of error
        return [], [each.code for each in error.error_list]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed", ["Grund", " Grund ", "Größe", "zwei\nZeilen", "a\u0308", "§ 5", "\u200bx", "王"]
)
def test_a_form_keeps_a_text_as_a_table_does(typed: str) -> None:
    assert form_of(TextField(), typed) == table_of(typed, Kind.TEXT)


@pytest.mark.parametrize("typed", [*INVISIBLE, "", " "])
def test_what_nobody_sees_is_missing_in_both(typed: str) -> None:
    assert form_of(TextField(), typed) == ([], ["required"])
    assert table_of(typed, Kind.TEXT) == ([], ["tables.cell_empty"])
    assert form_of(TextField(required=False), typed) == ([""], [])
    assert table_of(typed, Kind.TEXT, required=False) == ([None], [])


@pytest.mark.parametrize("typed", ["a\0b", "a\x07b", "a\u202eb"])
def test_what_cannot_be_read_is_refused_in_both(typed: str) -> None:
    assert form_of(TextField(), typed)[0] == table_of(typed, Kind.TEXT)[0] == []


@pytest.mark.parametrize("typed", ["31.12.1899", "01.01.0205", "01.01.2200", "2999-01-01"])
def test_a_day_nobody_can_mean_is_refused_in_both(typed: str) -> None:
    assert form_of(DayField(), typed) == ([], ["out_of_reach"])
    assert table_of(typed, Kind.DAY) == ([], ["writing.day_out_of_reach"])


@pytest.mark.parametrize("typed", ["01.01.1900", "24.12.2025", "2199-12-31"])
def test_a_day_that_can_be_meant_is_taken_by_both(typed: str) -> None:
    assert form_of(DayField(), typed) == table_of(typed, Kind.DAY)
    assert form_of(DayField(), typed)[1] == []


def test_a_text_that_comes_back_composed_is_no_correction() -> None:
    field = TextField(initial="Gera\u0075\u0308")
    assert not field.has_changed("Gera\u0075\u0308", "Geraü")
    assert field.has_changed("Gera\u0075\u0308", "Gera")


@pytest.mark.django_db
@pytest.mark.parametrize("unseen", INVISIBLE)
def test_what_nobody_sees_is_no_note_and_no_name(
    unseen: str, main_kinzig: Agreement, cast: Any
) -> None:
    """Whoever comes past the forms is refused by the verbs."""
    with pytest.raises(Refused) as refused:
        notes.write(cast.officer, notes.NewNote(main_kinzig.intakes.get(), unseen), at=AT)
    assert [each.rule for each in refused.value.refusals] == ["notes.no_text"]
    edition = editions.edition_of(main_kinzig)
    with pytest.raises(Refused) as refused:
        publication.withdraw(cast.officer, edition, note=unseen, at=AT)
    assert [each.rule for each in refused.value.refusals] == ["cases.no_note"]
