"""Addresses of signing in, of one's own access, and of persons."""

from django.urls import path

from zielwerk.identity import views

app_name = "identity"
urlpatterns = [
    path("anmelden", views.sign_in, name="sign_in"),
    path("anmelden/vorfuehrung", views.sign_in_demo, name="sign_in_demo"),
    path("anmelden/passkey", views.sign_in_by_passkey, name="sign_in_by_passkey"),
    path("anmelden/dienst", views.to_provider, name="to_provider"),
    path("anmelden/einladung", views.invitation, name="invitation"),
    path("arbeit/konto", views.account, name="account"),
    path("arbeit/konto/einsichten", views.own_looks, name="own_looks"),
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
    path("arbeit/zugang", views.access, name="access"),
    path("arbeit/zugang/bestaetigen", views.confirm, name="confirm"),
    path("arbeit/zugang/passwort", views.password, name="password"),
    path("arbeit/zugang/app", views.code_app, name="code_app"),
    path("arbeit/zugang/passkey", views.passkey, name="passkey"),
    path("arbeit/zugang/codes", views.recovery_codes, name="recovery_codes"),
    path("arbeit/zugang/nachweise/<int:pk>/entfernen", views.remove, name="remove"),
    path("arbeit/zugang/sitzungen/beenden", views.end_sessions, name="end_sessions"),
    path("arbeit/zugang/sitzungen/<str:name>/beenden", views.end_session, name="end_session"),
    path("arbeit/personen/<int:pk>/wiederherstellen", views.recover, name="recover"),
]
# Under these names the library asks for pages of ours; it has no others.
NAMED_BY_THE_LIBRARY = [
    path("anmelden", views.sign_in, name="account_login"),
    path("anmelden/bestaetigen", views.second_step, name="mfa_authenticate"),
    path("anmelden/dienst/<str:provider_id>", views.from_provider, name="openid_connect_callback"),
]
