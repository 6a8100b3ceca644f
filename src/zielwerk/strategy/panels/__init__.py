"""What pages show of strategies: the list, the consents, the line of a body."""

from zielwerk.strategy.panels.consents import PartyRow, party_rows, signatories
from zielwerk.strategy.panels.dating import DATING
from zielwerk.strategy.panels.lists import STRATEGIES, list_name
from zielwerk.strategy.panels.recalling import RECALLING
from zielwerk.strategy.panels.standing import BODY_PARTS, DESK_PARTS, line

__all__ = [
    "BODY_PARTS",
    "DATING",
    "DESK_PARTS",
    "RECALLING",
    "STRATEGIES",
    "PartyRow",
    "line",
    "list_name",
    "party_rows",
    "signatories",
]
