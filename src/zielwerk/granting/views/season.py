"""The season of the case officers: every application, what it waits for, and who owes the move."""

from django.conf import settings

from zielwerk.funding import queries as funding
from zielwerk.granting import panels, queries
from zielwerk.granting.forms import SeasonFilter
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists
from zielwerk.ui.lists import Listing

season = lists.door(
    Listing(
        "granting:season",
        msg("Saison der Anträge"),
        "granting.look_at_season",
        panels.SEASON,
        lambda user: queries.season(user, settings.PROGRAMME),
        order=("-year", "is_done", "waits_since", "pk"),
        filters=lambda parameters, user: SeasonFilter(
            parameters, funding.years(settings.PROGRAMME)
        ),
        apart=("year", "waits"),
        empty=(msg("Kein Antrag"), msg("Zu dieser Auswahl gibt es keinen Antrag.")),
    ),
    "granting/season.html",
)
