"""Addresses of what one is told, of one's calendar and of the outbox."""

from django.urls import path

from zielwerk.messaging import views

app_name = "messaging"
urlpatterns = [
    path("arbeit/nachrichten", views.notices, name="notices"),
    path("arbeit/nachrichten/gelesen", views.mark_read, name="mark_read"),
    path("arbeit/konto/zustellung", views.choose, name="choose"),
    path("arbeit/konto/kalender", views.renew_calendar, name="renew_calendar"),
    path("arbeit/konto/kalender/widerrufen", views.revoke_calendar, name="revoke_calendar"),
    path("kalender.ics", views.calendar, name="calendar"),
    path("arbeit/postausgang", views.outbox, name="outbox"),
    path("arbeit/postausgang/<int:pk>", views.mail, name="mail"),
    path("arbeit/postausgang/<int:pk>/versuchen", views.try_again, name="try_again"),
    path("arbeit/postausgang/<int:pk>/verwerfen", views.drop, name="drop"),
]
