"""Addresses of moves of money (below `arbeit/`)."""

from django.urls import path

from zielwerk.adjustments import views

app_name = "adjustments"
urlpatterns = [
    path("mittelaenderungen", views.adjustments, name="adjustments"),
    path("mittelaenderungen/verzicht", views.waive, name="waive"),
    path("mittelaenderungen/umverteilung", views.reallocate, name="reallocate"),
    path("mittelaenderungen/deckung", views.cover, name="cover"),
    path("mittelaenderungen/<int:pk>", views.adjustment, name="adjustment"),
    path("mittelaenderungen/<int:pk>/entscheiden", views.decide, name="decide"),
    path("mittelaenderungen/<int:pk>/ablehnen", views.reject, name="reject"),
]
