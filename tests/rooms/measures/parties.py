"""Parties of the Main-Kinzig-Kreis and of Frankfurt, entered as people do."""

from datetime import date

from tests.stage import AT
from zielwerk.config.world import Cast
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.programme.models import Party


def enter(
    cast: Cast, name: str, ags: str = "06435", kind: str = "provider", until: date | None = None
) -> Party:
    relation = NewRelation(ags, valid_until=until)
    new = NewParty("aqb_hessen", name, kind, [relation])
    return enter_party(cast.officer, new, at=AT)
