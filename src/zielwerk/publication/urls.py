"""Public addresses, and the verbs of publishing.

What is published stands where the programme says: its document names the address.
"""

from django.conf import settings
from django.urls import path

from zielwerk.packs import loading as packs
from zielwerk.publication import views
from zielwerk.publication.cases import PUBLICATIONS
from zielwerk.ui import steps

app_name = "publication"
WHICH = "<year:year>/<ags:ags><further:ordinal>"
DOCUMENTS = packs.programme(settings.PROGRAMME).document.address
EDITION = f"{DOCUMENTS}/{WHICH}"
urlpatterns = [
    path("", views.editions, name="list"),
    path(DOCUMENTS, views.editions, name="editions"),
    path("pruefen", views.check, name="check"),
    path(f"{DOCUMENTS}.json", views.list_json, name="list_json"),
    path(f"{DOCUMENTS}.csv", views.list_csv, name="list_csv"),
    path(f"{DOCUMENTS}.atom", views.feed, name="feed"),
    path(f"{DOCUMENTS}.jsonld", views.catalogue, name="catalogue"),
    path(f"{DOCUMENTS}/karte", views.pictures, name="pictures"),
    path(f"{DOCUMENTS}/vorhaben", views.operations, name="operations"),
    path(f"{DOCUMENTS}/koerperschaften/<ags:ags>", views.body_years, name="body_years"),
    path(f"{DOCUMENTS}/schema.json", views.schema, name="schema"),
    path(EDITION, views.edition, name="edition"),
    path(f"{EDITION}/ausgabe-<int:number>", views.superseded_edition, name="superseded"),
    path(f"{EDITION}/leichte-sprache", views.edition_easy, name="edition_easy"),
    path(f"{EDITION}.pdf", views.edition_pdf, name="edition_pdf"),
    path(f"{EDITION}.json", views.edition_json, name="edition_json"),
    path(f"{EDITION}.csv", views.edition_csv, name="edition_csv"),
    path(f"arbeit/veroeffentlichen/{WHICH}", views.begin, name="begin"),
    path("arbeit/veroeffentlichen/<year:year>", views.whole_year, name="whole_year"),
    path("arbeit/veroeffentlichungen", views.publications, name="publications"),
    path("arbeit/veroeffentlichungen/<int:pk>.pdf", views.preview, name="preview"),
    *steps.paths("arbeit/veroeffentlichungen", PUBLICATIONS, views.publication),
]
