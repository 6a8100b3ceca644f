"""Addresses of agreements and their recording (below `arbeit/`)."""

from django.urls import path

from zielwerk.agreements import views

app_name = "agreements"
urlpatterns = [
    path("vereinbarungen", views.agreements, name="agreements"),
    path("erfassungen", views.intakes, name="intakes"),
    path("erfassungen/neu", views.upload, name="upload"),
    path("erfassungen/<int:pk>", views.intake, name="intake"),
    path("erfassungen/<int:pk>/pruefen", views.review, name="review"),
    path("erfassungen/<int:pk>/vergleich", views.compare, name="compare"),
    path("erfassungen/<int:pk>/text", views.source_text, name="text"),
    path("erfassungen/<int:pk>/annehmen", views.accept, name="accept"),
    path("erfassungen/<int:pk>/bestaetigen", views.confirm, name="confirm"),
    path("erfassungen/<int:pk>/zurueckgeben", views.send_back, name="send_back"),
    path("erfassungen/<int:pk>/aufbewahren", views.keep, name="keep"),
    path("erfassungen/<int:pk>/verwerfen", views.discard, name="discard"),
]
