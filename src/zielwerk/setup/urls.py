"""Addresses of the setup."""

from django.urls import path

from zielwerk.setup import views

app_name = "setup"
urlpatterns = [
    path("einrichten", views.begin, name="begin"),
    path("einrichten/<slug:slug>", views.first_step, name="first_step"),
    path("arbeit/einrichtung", views.checklist, name="checklist"),
    path("arbeit/einrichtung/<slug:slug>", views.step, name="step"),
]
