"""Addresses of rules, bodies, parties, budget and tables sent in."""

from django.urls import URLPattern, path

from zielwerk.programme.views import bodies, budget, imports, parties, rules

urlpatterns: list[URLPattern] = [
    path("programm", rules.programme, name="rules"),
    path("programm/<year:year>", rules.year, name="year"),
    path("programm/<year:year>/unterschiede", rules.rule_differences, name="rule_differences"),
    path("koerperschaften", bodies.bodies, name="bodies"),
    path("koerperschaften/<ags:ags>", bodies.body, name="body"),
    path("beteiligte", parties.parties, name="parties"),
    path("beteiligte/neu", parties.enter_party, name="enter_party"),
    path("beteiligte/<int:pk>", parties.party, name="party"),
    path("haushalt", budget.budget, name="budget"),
    path("haushalt/<year:year>/abschliessen", budget.close_year, name="close_year"),
    path("haushalt/<slug:verb>", budget.enter, name="enter_budget"),
    path("einlesen", imports.imports, name="imports"),
    path("einlesen/neu/<slug:slug>", imports.send, name="send_import"),
    path("einlesen/neu/<slug:slug>/vorlage", imports.template, name="import_template"),
    path("einlesen/<int:pk>", imports.table_import, name="import"),
    path("einlesen/<int:pk>/uebernehmen", imports.write, name="write_import"),
    path("einlesen/<int:pk>/verwerfen", imports.discard, name="discard_import"),
]
