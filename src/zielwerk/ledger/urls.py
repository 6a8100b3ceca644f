"""Addresses of the books (below `arbeit/`)."""

from django.urls import path

from zielwerk.ledger import views

app_name = "ledger"
urlpatterns = [
    path("buecher", views.places, name="places"),
    path("buecher/buchungen", views.transfers, name="transfers"),
]
