"""Addresses of agreements and their recording (below `arbeit/`)."""

from django.urls import path

from zielwerk.agreements import views
from zielwerk.agreements.cases import ANNULMENTS, INTAKES
from zielwerk.ui import steps

app_name = "agreements"
urlpatterns = [
    path("vereinbarungen", views.agreements, name="agreements"),
    path(
        "vereinbarungen/<year:year>/<ags:ags><further:ordinal>/aendern", views.change, name="change"
    ),
    path(
        "vereinbarungen/<year:year>/<ags:ags><further:ordinal>/irrtum",
        views.ask_annulment,
        name="ask_annulment",
    ),
    path("aufhebungen", views.annulments, name="annulments"),
    *steps.paths("aufhebungen", ANNULMENTS, views.annulment),
    path("erfassungen", views.intakes, name="intakes"),
    path("erfassungen/gelernt", views.lessons, name="lessons"),
    path("erfassungen/gelernt/neu", views.teach, name="teach"),
    path("erfassungen/gelernt/<int:pk>", views.withdraw_lesson, name="withdraw_lesson"),
    path("erfassungen/neu", views.upload, name="upload"),
    path("erfassungen/<int:pk>/pruefen", views.review, name="review"),
    path("erfassungen/<int:pk>/vergleich", views.compare, name="compare"),
    path("erfassungen/<int:pk>/text", views.source_text, name="text"),
    *steps.paths("erfassungen", INTAKES, views.intake),
]
