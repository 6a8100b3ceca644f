"""Addresses of scenarios and allocations (below `arbeit/`)."""

from django.urls import path

from zielwerk.allocation.views import allocations, comparison, page, scenarios, steps

SCENARIO = "verteilung/<int:pk>"

app_name = "allocation"
urlpatterns = [
    path("verteilung", scenarios.scenarios, name="scenarios"),
    path("verteilung/neu", scenarios.begin, name="begin"),
    path("verteilung/vergleich", comparison.compare, name="compare"),
    path(SCENARIO, page.scenario, name="scenario"),
    path(f"{SCENARIO}/speichern", page.keep, name="keep"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>", page.override, name="override"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>/aufheben", page.lift_override, name="lift"),
    path(f"{SCENARIO}/fortsetzen", scenarios.go_on, name="go_on"),
    path(f"{SCENARIO}/vorlegen", steps.propose, name="propose"),
    path(f"{SCENARIO}/anhoerung", steps.consult, name="consult"),
    path(f"{SCENARIO}/zurueckgeben", steps.send_back, name="send_back"),
    path(f"{SCENARIO}/entscheiden", steps.decide, name="decide"),
    path(f"{SCENARIO}/verwerfen", steps.discard, name="discard"),
    path("zuweisungen", allocations.allocations, name="allocations"),
    path("zuweisungen/<int:pk>", allocations.allocation, name="allocation"),
]
