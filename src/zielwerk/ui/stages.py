"""The stages of a case on its page: those it has passed, and the text that the next asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from zielwerk.core import cases, stages, taken
from zielwerk.core.cases import Case
from zielwerk.rulebook.lifecycle import Label, Step
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.forms import TextField
from zielwerk.ui.joined import JOINED
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request


class NoteForm(forms.Form):
    """The text that a stage asks for, such as the outcome of a hearing."""

    note = TextField(max_length=1000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, data: Any = None, *, label: str) -> None:
        super().__init__(data)
        self.fields["note"].label = said(label)

    def arguments(self) -> dict[str, str]:
        return {"note": self.cleaned_data["note"]}


@dataclass(frozen=True)
class Passed:
    """A stage that a case has passed: what was done, when, by whom, and the text noted."""

    label: str
    at: datetime
    who: str
    note: str


def passed(request: Request, case: Case) -> tuple[Passed, ...]:
    """The stages that a case has passed, and the reasons against it told to one, oldest first."""
    noted = taken.noted(request.user, case)
    names = JOINED.names_for(request, {one["by"] for one in noted})
    found = (
        Passed(
            stages.label_of(one),
            datetime.fromisoformat(one["at"]),
            names[one["by"]],
            one["note"],
        )
        for one in noted
    )
    return tuple(sorted(found, key=lambda one: one.at))


def ending(case: Case, possible: Sequence[Step]) -> Said:
    """The sentence that says why nothing is to do about a closed case, and how to reopen it."""
    if not possible:
        return Said(msg("Nichts mehr: Dieser Vorgang ist abgeschlossen."))
    slots = {"state": Label(case.state_label)}
    if not reopens(case, possible):
        return Said(msg("Nichts mehr: Dieser Vorgang ist {state}."), slots)
    return Said(
        msg("Nichts mehr: Dieser Vorgang ist {state}. Er lässt sich wiederherstellen."), slots
    )


def reopens(case: Case, undoing: Sequence[Step]) -> bool:
    """Whether one of these steps leads back to where something is to do."""
    lifecycle = cases.kind_of(case).lifecycle(case) if undoing else None
    return lifecycle is not None and any(not lifecycle.is_final(step.target) for step in undoing)
