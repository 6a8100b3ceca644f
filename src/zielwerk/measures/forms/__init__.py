"""Planning measures and targets: their forms, a pasted table, what is taken over, filters."""

from zielwerk.measures.forms.carrying import CarryForm
from zielwerk.measures.forms.filters import OverallFilter, PlannedFilter
from zielwerk.measures.forms.pasting import PasteForm
from zielwerk.measures.forms.planned import PlanForm, form_of
from zielwerk.measures.forms.targets import TargetForm

__all__ = [
    "CarryForm",
    "OverallFilter",
    "PasteForm",
    "PlanForm",
    "PlannedFilter",
    "TargetForm",
    "form_of",
]
