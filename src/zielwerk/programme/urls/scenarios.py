"""Addresses of scenarios, allocations and moves of money."""

from django.urls import URLPattern, path

from zielwerk.programme.views import (
    adjustments,
    allocations,
    scenario_comparison,
    scenario_page,
    scenario_steps,
    scenarios,
)

SCENARIO = "verteilung/<int:pk>"
MOVE = "mittelaenderungen"

urlpatterns: list[URLPattern] = [
    path("verteilung", scenarios.scenarios, name="scenarios"),
    path("verteilung/neu", scenarios.begin, name="begin_scenario"),
    path("verteilung/vergleich", scenario_comparison.compare, name="compare_scenarios"),
    path(SCENARIO, scenario_page.scenario, name="scenario"),
    path(f"{SCENARIO}/speichern", scenario_page.keep, name="keep_scenario"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>", scenario_page.override, name="override"),
    path(f"{SCENARIO}/gesetzt/<ags:ags>/aufheben", scenario_page.lift_override, name="lift"),
    path(f"{SCENARIO}/fortsetzen", scenarios.go_on, name="continue_scenario"),
    path(f"{SCENARIO}/vorlegen", scenario_steps.propose, name="propose_scenario"),
    path(f"{SCENARIO}/anhoerung", scenario_steps.consult, name="consult_scenario"),
    path(f"{SCENARIO}/zurueckgeben", scenario_steps.send_back, name="send_back_scenario"),
    path(f"{SCENARIO}/entscheiden", scenario_steps.decide, name="decide_scenario"),
    path(f"{SCENARIO}/verwerfen", scenario_steps.discard, name="discard_scenario"),
    path("zuweisungen", allocations.allocations, name="allocations"),
    path("zuweisungen/<int:pk>", allocations.allocation, name="allocation"),
    path(MOVE, adjustments.adjustments, name="adjustments"),
    path(f"{MOVE}/verzicht", adjustments.waive, name="waive"),
    path(f"{MOVE}/umverteilung", adjustments.reallocate, name="reallocate"),
    path(f"{MOVE}/deckung", adjustments.cover, name="cover"),
    path(f"{MOVE}/<int:pk>", adjustments.adjustment, name="adjustment"),
    path(f"{MOVE}/<int:pk>/entscheiden", adjustments.decide, name="decide_adjustment"),
    path(f"{MOVE}/<int:pk>/ablehnen", adjustments.reject, name="reject_adjustment"),
]
