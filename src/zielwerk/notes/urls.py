"""Addresses of notes (below `arbeit/`)."""

from django.urls import path

from zielwerk.notes import views
from zielwerk.notes.cases import NOTES
from zielwerk.ui import steps

app_name = "notes"
urlpatterns = [
    path("vermerke", views.notes, name="notes"),
    path("vermerke/neu", views.write, name="write"),
    path("vermerke/<int:pk>/anlage", views.attachment, name="attachment"),
    *steps.paths("vermerke", NOTES, views.note),
]
