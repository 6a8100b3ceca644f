"""Addresses of signing in, and of persons."""

from django.urls import path

from zielwerk.identity import views

app_name = "identity"
urlpatterns = [
    path("anmelden", views.sign_in, name="sign_in"),
    path("anmelden/vorfuehrung", views.sign_in_demo, name="sign_in_demo"),
    path("anmelden/einladung", views.invitation, name="invitation"),
    path("arbeit/konto", views.account, name="account"),
    path("arbeit/konto/handeln", views.act_as, name="act_as"),
    path("arbeit/rollen", views.rights, name="rights"),
    path("arbeit/personen", views.people, name="people"),
    path("arbeit/personen/neu", views.enrol, name="enrol"),
    path("arbeit/personen/<int:pk>", views.person, name="person"),
    path("arbeit/personen/<int:pk>/einladen", views.invite, name="invite"),
    path("arbeit/personen/<int:pk>/stelle", views.grant, name="grant"),
    path("arbeit/personen/<int:pk>/uebergeben", views.hand_over, name="hand_over"),
    path("arbeit/stellen/<int:pk>/befristen", views.limit, name="limit"),
    path("arbeit/stellen/<int:pk>/beenden", views.end_post, name="end_post"),
    path("arbeit/stellen/<int:pk>/vertretung", views.deputise, name="deputise"),
    path("arbeit/vertretungen/<int:pk>/beenden", views.end_deputyship, name="end_deputyship"),
    path("abmelden", views.sign_out, name="sign_out"),
]
