"""Addresses of tables sent in (below `arbeit/`)."""

from django.urls import path

from zielwerk.imports import views

app_name = "imports"
urlpatterns = [
    path("einlesen", views.imports, name="imports"),
    path("einlesen/neu/<slug:slug>", views.send, name="send"),
    path("einlesen/neu/<slug:slug>/vorlage", views.template, name="template"),
    path("einlesen/<int:pk>", views.table_import, name="import"),
    path("einlesen/<int:pk>/uebernehmen", views.write, name="write"),
    path("einlesen/<int:pk>/verwerfen", views.discard, name="discard"),
]
