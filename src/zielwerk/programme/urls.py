"""Addresses of rules, bodies and parties (below `arbeit/`)."""

from django.urls import path

from zielwerk.programme.cases import RELEASES
from zielwerk.programme.views import bodies, parties, releases, rules
from zielwerk.ui import steps

app_name = "programme"
urlpatterns = [
    path("programm", rules.programme, name="rules"),
    path("programm/<year:year>", rules.year, name="year"),
    path("programm/<year:year>/unterschiede", rules.rule_differences, name="rule_differences"),
    path("programm/<year:year>/freigabe", releases.propose, name="propose_release"),
    path("freigaben", releases.releases, name="releases"),
    *steps.paths("freigaben", RELEASES, releases.release),
    path("koerperschaften", bodies.bodies, name="bodies"),
    path("koerperschaften/<ags:ags>", bodies.body, name="body"),
    path("beteiligte", parties.parties, name="parties"),
    path("beteiligte/neu", parties.enter_party, name="enter_party"),
    path("beteiligte/<int:pk>", parties.party, name="party"),
]
