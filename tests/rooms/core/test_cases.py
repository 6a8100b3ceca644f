"""A kind of case that does not fit together ends the start, and says where."""

from dataclasses import replace

import pytest

from zielwerk.core import cases
from zielwerk.notes import actions
from zielwerk.notes.cases import NOTES
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.note import NOTE


def changed(**step: object) -> Lifecycle:
    """The table of a note, its first step changed."""
    first, *rest = NOTE.steps
    return Lifecycle(NOTE.name, NOTE.initial, NOTE.labels, (replace(first, **step), *rest))  # type: ignore[arg-type]


@pytest.mark.parametrize("due", ["", "application", "proof_of_use"])
def test_a_step_is_due_on_a_day_of_the_programme_year_or_on_none(due: str) -> None:
    cases.check(replace(NOTES, tables=(changed(due=due),)))


@pytest.mark.parametrize("due", ["aplication", "text", "written_at"])
def test_a_step_that_is_due_on_no_day_ends_the_start(due: str) -> None:
    with pytest.raises(ValueError, match=f"note: share is due on {due}, no known day"):
        cases.check(replace(NOTES, tables=(changed(due=due),)))


def test_a_step_without_a_function_ends_the_start() -> None:
    with pytest.raises(ValueError, match="note: nothing takes the step withdraw"):
        cases.check(replace(NOTES, verbs=(actions.share,)))


def test_a_step_whose_function_asks_for_another_permission_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"share is by notes\.write, its function by notes\.share"):
        cases.check(replace(NOTES, tables=(changed(by="notes.write"),)))
