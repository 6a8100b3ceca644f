"""Addresses of moves of money (below `arbeit/`)."""

from django.urls import path

from zielwerk.adjustments import views
from zielwerk.adjustments.cases import ADJUSTMENTS
from zielwerk.ui import steps

app_name = "adjustments"
urlpatterns = [
    path("mittelaenderungen", views.adjustments, name="adjustments"),
    path("mittelaenderungen/verzicht", views.waive, name="waive"),
    path("mittelaenderungen/umverteilung", views.reallocate, name="reallocate"),
    path("mittelaenderungen/deckung", views.cover, name="cover"),
    *steps.paths("mittelaenderungen", ADJUSTMENTS, views.adjustment),
]
