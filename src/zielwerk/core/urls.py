"""Addresses of the ground."""

from django.urls import path

from zielwerk.core import views

app_name = "core"
urlpatterns = [
    path("gesund", views.health, name="health"),
    path("sprache", views.choose_language, name="language"),
    path("arbeit/auftrag/<int:pk>", views.job, name="job"),
]
