"""Addresses of drafts (below `arbeit/`)."""

from django.urls import path

from zielwerk.negotiation import views
from zielwerk.negotiation.cases import DRAFTS
from zielwerk.ui import steps

app_name = "negotiation"
WHERE = "arbeit/entwuerfe"
ONE = f"{WHERE}/<int:pk>"
urlpatterns = [
    path(WHERE, views.drafts, name="drafts"),
    path(f"{WHERE}/neu", views.new, name="new"),
    path(f"{WHERE}/jahr/<int:year>", views.whole_year, name="whole_year"),
    path(f"{WHERE}/nachtrag/<year:year>/<ags:ags><further:ordinal>", views.amend, name="amend"),
    path(f"{WHERE}/kuerzung/<int:year>", views.amend_after_cut, name="amend_after_cut"),
    path(f"{WHERE}/umschichtung/<int:year>", views.amend_pair, name="amend_pair"),
    path(f"{ONE}/stelle", views.place, name="place"),
    path(f"{ONE}/kommentar", views.comment, name="comment"),
    path(f"{ONE}/intern", views.comment_internally, name="comment_internally"),
    path(f"{ONE}/freigeben", views.open_node, name="open_node"),
    path(f"{ONE}/sperren", views.close_node, name="close_node"),
    path(f"{ONE}/aendern", views.change, name="change"),
    path(f"{ONE}/neu-entwerfen", views.redraft, name="redraft"),
    path(f"{ONE}/vorschlaege", views.proposals, name="proposals"),
    path(f"{ONE}/vorschlaege/planung", views.propose_plans, name="propose_plans"),
    path(f"{ONE}/vorschlaege/<int:number>/annehmen", views.accept_proposal, name="accept_proposal"),
    path(f"{ONE}/vorschlaege/<int:number>/ablehnen", views.reject_proposal, name="reject_proposal"),
    path(
        f"{ONE}/vorschlaege/<int:number>/zurueckziehen",
        views.withdraw_proposal,
        name="withdraw_proposal",
    ),
    path(f"{ONE}/pruefung", views.check, name="check"),
    path(f"{ONE}/massnahmen", views.chain, name="chain"),
    path(f"{ONE}/vergleich", views.compare, name="compare"),
    path(f"{ONE}/fassungen/<int:number>.<str:ending>", views.version_file, name="version_file"),
    *steps.paths(WHERE, DRAFTS, views.draft),
]
