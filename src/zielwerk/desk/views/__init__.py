"""Pages across rooms."""

from zielwerk.desk.views.accord import accord
from zielwerk.desk.views.home import case, home, mark_seen
from zielwerk.desk.views.measures import delivery, end_delivery, measures
from zielwerk.desk.views.season import season
from zielwerk.desk.views.together import together, together_to_cover, together_to_publish
from zielwerk.desk.views.year import running_year, year
from zielwerk.desk.views.years import body_years, years

__all__ = [
    "accord",
    "body_years",
    "case",
    "delivery",
    "end_delivery",
    "home",
    "mark_seen",
    "measures",
    "running_year",
    "season",
    "together",
    "together_to_cover",
    "together_to_publish",
    "year",
    "years",
]
