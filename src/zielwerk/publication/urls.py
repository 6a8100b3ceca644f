"""Public addresses, and the verbs of publishing."""

from django.urls import path

from zielwerk.publication import views
from zielwerk.publication.cases import PUBLICATIONS
from zielwerk.ui import steps

app_name = "publication"
EDITION = "zielvereinbarungen/<year:year>/<ags:ags>"
urlpatterns = [
    path("", views.editions, name="list"),
    path("zielvereinbarungen", views.editions, name="editions"),
    path("zielvereinbarungen.json", views.list_json, name="list_json"),
    path("zielvereinbarungen.csv", views.list_csv, name="list_csv"),
    path("zielvereinbarungen/schema.json", views.schema, name="schema"),
    path(EDITION, views.edition, name="edition"),
    path(f"{EDITION}/leichte-sprache", views.edition_easy, name="edition_easy"),
    path(f"{EDITION}.pdf", views.edition_pdf, name="edition_pdf"),
    path(f"{EDITION}.json", views.edition_json, name="edition_json"),
    path(f"{EDITION}.csv", views.edition_csv, name="edition_csv"),
    path("arbeit/veroeffentlichen/<year:year>/<ags:ags>", views.begin, name="begin"),
    path("arbeit/veroeffentlichen/<year:year>", views.whole_year, name="whole_year"),
    path("arbeit/veroeffentlichungen", views.publications, name="publications"),
    path("arbeit/veroeffentlichungen/<int:pk>.pdf", views.preview, name="preview"),
    *steps.paths("arbeit/veroeffentlichungen", PUBLICATIONS, views.publication),
]
