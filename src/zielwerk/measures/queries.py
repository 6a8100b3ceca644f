"""Reads of measures."""

from django.db.models import Max

from zielwerk.measures.models import Measure


def last_position(programme: str, year: int, ags: str) -> int:
    """The highest position given to a body's measures of a year; 0 where there is none."""
    found = Measure.objects.filter(programme=programme, year=year, ags=ags)
    highest: int | None = found.aggregate(highest=Max("position"))["highest"]
    return highest or 0
