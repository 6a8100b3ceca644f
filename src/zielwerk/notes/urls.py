"""Addresses of notes (below `arbeit/`)."""

from django.urls import path

from zielwerk.core.ui import steps
from zielwerk.notes import views
from zielwerk.notes.cases import NOTES

app_name = "notes"
urlpatterns = [
    path("vermerke", views.notes, name="notes"),
    path("vermerke/neu", views.write, name="write"),
    path("vermerke/<int:pk>/anlage", views.attachment, name="attachment"),
    *steps.paths("vermerke", NOTES, views.note),
]
