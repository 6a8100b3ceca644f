"""Addresses of the programme (below `arbeit/`)."""

from zielwerk.programme.urls import rules, scenarios

app_name = "programme"
urlpatterns = [*scenarios.urlpatterns, *rules.urlpatterns]
