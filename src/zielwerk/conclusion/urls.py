"""Addresses of conclusions (below `arbeit/`)."""

from django.urls import path

from zielwerk.conclusion import views
from zielwerk.conclusion.cases import CONCLUSIONS
from zielwerk.ui import steps

app_name = "conclusion"
WHERE = "arbeit/abschluesse"
ONE = f"{WHERE}/<int:pk>"
urlpatterns = [
    path(WHERE, views.conclusions, name="conclusions"),
    path(f"{WHERE}/neu/<int:pk>", views.begin, name="begin"),
    path("arbeit/unterschriften/<ags:ags>", views.signing, name="signing"),
    path(f"{ONE}/unterschrift", views.enter, name="enter"),
    path(f"{ONE}/unterschriften/<int:number>/streichen", views.strike, name="strike"),
    path(f"{ONE}/exemplar", views.keep_file, name="keep_file"),
    path(f"{ONE}/exemplare/<int:number>", views.file, name="file"),
    path(f"{ONE}/beschluss", views.resolve, name="resolve"),
    path(f"{ONE}/fassung.<str:ending>", views.text, name="text"),
    *steps.paths(WHERE, CONCLUSIONS, views.conclusion),
]
