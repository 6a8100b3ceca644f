"""Applications of many bodies, one of them with many measures, entries and questions."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from tests.journeys.applied import coordinator
from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewQuestion, Writing
from zielwerk.rulebook.application import keys_of


def fund(cast: Cast, bodies: list[str], times: int) -> None:
    """Applications of all bodies; of the first there is more, and the authority asks about it."""
    programme = settings.PROGRAMME
    year = queries.years(programme)[0]
    at = world_funding.beginning(programme, year)
    first = world_funding.begin(cast.body, programme, year, at)
    said = queries.said(first)
    planned = {f"m/{key}": "" for key in keys_of(said.answers)}  # whose plans say little
    actions.write(cast.body, Writing(first, said.number, planned), at=at)
    world_funding.whole(cast.body, first, at)
    numbers = range(50, 50 + times)
    there = {f"m/{number}": "yes" for number in numbers}
    named = {f"m/{number}/title": f"Kurs {number}" for number in numbers}
    seen = queries.said(first).number
    actions.write(cast.body, Writing(first, seen, {**there, **named}), at=at)
    out = dict.fromkeys(there, "")
    actions.write(cast.body, Writing(first, queries.said(first).number, out), at=at)
    said = queries.said(first)
    alike = {
        place.replace("m/1", f"m/{times + number}", 1): text
        for place, text in said.answers.items()
        for number in numbers
        if place.startswith("m/1") and not place.endswith("/planned")
    }
    actions.write(cast.body, Writing(first, said.number, alike), at=at)
    world_funding.whole(cast.body, first, at)
    first = actions.hand_in(cast.body, first, at=at)
    for number in range(times):
        day = localdate(at) + timedelta(days=9 + number)
        actions.ask(cast.authority, NewQuestion(first, ("form",), "Warum?", day), at=at)
    for ags in bodies:
        if ags != cast.body.ags:
            world_funding.begin(coordinator(ags), programme, year, at)
