"""Addresses of who audits (below `arbeit/`)."""

from django.urls import path

from zielwerk.auditing import views

app_name = "auditing"
urlpatterns = [
    path("protokoll", views.log, name="log"),
    path("protokoll/pruefen", views.begin_verification, name="begin_verification"),
    path("protokoll/pruefungen", views.verifications, name="verifications"),
    path("protokoll/pruefungen/<int:pk>", views.verification, name="verification"),
    path("protokoll/siegel", views.compare, name="compare"),
    path("protokoll/siegel/datei", views.seal_file, name="seal_file"),
    path("protokoll/nachweis", views.proof, name="proof"),
    path("einsichten", views.inquiries, name="inquiries"),
    path("einsichten/neu", views.inquire, name="inquire"),
    path("einsichten/blicke", views.looks, name="looks"),
    path("einsichten/<int:pk>", views.inquiry, name="inquiry"),
    path("einsichten/<int:pk>/freigeben", views.release, name="release"),
    path("protokoll/nachweis/datei", views.proof_file, name="proof_file"),
]
