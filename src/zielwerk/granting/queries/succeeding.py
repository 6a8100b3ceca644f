"""The notices that a succession finds with its predecessors, and to whom one has passed."""

from collections.abc import Collection

from zielwerk.granting.models import GrantAct, GrantNotice, Takeover
from zielwerk.granting.queries.notices import ISSUED
from zielwerk.rulebook.succession import HeldNotice


def held_by(
    programme: str, keys: Collection[str], years: Collection[int], is_held: bool
) -> list[HeldNotice]:
    """The notices that were issued to these bodies in these years.

    Where they are to be held, their acts come first: whoever issues one holds it already.
    """
    rows = GrantNotice.objects.filter(ISSUED, programme=programme, ags__in=keys, year__in=years)
    if is_held:
        acts = GrantAct.objects.filter(notice__in=rows.values("pk")).order_by("pk")
        list(acts.select_for_update().values_list("pk"))
        rows = rows.select_for_update()
    found = rows.order_by("pk").values_list("file_number", "year", "ags")
    return [HeldNotice(*notice) for notice in found]


def takeovers_of(notice: GrantNotice) -> list[Takeover]:
    """From whom to whom a notice passed, in that order."""
    return list(Takeover.objects.filter(notice=notice).order_by("pk"))
