"""A kind of case that does not fit together ends the start, and says where."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from zielwerk.core import cases, kinds
from zielwerk.language import German
from zielwerk.notes import actions
from zielwerk.notes.cases import NOTES
from zielwerk.rulebook.lifecycle import Lifecycle, english_of
from zielwerk.rulebook.note import NOTE
from zielwerk.ui.filters import CaseFilter
from zielwerk.ui.tags.values import words


def changed(**step: object) -> Lifecycle:
    """The table of a note, its first step changed."""
    first, *rest = NOTE.steps
    return Lifecycle(NOTE.name, NOTE.initial, NOTE.labels, (replace(first, **step), *rest))  # type: ignore[arg-type]


@pytest.mark.parametrize("due", ["", "application", "proof_of_use"])
def test_a_step_is_due_on_a_day_of_the_programme_year_or_on_none(due: str) -> None:
    kinds.check(replace(NOTES, tables=(changed(due=due),)))


@pytest.mark.parametrize("due", ["aplication", "text", "written_at"])
def test_a_step_that_is_due_on_no_day_ends_the_start(due: str) -> None:
    with pytest.raises(ValueError, match=f"note: share is due on {due}, no known day"):
        kinds.check(replace(NOTES, tables=(changed(due=due),)))


def test_a_step_without_a_function_ends_the_start() -> None:
    verbs = tuple(verb for verb in NOTES.verbs if verb is not actions.withdraw)
    with pytest.raises(ValueError, match="note: nothing takes the step withdraw"):
        kinds.check(replace(NOTES, verbs=verbs))


@pytest.mark.parametrize("sentence", ["done", "asks"])
def test_a_sentence_with_a_slot_that_nobody_fills_ends_the_start(sentence: str) -> None:
    with pytest.raises(ValueError, match="note: share speaks of amount"):
        kinds.check(replace(NOTES, tables=(changed(**{sentence: "{number}: {amount}"}),)))


def test_twins_by_a_column_that_is_none_end_the_start() -> None:
    with pytest.raises(ValueError, match="note: twins by amount"):
        kinds.check(replace(NOTES, twins=cases.Twins(("amount",), "written_at")))


def test_a_step_whose_function_asks_for_another_permission_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"share is by notes\.write, its function by notes\.share"):
        kinds.check(replace(NOTES, tables=(changed(by="notes.write"),)))


def test_a_state_has_its_english_label_where_any_year_says_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = NOTES
    first, second = (
        SimpleNamespace(labels=labels)
        for labels in (
            {"begun": "begonnen", "heard": German("angehört", "heard")},
            {"heard": German("gehört"), "begun": German("begonnen", "begun")},
        )
    )
    monkeypatch.setattr(type(kind), "known_tables", (first, second))
    assert [english_of(label) for label in kind.labels.values()] == ["begun", "heard"]
    with override("en"):
        choices = CaseFilter({}, [2026], kind).fields["stand"].choices[1:]
        assert [words(label) for _, label in choices] == ["begun", "heard"]
