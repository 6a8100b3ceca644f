"""Addresses of what one is told (below `arbeit/`)."""

from django.urls import path

from zielwerk.messaging import views

app_name = "messaging"
urlpatterns = [
    path("nachrichten", views.notices, name="notices"),
    path("nachrichten/gelesen", views.mark_read, name="mark_read"),
]
