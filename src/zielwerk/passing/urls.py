"""Addresses of pass-ons."""

from django.urls import path

from zielwerk.passing import views
from zielwerk.passing.cases import PASS_ONS
from zielwerk.ui import steps

app_name = "passing"
WORK, CASE = "arbeit/weiterleitungen", "arbeit/weiterleitungen/<int:pk>"
MONDAY = f"{WORK}/montag"
urlpatterns = [
    path(WORK, views.pass_ons, name="pass_ons"),
    path(MONDAY, views.survey, name="survey"),
    path(f"{MONDAY}/erinnern", views.remind, name="remind"),
    path(f"{MONDAY}/einfuegen", views.paste, name="paste"),
    path(f"{MONDAY}/vorlage.docx", views.committee_docx, name="committee_docx"),
    path(f"{MONDAY}/vorlage.pdf", views.committee_pdf, name="committee_pdf"),
    path(f"{WORK}/neu/<int:pk>/<slug:measure>", views.draft, name="draft"),
    path(f"{CASE}/entwurf", views.write, name="write"),
    path(f"{CASE}/aendern", views.change, name="change"),
    path(f"{CASE}/ausgaben", views.note_spent, name="note_spent"),
    path(f"{CASE}/unterlagen", views.keep_paper, name="keep_paper"),
    path(f"{CASE}/unterlagen/streichen", views.strike_paper, name="strike_paper"),
    path(f"{CASE}/unterlagen/<int:number>", views.paper, name="paper"),
    path(f"{CASE}/dokument", views.document, name="document"),
    path(f"{CASE}/vorschau.pdf", views.preview, name="preview"),
    *steps.paths(WORK, PASS_ONS, views.pass_on),
]
