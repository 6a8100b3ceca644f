"""Addresses of the desk (below `arbeit/`)."""

from django.urls import path

from zielwerk.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("protokoll", views.audit_log, name="audit_log"),
    path("protokoll/pruefen", views.prove, name="prove"),
    path("vereinbarungen/<year:year>/<ags:ags>", views.case, name="case"),
]
