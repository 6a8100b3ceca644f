"""Addresses of files (below `arbeit/`): one door for the cases of every kind."""

from django.urls import path

from zielwerk.filing import views

app_name = "filing"
urlpatterns = [
    path("akten/fristende", views.over, name="over"),
    path("akte/<slug:kind>/<int:pk>", views.case_file, name="case_file"),
    path("akte/<slug:kind>/<int:pk>/pdf", views.pdf, name="pdf"),
    path("akte/<slug:kind>/<int:pk>/zip", views.package, name="package"),
    path("akte/<slug:kind>/<int:pk>/anbieten", views.offer, name="offer"),
    path("akte/<slug:kind>/<int:pk>/antwort", views.answer, name="answer"),
]
