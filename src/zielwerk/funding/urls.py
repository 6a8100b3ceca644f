"""Addresses of applications (below `arbeit/`)."""

from django.urls import path

from zielwerk.funding import views
from zielwerk.funding.cases import APPLICATIONS
from zielwerk.ui import steps

app_name = "funding"
WHERE = "arbeit/antraege"
ONE = f"{WHERE}/<int:pk>"
MEASURE = f"{ONE}/massnahmen/<int:key>"
PAPER = f"{ONE}/anlagen/<int:number>"
QUESTION = f"{ONE}/fragen/<int:number>"
urlpatterns = [
    path(WHERE, views.applications, name="applications"),
    path(f"{WHERE}/neu", views.begin, name="begin"),
    path(f"{ONE}/angaben", views.head, name="head"),
    path(f"{ONE}/angaben/sichern", views.keep, name="keep"),
    path(f"{ONE}/massnahmen", views.add, name="add"),
    path(MEASURE, views.measure, name="measure"),
    path(f"{MEASURE}/sichern", views.keep_measure, name="keep_measure"),
    path(f"{ONE}/massnahmen/herausnehmen", views.take_out, name="take_out"),
    path(f"{ONE}/massnahmen/aufnehmen", views.put_back, name="put_back"),
    path(f"{ONE}/anlagen", views.attach, name="attach"),
    path(PAPER, views.paper, name="paper"),
    path(f"{ONE}/anlagen/herausnehmen", views.remove, name="remove"),
    path(f"{ONE}/einreichungen/<int:number>.pdf", views.receipt, name="receipt"),
    path(f"{ONE}/fragen", views.ask, name="ask"),
    path(QUESTION, views.answer, name="answer"),
    path(f"{QUESTION}/zurueckziehen", views.withdraw_question, name="withdraw_question"),
    path(f"{ONE}/pruefung/<str:aspect>", views.settle, name="settle"),
    *steps.paths(WHERE, APPLICATIONS, views.application),
]
