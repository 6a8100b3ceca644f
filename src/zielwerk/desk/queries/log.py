"""Words about what was recorded."""

from zielwerk.agreements.models import Intake
from zielwerk.rulebook.agreement import unknown_date_note
from zielwerk.rulebook.refusal import Refusal


def unknown_date(recorder: str, origin: Intake) -> Refusal:
    """The sentence in place of a date that could not be read: its recorder and its source."""
    return unknown_date_note(recorder, origin.source_note)
