"""Public addresses, and the verbs of publishing."""

from django.urls import path

from zielwerk.publication import views

app_name = "publication"
WHICH = "<year:year>/<ags:ags><further:ordinal>"
EDITION = f"zielvereinbarungen/{WHICH}"
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
    path(
        f"arbeit/veroeffentlichen/{WHICH}",
        views.publish,
        name="publish",
    ),
    path("arbeit/veroeffentlichen/<year:year>", views.publish_year, name="publish_year"),
    path(
        f"arbeit/zurueckziehen/{WHICH}",
        views.withdraw,
        name="withdraw",
    ),
]
