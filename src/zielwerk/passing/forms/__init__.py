"""Input of this room: writing a pass-on, noting what became of it, filters."""

from zielwerk.passing.forms.noting import (
    PaperForm,
    PassOnFilter,
    SpentForm,
    SurveyFilter,
)
from zielwerk.passing.forms.pasting import PasteForm
from zielwerk.passing.forms.writing import Choices, PassOnForm, initial, room_for, typed

__all__ = [
    "Choices",
    "PaperForm",
    "PassOnFilter",
    "PassOnForm",
    "PasteForm",
    "SpentForm",
    "SurveyFilter",
    "initial",
    "room_for",
    "typed",
]
