"""Addresses of strategies; the last two are open to whoever has a link."""

from django.urls import path

from zielwerk.strategy import views
from zielwerk.strategy.cases import STRATEGIES
from zielwerk.ui import steps

app_name = "strategy"
WHERE = "arbeit/strategien"
urlpatterns = [
    path(WHERE, views.strategies, name="strategies"),
    path(f"{WHERE}/neu", views.new, name="new"),
    path(f"{WHERE}/neu-fuer", views.new_for, name="new_for"),
    path(f"{WHERE}/bitten/<int:pk>", views.withdraw_request, name="withdraw_request"),
    path(f"{WHERE}/<int:pk>/bearbeiten", views.edit, name="edit"),
    path(f"{WHERE}/<int:pk>/bearbeiten-fuer", views.edit_for, name="edit_for"),
    path(f"{WHERE}/<int:pk>/schriftstueck", views.document, name="document"),
    path(f"{WHERE}/<int:pk>/zustimmung", views.record_consent, name="record_consent"),
    path(f"{WHERE}/<int:pk>/zustimmung-fuer", views.record_consent_for, name="record_consent_for"),
    path(f"{WHERE}/<int:pk>/ruecknahme", views.take_back_consent, name="take_back_consent"),
    path(
        f"{WHERE}/<int:pk>/ruecknahme-fuer",
        views.take_back_consent_for,
        name="take_back_consent_for",
    ),
    path(f"{WHERE}/<int:pk>/bitten", views.ask, name="ask"),
    *steps.paths(WHERE, STRATEGIES, views.strategy),
    path("zustimmung", views.answer, name="answer"),
    path("zustimmung/schriftstueck", views.answer_document, name="answer_document"),
]
