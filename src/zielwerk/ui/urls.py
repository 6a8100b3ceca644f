"""Addresses of the ground."""

from django.urls import path

from zielwerk.ui import typed, views

app_name = "ui"
urlpatterns = [
    path("gesund", views.health, name="health"),
    path("sprache", views.choose_language, name="language"),
    path("sitzung", views.session, name="session"),
    path("sitzung/weiter", views.signed_in_again, name="signed_in_again"),
    path("arbeit/eingabe/<str:key>", typed.input_kept, name="kept"),
    path("arbeit/eingabe/<str:key>/verwerfen", typed.discard_input, name="discard_kept"),
    path("arbeit/auftrag/<int:pk>", views.job, name="job"),
]
