"""What is known already of who signs, and who resolves: so that nobody types it again."""

from dataclasses import dataclass

from zielwerk.agreements.models import Agreement
from zielwerk.conclusion.models import Conclusion, Resolution, Signature
from zielwerk.rulebook.signatures import Place

PARTIES = {"body": "region"}
"""What the sides are called in the text of a recorded agreement, where not as elsewhere."""


@dataclass(frozen=True)
class Before:
    """Who signed last at a place, as what and where, and under which number that stands."""

    name: str
    office: str
    town: str
    number: str


def signed_before(conclusion: Conclusion, place: Place) -> Before | None:
    """Who signed last at this place; two queries at most.

    For a body its own last signature counts, concluded here or recorded from paper; for any
    other side that of the last document of the programme, since one office signs for all.
    """
    rows = Signature.objects.filter(
        conclusion__programme=conclusion.programme, place=place.id, strike__isnull=True
    ).exclude(conclusion=conclusion)
    if place.side == "body":
        rows = rows.filter(conclusion__ags=conclusion.ags)
    last = rows.select_related("conclusion").order_by("-pk").first()
    if last:
        return Before(last.name, last.office, last.town, last.conclusion.file_number)
    return _recorded(conclusion, place) if place.side == "body" else None


def _recorded(conclusion: Conclusion, place: Place) -> Before | None:
    """The same from the last document that was recorded, where it names one signature alone."""
    rows = Agreement.objects.filter(programme=conclusion.programme, ags=conclusion.ags)
    last = rows.order_by("-year", "-pk").first()
    party = PARTIES.get(place.side, place.side)
    of_party = [one for one in last.content.signatures if one.party == party] if last else []
    if last is None or len(of_party) != 1:
        return None
    (one,) = of_party
    return Before(one.name or "", one.office or "", one.place or "", last.file_number)


def resolved_before(conclusion: Conclusion) -> tuple[str, str] | None:
    """Which organ of the body resolved last, and under which number that stands; one query."""
    rows = Resolution.objects.filter(
        conclusion__programme=conclusion.programme, conclusion__ags=conclusion.ags
    )
    last = rows.select_related("conclusion").order_by("-pk").first()
    return (last.organ, last.conclusion.file_number) if last else None
