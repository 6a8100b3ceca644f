"""Addresses of the desk (below `arbeit/`)."""

from django.urls import path

from zielwerk.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("gesehen", views.mark_seen, name="mark_seen"),
    path("gemeinsam/decken", views.together_to_cover, name="together_to_cover"),
    path(
        "gemeinsam/<year:year>/<slug:stage>", views.together_to_publish, name="together_to_publish"
    ),
    path("gemeinsam/vorgaenge/<slug:kind>/<slug:verb>", views.together, name="together"),
    path("abgleich", views.accord, name="accord"),
    path("jahr", views.running_year, name="running_year"),
    path("jahr/<year:year>", views.year, name="year"),
    path("jahr/<year:year>/saison", views.season, name="season"),
    path("jahre", views.years, name="years"),
    path("koerperschaften/<ags:ags>/jahre", views.body_years, name="body_years"),
    path("massnahmen", views.measures, name="measures"),
    path("massnahmen/<int:pk>/durchfuehrung", views.delivery, name="delivery"),
    path("massnahmen/durchfuehrung/<int:pk>/ende", views.end_delivery, name="end_delivery"),
    path("vereinbarungen/<year:year>/<ags:ags><further:ordinal>", views.case, name="case"),
]
