"""Addresses of tables sent in (below `arbeit/`)."""

from django.urls import path

from zielwerk.imports import views
from zielwerk.imports.cases import IMPORTS
from zielwerk.ui import steps

app_name = "imports"
urlpatterns = [
    path("einlesen", views.imports, name="imports"),
    path("einlesen/neu/<slug:slug>", views.send, name="send"),
    path("einlesen/neu/<slug:slug>/vorlage", views.template, name="template"),
    *steps.paths("einlesen", IMPORTS, views.table_import),
]
