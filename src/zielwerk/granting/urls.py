"""Addresses of notices and of acts on them (below `arbeit/`)."""

from django.urls import path

from zielwerk.granting import views
from zielwerk.granting.cases import ACTS, NOTICES
from zielwerk.ui import steps

app_name = "granting"
WHERE, CHANGES = "arbeit/bescheide", "arbeit/bescheide/aenderungen"
ONE, ACT = f"{WHERE}/<int:pk>", f"{CHANGES}/<int:pk>"
urlpatterns = [
    path(WHERE, views.notices, name="notices"),
    path(f"{WHERE}/saison", views.season, name="season"),
    path(f"{WHERE}/gemeinsam", views.together, name="together"),
    path(f"{WHERE}/gemeinsam/erlassen", views.issued_together, name="issued_together"),
    path(CHANGES, views.acts, name="acts"),
    path("arbeit/antraege/<int:pk>/bescheid", views.draft, name="draft"),
    path(f"{ONE}/entwurf", views.write, name="write"),
    path(f"{ONE}/vorschau.pdf", views.preview, name="preview"),
    path(f"{ACT}/vorschau.pdf", views.preview_of_act, name="preview_of_act"),
    path(f"{ONE}/bescheid.pdf", views.document, name="document"),
    path(f"{ONE}/ereignisse/<slug:kind>", views.enter, name="enter"),
    path(f"{ONE}/aendern", views.begin_act, name="begin_act"),
    path(f"{ONE}/freimelden", views.release, name="release"),
    path(f"{ACT}/entwurf", views.write_act, name="write_act"),
    path(f"{ACT}/bescheid.pdf", views.document_of_act, name="document_of_act"),
    path(f"{ACT}/ereignisse/<slug:kind>", views.enter_of_act, name="enter_of_act"),
    *steps.paths(CHANGES, ACTS, views.act),
    *steps.paths(WHERE, NOTICES, views.notice),
]
