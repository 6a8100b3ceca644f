"""Addresses of the state's budget (below `arbeit/`)."""

from django.urls import path

from zielwerk.budget.cases import CORRECTIONS
from zielwerk.budget.views import closing, corrections, entering, overview
from zielwerk.ui import steps

app_name = "budget"
urlpatterns = [
    path("haushalt", overview.budget, name="budget"),
    path("haushalt/<year:year>/abschliessen", closing.close_year, name="close_year"),
    path("haushalt/berichtigungen", corrections.corrections, name="corrections"),
    path("haushalt/berichtigungen/neu", corrections.ask, name="correct"),
    *steps.paths("haushalt/berichtigungen", CORRECTIONS, corrections.correction),
    path("haushalt/<slug:verb>", entering.enter, name="enter"),
]
