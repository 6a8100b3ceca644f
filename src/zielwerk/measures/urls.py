"""Addresses of planned measures and overall targets (below `arbeit/`)."""

from django.urls import path

from zielwerk.measures import views
from zielwerk.measures.cases import OVERALL_TARGETS, PLANNED_MEASURES
from zielwerk.ui import steps

app_name = "measures"
PLANNED = "geplante-massnahmen"
TARGETS = "uebergreifende-ziele"
urlpatterns = [
    path(PLANNED, views.planned_measures, name="planned_measures"),
    path(f"{PLANNED}/neu", views.begin, name="begin"),
    path(f"{PLANNED}/einfuegen", views.paste, name="paste"),
    path(f"{PLANNED}/vorjahr", views.carry, name="carry"),
    path(f"{PLANNED}/<int:pk>/aendern", views.edit, name="edit"),
    path(f"{PLANNED}/<int:pk>/geprueft", views.tick, name="tick"),
    path(f"{PLANNED}/<int:pk>/aenderungen", views.changes, name="changes"),
    path(f"{PLANNED}/<int:pk>/ziele/<int:number>", views.target, name="target"),
    *steps.paths(PLANNED, PLANNED_MEASURES, views.planned),
    path(TARGETS, views.overall_targets, name="overall_targets"),
    path(f"{TARGETS}/neu", views.set_target, name="set_target"),
    path(f"{TARGETS}/<int:pk>/aendern", views.edit_target, name="edit_target"),
    path(f"{TARGETS}/<int:pk>/geprueft", views.tick_target, name="tick_target"),
    *steps.paths(TARGETS, OVERALL_TARGETS, views.overall_target),
]
