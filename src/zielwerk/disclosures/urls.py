"""Addresses that every public website has."""

from django.urls import path

from zielwerk.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("barrierefreiheit", views.accessibility, name="accessibility"),
    path("barrierefreiheit/rundgang", views.walk, name="walk"),
    path("impressum", views.imprint, name="imprint"),
    path("kontakt", views.contact, name="contact"),
    path("datenschutz", views.privacy, name="privacy"),
    path("gebaerdensprache", views.sign_language, name="sign_language"),
    path("leichte-sprache", views.easy_start, name="easy_start"),
    path("leichte-sprache/barrierefreiheit", views.easy_statement, name="easy_statement"),
]
