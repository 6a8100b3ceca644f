"""The history of editions on the page of an agreement: what was public, from when until when."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.publication import queries
from zielwerk.publication.models import Edition, Gap
from zielwerk.publication.panels.lists import gone_said
from zielwerk.rulebook.refusal import Said, msg

SINCE = msg("seit {published} öffentlich")
SUPERSEDED = msg("galt vom {published} bis {day}")
PUBLIC, WAS_SUPERSEDED, IS_GONE = msg("öffentlich"), msg("abgelöst"), msg("zurückgezogen")
IS_HELD = msg("vorläufig nicht öffentlich")
WAS_DOWN = msg("Dazwischen nicht öffentlich: {since} bis {until}.")


@dataclass(frozen=True)
class Row:
    """One edition: what it is now, in sentences; ``url`` where it can still be read.

    No amounts: under one word a page has one, that of the edition which it shows.
    """

    number: int
    state: str
    sentences: tuple[Said, ...]
    url: str
    is_shown: bool


def history(shown: Edition) -> list[Row]:
    """All editions of the agreement that are or were public, newest first; one query."""
    return [_row(each, shown) for each in queries.history(*shown.address)]


def _row(edition: Edition, shown: Edition) -> Row:
    assert edition.number
    assert edition.published_at
    is_shown = edition.pk == shown.pk
    downs = tuple(Said(WAS_DOWN, _days(gap)) for gap in edition.gaps)
    if sentences := gone_said(edition):
        state = IS_HELD if edition.is_held else IS_GONE
        return Row(edition.number, state, (*sentences, *downs), "", is_shown)
    params = {"published": localdate(edition.published_at)}
    if edition.superseded_at:
        said = Said(SUPERSEDED, {**params, "day": localdate(edition.superseded_at)})
        url = reverse("publication:superseded", args=[*edition.address, edition.number])
        return Row(edition.number, WAS_SUPERSEDED, (said, *downs), url, is_shown)
    url = reverse("publication:edition", args=edition.address)
    return Row(edition.number, PUBLIC, (Said(SINCE, params), *downs), url, is_shown)


def _days(gap: Gap) -> dict[str, object]:
    return {"since": localdate(gap.since), "until": localdate(gap.until)}
