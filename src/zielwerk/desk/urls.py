"""Addresses of the desk (below `arbeit/`)."""

from django.urls import path

from zielwerk.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("vereinbarungen/<year:year>/<ags:ags>", views.case, name="case"),
]
