"""Addresses of the state's budget (below `arbeit/`)."""

from django.urls import path

from zielwerk.budget import views

app_name = "budget"
urlpatterns = [
    path("haushalt", views.budget, name="budget"),
    path("haushalt/<year:year>/abschliessen", views.close_year, name="close_year"),
    path("haushalt/<slug:verb>", views.enter, name="enter"),
]
