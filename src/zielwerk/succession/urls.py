"""Addresses of acts of succession (below `arbeit/`)."""

from django.urls import path

from zielwerk.succession import views
from zielwerk.succession.cases import ACTS
from zielwerk.ui import steps

app_name = "succession"
urlpatterns = [
    path("rechtsnachfolgen", views.acts, name="acts"),
    path("rechtsnachfolgen/neu", views.choose, name="choose"),
    path("rechtsnachfolgen/neu/<slug:code>", views.declare, name="declare"),
    *steps.paths("rechtsnachfolgen", ACTS, views.act),
]
