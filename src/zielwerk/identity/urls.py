"""Addresses of signing in."""

from django.urls import path

from zielwerk.identity import views

app_name = "identity"
urlpatterns = [
    path("anmelden", views.sign_in, name="sign_in"),
    path("anmelden/vorfuehrung", views.sign_in_demo, name="sign_in_demo"),
    path("anmelden/einladung", views.invitation, name="invitation"),
    path("abmelden", views.sign_out, name="sign_out"),
]
