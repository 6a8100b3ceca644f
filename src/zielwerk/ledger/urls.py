"""Addresses of the books (below `arbeit/`)."""

from django.urls import path

from zielwerk.ledger.views import books, transfers

app_name = "ledger"
urlpatterns = [
    path("buecher", books.places, name="places"),
    path("buecher/buchungen", transfers.transfers, name="transfers"),
    path("buecher/buchungen/<int:pk>", transfers.transfer, name="transfer"),
]
