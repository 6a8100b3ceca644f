"""Addresses of scenarios and allocations (below `arbeit/`)."""

from django.urls import path

from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.views import allocations, comparison, page, scenarios
from zielwerk.ui import steps

SCENARIO = "verteilung/<int:pk>"

app_name = "allocation"
urlpatterns = [
    path("verteilung", scenarios.scenarios, name="scenarios"),
    path("verteilung/neu", scenarios.begin, name="begin"),
    path("verteilung/vergleich", comparison.compare, name="compare"),
    path(f"{SCENARIO}/speichern", page.keep, name="keep"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>", page.override, name="override"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>/aufheben", page.lift_override, name="lift"),
    path(f"{SCENARIO}/fortsetzen", scenarios.go_on, name="go_on"),
    *steps.paths("verteilung", SCENARIOS, page.scenario),
    path("zuweisungen", allocations.allocations, name="allocations"),
    path("zuweisungen/<int:pk>", allocations.allocation, name="allocation"),
]
